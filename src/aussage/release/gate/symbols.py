"""Characters as small numbers: equal letters get equal numbers, whatever their case, form or marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from aussage.release.words import UNSPACED

Codes = NDArray[np.generic]
"""Code points or code units of a text, of any unsigned type."""

SEPARATOR, PASSED_OVER, OTHER, FIRST = 0, 1, 2, 3
"""Symbols: between words; inside words but not seen; a letter that no withheld text has; the first that one has."""

_SEVERAL = 65535
_PLANE = 0x10000
_A_SPACE, _A_LETTER = 0x20, 0x10000  # _A_LETTER is a place in the table that stands for every letter beyond it


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a stretch of text, without anything that stands between or on them.

    `symbols` are their numbers, `starts[i]` says whether a word begins at letter i.
    """

    symbols: NDArray[np.uint16]
    starts: NDArray[np.bool_]


class Alphabet:
    """The letters of some texts, numbered; it turns any other text into the same numbers.

    Marks on letters are passed over, so that composed and decomposed letters, and those that lost their marks, are
    the same; a letter that stands for several (ß, ligatures, width forms) becomes these.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        points = sorted({point for text in texts for point in set(text)})
        letters = sorted({letter for point in points for letter in _folded(point)})
        if len(letters) > _SEVERAL - FIRST:
            raise ValueError("the texts have more different letters than can be numbered")
        number = {letter: FIRST + place for place, letter in enumerate(letters)}
        self._table = np.full(_PLANE + 1, SEPARATOR, np.uint16)
        self._table[_A_LETTER] = OTHER
        several: list[tuple[int, list[int]]] = []
        for point, kind in enumerate(_kinds()):
            if isinstance(kind, str):
                symbols = [number.get(letter, OTHER) for letter in kind]
                self._table[point] = symbols[0] if len(symbols) == 1 else _SEVERAL
                if len(symbols) > 1:
                    several.append((point, symbols))
            else:
                self._table[point] = kind
        self._row = np.zeros(_PLANE + 1, np.uint16)
        self._lengths = np.ones(len(several) + 1, np.int64)
        self._expansions = np.zeros((len(several) + 1, max((len(s) for _, s in several), default=1)), np.uint16)
        for row, (point, symbols) in enumerate(several, start=1):
            self._row[point], self._lengths[row] = row, len(symbols)
            self._expansions[row, : len(symbols)] = symbols
        self._unspaced = np.zeros(_PLANE + 1, np.bool_)
        self._unspaced[_unspaced_points()] = True
        self._has_unspaced = any(self._unspaced[ord(point)] for point in points if ord(point) < _PLANE)

    def letters(self, text: str) -> Letters:
        """The letters of a text."""
        return self.letters_of_codes(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32))

    def letters_of_codes(self, codes: Codes) -> Letters:
        """The letters of a text that is given as code points (or Latin-1 bytes, or UTF-16 units)."""
        if codes.dtype.itemsize > 2 and len(codes) and int(codes.max()) >= _PLANE:
            codes = _within_first_plane(codes)
        symbols = self._table[codes]
        unspaced = self._unspaced[codes] if self._has_unspaced else None
        several = np.flatnonzero(symbols == _SEVERAL)
        if len(several):
            symbols, unspaced = self._expanded(codes, symbols, several, unspaced)
        kept = symbols != PASSED_OVER
        if not kept.all():
            symbols = symbols[kept]
            unspaced = None if unspaced is None else unspaced[kept]
        places = np.flatnonzero(symbols)
        starts = np.empty(len(places), np.bool_)
        starts[:1] = True
        starts[1:] = np.diff(places) != 1
        if unspaced is not None:
            alone = unspaced[places]
            starts |= alone
            starts[1:] |= alone[:-1]
        return Letters(symbols[places], starts)

    def _expanded(
        self,
        codes: Codes,
        symbols: NDArray[np.uint16],
        several: NDArray[np.int64],
        unspaced: NDArray[np.bool_] | None,
    ) -> tuple[NDArray[np.uint16], NDArray[np.bool_] | None]:
        """The symbols with those letters written out that stand for several."""
        rows = self._row[codes[several]]
        counts = np.ones(len(symbols), np.int64)
        counts[several] = self._lengths[rows]
        longer = np.repeat(symbols, counts)
        begins = several + np.cumsum(counts[several] - 1) - (counts[several] - 1)
        for place in range(self._expansions.shape[1]):
            reached = self._lengths[rows] > place
            longer[begins[reached] + place] = self._expansions[rows[reached], place]
        return longer, None if unspaced is None else np.repeat(unspaced, counts)


def _within_first_plane(codes: Codes) -> Codes:
    """Code points beyond the first plane replaced: by what they are a form of, else by a letter or a space."""
    plain = unicodedata.normalize("NFKD", codes.astype("<u4").tobytes().decode("utf-32-le", "replace"))
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    beyond = codes >= _PLANE
    for point in np.unique(codes[beyond]):
        codes[codes == point] = _A_LETTER if chr(point).isalnum() else _A_SPACE
    return codes


def _folded(character: str) -> str:
    """The letters and digits that a character stands for, small and without marks."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in plain if letter.isalnum() and ord(letter) < _PLANE)


@cache
def _kinds() -> tuple[str | int, ...]:
    """For each code point of the first plane: its letters, or SEPARATOR, or PASSED_OVER."""
    kinds: list[str | int] = []
    for point in range(_PLANE):
        character = chr(point)
        category = unicodedata.category(character)
        if category in {"Mn", "Mc", "Me", "Cf"}:
            kinds.append(PASSED_OVER)
        else:
            kinds.append(_folded(character) or SEPARATOR)
    return tuple(kinds)


@cache
def _unspaced_points() -> list[int]:
    """The code points of the first plane that are words of their own."""
    pattern = re.compile(f"[{UNSPACED}]")
    return [point for point in range(_PLANE) if pattern.match(chr(point))]
