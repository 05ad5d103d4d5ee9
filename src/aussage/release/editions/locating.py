"""Finds sentences that are known only by length and digest in a longer text, with bounded work."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from aussage.release.editions.restoration import Piece

NEAR = 400  # places around the expected one that are looked at first: some lines of other matter
TRIES = 1_500_000  # places that are looked at in all for one document, some seconds of work


def locate(pieces: list[Piece], folded: str, salt: str) -> list[int | None]:
    """Where each piece stands in a folded text; None if it is nowhere.

    First near where it should stand behind the piece before; what is not there is looked for in the whole text, and
    whatever is found leads to its neighbours. A piece is looked for where words begin and end.
    """
    windows = _Windows(folded, salt)
    found: list[int | None] = [None] * len(pieces)
    _look_nearby(pieces, found, windows)
    searched: set[int] = set()
    for number, piece in enumerate(pieces):
        length = piece.end - piece.start
        if found[number] is not None or length in searched or not windows.tries:
            continue
        searched.add(length)
        missing = {
            other.digest
            for other, place in zip(pieces, found, strict=True)
            if place is None and other.end - other.start == length
        }
        places = windows.first_of(length, missing)
        for other, known in enumerate(pieces):
            if found[other] is None and known.end - known.start == length:
                found[other] = places.get(known.digest)
        if places:
            _look_nearby(pieces, found, windows)
    return found


def _look_nearby(pieces: list[Piece], found: list[int | None], windows: _Windows) -> None:
    """Look for what was not found near where the pieces that were found let expect it."""
    offset = next((place - piece.start for piece, place in zip(pieces, found, strict=True) if place is not None), 0)
    for number, piece in enumerate(pieces):
        place = found[number]
        if place is None:
            nearest = islice(_outwards(windows.bounds, piece.start + offset), NEAR)
            place = windows.first(piece.end - piece.start, piece.digest, nearest)
            found[number] = place
        if place is not None:
            offset = place - piece.start


class _Windows:
    """Windows of a folded text between places where words begin and end; `tries` is how many may still be hashed."""

    def __init__(self, folded: str, salt: str) -> None:
        self.folded, self.tries = folded, TRIES
        self.bounds = [place for place in range(len(folded) + 1) if _is_bound(folded, place)]
        self._is_bound = bytearray(len(folded) + 1)
        for bound in self.bounds:
            self._is_bound[bound] = 1
        self._salted = hashlib.sha256(bytes.fromhex(salt))

    def first(self, length: int, digest: str, starts: Iterable[int]) -> int | None:
        """The first of these starts of a window of that length and digest."""
        return next((start for start, found in self._digests(length, starts) if found == digest), None)

    def first_of(self, length: int, digests: set[str]) -> dict[str, int]:
        """For each of the digests that is there the first start of a window of that length, in the whole text."""
        places: dict[str, int] = {}
        for start, found in self._digests(length, self.bounds):
            if found in digests:
                places.setdefault(found, start)
                if len(places) == len(digests):
                    break
        return places

    def _digests(self, length: int, starts: Iterable[int]) -> Iterator[tuple[int, str]]:
        last = len(self.folded) - length
        for start in starts:
            if start <= last and self._is_bound[start + length]:
                if not self.tries:
                    return
                self.tries -= 1
                digest = self._salted.copy()
                digest.update(self.folded[start : start + length].encode())
                yield start, digest.hexdigest()


def _is_bound(folded: str, place: int) -> bool:
    """Whether no word goes on across this place; scripts without spaces have words everywhere."""
    if place in {0, len(folded)}:
        return True
    before, after = folded[place - 1], folded[place]
    return not (before.isalnum() and after.isalnum()) or before > "\u0e00" or after > "\u0e00"


def _outwards(places: list[int], expected: int) -> Iterator[int]:
    """Sorted places, the nearest to the expected one first; of two equally near the later."""
    after = bisect_left(places, expected)
    before = after - 1
    while before >= 0 or after < len(places):
        if before < 0 or (after < len(places) and places[after] - expected <= expected - places[before]):
            yield places[after]
            after += 1
        else:
            yield places[before]
            before -= 1
