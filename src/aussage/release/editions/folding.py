"""The form in which two copies of a text are compared, and the edits that lead back from it.

Folded away is what copies differ in although nobody changed a word: Unicode normal form (C), kinds of quotation marks
and dashes, the ellipsis, ligatures of type, soft hyphens and characters without width, white space and line ends.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from aussage.release.words import as_class

DOUBLE = '"“”„‟«»″‶〝〞〟「」『』＂⹂❝❞🙶🙷🙸'
SINGLE = "'‘’‚‛‹›`´′‵＇ʼʹˈ❛❜❮❯"
DASHES = "-‐‑‒–—―⁃−﹘﹣－"
DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u180e"
SPELLED = {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
BEFORE: dict[int, str | None] = {
    **dict.fromkeys(map(ord, DROPPED)),
    **{ord(sign): spelled for sign, spelled in SPELLED.items()},
}
"""Replaced before the normal form is made, because marks that follow may then belong to another letter."""
AFTER = {
    **dict.fromkeys(map(ord, DOUBLE), '"'),
    **dict.fromkeys(map(ord, SINGLE), "'"),
    **dict.fromkeys(map(ord, DASHES), "-"),
}
UNCHANGED = ((0x3400, 0xA000), (0xAC00, 0xD7A4), (0x20000, 0x2F800))  # Han and Hangul, most of all characters
LAST = 0x30000  # beyond it no character changes under normalisation


class Edit(NamedTuple):
    """`folded[start:end]` stands where the text has `original`; None is the normal form D of it."""

    start: int
    end: int
    original: str | None


def fold(text: str) -> str:
    """The text in the form in which copies are compared; folding it again changes nothing."""
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'")
    return unicodedata.normalize("NFC", text.translate(BEFORE)).translate(AFTER)


def edits(text: str) -> list[Edit]:
    """What `apply` needs to make the text again from its folded form.

    No edit holds letters that stand side by side in the text, other than a single letter with its marks or a
    ligature; where the text is in normal form D the edit does not hold it either.
    """
    found: list[Edit] = []
    place = seen = 0
    joining, changing, simple = _patterns()
    for match in (changing if joining.search(text) else simple).finditer(text):
        place += match.start() - seen
        seen = match.end()
        folded = _folded(match[0])
        if folded.isspace():
            folded = " " if match.start() and seen < len(text) else ""
        if folded != match[0]:
            decomposed = unicodedata.normalize("NFD", folded) == match[0]
            found.append(Edit(place, place + len(folded), None if decomposed else match[0]))
        place += len(folded)
    return found


def apply(folded: str, changes: Iterable[Edit]) -> str:
    """The text whose folded form and edits these are."""
    parts, seen = [], 0
    for start, end, original in changes:
        parts.append(folded[seen:start])
        parts.append(unicodedata.normalize("NFD", folded[start:end]) if original is None else original)
        seen = end
    parts.append(folded[seen:])
    return "".join(parts)


class Places:
    """Leads from places of a folded text to those of the text, and back."""

    def __init__(self, folded: str, changes: Iterable[Edit]) -> None:
        self._folded, self._text, self._widths = [0], [0], [(0, 0)]
        for start, end, original in changes:
            at = self._text[-1] + self._widths[-1][1] + start - self._folded[-1] - self._widths[-1][0]
            width = len(unicodedata.normalize("NFD", folded[start:end]) if original is None else original)
            self._folded.append(start)
            self._text.append(at)
            self._widths.append((end - start, width))

    def in_text(self, place: int) -> int:
        """The place of the text that belongs to a place of its folded form."""
        return self._moved(place, self._folded, self._text, 0)

    def in_folded(self, place: int) -> int:
        """The place of the folded form that belongs to a place of the text."""
        return self._moved(place, self._text, self._folded, 1)

    def _moved(self, place: int, here: list[int], there: list[int], side: int) -> int:
        number = bisect_right(here, place) - 1
        passed, width = place - here[number], self._widths[number]
        if passed >= width[side]:
            return there[number] + width[1 - side] + passed - width[side]
        return there[number] + min(passed, max(width[1 - side] - 1, 0))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What joins or is dropped; all that folding may change; and the same where nothing joins or is dropped.

    That is white space that is not one plain space, a character with its marks, single characters. The third pattern
    is several times faster than the second.
    """
    joined, single = _characters()
    return (
        re.compile(rf"[{DROPPED}{joined}]"),
        re.compile(
            rf"[{DROPPED}]+\s[\s{DROPPED}]*|\s[\s{DROPPED}]+|[^\S ]|\A | \Z"
            rf"|[^\s{DROPPED}{joined}]?[{DROPPED}]*[{joined}][{joined}{DROPPED}]*|[{DROPPED}]+|[{single}]"
        ),
        re.compile(rf"\s\s+|[^\S ]|\A | \Z|[{single}]"),
    )


def _characters() -> tuple[str, str]:
    """Characters that join the one before them in normal form C, and others that folding changes by themselves."""
    joined = {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}  # the later parts of a Hangul syllable
    single = {*map(ord, SPELLED), *AFTER} - {ord("-"), ord("'"), ord('"')}
    points = (point for point in range(0x80, LAST) if not any(first <= point < end for first, end in UNCHANGED))
    for point in points:
        sign = chr(point)
        if unicodedata.combining(unicodedata.normalize("NFD", sign)[0]):
            joined.add(point)
        parts = unicodedata.decomposition(sign).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            joined.add(int(parts[1], 16))
        if not unicodedata.is_normalized("NFC", sign):
            single.add(point)
    return as_class(joined), as_class(single - joined)
