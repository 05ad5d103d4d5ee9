"""An article's text as Aussage takes it: what had to be changed and where everything went, and its sentences."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from aussage.source.bytes import BIDI, CONTROLS
from aussage.text.sentences import split_sentences

Span = tuple[int, int]
WORD = re.compile(r"[^ \n\t]+")
REFUSED = re.compile(f"{CONTROLS.pattern}|{BIDI.pattern}|\ufeff")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the given text that was replaced."""

    start: int
    end: int
    given: str
    put: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text in normal form C without control characters, carriage returns and bidirectional controls."""

    text: str
    changes: tuple[Change, ...] = ()

    def position(self, given: int) -> int:
        """Where an offset of the given text is now."""
        number = bisect_right([change.start for change in self.changes], given) - 1
        shift = sum(len(change.put) - len(change.given) for change in self.changes[: max(number, 0)])
        if number < 0:
            return given
        last = self.changes[number]
        if given >= last.end:
            return given + shift + len(last.put) - len(last.given)
        return last.start + shift + min(len(_clean(last.given[: given - last.start])), len(last.put))

    def record(self) -> list[list[int | str]]:
        """The changes, to put the given text together again: start and end now, and the code points before."""
        found: list[list[int | str]] = []
        for change in self.changes:
            start = self.position(change.start)
            found.append([start, start + len(change.put), " ".join(f"U+{ord(sign):04X}" for sign in change.given)])
        return found


def clean_text(given: str) -> CleanText:
    """The text as Aussage takes it; mostly the very same."""
    if unicodedata.is_normalized("NFC", given) and not ("\r" in given or REFUSED.search(given)):
        return CleanText(given)
    changes, pieces, at = [], [], 0
    for match in WORD.finditer(given):
        word, followed = match.group(), given[match.end() : match.end() + 1]
        put = _clean(word[:-1] if word.endswith("\r") and followed == "\n" else word)
        if put != word:
            changes.append(Change(match.start(), match.end(), word, put))
            pieces += [given[at : match.start()], put]
            at = match.end()
    return CleanText("".join([*pieces, given[at:]]), tuple(changes))


def _clean(words: str) -> str:
    """Without what Aussage refuses; a carriage return that ends no line is a line feed.

    Aussage refuses a byte order mark only as the first character; here it goes wherever it stands.
    """
    return unicodedata.normalize("NFC", REFUSED.sub("", words.replace("\r", "\n")))


def restored(text: str, changes: list[list[int | str]]) -> str:
    """The text as it was given, from the text as it is and the record of its changes."""
    pieces, at = [], 0
    for start, end, signs in changes:
        pieces += [text[at : int(start)], "".join(chr(int(sign[2:], 16)) for sign in str(signs).split())]
        at = int(end)
    return "".join([*pieces, text[at:]])


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences to be frozen, and how far they are the given ones."""

    spans: tuple[Span, ...]
    n_given: int
    n_empty: int = 0
    n_cut: int = 0
    n_added: int = 0
    is_given: bool = True


def frozen_sentences(text: str, given: list[Span] | None) -> Sentences:
    """The given sentences without the white space around them; words that none of them has become sentences too.

    Where a sentence begins inside the one before, it is cut; without given sentences the text is split.
    """
    if given is None:
        split = split_sentences(text, "de")
        return Sentences(tuple((span.start, span.end) for span in split), 0, n_added=len(split), is_given=False)
    spans: list[Span] = []
    empty, cut, added, reached = 0, 0, 0, 0
    for start, end in sorted(given):
        cut += start < reached < end
        span = trimmed(text, (max(start, reached), end))
        if span is None:
            empty += 1
            continue
        gap = trimmed(text, (reached, span[0]))
        spans += [gap] if gap else []
        added += gap is not None
        spans.append(span)
        reached = span[1]
    rest = trimmed(text, (reached, len(text)))
    spans += [rest] if rest else []
    return Sentences(tuple(spans), len(given), empty, cut, added + (rest is not None))


def has_words(given: str) -> bool:
    """Whether anything but white space and refused signs stands in a text."""
    return bool(clean_text(given).text.strip())


def trimmed(text: str, span: Span) -> Span | None:
    """The span without white space at its ends; nothing if it has no words."""
    words = text[span[0] : span[1]]
    kept = words.strip()
    if not kept:
        return None
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(kept)
