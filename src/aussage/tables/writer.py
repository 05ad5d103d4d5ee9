"""Writes a corpus: rows document by document into Parquet files, then the manifest; memory stays flat.

Row group by row group all tables of documents hold the same documents, each of them whole, so that whoever reads a
corpus can take one row group of every table and has all that belongs to some articles.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from aussage.tables.definitions import TABLES
from aussage.tables.hashing import ContentHash, document_lines, registry_lines
from aussage.tables.schemas import Enumerations, arrow_schema, rows_to_arrow

FORMAT = "aussage-corpus"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
ROWS_PER_GROUP = 20_000
OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "version": "2.6",
    "write_page_checksum": True,
    "write_page_index": True,
}
SELECTED_BY = {"layer", "date", "language", "publisher"}  # texts by which rows are looked for, beside ids


def options_of(schema: pa.Schema) -> dict[str, Any]:
    """How a table of this schema is written.

    Least and greatest value are kept of those columns by which rows are looked for; of long texts they would only
    make the footer long, which everybody reads who wants one row.
    """
    names = [
        field.name
        for field in schema
        if not pa.types.is_nested(field.type)
        and (not pa.types.is_string(field.type) or field.name.endswith("_id") or field.name in SELECTED_BY)
    ]
    return {**OPTIONS, "write_statistics": names}


class CorpusWriter:
    """Takes the rows of one document after another; documents are whole within a row group.

    Rows are written to `folder`, which must exist and be empty. `about` goes into the metadata of every file
    and into the manifest.
    """

    def __init__(self, folder: Path, enumerations: Enumerations, about: Mapping[str, Any]) -> None:
        self.folder, self.enumerations, self.about = folder, enumerations, about
        self.rows = dict.fromkeys(TABLES, 0)
        self._hash = ContentHash()
        self._waiting: dict[str, list[Mapping[str, Any]]] = {name: [] for name in TABLES}
        self._documents: list[str] = []
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._schemas = {
            name: arrow_schema(
                table, enumerations, {"corpus": about["name"], "version": about["version"], "table": name}
            )
            for name, table in TABLES.items()
        }

    def add(self, document_id: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Add all rows of the registries (with an empty id, first), then of one document after another, by table."""
        for name, rows in tables.items():
            self._waiting[name].extend(rows)
            self.rows[name] += len(rows)
        if document_id:
            self._documents.append(document_id)
        if not document_id or max(map(len, self._waiting.values())) >= ROWS_PER_GROUP:
            self._flush(registries=not document_id)

    def finish(self, files: Mapping[str, bytes]) -> str:
        """Write what is left, further files (name to bytes) and the manifest; gives the content hash."""
        self._flush(registries=False)
        content_hash = self._hash.hexdigest()
        for name in TABLES:
            if name not in self._writers:
                self._write(name, [])
            self._writers[name].add_key_value_metadata({"aussage.content_hash": content_hash})
            self._writers[name].close()
        for name, data in files.items():
            (self.folder / name).write_bytes(data)
        (self.folder / MANIFEST).write_text(self._manifest(content_hash, sorted(files)), encoding="utf-8")
        return content_hash

    def abandon(self) -> None:
        """Close the files without finishing them."""
        for writer in self._writers.values():
            try:
                writer.close()
            except (OSError, pa.ArrowException):
                continue  # the folder is thrown away; what matters is that the file is no longer open

    def _flush(self, registries: bool) -> None:
        """Write what waits as one row group of every table that has rows, and add it to the content hash."""
        written = {
            name: self._write(name, self._waiting[name])
            for name, table in TABLES.items()
            if table.local != registries and (registries or self._waiting[name])
        }
        self._waiting.update({name: [] for name in written})
        if registries:
            self._hash.add(registry_lines(written))
        else:
            self._hash.add(document_lines(self._documents, written))
            self._documents = []

    def _write(self, name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
        if name not in self._writers:
            schema = self._schemas[name]
            self._writers[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", schema, **options_of(schema))
        table = rows_to_arrow(TABLES[name], rows, self._schemas[name], self.enumerations)
        self._writers[name].write_table(table, row_group_size=max(len(rows), 1))
        return table

    def _manifest(self, content_hash: str, others: Sequence[str]) -> str:
        tables = {
            name: {"file": f"{name}.parquet", "rows": self.rows[name], **facts_of_file(self.folder / f"{name}.parquet")}
            for name in TABLES
        }
        manifest = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            **self.about,
            "content_hash": content_hash,
            "tables": tables,
            "files": {name: facts_of_file(self.folder / name) for name in others},
        }
        return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def facts_of_file(path: Path) -> dict[str, Any]:
    """Size and SHA-256 of a file, as the manifest has them."""
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
