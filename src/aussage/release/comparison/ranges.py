"""Deals the rows of differing documents out to ranges of documents, so that each range fits into memory.

The rows of more than one range wait in a temporary file, so that every row group is read once in whatever order the
documents stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from aussage.release.comparison.rows import whole
from aussage.release.comparison.shards import Shard, TableFile

ROWS = 200_000  # of all tables of one side that are in memory at once, if no document alone has more


class Ranges:
    """Documents in the order of their ids, cut into ranges with at most so many rows (or one document)."""

    def __init__(self, shards: Iterable[Mapping[str, Shard]], rows: int = ROWS) -> None:
        sizes: dict[str, int] = {}
        for some in shards:
            for name, shard in some.items():
                sizes[name] = sizes.get(name, 0) + shard.rows
        self.documents = sorted(sizes)
        self.starts = [0] if sizes else []
        filled = 0
        for place, name in enumerate(self.documents):
            if filled and filled + sizes[name] > rows:
                self.starts.append(place)
                filled = 0
            filled += sizes[name]

    def __len__(self) -> int:
        return len(self.starts)

    def of(self, documents: pa.Array) -> npt.NDArray[np.int64]:
        """The number of the range of each document; -1 for one that is in none."""
        places = pc.fill_null(pc.index_in(documents, value_set=pa.array(self.documents, pa.string())), -1)
        numbers: npt.NDArray[np.int64] = np.searchsorted(np.array(self.starts), places.to_numpy(), side="right") - 1
        return numbers


class Dealt:
    """The rows of the differing documents of one table file, to be taken range by range."""

    def __init__(self, file: TableFile, shards: Mapping[str, Shard], ranges: Ranges, folder: Path) -> None:
        self._schema = decoded(file.parquet.schema_arrow.empty_table()).schema
        self._kept: list[pa.Table] = []
        self._batches: dict[int, list[int]] = {}
        self._path = folder
        self._reader: pa.ipc.RecordBatchFileReader | None = None
        wanted = pa.array(sorted(shards), pa.string())
        groups = sorted({group for shard in shards.values() for group in shard.groups})
        rows = (_of_documents(file, group, wanted) for group in groups)
        if len(ranges) < 2:
            self._kept = list(rows)
        else:
            self._write(rows, file.document, ranges)

    def rows(self, number: int) -> pa.Table:
        """The rows of a range, in the order of the table."""
        if self._reader is None:
            return pa.concat_tables([self._schema.empty_table(), *self._kept]).combine_chunks()
        batches = [self._reader.get_batch(batch) for batch in self._batches.get(number, ())]
        return pa.Table.from_batches(batches, self._schema).combine_chunks()

    def _write(self, tables: Iterable[pa.Table], document: str, ranges: Ranges) -> None:
        count = 0
        with pa.ipc.new_file(self._path, self._schema) as writer:
            for table in tables:
                numbers = ranges.of(pc.fill_null(whole(table, document), ""))
                for number in np.unique(numbers):
                    some = table.filter(pa.array(numbers == number)).combine_chunks()
                    for batch in some.to_batches():
                        writer.write_batch(batch)
                        self._batches.setdefault(int(number), []).append(count)
                        count += 1
        self._reader = pa.ipc.open_file(pa.memory_map(str(self._path)))


def decoded(table: pa.Table) -> pa.Table:
    """The table with texts in place of the codes of categories, without metadata."""
    fields = [
        pa.field(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
        for field in table.schema
    ]
    return table.replace_schema_metadata(None).cast(pa.schema(fields))


def _of_documents(file: TableFile, group: int, wanted: pa.Array) -> pa.Table:
    table = decoded(file.read(group))
    ids = pc.fill_null(table.column(file.document).cast(pa.string()), "")
    return table.filter(pc.is_in(ids, value_set=wanted))
