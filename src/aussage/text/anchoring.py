"""Quotations found in the article: where the words stand, or why they could not be found.

W3C Web Annotation keeps a TextQuoteSelector beside a TextPositionSelector; here people write the quotation,
and the position is worked out.
"""

import unicodedata
from dataclasses import dataclass

from aussage.text.article import Article
from aussage.text.spans import Span

LONGEST_COMPARED = 2_000  # code points of a sentence in which a near match is looked for


@dataclass(frozen=True, slots=True)
class NotAnchored(Exception):
    """A quotation that cannot be placed: the code of the finding, what is wrong, and what was perhaps meant."""

    code: str
    message: str
    expected: str = ""
    nearest: tuple[str, ...] = ()


def anchor(article: Article, sentence_id: str, words: str, occurrence: int | None = None) -> Span:
    """The span of `words` that begin in a sentence; they may run on beyond its end.

    Occurrences are counted from 1, at every place of the sentence at which the words begin.

    Raises:
        NotAnchored: the words do not occur, occur more than once without `occurrence`, or less often than it.
    """
    sentence = article.sentences[sentence_id]
    if not words or words[0].isspace() or words[-1].isspace():
        raise NotAnchored("empty-quote", f"the quotation »{words}« is empty or begins or ends with white space")
    text, last = article.text, sentence.end + len(words) - 1
    start = text.find(words, sentence.start, last)
    if start >= 0 and occurrence is None and text.find(words, start + 1, last) < 0:  # as nearly always
        return Span(start, start + len(words))
    starts = _occurrences(text, words, sentence)
    if not starts:
        raise _not_found(article, sentence_id, words)
    if occurrence is None:
        raise NotAnchored(
            "ambiguous-quote",
            f"»{words}« occurs {len(starts)} times in sentence {sentence_id}",
            expected=f"occurrence: 1 to {len(starts)}",
        )
    if occurrence is not None and occurrence > len(starts):
        raise NotAnchored(
            "no-such-occurrence",
            f"»{words}« occurs {len(starts)} time{'s' if len(starts) > 1 else ''} in sentence {sentence_id}",
            expected=f"at most {len(starts)}",
        )
    start = starts[(occurrence or 1) - 1]
    return Span(start, start + len(words))


def _occurrences(text: str, words: str, within: Span) -> list[int]:
    last = within.end + len(words) - 1
    starts, at = [], text.find(words, within.start, last)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1, last)
    return starts


def _not_found(article: Article, sentence_id: str, words: str) -> NotAnchored:
    sentence = article.sentences[sentence_id].text_of(article.text)
    message = f"»{_short(words)}« does not occur in sentence {sentence_id}"
    elsewhere = [name for name, span in article.sentences.items() if _occurrences(article.text, words, span)]
    if elsewhere:
        message += f"; it stands in {', '.join(elsewhere[:3])}"
    elif unicodedata.normalize("NFC", words) in sentence:
        message += "; it differs only in its Unicode form"
    elif " ".join(words.split()) in " ".join(sentence.split()):
        message += "; it differs only in white space"
    elif words.casefold() in sentence.casefold():
        message += "; it differs only in capital letters"
    near = _near_match(words, sentence)
    return NotAnchored("quote-not-found", message, "words of the sentence, letter by letter", near)


def _near_match(words: str, sentence: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz

    if len(words) > LONGEST_COMPARED:
        return ()
    found = fuzz.partial_ratio_alignment(words, sentence[:LONGEST_COMPARED], score_cutoff=60)
    if found is None:
        return ()
    start, end = found.dest_start, found.dest_end
    while start > 0 and sentence[start - 1].isalnum() and sentence[start].isalnum():
        start -= 1
    while end < len(sentence) and sentence[end].isalnum() and sentence[end - 1].isalnum():
        end += 1
    return (f"»{sentence[start:end].strip()}«",)


def _short(words: str, most: int = 80) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
