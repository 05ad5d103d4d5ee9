"""Which row groups hold the rows of some documents, so that the others need not be read.

In each table the rows of a document stand in one row group, and the row groups of all tables hold the same documents
in the same order (see `aussage.tables.writer`); a table without rows for some documents lacks their row group. Of a
corpus in parts only the files of those parts are opened in which the documents stand: parts follow each other in the
order of ids. Within a part ids need not be sorted; where the least and greatest id of each row group do not tell, the
ids of all its documents are read once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from aussage.corpus.store import Store

DOCUMENT = "document_id"
Numbers = npt.NDArray[np.int64]
Range = tuple[str, str] | None
"""The least and the greatest id of a row group; None if the file does not say."""


class Place(NamedTuple):
    """A row group of a table: its number in the file of a part. A table that is one file is part 0."""

    part: int
    group: int


class RowGroups:
    """Where the documents of a corpus stand. Ids and ranges are read when they are first needed, and kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ranges: dict[tuple[str, int], list[Range]] = {}
        self._homes: dict[tuple[str, int], Numbers] = {}
        self._ends: dict[int, Numbers] = {}
        self._ids: dict[int, pa.Array] = {}

    @cached_property
    def ids(self) -> pa.Array:
        """The ids of all documents, in the order of the corpus."""
        return pa.concat_arrays([self._ids_of(part) for part in range(len(self._starts) - 1)])

    def ids_at(self, positions: Numbers) -> pa.Array:
        """The ids of the documents at these positions; only the parts are read in which they stand."""
        found = [
            self._ids_of(part).take(pa.array(inside)) for part, inside in self._by_part(positions)
        ]  # fmt: skip
        return pa.concat_arrays(found) if found else pa.array([], pa.string())

    def of_document(self, table: str, document_id: str) -> list[Place]:
        """The row groups of a table in which the rows of a document may stand: mostly one, or none."""
        part = self._part_of(document_id)
        if part is None or part not in self._store.files.parts(table):
            return []
        candidates = [
            number
            for number, ends in enumerate(self._ranges_of(table, part))
            if ends is None or ends[0] <= document_id <= ends[1]
        ]
        if len(candidates) > 1:
            position = pc.index(self._ids_of(part), document_id).as_py()
            candidates = [] if position < 0 else self._groups(table, part, np.array([position]))
        return [Place(part, number) for number in candidates]

    def of_positions(self, table: str, positions: Numbers) -> list[Place]:
        """The row groups of a table in which the rows of the documents at these positions may stand."""
        there = self._store.files.parts(table)
        return [
            Place(part, number)
            for part, inside in self._by_part(positions)
            if part in there
            for number in self._groups(table, part, inside)
        ]

    @cached_property
    def _starts(self) -> Numbers:
        """At which position each part begins, and where the last one ends."""
        parts = self._store.manifest.parts
        counts = [part.documents for part in parts] or [self._store.manifest.tables["documents"].rows]
        return np.concatenate([[0], np.cumsum(counts, dtype=int)])

    def _by_part(self, positions: Numbers) -> Iterator[tuple[int, Numbers]]:
        """The parts in which positions stand, with the positions counted from the begin of the part."""
        parts = np.searchsorted(self._starts, positions, side="right") - 1
        for part in dict.fromkeys(parts.tolist()):
            yield part, positions[parts == part] - self._starts[part]

    def _part_of(self, document_id: str) -> int | None:
        """The part that may hold a document: parts are in the order of the ids."""
        parts = self._store.manifest.parts
        if not parts:
            return 0
        part = bisect_left(parts, document_id, key=lambda one: one.last)
        return part if part < len(parts) and parts[part].first <= document_id else None

    def _ids_of(self, part: int) -> pa.Array:
        """The ids of the documents of a part."""
        if part not in self._ids:
            column = self._store.read_part("documents", part, [DOCUMENT]).column(DOCUMENT).combine_chunks()
            self._ids[part] = pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
        return self._ids[part]

    def _groups(self, table: str, part: int, positions: Numbers) -> list[int]:
        """The row groups in a part's file in which the documents at these positions of the part may stand."""
        wanted = np.unique(np.searchsorted(self._ends_of(part), positions, side="right"))
        homes = self._homes_of(table, part)
        return [int(number) for number in np.flatnonzero((homes < 0) | np.isin(homes, wanted))]

    def _ends_of(self, part: int) -> Numbers:
        """How many documents of a part there are up to and with each row group of `documents`."""
        if part not in self._ends:
            footer = self._store.footer("documents", part)
            counts = [footer.row_group(number).num_rows for number in range(footer.num_row_groups)]
            self._ends[part] = np.cumsum(counts, dtype=int)
        return self._ends[part]

    def _homes_of(self, table: str, part: int) -> Numbers:
        """The row group of `documents` with the same documents, for each row group of a table; -1 if not known."""
        if (table, part) not in self._homes:
            if table == "documents":
                homes = np.arange(len(self._ends_of(part)), dtype=int)
            else:
                least = [None if ends is None else ends[0] for ends in self._ranges_of(table, part)]
                found = pc.index_in(pa.array(least, pa.string()), value_set=self._ids_of(part))
                positions = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(int)
                homes = np.where(positions < 0, -1, np.searchsorted(self._ends_of(part), positions, side="right"))
            self._homes[table, part] = homes
        return self._homes[table, part]

    def _ranges_of(self, table: str, part: int) -> list[Range]:
        if (table, part) not in self._ranges:
            self._ranges[table, part] = _ranges(self._store.footer(table, part))
        return self._ranges[table, part]


def _ranges(metadata: pq.FileMetaData) -> list[Range]:
    paths = [metadata.schema.column(number).path for number in range(metadata.num_columns)]
    column = paths.index(DOCUMENT)
    return [_range(metadata.row_group(number).column(column)) for number in range(metadata.num_row_groups)]


def _range(chunk: pq.ColumnChunkMetaData) -> Range:
    found = chunk.statistics
    if found is None or not found.has_min_max or not isinstance(found.min, str):
        return None
    return found.min, found.max
