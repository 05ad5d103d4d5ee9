"""What counts as a word, and as a run of words, wherever withheld text is taken out or looked for.

A word is a longest run of letters, digits and the marks on them, read after NFKC and case folding; whatever else stands
between words (spaces, punctuation, markup) does not count, and characters without width inside a word are passed over.
In scripts that are written without spaces (Han, Kana, Thai and their like) each character is a word.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RUN = 5
"""A run of this many words of a withheld text must not be passed on."""

INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen and characters without width
UNSPACED = (  # Thai, Lao, Tibetan, Myanmar, Khmer, Kana, Bopomofo, Han with its supplements, Yi, half-width Kana
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
FACTOR = 0x9E3779B97F4A7C15  # odd, so that multiplying by it loses nothing (Steele et al. 2014, SplitMix)

Hashes = NDArray[np.uint64]


class Word(NamedTuple):
    """A word as it is compared, and the code points of the text in which it stands."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """All words of a text in order, each as it is compared (NFKC, case folded) with its place."""
    return [
        Word(known, match.start(), match.end()) for match in _pattern().finditer(text) if (known := compared(match[0]))
    ]


def word_hashes(text: str) -> Hashes:
    """A hash of 64 bits for each word of a text in order: equal words have equal hashes, on every machine."""
    found = _pattern().findall(text)
    return np.fromiter((hash_ for word in found if (hash_ := _hashed(word))), np.uint64)


def run_hashes(hashes: Hashes, length: int = RUN) -> Hashes:
    """A hash of 64 bits for each run of `length` words that begins at a word; empty if there are fewer words."""
    count = len(hashes) - length + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    runs = np.zeros(count, np.uint64)
    for place in range(length):
        runs = runs * np.uint64(FACTOR) + hashes[place : place + count]
    return runs


@lru_cache(maxsize=1 << 17)
def compared(word: str) -> str:
    """A word as it is compared; empty if nothing of it is a letter, digit or mark."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return "".join(character for character in plain if character.isalnum() or unicodedata.category(character)[0] == "M")


@lru_cache(maxsize=1 << 17)
def _hashed(word: str) -> int:
    known = compared(word)
    if not known:
        return 0
    return int.from_bytes(hashlib.blake2b(known.encode(), digest_size=8).digest(), "little") or 1


@cache
def _pattern() -> re.Pattern[str]:
    """Words: one unspaced character with its marks, or a run of other letters and digits with marks."""
    marks = _marks()
    spaced = rf"(?:(?![{UNSPACED}])[^\W_])"
    return re.compile(rf"[{UNSPACED}][{marks}{INVISIBLE}]*|{spaced}(?:{spaced}|[{marks}{INVISIBLE}])*")


def _marks() -> str:
    """All combining marks as the inside of a character class."""
    points = (*range(0x300, 0x1F000), *range(0xE0100, 0xE01F0))
    return as_class(point for point in points if unicodedata.category(chr(point))[0] == "M")


def as_class(points: Iterable[int]) -> str:
    """Code points as the inside of a character class of a regular expression."""
    ranges: list[list[int]] = []
    for point in sorted(points):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
