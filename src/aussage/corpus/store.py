"""The files of a corpus: opened, examined against the manifest, read as Arrow tables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from aussage.corpus.errors import CorpusError, unknown
from aussage.corpus.manifest import read_json, read_manifest
from aussage.corpus.row_groups import DOCUMENT, RowGroups
from aussage.corpus.selection import Selection
from aussage.tables import TABLES

CODEBOOK_FILE = "codebook.json"
LAYERED = ("claims", "mentions", "relations")
GOLD, ALL = "gold", "all"
FrameKey = tuple[str, str]
Signature = tuple[int, int, int]
Result = TypeVar("Result")


class Store:
    """The folder of a corpus and its manifest. Files are opened when they are asked for, and never written.

    `frames` keeps the frames that were made, by table and layer, for all views of the corpus. `opener` makes of a path
    what pyarrow reads; a measurement puts a file that counts in its place.

    Raises:
        CorpusError: the manifest cannot be used, or a file is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self.frames: dict[FrameKey, pd.DataFrame] = {}
        self.row_groups = RowGroups(self)
        self.opener: Callable[[Path], Any] = str
        self._metadata: dict[str, tuple[Signature, pq.FileMetaData]] = {}
        self._last: dict[str, tuple[object, pa.Table]] = {}

    def path(self, table: str) -> Path:
        """The file of a table.

        Raises:
            CorpusError: the corpus has no such table.
        """
        if table not in self.manifest.tables:
            raise unknown("table", table, self.manifest.tables)
        return self.folder / self.manifest.tables[table].file

    def metadata(self, table: str) -> pq.FileMetaData:
        """The footer of a table's file; it is read once.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        with self._opened(table) as file:
            return file.metadata

    def schema(self, table: str) -> pa.Schema:
        """The Arrow schema of a table, with the description and values of each column.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        with self._opened(table) as file:
            return file.schema_arrow

    def is_local(self, table: str) -> bool:
        """Whether each row of the table belongs to a document."""
        return table in TABLES and TABLES[table].local

    def read(
        self,
        table: str,
        layer: str = ALL,
        columns: Sequence[str] | None = None,
        selection: Selection | None = None,
    ) -> pa.Table:
        """The rows of a table: all columns or those named, of one layer if the table has layers, of some documents.

        Of a selection only the row groups are read in which its documents stand; registries are always whole.

        Raises:
            CorpusError: the corpus has no such table or column, or its file cannot be used.
        """
        if selection is not None and self.is_local(table):
            return self._read_groups(table, layer, columns, selection.groups(table), selection.ids)
        if layer != ALL and table in LAYERED:
            return self._read_groups(table, layer, columns)
        with self._opened(table) as file:
            known = self._known(table, file.schema_arrow, columns)
            return self._guarded(table, lambda: file.read(known))

    def read_document(self, table: str, document_id: str, layer: str = ALL) -> pa.Table:
        """The rows of one document; the row group in which they stand is read.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        groups = self.row_groups.of_document(table, document_id)
        return self._read_groups(table, layer, None, groups, pa.array([document_id], pa.string()))

    def read_group(self, table: str, number: int, columns: Sequence[str] | None, ids: pa.Array | None) -> pa.Table:
        """What one row group of a table has of the documents with these ids, or of all.

        Raises:
            CorpusError: the corpus has no such table or column, or its file cannot be used.
        """
        return self._read_groups(table, ALL, columns, [number], ids)

    def asked(self, table: str, layer: str, ids: pa.Array | None) -> dict[str, pa.Array]:
        """The columns of a table whose values are asked for, with these: its layer, and its documents unless None."""
        asked = {}
        if ids is not None and self.is_local(table):
            asked[DOCUMENT] = ids
        if layer != ALL and table in LAYERED:
            asked["layer"] = pa.array([layer], pa.string())
        return asked

    def _read_groups(
        self,
        table: str,
        layer: str,
        columns: Sequence[str] | None,
        groups: Sequence[int] | None = None,
        ids: pa.Array | None = None,
    ) -> pa.Table:
        """What is asked for of some row groups (of all, if None); in memory is one of them with what was kept."""
        asked = self.asked(table, layer, ids)
        with self._opened(table) as file:
            kept = self._known(table, file.schema_arrow, columns)
            needed = None if kept is None else list(dict.fromkeys([*kept, *asked]))
            parts = [
                _filtered(self._group(table, file, number, needed, keep=groups is not None), asked)
                for number in (range(file.num_row_groups) if groups is None else groups)
            ]
            if not parts:
                parts = [self._guarded(table, lambda: file.read_row_groups([], columns=needed))]
        rows = pa.concat_tables(parts)
        return rows if kept is None else rows.select(kept)

    def _group(self, table: str, file: pq.ParquetFile, number: int, columns: list[str] | None, keep: bool) -> pa.Table:
        """One row group; the last one of each table is kept for who goes on where the last reader stopped."""
        key = (number, columns, self._metadata[table][0])
        known = self._last.get(table)
        if known is not None and known[0] == key:
            return known[1]
        rows = self._guarded(table, lambda: file.read_row_group(number, columns=columns))
        if keep:
            self._last[table] = (key, rows)
        return rows

    @cached_property
    def layers(self) -> list[str]:
        """All layers of the corpus: gold, then the coders' by name."""
        rows = self.read("documents", columns=["layers"]).column("layers")
        found = set(pc.unique(pc.list_flatten(rows)).to_pylist())
        return [GOLD, *sorted(found - {GOLD})]

    @cached_property
    def codebook(self) -> dict[str, Any]:
        """The codebook that came with the corpus.

        Raises:
            CorpusError: the corpus has none, or it is damaged.
        """
        known, path = self.manifest.files.get(CODEBOOK_FILE), self.folder / CODEBOOK_FILE
        if known is None:
            raise CorpusError(f"the corpus in {self.folder} came without its codebook")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _damaged(path, error.strerror) from None
        if hashlib.sha256(data).hexdigest() != known.sha256:
            raise _other_build(path, known.sha256, hashlib.sha256(data).hexdigest(), "SHA-256")
        return read_json(self.folder, CODEBOOK_FILE, data)

    def _known(self, table: str, schema: pa.Schema, columns: Sequence[str] | None) -> list[str] | None:
        if columns is None:
            return None
        for name in columns:
            if name not in schema.names:
                raise unknown(f"column of {table}", name, schema.names)
        return list(columns)

    def _opened(self, table: str) -> pq.ParquetFile:
        """The open file of a table, of the same build as the manifest."""
        path = self.path(table)
        try:
            about = path.stat()
            signature = (about.st_ino, about.st_size, about.st_mtime_ns)
            known = self._metadata.get(table)
            footer = known[1] if known is not None and known[0] == signature else None
            file = pq.ParquetFile(self.opener(path), metadata=footer, page_checksum_verification=True)
        except (OSError, pa.ArrowException) as error:
            raise _damaged(path, error) from None
        if footer is None:
            try:
                self._examine(table, file)
            except CorpusError:
                file.close()
                raise
            self._metadata[table] = (signature, file.metadata)
        return file

    def _examine(self, table: str, file: pq.ParquetFile) -> None:
        about = (file.schema_arrow.metadata or {}) | (file.metadata.metadata or {})
        found = about.get(b"aussage.content_hash", b"").decode(errors="replace")
        if found != self.manifest.content_hash:
            raise _other_build(self.path(table), self.manifest.content_hash, found or "none", "content hash")
        expected = self.manifest.tables[table].rows
        if file.metadata.num_rows != expected:
            raise _damaged(self.path(table), f"it has {file.metadata.num_rows:,} rows, the manifest says {expected:,}")

    def _guarded(self, table: str, read: Callable[[], Result]) -> Result:
        try:
            return read()
        except (OSError, pa.ArrowException) as error:
            raise _damaged(self.path(table), error) from None


def _filtered(rows: pa.Table, asked: dict[str, pa.Array]) -> pa.Table:
    for name, values in asked.items():
        if len(values) == 1:
            wanted = pc.equal(rows.column(name), values[0])
        else:
            wanted = pc.is_in(rows.column(name), value_set=values)
        if not pc.all(wanted, min_count=0).as_py():
            rows = rows.filter(wanted)
    return rows


def _damaged(path: Path, why: object) -> CorpusError:
    reason = " ".join(str(why).split())
    return CorpusError(f"{path} cannot be read: {reason}; run `aussage build`, or restore the file")


def _other_build(path: Path, expected: str, found: str, what: str) -> CorpusError:
    return CorpusError(
        f"{path} is of another build than the corpus that was loaded ({what} {found[:16]}, not {expected[:16]}): "
        "load the corpus again; if that does not help, run `aussage build`"
    )
