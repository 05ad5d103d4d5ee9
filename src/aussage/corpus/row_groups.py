"""Which row groups hold the rows of some documents, so that the others need not be read.

In each table the rows of a document stand in one row group, and the row groups of all tables hold the same documents
in the same order (see `aussage.tables.writer`); a table without rows for some documents lacks their row group. Ids need
not be sorted. Where the least and greatest id of each row group do not tell, the ids of all documents are read once.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

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


class RowGroups:
    """Where the documents of a corpus stand. Ids and ranges are read when they are first needed, and kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ranges: dict[str, list[Range]] = {}
        self._homes: dict[str, Numbers] = {}

    @cached_property
    def ids(self) -> pa.Array:
        """The ids of all documents, in the order of the corpus."""
        column = self._store.read("documents", columns=[DOCUMENT]).column(DOCUMENT).combine_chunks()
        return pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column

    @cached_property
    def ends(self) -> Numbers:
        """How many documents there are up to and with each row group of `documents`."""
        metadata = self._store.metadata("documents")
        return np.cumsum([metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)], dtype=int)

    def of_document(self, table: str, document_id: str) -> list[int]:
        """The row groups of a table in which the rows of a document may stand: mostly one, or none."""
        ranges = self._ranges_of(table)
        candidates = [
            number
            for number, ends in enumerate(ranges)
            if ends is None or ends[0] <= document_id <= ends[1]
        ]  # fmt: skip
        if len(candidates) <= 1:
            return candidates
        position = pc.index(self.ids, document_id).as_py()
        return [] if position < 0 else self.of_positions(table, np.array([position]))

    def of_positions(self, table: str, positions: Numbers) -> list[int]:
        """The row groups of a table in which the rows of the documents at these positions may stand."""
        wanted = np.unique(np.searchsorted(self.ends, positions, side="right"))
        homes = self._homes_of(table)
        return [int(number) for number in np.flatnonzero((homes < 0) | np.isin(homes, wanted))]

    def _homes_of(self, table: str) -> Numbers:
        """The row group of `documents` with the same documents, for each row group of a table; -1 if not known."""
        if table not in self._homes:
            if table == "documents":
                homes = np.arange(len(self.ends), dtype=int)
            else:
                least = [None if ends is None else ends[0] for ends in self._ranges_of(table)]
                found = pc.index_in(pa.array(least, pa.string()), value_set=self.ids)
                positions = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(int)
                homes = np.where(positions < 0, -1, np.searchsorted(self.ends, positions, side="right"))
            self._homes[table] = homes
        return self._homes[table]

    def _ranges_of(self, table: str) -> list[Range]:
        if table not in self._ranges:
            self._ranges[table] = _ranges(self._store.metadata(table))
        return self._ranges[table]


def _ranges(metadata: pq.FileMetaData) -> list[Range]:
    paths = [metadata.schema.column(number).path for number in range(metadata.num_columns)]
    column = paths.index(DOCUMENT)
    return [_range(metadata.row_group(number).column(column)) for number in range(metadata.num_row_groups)]


def _range(chunk: pq.ColumnChunkMetaData) -> Range:
    found = chunk.statistics
    if found is None or not found.has_min_max or not isinstance(found.min, str):
        return None
    return found.min, found.max
