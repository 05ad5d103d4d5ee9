"""The sentences of an article.

The library sentencex finds the boundaries. It is shown not the article but a *view* of it: a copy of the
same length, in which a few rules have put another character in some places. A full stop that ends no sentence
is shown as a comma (so the two parts are merged); an abbreviation that does end one is shown as a plain word
(so they are split). The library keeps the last word, on quotations above all, and its offsets, which count
code points, hold for the article as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from aussage.text.german import GERMAN
from aussage.text.languages import ENGLISH, FRENCH, ITALIAN, RUSSIAN, SPANISH, UKRAINIAN
from aussage.text.rule import CAPITAL, CLOSERS, COMMA, STOP, WORD, rule_of
from aussage.text.spans import Span, paragraphs, trimmed

# The library needs quadratic time for unpaired quotation marks: longer paragraphs are shown to it in pieces.
LONGEST_PIECE = 4_000

_WORD_CHARACTER = re.compile(r"[^\W_]")
_OPENING_MARK = re.compile(r"""(?<=\s)["'“‘„‚»«›‹](?=\w)""")
_CLOSING_MARKS = re.compile(r"""(?<!\s)["'“”‘’»«›‹)]+(?=\s)""")


EVERYWHERE = (
    rule_of("„www.Beispiel.de“: no sentence ends within an address.", WORD, r"\b((?:www\.|https?://)\S*\w)"),
    rule_of("„Dipl.-Ing.“: no sentence ends before a hyphen.", COMMA, r"\w(\.)(?=-\w)", "-"),
    rule_of(
        "„am 3. über die Grenze“: a small letter goes on with the sentence; sentencex knows only a to z.",
        "a",
        rf"[.!?…]{CLOSERS}*\s+([ß-öø-ÿ])",
    ),
    rule_of(
        "„iPhones bleiben teuer“, „§ 5 regelt das“: a sentence may open without a capital.",
        CAPITAL,
        rf"[.!?…]{CLOSERS}*\s+([a-z](?=[A-Z])|§)",
    ),
    rule_of(
        "„Er kam … Dann ging er.“: the ellipsis character ends a sentence, unless a small letter follows.",
        STOP,
        rf"(?<![\[(])(…)(?={CLOSERS}*\s++(?![a-zß-öø-ÿα-ωа-я]))",
        "…",
    ),
    rule_of(
        "„Er kam. (Sie schlief.) Dann ging er.“: a sentence in parentheses is one of its own.",
        ").",
        rf"(?:^|(?<=[.!?…]\s)|(?<=[.!?…]{CLOSERS}\s))\([^()]*([.!?…]\))(?=\s)",
        "(",
    ),
)

OF_LANGUAGE = {
    "de": GERMAN,
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "it": ITALIAN,
    "ru": RUSSIAN,
    "uk": UKRAINIAN,
}
SHORT = {
    "deu": "de",
    "ger": "de",
    "eng": "en",
    "spa": "es",
    "fra": "fr",
    "fre": "fr",
    "ita": "it",
    "rus": "ru",
    "ukr": "uk",
    "zho": "zh",
    "chi": "zh",
}


def split_sentences(text: str, language: str) -> list[Span]:
    """Return the sentences of `text`, in order and without the white space around them.

    No sentence crosses a line feed, and every character that is not white space belongs to exactly one
    sentence. A quotation within one paragraph is not cut: „Wir kommen. Wir bleiben.“ is one sentence,
    together with words that introduce it, and with words in small letters or after a comma that follow it.

    `language` is an ISO 639 code or a BCP 47 tag (`de`, `deu`, `de-AT`); only its first part counts. Codes that
    sentencex does not know are treated as one of its related languages or else as English; nothing is raised.
    """
    code = re.split("[-_]", language.strip().lower(), maxsplit=1)[0]
    code = SHORT.get(code, code)
    sentences = []
    for paragraph in paragraphs(text):
        view = _view(paragraph.text_of(text), code)
        cuts = [0, *_cuts_between_words(view, _library_cuts(view, code)), len(view)]
        for start, end in pairwise(cuts):
            sentences.append(trimmed(text, paragraph.start + start, paragraph.start + end))
    return sentences


def _view(paragraph: str, code: str) -> str:
    """Return what the library is shown: as long as `paragraph`, changed by the rules.

    White space beyond ASCII can make sentencex panic, and a lone surrogate cannot be handed to it at all.
    """
    view = re.sub(r"\s", " ", paragraph)
    view = re.sub("[\ud800-\udfff]", "\ufffd", view)
    for rule in (*OF_LANGUAGE.get(code, ()), *EVERYWHERE):
        view = rule.apply(view)
    return view


def _library_cuts(view: str, code: str) -> Iterator[int]:
    """Yield where sentencex begins a new sentence, reading a long view piece by piece in linear time."""
    start = 0
    while start < len(view):
        piece = view[start : start + LONGEST_PIECE]
        found = sentencex.get_sentence_boundaries(code, piece)[1:]
        cuts = sorted({start + _beside_marks(piece, boundary["start_index"]) for boundary in found})
        yield from cuts
        whole = start + len(piece) == len(view)
        start = start + len(piece) if whole or not cuts else cuts[-1]


def _beside_marks(piece: str, cut: int) -> int:
    """Move a `cut` that stands just after an opening mark, or just before a closing one, to its other side.

    So sentencex cuts in German at single quotation marks, whose pairs it does not know.
    """
    if _OPENING_MARK.match(piece, cut - 1):
        return cut - 1
    closing = _CLOSING_MARKS.match(piece, cut)
    return closing.end() if closing else cut


def _cuts_between_words(view: str, cuts: Iterator[int]) -> Iterator[int]:
    """Yield those `cuts` that have a letter or digit on both sides: a stray mark is no sentence."""
    borders = [0, *cuts, len(view)]
    word_before = False
    for (start, cut), (_, end) in pairwise(pairwise(borders)):
        word_before = word_before or _WORD_CHARACTER.search(view, start, cut) is not None
        if word_before and _WORD_CHARACTER.search(view, cut, end):
            yield cut
            word_before = False
