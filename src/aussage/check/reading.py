"""Reading Parquet that nobody vouches for, row group by row group, within a budget of memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.tables.table_files import OpenTable, PartedMetadata, PartedTable, open_table

OURS = b"aussage."  # with this the keys of our metadata begin
MOST_ROWS = 1 << 20  # of a row group
MOST_VALUES = 1 << 24  # of a column in a row group, items of lists counted
MOST_BYTES = 256 << 20  # of a row group in memory
ALL_AT_ONCE = 2 * MOST_BYTES  # of a table that is read whole
# What the readers of Parquet, UTF-8 and JSON raise when bytes are not what they should be.
UNREADABLE = (OSError, ValueError, KeyError, NotImplementedError, RecursionError, MemoryError, pa.ArrowException)


class TooLarge(ValueError):
    """A file unpacks to more than the budget allows; the text says how much."""


@dataclass(frozen=True, slots=True)
class Footer:
    """What the footer of a file says: its name (of a part file with that of its folder), rows, and our metadata."""

    file: str
    rows: int
    metadata: Mapping[bytes, bytes]


class TableReader:
    """Reads the row groups of one table: of its file, or of its part files; every page is proved by its checksum.

    `files` names the files in the folder of a table in parts; by default all part files that are there are read.
    `footers` has what the footer of each file says.

    Texts are taken in as dictionaries first: a file of some kilobytes may repeat one long text a million times,
    and only the dictionary shows that before the memory is gone.

    Raises:
        UNREADABLE: what stands in the file is no Parquet, is damaged, or is `TooLarge`.
    """

    def __init__(self, path: Path, files: Sequence[str] | None = None) -> None:
        with open_table(path, files) as file:
            self.path, self.name, self.files = path, path.name, files
            self.metadata, self.schema = file.metadata, file.schema_arrow
            self.footers: list[Footer] = []
            self._suspect: dict[int, list[str]] = {}
            first = 0
            for name, footer in _footers(file, path.name):
                self._suspect |= _within_budget(footer, self.schema, first)
                about = {key: value for key, value in (footer.metadata or {}).items() if key.startswith(OURS)}
                self.footers.append(Footer(name, footer.num_rows, about))
                first += footer.num_row_groups
        self._texts = [field.name for field in self.schema if pa.types.is_string(field.type)]

    @property
    def row_groups(self) -> int:
        """How many row groups there are."""
        return int(self.metadata.num_row_groups)

    def open(self) -> OpenTable:
        """The file, to be given to `read`; one a thread."""
        return self._open(self._texts)

    def _open(self, texts: list[str]) -> OpenTable:
        options: dict[str, Any] = {
            "metadata": self.metadata,
            "read_dictionary": texts,
            "page_checksum_verification": True,
        }
        return open_table(self.path, self.files, **options)

    def part_file(self, group: int) -> str:
        """The name of the part file in which a row group stands; nothing if the table is one file."""
        return self.metadata.table.path_of(group).name if isinstance(self.metadata, PartedMetadata) else ""

    def read(self, file: OpenTable, group: int) -> pa.Table:
        """One row group, validated in full; texts but the id of the document may stay dictionaries."""
        self._probe_lists(group)
        table = file.read_row_group(group)
        table.validate(full=True)
        # As a rule the longest text of each dictionary, once a row, fits: then nothing has to be counted.
        if sum(map(_most_bytes, table.columns)) > MOST_BYTES and sum(map(_decoded_bytes, table.columns)) > MOST_BYTES:
            raise TooLarge(f"row group {group} unpacks to more than {MOST_BYTES >> 20} MB")
        place = table.schema.get_field_index("document_id")
        return table if place < 0 else table.set_column(place, "document_id", table.column(place).cast(pa.string()))

    def read_all(self, most: int = ALL_AT_ONCE) -> pa.Table:
        """The whole table, if it takes at most so many bytes."""
        groups, size = [], 0
        with self.open() as file:
            for group in range(self.row_groups):
                groups.append(self.read(file, group))
                size += sum(map(_decoded_bytes, groups[-1].columns))
                if size > most:
                    raise TooLarge(f"the table unpacks to more than {most >> 20} MB, which are read at once")
        return pa.concat_tables(groups).unify_dictionaries() if groups else self.schema.empty_table()

    def _probe_lists(self, group: int) -> None:
        """Texts in lists that could be too large are taken in as dictionaries, to be measured and thrown away."""
        if suspect := self._suspect.get(group):
            with self._open(suspect) as probe:
                found = probe.read_row_group(group, columns=suspect)
            size = sum(map(_decoded_bytes, found.columns))
            if size > MOST_BYTES:
                raise TooLarge(f"lists in row group {group} unpack to {size >> 20:,} MB")


def _footers(file: OpenTable, name: str) -> Iterator[tuple[str, Any]]:
    """The footer of each file of a table, with its name."""
    if isinstance(file, PartedTable):
        for part, footer in file.footers():
            yield f"{name}/{part}", footer
    else:
        yield name, file.metadata


def _within_budget(metadata: Any, schema: pa.Schema, first: int) -> dict[int, list[str]]:
    """What the footer says must fit, before a page is unpacked; gives the columns of texts in lists that may not.

    Of texts in lists a few bytes may unpack to many: the paths of such columns are given, by row group. The first row
    group of the file has the number `first` in its table.
    """
    nested = {field.name for field in schema if pa.types.is_list(field.type)}
    suspect: dict[int, list[str]] = {}
    texts = [
        (index, path)
        for index, path in ((index, metadata.schema.column(index).path) for index in range(metadata.num_columns))
        if path.split(".")[0] in nested and metadata.schema.column(index).physical_type == "BYTE_ARRAY"
    ]
    for number in range(first, first + metadata.num_row_groups):
        group = metadata.row_group(number - first)
        columns = [group.column(index) for index in range(group.num_columns)]
        sizes = [max(column.total_uncompressed_size, 0) for column in columns]
        values = [column.num_values for column in columns]
        if group.num_rows > MOST_ROWS:
            raise TooLarge(f"row group {number} has {group.num_rows:,} rows, at most {MOST_ROWS:,} are read")
        if sum(sizes) > MOST_BYTES:
            message = f"row group {number} unpacks to {sum(sizes) >> 20:,} MB, at most {MOST_BYTES >> 20} MB are read"
            raise TooLarge(message)
        most = max(values, default=0)
        if most > MOST_VALUES:
            raise TooLarge(f"row group {number} has {most:,} values in a column, at most {MOST_VALUES:,} are read")
        if paths := [path for index, path in texts if values[index] * sizes[index] > MOST_BYTES]:
            suspect[number] = paths
    return suspect


def _decoded_bytes(column: pa.ChunkedArray) -> int:
    """How many bytes a column will take once its dictionaries are written out."""
    return sum(map(_decoded_bytes_of, column.chunks))


def _most_bytes(column: pa.ChunkedArray) -> int:
    """At most so many bytes a column takes once its dictionaries are written out; often far fewer."""
    return sum(
        (4 + (pc.max(pc.binary_length(chunk.dictionary)).as_py() or 0)) * len(chunk)
        if pa.types.is_dictionary(chunk.type)
        else _decoded_bytes_of(chunk)
        for chunk in column.chunks
    )


def _decoded_bytes_of(values: pa.Array) -> int:
    if pa.types.is_list(values.type):
        return 4 * len(values) + _decoded_bytes_of(values.flatten())
    if pa.types.is_struct(values.type):
        return sum(map(_decoded_bytes_of, values.flatten()))
    if not pa.types.is_dictionary(values.type):
        return int(values.nbytes)
    lengths = np.asarray(pc.binary_length(values.dictionary).fill_null(0), dtype=np.int64)
    indices = values.indices.drop_null() if values.null_count else values.indices
    counts = np.bincount(np.asarray(indices), minlength=len(lengths))
    return 4 * len(values) + int((lengths * counts[: len(lengths)]).sum())
