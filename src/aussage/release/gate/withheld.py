"""The withheld texts, indexed so that runs of their words are found in anything fast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aussage.release.gate.symbols import Alphabet
from aussage.release.words import FACTOR, RUN, words_of

LONG = 16
"""Runs with so many letters are found letter by letter, however they are cut up; shorter ones as whole words."""

HEAD = 4
"""So many first letters tell whether a short run may begin at a word; every run has more."""

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a withheld text in a row: which document, and from where to where in it (code points)."""

    document: str
    start: int
    end: int
    words: str


class WithheldText:
    """Withheld texts by document id, with an index of all their runs of five words.

    The index takes about 50 bytes a word and 2 bytes a letter. Longest stretches of equal words are found by hash and
    then compared letter by letter, so that a hit is never by chance.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(sorted(texts.items()))
        self.alphabet = Alphabet(self.texts.values())
        self.documents = list(self.texts)
        self.has_windows_letters = any(letter in text for text in self.texts.values() for letter in "ŠšŒœŽžŸƒ")
        stretches, begins, ends, places = [], [], [], []
        owners: list[int] = []
        offset = 0
        for number, text in enumerate(self.texts.values()):
            found = words_of(text)
            letters = [self.alphabet.letters(text[word.start : word.end]).symbols for word in found]
            lengths = np.array([len(word) for word in letters], np.int64)
            stops = offset + np.cumsum(lengths)
            stretches += letters
            begins.append(stops - lengths)
            ends.append(stops)
            places.append(np.array([(word.start, word.end) for word in found], np.int64).reshape(-1, 2))
            owners += [number] * len(found)
            offset = int(stops[-1]) if len(stops) else offset
        self.letters: NDArray[np.uint16] = np.concatenate(stretches) if stretches else np.empty(0, np.uint16)
        self.begins: Numbers = np.concatenate(begins) if begins else np.empty(0, np.int64)
        self.ends: Numbers = np.concatenate(ends) if ends else np.empty(0, np.int64)
        self.places: Numbers = np.concatenate(places) if places else np.empty((0, 2), np.int64)
        self.owners: Numbers = np.array(owners, np.int64)
        self._stops = np.array([int(found[-1]) if len(found) else 0 for found in ends], np.int64)
        self._index()

    def stop_of(self, word: int) -> int:
        """Where the text of a word ends in `letters`."""
        return int(self._stops[self.owners[word]])

    def _index(self) -> None:
        """Sort the runs of five words into long and short ones, each with a table to look hashes up in."""
        count = max(len(self.begins) - RUN + 1, 0)
        first = np.arange(count)
        whole = self.owners[first] == self.owners[first + RUN - 1]
        first = first[whole]
        lengths = self.ends[first + RUN - 1] - self.begins[first]
        values = spread(self.letters)
        long = first[lengths >= LONG]
        self.long = Lookup(stretch_hashes(values, LONG)[self.begins[long]] if len(long) else values[:0], long)
        short = first[lengths < LONG]
        begins = self.begins[short]
        self.short = Lookup(varied_hashes(values, begins, self.ends[short + RUN - 1]), short)
        self.short_heads = Lookup(stretch_hashes(values, HEAD)[begins] if len(short) else values[:0], short)

    def run(self, first: int, last: int) -> Run:
        """The run from one word to another, both numbered through all texts."""
        document = self.documents[int(self.owners[first])]
        start, end = int(self.places[first, 0]), int(self.places[last, 1])
        return Run(document, start, end, self.texts[document][start:end])


class Lookup:
    """Hashes of runs and the numbers of their first words; finds which of many hashes are among them."""

    def __init__(self, hashes: Hashes, words: Numbers) -> None:
        order = np.argsort(hashes, kind="stable")
        self.hashes, self.words = hashes[order], words[order]
        bits = max(16, int(len(hashes) * 16).bit_length())
        self._shift = np.uint64(64 - bits)
        self._seen = np.zeros(1 << bits, np.bool_)
        self._seen[self.hashes >> self._shift] = True

    def __len__(self) -> int:
        return len(self.hashes)

    def among(self, hashes: Hashes) -> Numbers:
        """The places in `hashes` at which one of ours stands, in order."""
        maybe = np.flatnonzero(self._seen[hashes >> self._shift])
        if not len(maybe):
            return maybe
        wanted = hashes[maybe]
        place = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        return maybe[self.hashes[place] == wanted] if len(self.hashes) else maybe[:0]

    def words_at(self, hash_: np.uint64) -> Iterator[int]:
        """The first words of all runs with this hash."""
        low, high = (int(np.searchsorted(self.hashes, hash_, side)) for side in ("left", "right"))
        for place in range(low, high):
            yield int(self.words[place])


def spread(symbols: NDArray[np.uint16]) -> Hashes:
    """Each symbol as a number of 64 bits that looks random (SplitMix64, Steele et al. 2014)."""
    values = (symbols.astype(np.uint64) + np.uint64(1)) * np.uint64(FACTOR)
    values ^= values >> np.uint64(31)
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(29)
    return values


def stretch_hashes(values: Hashes, length: int = LONG) -> Hashes:
    """A hash for each stretch of `length` values, a power of two, by doubling; empty if there are fewer."""
    hashes, factor, reach = values, np.uint64(FACTOR), 1
    while reach < length:
        if len(hashes) <= reach:
            return hashes[:0]
        hashes = hashes[:-reach] * factor + hashes[reach:]
        factor = np.uint64(int(factor) ** 2 % 2**64)
        reach *= 2
    return _mixed(hashes)


def varied_hashes(values: Hashes, begins: Numbers, ends: Numbers) -> Hashes:
    """A hash for each stretch of values from `begins` to `ends`, none longer than LONG."""
    hashes = (ends - begins).astype(np.uint64)
    lengths = ends - begins
    for place in range(int(lengths.max()) if len(lengths) else 0):
        reached = np.flatnonzero(lengths > place)
        hashes[reached] = hashes[reached] * np.uint64(FACTOR) + values[begins[reached] + place]
    return _mixed(hashes)


def _mixed(hashes: Hashes) -> Hashes:
    """The hashes with their upper bits made as random as the lower ones, since tables are read by the upper."""
    return hashes ^ (hashes << np.uint64(32))
