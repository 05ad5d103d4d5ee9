"""Finds the longest runs of withheld words in a stretch of text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from aussage.release.gate.symbols import Letters
from aussage.release.gate.withheld import (
    HEAD,
    LONG,
    Hashes,
    Lookup,
    Run,
    WithheldText,
    spread,
    stretch_hashes,
    varied_hashes,
)
from aussage.release.words import RUN

MERGED = RUN + 2
"""So many words count even if they do not begin or end where words do: text that lost its spaces."""
_COMPARED = 1 << 14


def runs_in(letters: Letters, withheld: WithheldText, begins: bool = True, ends: bool = True) -> Iterator[Run]:
    """The runs of five or more words of the withheld texts that stand in a stretch of text, from left to right.

    What stands between letters does not count, so that words that are cut up (by hyphens, markup, quotation marks) are
    found; but a run must begin and end with a word, lest four words and the beginning of a fifth are taken for five.

    Args:
        letters: The stretch.
        withheld: The texts to look for.
        begins: Whether the stretch begins where a word begins; false for one that was cut anywhere.
        ends: The same of its end.
    """
    values = spread(letters.symbols)
    hits = [*_hits(stretch_hashes(values, LONG), None, withheld.long), *_short_hits(letters, values, withheld)]
    covered: dict[int, int] = {}
    for place, hash_, lookup in sorted(hits, key=lambda hit: hit[0]):
        for word in lookup.words_at(np.uint64(hash_)):
            diagonal = int(withheld.begins[word]) - place
            if covered.get(diagonal, -1) > place:
                continue
            reach = _reach(letters.symbols, place, withheld, word)
            last = _last_word(letters, place, reach, withheld, word, begins, ends)
            if last is not None:
                covered[diagonal] = place + reach
                yield withheld.run(word, last)


def _hits(hashes: Hashes, places: NDArray[np.int64] | None, lookup: Lookup) -> Iterator[tuple[int, int, Lookup]]:
    """Where a hash of the lookup stands: the place in the letters, the hash, the lookup."""
    if len(lookup) and len(hashes):
        for place in lookup.among(hashes):
            yield int(place if places is None else places[place]), int(hashes[place]), lookup


def _short_hits(letters: Letters, values: Hashes, withheld: WithheldText) -> Iterator[tuple[int, int, Lookup]]:
    """Where words begin that together are a short run, whether they are five or were cut up or merged."""
    if not len(withheld.short):
        return
    borders = np.append(np.flatnonzero(letters.starts), len(letters.symbols))
    heads = stretch_hashes(values, HEAD)
    first = withheld.short_heads.among(heads[borders[borders < len(heads)]])
    for pieces in range(1, LONG):
        first = first[first + pieces < len(borders)]
        first = first[borders[first + pieces] - borders[first] < LONG]
        if not len(first):
            return
        begins = borders[first]
        yield from _hits(varied_hashes(values, begins, borders[first + pieces]), begins, withheld.short)


def _reach(symbols: NDArray[np.uint16], place: int, withheld: WithheldText, word: int) -> int:
    """How many letters are equal from a place in the stretch, and from a word of a withheld text to its end."""
    begin = int(withheld.begins[word])
    most = min(len(symbols) - place, withheld.stop_of(word) - begin)
    for done in range(0, most, _COMPARED):
        stop = min(done + _COMPARED, most)
        differs = np.flatnonzero(symbols[place + done : place + stop] != withheld.letters[begin + done : begin + stop])
        if len(differs):
            return done + int(differs[0])
    return most


def _last_word(
    letters: Letters, place: int, reach: int, withheld: WithheldText, word: int, begins: bool, ends: bool
) -> int | None:
    """The last word of the run that begins with a word; nothing if there are too few words."""

    def at_border(where: int) -> bool:
        if where == 0:
            return begins
        return ends if where == len(letters.symbols) else bool(letters.starts[where])

    begin = int(withheld.begins[word])
    last = int(np.searchsorted(withheld.ends, begin + reach, "right")) - 1
    merged = last if last - word + 1 >= MERGED else None
    if not at_border(place):
        # if the next word stands where a word begins, the run is found from there
        return None if merged and at_border(place + int(withheld.ends[word]) - begin) else merged
    if merged is None or at_border(place + int(withheld.ends[last]) - begin):
        tried = range(last, word + RUN - 2, -1)
    else:
        tried = range(last - 1, last - 2, -1)
    return next((end for end in tried if at_border(place + int(withheld.ends[end]) - begin)), merged)
