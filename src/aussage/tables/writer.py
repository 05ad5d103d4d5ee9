"""Writes a corpus: rows document by document into Parquet files, then the manifest; memory stays flat.

Row group by row group all tables of documents hold the same documents, each of them whole, so that whoever reads a
corpus can take one row group of every table and has all that belongs to some articles.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from aussage.tables.columns import Table
from aussage.tables.definitions import FLAT, TABLES
from aussage.tables.flat import flat_table
from aussage.tables.hashing import ContentHash, RegistryHashes, document_lines
from aussage.tables.parts import WHOLE_FORMAT
from aussage.tables.schemas import Columns, Enumerations, arrow_schema, rows_to_arrow

FORMAT = "aussage-corpus"
MANIFEST = "manifest.json"
SET_ASIDE = "set-aside.jsonl"
"""The file that says which documents were left out because of their errors, if any were."""
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


class DocumentsWriter:
    """Takes the rows of one document after another and writes them as row groups; documents are whole within one.

    Rows are written to `folder`, which must exist and be empty. `about` goes into the metadata of every file. `flat`
    has the columns with which rows of that table come: all, or those that are derived (`aussage.tables.flat`). What a
    row group holds is told to `_written`, in the order of documents.
    """

    def __init__(self, folder: Path, enumerations: Enumerations, about: Mapping[str, Any], flat: Table = FLAT) -> None:
        self.folder, self.enumerations, self.about = folder, enumerations, about
        self.rows = dict.fromkeys(TABLES, 0)
        self._flat = flat
        self._waiting = waiting_columns(flat)
        self._documents: list[str] = []
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._schemas = corpus_schemas(enumerations, about)

    def add(self, document_id: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Add all rows of a document, by table."""
        for name, rows in tables.items():
            self._waiting[name].extend(rows)
        self._documents.append(document_id)
        if max(map(len, self._waiting.values())) >= ROWS_PER_GROUP:
            self._flush()

    def abandon(self) -> None:
        """Close the files without finishing them."""
        for writer in self._writers.values():
            try:
                writer.close()
            except (OSError, pa.ArrowException):
                continue  # the folder is thrown away; what matters is that the file is no longer open

    def _flush(self) -> None:
        """Write what waits as one row group of every table that has rows."""
        written = tables_of_documents(self._waiting, self._schemas, self.enumerations)
        for name, rows in written.items():
            self.rows[name] += len(rows)
            self._write(name, rows)
        self._waiting = waiting_columns(self._flat)
        self._written(self._documents, written)
        self._documents = []

    def _written(self, documents: Sequence[str], tables: Mapping[str, pa.Table]) -> None:
        """Take note of a row group of every table that has rows of these documents."""
        raise NotImplementedError

    def _write(self, name: str, rows: pa.Table) -> None:
        if name not in self._writers:
            schema = self._schemas[name]
            self._writers[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", schema, **options_of(schema))
        self._writers[name].write_table(rows, row_group_size=max(len(rows), 1))

    def _close(self, name: str, metadata: Mapping[str, str]) -> None:
        """Close the file of a table, which has no rows if none were written."""
        if name not in self._writers:
            self._write(name, self._schemas[name].empty_table())
        self._writers[name].add_key_value_metadata(dict(metadata))
        self._writers[name].close()


class CorpusWriter(DocumentsWriter):
    """Writes a corpus whose tables are a file each: registries first, documents, then the manifest."""

    def __init__(self, folder: Path, enumerations: Enumerations, about: Mapping[str, Any], flat: Table = FLAT) -> None:
        super().__init__(folder, enumerations, about, flat)
        self._hash = ContentHash()

    def add(self, document_id: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Add all rows of the registries (with an empty id, first), then of one document after another, by table."""
        if document_id:
            super().add(document_id, tables)
            return
        self.add_registries(tables.items())

    def add_registries(self, batches: Iterable[tuple[str, Sequence[Mapping[str, Any]]]]) -> None:
        """Add all rows of the registries, some rows of a table at a time."""
        hashes = RegistryHashes()
        for name, rows in batches:
            table = rows_to_arrow(TABLES[name], rows, self._schemas[name], self.enumerations)
            self.rows[name] += len(rows)
            self._write(name, table)
            hashes.add(name, table)
        self._hash.add(hashes.lines())

    def _written(self, documents: Sequence[str], tables: Mapping[str, pa.Table]) -> None:
        self._hash.add(document_lines(documents, tables))

    def finish(self, files: Mapping[str, bytes], more: Mapping[str, Any] | None = None) -> str:
        """Write what is left, further files (name to bytes) and the manifest, with `more` facts; the content hash."""
        self._flush()
        content_hash = self._hash.hexdigest()
        for name in TABLES:
            self._close(name, {"aussage.content_hash": content_hash})
        for name, data in files.items():
            (self.folder / name).write_bytes(data)
        tables = {
            name: {"file": f"{name}.parquet", "rows": self.rows[name], **facts_of_file(self.folder / f"{name}.parquet")}
            for name in TABLES
        }
        facts = {**self.about, **(more or {}), "content_hash": content_hash, "tables": tables}
        write_manifest(self.folder, facts, sorted(files))
        return content_hash


def waiting_columns(flat: Table = FLAT) -> dict[str, Columns]:
    """An empty place for the rows of every table of documents; those of `flat` come with the columns of `flat`."""
    return {name: Columns(flat if name == "flat" else table) for name, table in TABLES.items() if table.local}


def tables_of_documents(
    waiting: Mapping[str, Columns], schemas: Mapping[str, pa.Schema], enumerations: Enumerations
) -> dict[str, pa.Table]:
    """The tables that have rows, as Arrow, from the rows of whole documents.

    Raises:
        KeyError: a row holds a category that the codebook does not have.
    """
    tables = {name: rows.to_arrow(schemas[name], enumerations) for name, rows in waiting.items() if len(rows)}
    if "flat" in tables and tables["flat"].num_columns < len(FLAT.columns):
        tables["flat"] = flat_table(tables, tables["flat"], schemas["flat"])
    return tables


def corpus_schemas(enumerations: Enumerations, about: Mapping[str, Any]) -> dict[str, pa.Schema]:
    """The schema of every table's file, with the name and version of the corpus."""
    known = {"corpus": about["name"], "version": about["version"]}
    return {name: arrow_schema(table, enumerations, known | {"table": name}) for name, table in TABLES.items()}


def write_manifest(folder: Path, facts: Mapping[str, Any], others: Iterable[str], version: int = WHOLE_FORMAT) -> None:
    """Write the manifest of a corpus: format, facts, and size and SHA-256 of the files that are no tables.

    What was set aside is one of them if it is there.
    """
    there = {*others, *([SET_ASIDE] if (folder / SET_ASIDE).exists() else [])}
    manifest = {
        "format": FORMAT,
        "format_version": version,
        **facts,
        "files": {name: facts_of_file(folder / name) for name in sorted(there)},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


def facts_of_file(path: Path) -> dict[str, Any]:
    """Size and SHA-256 of a file, as the manifest has them."""
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
