"""Opens the table of a corpus: one Parquet file, or a folder whose part files are read as if they were one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from aussage.tables.parts import PART_HASH, is_part_file

BATCH = 65_536  # as pyarrow
Examine: TypeAlias = Callable[[str, pq.FileMetaData], object]
OpenTable: TypeAlias = "pq.ParquetFile | PartedTable"


def open_table(
    path: Path, files: Sequence[str] | None = None, examine: Examine | None = None, **options: Any
) -> OpenTable:
    """A table to be read: a ParquetFile of a file, a `PartedTable` of a folder.

    Args:
        path: The file or folder.
        files: Names of the part files in the folder, in order; all that are there by default.
        examine: Is given the name and footer of every part file that is opened; what it raises is not caught.
        options: What pyarrow.parquet.ParquetFile takes besides.

    Raises:
        OSError: it is not there, or cannot be read.
        pyarrow.ArrowException: it is no Parquet, or parts have different columns.
    """
    if path.is_dir():
        return PartedTable(path, files, examine, **options)
    return pq.ParquetFile(path, **options)


def table_files(path: Path) -> list[Path]:
    """The Parquet files of a table: itself, or the part files in its folder, in order."""
    if not path.is_dir():
        return [path]
    return [path / name for name in sorted((one.name for one in path.iterdir() if is_part_file(one.name)), key=_place)]


class PartedTable:
    """The part files of a table, read one after another; has what of pyarrow.parquet.ParquetFile is used here.

    One file at a time is open, and one footer is held; of the others only the number of their row groups and rows
    is kept, once that is asked for. After `close` the next reading opens a file again.
    """

    def __init__(
        self, folder: Path, files: Sequence[str] | None = None, examine: Examine | None = None, **options: Any
    ) -> None:
        self.folder = folder
        self._paths = table_files(folder) if files is None else [folder / name for name in files]
        self._examine, self._options = examine, {**options, "metadata": None}
        self._current: tuple[int, pq.ParquetFile] | None = None
        self._sizes: list[tuple[int, int]] | None = None
        if not self._paths:
            raise FileNotFoundError(2, "it has no part files", str(folder))
        known = options.get("metadata")
        if isinstance(known, PartedMetadata):
            self._sizes = known.table._sizes
        first = self._part(0)
        self.schema_arrow: pa.Schema = first.schema_arrow
        self.schema = first.schema
        self.metadata = PartedMetadata(self)

    def __enter__(self) -> PartedTable:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file that is open."""
        if self._current is not None:
            self._current[1].close()
            self._current = None

    @property
    def num_row_groups(self) -> int:
        """The number of row groups of all parts; the first time every footer is read."""
        return self._ends[-1]

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """The number of row groups and of rows of each part."""
        if self._sizes is None:
            for _ in self.footers():
                pass
        return self._sizes or []

    @cached_property
    def _ends(self) -> list[int]:
        """How many row groups there are up to and with each part."""
        return list(accumulate(groups for groups, _ in self.sizes))

    def footers(self) -> Iterator[tuple[str, pq.FileMetaData]]:
        """The name and the footer of each part file, one after another."""
        sizes = []
        for number, path in enumerate(self._paths):
            footer = self._part(number).metadata
            sizes.append((footer.num_row_groups, footer.num_rows))
            yield path.name, footer
        self._sizes = sizes

    def path_of(self, group: int) -> Path:
        """The part file in which a row group stands."""
        return self._paths[self._place(group)[0]]

    def row_group(self, group: int) -> pq.RowGroupMetaData:
        """What the footer of its file says of a row group."""
        part, number = self._place(group)
        return self._part(part).metadata.row_group(number)

    def read_row_group(self, group: int, columns: Sequence[str] | None = None, **options: Any) -> pa.Table:
        """One row group, all columns or those named."""
        part, number = self._place(group)
        return self._plain(self._part(part).read_row_group(number, columns=columns, **options))

    def read_row_groups(self, groups: Sequence[int], columns: Sequence[str] | None = None, **options: Any) -> pa.Table:
        """Some row groups, in the order that is given; all columns or those named."""
        places = groupby(map(self._place, groups), key=lambda place: place[0])
        tables = [
            self._part(part).read_row_groups([number for _, number in some], columns=columns, **options)
            for part, some in places
        ]
        return pa.concat_tables(map(self._plain, tables or [self._part(0).read_row_groups([], columns=columns)]))

    def read(self, columns: Sequence[str] | None = None, **options: Any) -> pa.Table:
        """All rows, all columns or those named."""
        parts = range(len(self._paths))
        return pa.concat_tables(self._plain(self._part(part).read(columns=columns, **options)) for part in parts)

    def iter_batches(
        self, batch_size: int = BATCH, columns: Sequence[str] | None = None, **options: Any
    ) -> Iterator[pa.RecordBatch]:
        """All rows in batches of at most so many; a part begins a new one."""
        for part in range(len(self._paths)):
            for batch in self._part(part).iter_batches(batch_size, columns=columns, **options):
                yield batch.replace_schema_metadata(self.schema_arrow.metadata)

    def _plain(self, table: pa.Table) -> pa.Table:
        """The rows without what only one part says of itself."""
        return table.replace_schema_metadata(self.schema_arrow.metadata)

    def _place(self, group: int) -> tuple[int, int]:
        """The part in which a row group stands, and its number there."""
        if not 0 <= group < self._ends[-1]:
            raise IndexError(f"{self.folder} has {self._ends[-1]} row groups, there is no {group}")
        part = bisect_right(self._ends, group)
        return part, group - (self._ends[part - 1] if part else 0)

    def _part(self, number: int) -> pq.ParquetFile:
        if self._current is not None and self._current[0] == number:
            return self._current[1]
        self.close()
        path = self._paths[number]
        file = pq.ParquetFile(path, **self._options)
        try:
            if number and not file.schema_arrow.equals(self.schema_arrow, check_metadata=True):
                raise pa.ArrowInvalid(f"{path.name} has other columns than {self._paths[0].name}")
            if self._examine is not None:
                self._examine(path.name, file.metadata)
        except BaseException:
            file.close()
            raise
        self._current = (number, file)
        return file


class PartedMetadata:
    """What the footers of all parts say together; has what of pyarrow.parquet.FileMetaData is used here."""

    def __init__(self, table: PartedTable) -> None:
        self.table = table
        first = table._part(0).metadata
        self.schema, self.num_columns = first.schema, int(first.num_columns)
        self.metadata: dict[bytes, bytes] = {
            key: value for key, value in (first.metadata or {}).items() if key != PART_HASH.encode()
        }

    @property
    def num_rows(self) -> int:
        """The number of rows of all parts."""
        return sum(rows for _, rows in self.table.sizes)

    @property
    def num_row_groups(self) -> int:
        """The number of row groups of all parts."""
        return self.table.num_row_groups

    def row_group(self, group: int) -> pq.RowGroupMetaData:
        """What the footer of its file says of a row group."""
        return self.table.row_group(group)


def _place(name: str) -> tuple[int, str]:
    """Part files in the order of their numbers, also of those with more than five digits."""
    return len(name), name
