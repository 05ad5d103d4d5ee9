"""The content hash: the identity of a corpus, whatever wrote its files.

Canonical row: the cells of the row in the order of the table's columns, as text, each followed by U+001F, and the row
closed by U+001C. Whole numbers are decimal, other numbers the shortest form that reads back the same, flags `true` or
`false`, nothing (and the empty list) U+0000. Items of a list are joined by U+001E, fields of an item by U+001D. In
texts U+0000 and U+001B to U+001F are written as U+001B and the character 64 places on, so that no two rows look alike.
Shard hash: SHA-256 over the canonical rows (UTF-8) of one table that belong to one document, in the table's order.
Content hash: SHA-256 over lines `document TAB table TAB shard hash LF`: first the registries (whose document is empty),
then the documents in their order, each with its tables in the order of `TABLES`. `flat` has no part in it, because it
repeats what the other tables say. The hash needs one document at a time, and does not depend on row groups,
compression or the versions of libraries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from aussage.tables.definitions import TABLES

CELL, ROW, ITEM, FIELD, NOTHING = "\x1f", "\x1c", "\x1e", "\x1d", "\0"
ESCAPED = ("\x1b", NOTHING, ROW, FIELD, ITEM, CELL)  # the sign of escaping first, or it would be escaped twice
HASHED = tuple(name for name in TABLES if name != "flat")
OF_NOTHING = hashlib.sha256().hexdigest()
BATCH = 20_000


class ContentHash:
    """Takes the lines of the registries, then those of one document after another, and gives the content hash."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, lines: bytes) -> None:
        """Add what `registry_lines` or `document_lines` gave."""
        self._digest.update(lines)

    def hexdigest(self) -> str:
        """The content hash of all that was added so far."""
        return self._digest.hexdigest()


class RegistryHashes:
    """Takes the rows of registries, some at a time, and gives what all of them add to the content hash."""

    def __init__(self) -> None:
        self._digests = {name: hashlib.sha256() for name in HASHED if not TABLES[name].local}

    def add(self, name: str, rows: pa.Table) -> None:
        """Add the next rows of a registry."""
        for batch in rows.to_batches(max_chunksize=BATCH):
            self._digests[name].update(b"".join(_canonical(name, batch)))

    def lines(self) -> bytes:
        """What the registries, whole, add to the content hash."""
        return _lines("", {name: digest.hexdigest() for name, digest in self._digests.items()})


def registry_lines(tables: Mapping[str, pa.Table]) -> bytes:
    """What the registries, whole, add to the content hash."""
    hashes = RegistryHashes()
    for name, rows in tables.items():
        hashes.add(name, rows)
    return hashes.lines()


def document_lines(ids: Iterable[str], tables: Mapping[str, pa.Table]) -> bytes:
    """What the rows of these documents add to the content hash, in the order of the ids.

    Rows of one document that do not stand together make another hash than if they did.
    """
    shards: dict[str, dict[str, str]] = {document_id: {} for document_id in ids}
    for name in HASHED:
        if TABLES[name].local and name in tables:
            for document_id, shard in shard_hashes(name, tables[name]):
                of_document = shards.setdefault(document_id, {})
                of_document[name] = of_document.get(name, "") + shard
    return b"".join(_lines(document_id, hashes) for document_id, hashes in shards.items())


def _lines(document_id: str, shards: Mapping[str, str]) -> bytes:
    lines = (
        f"{document_id}\t{name}\t{shards.get(name, OF_NOTHING)}\n"
        for name in HASHED
        if TABLES[name].local == bool(document_id)
    )
    return "".join(lines).encode()


def shard_hashes(name: str, rows: pa.Table) -> Iterator[tuple[str, str]]:
    """Document and shard hash for each run of rows of one document in a table of documents."""
    document, digest = None, hashlib.sha256()
    for batch in rows.to_batches(max_chunksize=BATCH):
        column = batch.column(0 if name == "documents" else batch.schema.get_field_index("document_id"))
        runs = pc.run_end_encode(column, run_end_type=pa.int32())
        places = [0, *runs.run_ends.to_pylist()]
        for number, (id_, text) in enumerate(
            zip(runs.values.to_pylist(), _canonical(name, batch, places), strict=True)
        ):
            if id_ != document or (number == 0 and document is None):
                if document is not None:
                    yield document, digest.hexdigest()
                document, digest = id_, hashlib.sha256()
            digest.update(text)
    if document is not None:
        yield document, digest.hexdigest()


def _canonical(name: str, batch: pa.RecordBatch, places: list[int] | None = None) -> Iterator[memoryview]:
    """The canonical rows between one place and the next, one after another in UTF-8; by default of all rows."""
    if not batch.num_rows:
        return
    cells = [_cells(batch.column(number)) for number in range(len(TABLES[name].columns))]
    rows = pc.binary_join_element_wise(*cells, ROW, CELL, null_handling="replace", null_replacement=NOTHING)
    rows = rows.cast(pa.large_string())
    _, offsets, data = rows.buffers()
    starts = memoryview(offsets).cast("q")
    view = memoryview(data)
    bounds = places or [0, len(rows)]
    for first, last in pairwise(bounds):
        yield view[starts[first] : starts[last]]


def _cells(values: Any) -> Any:
    """The cells of a column as texts; nothing where there is nothing."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return pc.take(_escaped(values.dictionary), values.indices)
    if pa.types.is_list(kind):
        return _lists(values)
    if pa.types.is_struct(kind):
        fields = [_cells(field) for field in values.flatten()]
        return pc.binary_join_element_wise(*fields, FIELD, null_handling="replace", null_replacement=NOTHING)
    return _escaped(values) if pa.types.is_string(kind) else pc.cast(values, pa.string())


def _lists(values: Any) -> Any:
    """Lists as one text each."""
    items = pc.fill_null(_cells(pc.list_flatten(values)), NOTHING)
    lengths = pc.fill_null(pc.list_value_length(values), 0)
    ends = pc.cumulative_sum(lengths)
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cast(ends, pa.int32())])
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, items), ITEM)
    return pc.if_else(pc.equal(lengths, 0), pa.scalar(None, pa.string()), joined)


def _escaped(texts: Any) -> Any:
    """Texts without the signs that the canonical row uses itself."""
    data = texts.buffers()[2]
    raw = data.to_pybytes() if data is not None else b""
    for sign in ESCAPED:
        if sign.encode() in raw:
            texts = pc.replace_substring(texts, sign, f"\x1b{chr(ord(sign) + 64)}")
    return texts
