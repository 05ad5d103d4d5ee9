"""Writes a part of a corpus: the rows of some documents, known by a hash of their own, without registries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from aussage.tables.columns import EFFECTS, TEXT, TEXTS
from aussage.tables.definitions import TABLES
from aussage.tables.flat import DERIVED
from aussage.tables.hashing import document_lines
from aussage.tables.parts import PART_HASH
from aussage.tables.schemas import Enumerations
from aussage.tables.writer import DocumentsWriter, facts_of_file

LINES = "lines"
"""The file of a part that holds what its documents add to the content hash."""


class WrittenTable(msgspec.Struct, frozen=True):
    """The file of a table in a part: rows, size, SHA-256."""

    rows: int
    bytes: int
    sha256: str


class WrittenPart(msgspec.Struct, frozen=True):
    """A written part: its documents, the hash of their lines, and the file of each table that has rows."""

    documents: int
    first: str
    last: str
    hash: str
    tables: dict[str, WrittenTable]


class PartWriter(DocumentsWriter):
    """Takes the rows of one document after another, as `CorpusWriter` does, and writes the files of a part.

    `named` has the ids of the actors and locations that its rows name.
    """

    def __init__(self, folder: Path, enumerations: Enumerations, about: Mapping[str, Any]) -> None:
        super().__init__(folder, enumerations, about, DERIVED)
        self._lines = (folder / LINES).open("wb")
        self._digest = hashlib.sha256()
        self._count, self._first, self._last = 0, "", ""
        self.named: dict[str, set[str]] = {"actors": set(), "locations": set()}

    def _written(self, documents: Sequence[str], tables: Mapping[str, pa.Table]) -> None:
        lines = document_lines(documents, tables)
        self._lines.write(lines)
        self._digest.update(lines)
        if documents:
            self._first, self._last = self._first or documents[0], documents[-1]
        self._count += len(documents)
        for name, rows in tables.items():
            for registry, values in _references(name, rows):
                self.named[registry].update(pc.unique(values).drop_null().to_pylist())

    def abandon(self) -> None:
        """Close the files without finishing them."""
        super().abandon()
        self._lines.close()

    def finish(self) -> WrittenPart:
        """Write what is left and close the files."""
        self._flush()
        self._lines.close()
        part_hash = self._digest.hexdigest()
        names = [name for name in TABLES if name in self._writers]
        for name in names:
            self._close(name, {PART_HASH: part_hash})
        files = {
            name: WrittenTable(rows=self.rows[name], **facts_of_file(self.folder / f"{name}.parquet")) for name in names
        }
        return WrittenPart(self._count, self._first, self._last, part_hash, files)


def _references(name: str, rows: pa.Table) -> Iterator[tuple[str, Any]]:
    """For each column of a table that names actors or locations: which of them, and the ids."""
    for column in TABLES[name].columns:
        values = rows.column(column.name)
        if column.kind == EFFECTS:
            effects = pc.list_flatten(values)
            yield "actors", pc.struct_field(effects, "actor_id")
            yield "locations", pc.struct_field(effects, "location_id")
        for registry in {"actors", "locations"} & set(column.refers) if column.kind in {TEXT, TEXTS} else ():
            yield registry, pc.list_flatten(values) if column.kind == TEXTS else values
