"""Turns rows and cells that differ into changes, and tells causes from mere consequences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from aussage.release.comparison.cells import Mask
from aussage.release.comparison.change import Action, Alarm, Area, Change
from aussage.release.comparison.ledger import Ledger
from aussage.release.comparison.meaning import OF_TABLE, Meaning, meaning_of
from aussage.release.comparison.rows import Paired, filled, texts, values, whole
from aussage.release.comparison.tombstones import Tombstones
from aussage.release.versions import Step


@dataclass(frozen=True, slots=True)
class Consequences:
    """Cells (or rows, where the column is empty) that only follow from others, with the documents where they are."""

    table: str
    column: str
    action: Action
    ids: list[str]
    documents: list[str]
    old: list[Any]
    new: list[Any]


@dataclass(slots=True)
class Judge:
    """Judges the tables of some whole documents, or registries, and writes changes down.

    `new_texts` are the documents whose text changed; `decided` the ids of gold rows that a changed decision names;
    `caused` the documents in which something changed of its own accord; `waiting` what follows from something.
    """

    ledger: Ledger
    buried_before: Tombstones
    buried: Tombstones
    new_texts: set[str] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)
    caused: set[str] = field(default_factory=set)
    waiting: list[Consequences] = field(default_factory=list)

    def judge(self, table: str, pair: Paired, columns: list[str], skip: frozenset[str] = frozenset()) -> None:
        """Judge the rows of a table; rows of the documents in `skip` came or went with their document."""
        self.ledger.add(self._rows(table, pair.removed, Action.REMOVED, skip))
        self.ledger.add(self._rows(table, pair.added, Action.ADDED, skip))
        masks = pair.differing(columns)
        if not masks:
            return
        derived_rows = _derived_rows(table, pair.new) & _derived_rows(table, pair.old)
        moved = np.array([document in self.new_texts for document in _documents(table, pair.new)], bool)
        for column, mask in masks.items():
            meaning = meaning_of(table, column)
            follows = np.zeros(len(mask), bool)
            for other in meaning.follows:
                follows |= masks.get(other, follows)
            follows |= moved & meaning.moves
            self.ledger.add_derived(table, column, int((mask & follows).sum()))
            own = mask & ~follows
            waits = own & (derived_rows | meaning.is_derived)
            if waits.any():
                self._wait(table, column, pair, waits)
            if (own & ~waits).any():
                self.ledger.add(self._cells(table, column, meaning, pair, own & ~waits))

    def settle(self, has_cause: bool) -> None:
        """Count the consequences; where nothing changed that they could follow from, the tool made them otherwise."""
        for some in self.waiting:
            causeless = [not has_cause and document not in self.caused for document in some.documents]
            self.ledger.add_derived(some.table, some.column, len(causeless) - sum(causeless))
            self.ledger.add(
                Change(Area.TOOL, Step.MINOR, some.action, some.table, id_, some.column, old, new)
                for id_, old, new, is_tools in zip(some.ids, some.old, some.new, causeless, strict=True)
                if is_tools
            )
        self.waiting.clear()

    def _wait(self, table: str, column: str, pair: Paired, mask: Mask) -> None:
        ids = pair.ids.filter(pa.array(mask)).to_pylist()
        documents = [name for name, waits in zip(_documents(table, pair.new), mask, strict=True) if waits]
        old, new = values(pair.old, column, mask), values(pair.new, column, mask)
        self.waiting.append(Consequences(table, column, Action.CHANGED, ids, documents, old, new))

    def _cells(self, table: str, column: str, meaning: Meaning, pair: Paired, mask: Mask) -> Iterator[Change]:
        chosen = pair.new.filter(pa.array(mask))
        ids = pair.ids.filter(pa.array(mask)).to_pylist()
        old, new = values(pair.old, column, mask), values(pair.new, column, mask)
        self.caused.update(_documents(table, chosen))
        for id_, before, after in zip(ids, old, new, strict=True):
            alarm = Alarm.REUSED if meaning.names and before is not None and after is not None else None
            step = Step.MAJOR if alarm else meaning.step
            area = self._area(table, id_, meaning.area)
            yield Change(area, step, Action.CHANGED, table, id_, column, before, after, alarm=alarm)

    def _rows(self, table: str, rows: pa.Table, action: Action, skip: frozenset[str]) -> Iterator[Change]:
        """Changes for rows that came or went; derived ones wait for their cause."""
        documents = _documents(table, rows)
        derived = _derived_rows(table, rows)
        keep = np.array([document not in skip for document in documents], bool)
        if (derived & keep).any():
            some = rows.filter(pa.array(derived & keep))
            ids, nothing = texts(some, some.column_names[0]), [None] * some.num_rows
            self.waiting.append(
                Consequences(table, "", action, ids, _documents(table, some), list(nothing), list(nothing))
            )
        own = rows.filter(pa.array(keep & ~derived))
        self.caused.update(_documents(table, own))
        coded = [name for name in own.column_names if not meaning_of(table, name).is_derived]
        for batch in own.to_batches(max_chunksize=10_000):
            some = pa.Table.from_batches([batch])
            for id_, row in zip(texts(some, some.column_names[0]), filled(some, coded), strict=True):
                yield self.row(table, id_, row, action)

    def row(self, table: str, id_: str, row: dict[str, Any], action: Action) -> Change:
        """The change for a row that came or went."""
        area = self._area(table, id_, OF_TABLE[table])
        if action is Action.ADDED:
            returned = self.buried_before.has(table, id_) or self.buried.has(table, id_)
            step = Step.MAJOR if returned else Step.MINOR
            return Change(area, step, action, table, id_, new=row, alarm=Alarm.RETURNED if returned else None)
        if table == "withdrawn":
            return Change(area, Step.MAJOR, action, table, id_, old=row, alarm=Alarm.UNBURIED)
        why = self.buried.why(table, id_, row)
        return Change(area, Step.MAJOR, action, table, id_, old=row, why=why, alarm=None if why else Alarm.NO_TOMBSTONE)

    def _area(self, table: str, id_: str, usual: Area) -> Area:
        return Area.ADJUDICATION if usual is Area.ANNOTATION and id_ in self.decided else usual


def _documents(table: str, rows: pa.Table) -> list[str]:
    """The document of each row; empty in registries."""
    if "document_id" not in rows.column_names:
        return [""] * rows.num_rows
    return texts(rows, "document_id")


def _derived_rows(table: str, rows: pa.Table) -> Mask:
    """The rows that nobody coded: contradictions."""
    if table != "relations" or "is_derived" not in rows.column_names:
        return np.zeros(rows.num_rows, bool)
    flags = whole(rows, "is_derived")
    if not pa.types.is_boolean(flags.type):
        return np.zeros(rows.num_rows, bool)
    return np.asarray(flags.fill_null(False).to_numpy(zero_copy_only=False), bool)
