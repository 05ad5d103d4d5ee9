"""Finds the documents that differ between two files of a table without looking at the rows of the others.

Two row groups whose stored bytes are the same hold the same rows; they are not even decoded. Of the other row groups
each document gets a digest over its rows (BLAKE2b, 128 bits), so that neither the order of documents nor row groups
matter. In memory stay about 250 bytes for each document of such row groups, of one table at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from aussage.release.comparison.cells import row_texts
from aussage.tables.table_files import OpenTable, PartedTable, open_table

BATCH = 20_000
DIGEST = 16


@dataclass(slots=True)
class Shard:
    """The rows of one document in one table: their number, where they are, a digest."""

    rows: int = 0
    groups: list[int] = field(default_factory=list)
    digest: bytes = b""

    def add(self, rows: int, group: int) -> None:
        """Count rows that come next in the table's order."""
        self.rows += rows
        if not self.groups or self.groups[-1] != group:
            self.groups.append(group)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table, in one file or in parts: how to read it, which columns it has, where its documents stand."""

    path: Path
    parquet: OpenTable
    document: str

    @classmethod
    def open(cls, path: Path, document: str) -> TableFile:
        """Open a file.

        Raises:
            pyarrow.ArrowException: it is no Parquet file.
            OSError: it cannot be read.
        """
        return cls(path, open_table(path, page_checksum_verification=True), document)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.parquet.schema_arrow.names)

    @property
    def groups(self) -> range:
        """The numbers of the row groups."""
        return range(self.parquet.num_row_groups)

    def path_of(self, group: int) -> Path:
        """The file in which a row group stands."""
        return self.parquet.path_of(group) if isinstance(self.parquet, PartedTable) else self.path

    def read(self, group: int, columns: Sequence[str] | None = None) -> pa.Table:
        """A row group."""
        return self.parquet.read_row_group(group, columns=list(columns) if columns is not None else None)


def differing(old: TableFile, new: TableFile, columns: Sequence[str]) -> tuple[dict[str, Shard], dict[str, Shard]]:
    """The documents whose rows differ in some columns, with where their rows are in the old and in the new file."""
    files = (old, new)
    with ThreadPoolExecutor(2) as pool:  # hashing and decoding leave the interpreter free
        stored = list(pool.map(lambda file: _stored(file, columns), files))
        equal = Counter(stored[0]) & Counter(stored[1])
        groups = [_without(digests, equal) for digests in stored]
        shards = list(pool.map(lambda file, some: _shards(file, some, columns), files, groups))
    same = [name for name, shard in shards[0].items() if name in shards[1] and shards[1][name].digest == shard.digest]
    for name in same:
        del shards[0][name], shards[1][name]
    return shards[0], shards[1]


def _without(stored: Sequence[bytes], equal: Counter[bytes]) -> list[int]:
    """The row groups that the other file has not; of some that are alike only as many count as both files have."""
    left = Counter(equal)
    groups = []
    for number, digest in enumerate(stored):
        if left[digest]:
            left[digest] -= 1
        else:
            groups.append(number)
    return groups


def _stored(file: TableFile, columns: Sequence[str]) -> list[bytes]:
    """A digest of each row group as it is stored: the bytes of its columns, and what is needed to read them."""
    schema, metadata, wanted = file.parquet.schema, file.parquet.metadata, set(columns)
    if any("." in name for name in file.columns):  # the paths of columns would be ambiguous
        return [f"{file.path} {group}".encode() for group in file.groups]
    leaves = [number for number in range(len(schema)) if schema.column(number).path.split(".")[0] in wanted]
    types = sorted(f"{name} {file.parquet.schema_arrow.field(name).type}" for name in wanted)
    about = "\n".join(types).encode()
    found = []
    for path, groups in groupby(file.groups, key=file.path_of):
        with path.open("rb") as stream:
            for group in groups:
                digest = blake2b(about, digest_size=DIGEST)
                for number in sorted(leaves, key=lambda leaf: schema.column(leaf).path):
                    leaf, chunk = schema.column(number), metadata.row_group(group).column(number)
                    digest.update(f"\n{_about(leaf)} {chunk.compression} {chunk.num_values}\n".encode())
                    digest.update(_stored_bytes(stream, chunk))
                found.append(digest.digest())
    return found


def _stored_bytes(stream: BinaryIO, chunk: Any) -> bytes:
    """The bytes of a column of a row group."""
    start = chunk.data_page_offset
    if chunk.has_dictionary_page and chunk.dictionary_page_offset:
        start = min(start, chunk.dictionary_page_offset)
    stream.seek(max(start, 0))
    return stream.read(max(chunk.total_compressed_size, 0))


def _about(leaf: Any) -> str:
    levels = f"{leaf.max_definition_level} {leaf.max_repetition_level}"
    return f"{leaf.path} {leaf.physical_type} {leaf.logical_type} {leaf.length} {levels}"


def _shards(file: TableFile, groups: Sequence[int], columns: Sequence[str]) -> dict[str, Shard]:
    """The documents of some row groups."""
    shards: dict[str, Shard] = {}
    current, digest = Shard(), blake2b(digest_size=DIGEST)
    for group in groups:
        table = file.read(group, columns)
        for batch in table.combine_chunks().to_batches(max_chunksize=BATCH):
            for document, rows, text in _runs(batch, columns, file.document):
                shard = shards.setdefault(document, Shard())
                if shard is not current:  # batches and row groups may cut a document in two
                    current.digest = digest.digest()
                    current, digest = shard, blake2b(digest_size=DIGEST, key=shard.digest)
                digest.update(text)
                shard.add(rows, group)
    current.digest = digest.digest()
    return shards


def _runs(batch: pa.RecordBatch, columns: Sequence[str], document: str) -> Iterator[tuple[str, int, memoryview]]:
    """The documents of a batch one after another, each with the number and the text of its rows."""
    rows = row_texts([batch.column(name) for name in columns])
    ids = pc.fill_null(batch.column(document).cast(pa.string()), "")
    runs = pc.run_end_encode(ids, run_end_type=pa.int32())
    places = [0, *runs.run_ends.to_pylist()]
    _, offsets, data = rows.buffers()
    starts, view = memoryview(offsets).cast("q"), memoryview(data)
    for name, (first, last) in zip(runs.values.to_pylist(), pairwise(places), strict=True):
        yield name, last - first, view[starts[first] : starts[last]]
