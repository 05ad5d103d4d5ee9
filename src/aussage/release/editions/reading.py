"""The folder of an edition, read some whole documents at a time, so that memory stays flat."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from aussage.corpus.errors import CorpusError
from aussage.corpus.manifest import read_manifest
from aussage.tables.definitions import TABLES
from aussage.tables.parts import PART_HASH
from aussage.tables.table_files import OpenTable, PartedTable, open_table
from aussage.tables.writer import MANIFEST

LOCAL = tuple(name for name, table in TABLES.items() if table.local)
REGISTRIES = tuple(name for name, table in TABLES.items() if not table.local)
CONTENT_HASH = b"aussage.content_hash"
UNREADABLE = (OSError, pa.ArrowException)
Part = dict[str, pa.Table]


class EditionFolder:
    """The tables of a corpus folder, of whatever edition; a context that closes its files.

    Raises:
        CorpusError: the manifest or a table cannot be read, or a table is of another build than the manifest.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known = read_manifest(folder)
        self.content_hash = self._known.content_hash
        self.manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        self._open = ExitStack()
        self._files: dict[str, OpenTable] = {}

    def __enter__(self) -> EditionFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def edition(self) -> str:
        """The name of the edition: full, or text-free."""
        return str(self.manifest.get("edition", "full"))

    def schema(self, name: str) -> pa.Schema:
        """The schema of a table, with its metadata, as the house writes it."""
        return self._guarded(name, lambda: house_schema(self._file(name).schema_arrow))

    def count_groups(self, name: str) -> int:
        """The number of row groups of a table."""
        return int(self._guarded(name, lambda: self._file(name).num_row_groups))

    def groups(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """A table, row group by row group; all columns, or those named."""
        schema = self.schema(name)
        for number in range(self._file(name).num_row_groups):
            yield self.group(name, number, schema, columns)

    def group(self, name: str, number: int, schema: pa.Schema, columns: Sequence[str] | None = None) -> pa.Table:
        """One row group of a table whose schema is known."""
        kept = schema if columns is None else pa.schema([schema.field(column) for column in columns], schema.metadata)
        return self._guarded(
            name, lambda: self._file(name).read_row_group(number, columns=columns).select(kept.names).cast(kept)
        )

    def parts(self, columns: Mapping[str, Sequence[str]] | None = None) -> Iterator[Part]:
        """Row group by row group the tables of documents, or those named in `columns`, with these columns.

        Each part holds whole documents. A table that has no row group for the documents of a part is not in it.
        """
        chosen = {name: (columns or {}).get(name) for name in columns or LOCAL}
        feeds = {name: _Feed(self, name, kept) for name, kept in chosen.items() if name != "documents"}
        for articles in self.groups("documents", chosen["documents"]):
            part = {"documents": articles}
            for name, feed in feeds.items():
                rows = feed.take(articles.column("document_id"))
                if rows is not None:
                    part[name] = rows
            yield part
        for feed in feeds.values():
            feed.examine_end()

    def _file(self, name: str) -> OpenTable:
        if name not in self._files:
            parts = self._known.tables[name].parts if name in self._known.tables else []
            hashes = {part.file: self._known.parts[part.part].hash for part in parts}

            def examine(file: str, footer: Any) -> None:
                self._examine(f"{name}.parquet/{file}", footer, PART_HASH.encode(), "part hash", hashes[file])

            path = self.folder / f"{name}.parquet"
            file = self._open.enter_context(
                open_table(path, list(hashes) or None, examine, page_checksum_verification=True)
            )
            if not isinstance(file, PartedTable):
                self._examine(path.name, file.metadata, CONTENT_HASH, "content hash", self.content_hash)
            self._files[name] = file
        return self._files[name]

    def _examine(self, file: str, footer: Any, key: bytes, what: str, expected: str) -> None:
        """Raise CorpusError if a file is of another build than the manifest."""
        found = (footer.metadata or {}).get(key, b"").decode(errors="replace")
        if found != expected:
            name = file.removesuffix(".parquet")
            raise self.damaged(name, f"its {what} is {found[:16] or 'missing'}, not {expected[:16]}")

    def _guarded(self, name: str, read: Any) -> Any:
        try:
            return read()
        except (*UNREADABLE, KeyError) as error:
            raise self.damaged(name, error) from None

    def damaged(self, name: str, why: object) -> CorpusError:
        """The error for a table that cannot be used."""
        reason = " ".join(str(why).split())
        return CorpusError(
            f"{self.folder / name}.parquet cannot be used: {reason}; build the corpus again, or take the bundle again "
            "from its source"
        )


class _Feed:
    """The row groups of one table, given out with the documents to which they belong."""

    def __init__(self, folder: EditionFolder, name: str, columns: Sequence[str] | None) -> None:
        self.folder, self.name = folder, name
        self._left = folder.groups(name, columns)
        self._next = next(self._left, None)

    def take(self, ids: pa.ChunkedArray) -> pa.Table | None:
        """The next row group if it belongs to these documents; nothing if not."""
        rows = self._next
        if rows is None or not len(rows):
            return None
        inside = pc.is_in(rows.column("document_id"), value_set=ids.combine_chunks())
        if not inside[0].as_py():
            return None
        if not pc.all(inside).as_py():
            raise self.folder.damaged(self.name, "its row groups do not hold the same documents as documents.parquet")
        self._next = next(self._left, None)
        return rows

    def examine_end(self) -> None:
        """Raise CorpusError if rows are left that belong to no document."""
        if self._next is not None and len(self._next):
            raise self.folder.damaged(self.name, "it has rows whose documents are not in documents.parquet")


def house_schema(schema: pa.Schema) -> pa.Schema:
    """The schema as it was written: Parquet gives the items of lists another name, and the file's hash is no part."""
    fields = [field.with_type(_house_type(field.type)) for field in schema]
    metadata = {key: value for key, value in (schema.metadata or {}).items() if key != CONTENT_HASH}
    return pa.schema(fields, metadata)


def _house_type(kind: pa.DataType) -> pa.DataType:
    if not pa.types.is_list(kind):
        return kind
    return pa.list_(pa.field("item", kind.value_type, kind.value_field.nullable))
