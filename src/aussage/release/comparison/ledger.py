"""Keeps changes in the order of their weight: few in memory, many in temporary files, so that memory stays flat."""

from __future__ import annotations

import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from os import SEEK_END
from typing import IO

import msgspec

from aussage.release.comparison.change import Action, Alarm, Area, Change
from aussage.release.versions import Step

IN_MEMORY = 8_000_000  # bytes of one pile of changes before it goes to a file
READ_AT_ONCE = 100_000  # bytes
Pile = tuple[Step, Area]


class Ledger:
    """Changes by step and area; within a pile in the order in which they were added."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[Step, Area, Action]] = Counter()
        self.alarms: Counter[Alarm] = Counter()
        self.derived: Counter[tuple[str, str]] = Counter()
        self._piles: dict[Pile, IO[bytes]] = {}
        self._alarming: set[Pile] = set()
        self._open = ExitStack()
        weakref.finalize(self, self._open.close)
        self._encode, self._decoder = msgspec.json.Encoder().encode, msgspec.json.Decoder(Change)

    def add(self, changes: Iterable[Change]) -> None:
        """Write down changes."""
        for change in changes:
            pile = (change.step, change.area)
            file = self._piles.get(pile) or self._begin(pile)
            file.seek(0, SEEK_END)  # somebody may have read in between
            file.write(self._encode(change) + b"\n")
            self.counts[(*pile, change.action)] += 1
            if change.alarm:
                self.alarms[change.alarm] += 1
                self._alarming.add(pile)

    def _begin(self, pile: Pile) -> IO[bytes]:
        file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed with the ledger)
        self._open.callback(file.close)
        self._piles[pile] = file
        return file

    def add_derived(self, table: str, column: str, cells: int) -> None:
        """Count cells (or rows, where the column is empty) that are mere consequences."""
        if cells:
            self.derived[(table, column)] += cells

    @property
    def piles(self) -> list[Pile]:
        """Step and area of the changes that there are, the heaviest first."""
        areas = list(Area)
        return sorted(self._piles, key=lambda pile: (-pile[0], areas.index(pile[1])))

    def changes(self, *piles: Pile) -> Iterator[Change]:
        """The changes of some piles, by default of all, in the order of their weight."""
        for pile in piles or self.piles:
            file, at = self._piles[pile], 0
            while True:
                file.seek(at)
                lines = file.readlines(READ_AT_ONCE)
                at = file.tell()
                if not lines:
                    break
                yield from map(self._decoder.decode, lines)

    def alarming(self) -> Iterator[Change]:
        """The changes that have an alarm."""
        piles = [pile for pile in self.piles if pile in self._alarming]
        return (change for change in self.changes(*piles) if change.alarm) if piles else iter(())
