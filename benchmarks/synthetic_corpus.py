"""Writes a made-up corpus of any size: some blocks of compiled documents, repeated under other ids."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from made_up_articles import NUMBER_END, NUMBER_START, Author, made_up_document
from made_up_registry import Named, made_up_issues, made_up_registry

from aussage.codebook import Codebook
from aussage.compile.adjudication import adjudication_rows
from aussage.compile.build import codebook_bytes
from aussage.compile.document import compile_document
from aussage.compile.entities import entity_rows
from aussage.diagnostics import Diagnostics
from aussage.records.codebook import CodebookFile
from aussage.registry import Registry
from aussage.tables import TABLES, arrow_schema
from aussage.tables.flat import DERIVED
from aussage.tables.hashing import ContentHash, document_lines, registry_lines
from aussage.tables.parts import WHOLE_FORMAT
from aussage.tables.schemas import rows_to_arrow
from aussage.tables.writer import (
    FORMAT,
    MANIFEST,
    options_of,
    tables_of_documents,
    waiting_columns,
)

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS_A_BLOCK = 280  # about as many rows to a row group as the compiler writes
TEMPLATES = 6
PREFIX = len("b0000")
CODEBOOK = "codebook.json"
NO_HASH = "0" * 64
Block = dict[str, pa.Table]


def make_corpus(folder: Path, rows: int, seed: int = 0, content_hash: bool = True) -> int:
    """Write a clean corpus of about as many rows over all tables; gives the number of rows.

    Every block of documents is one row group of each table of documents. Without `content_hash` the manifest has
    zeros in its place, which is all that the check finds wrong.
    """
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    codebook = _codebook(chance)
    registry = made_up_registry(chance)
    entities = entity_rows(codebook, registry)
    about: dict[str, Any] = {
        "name": "made-up", "title": "Made-up articles", "version": "1.0.0", "languages": ["de"],
        "licences": {"code": "MIT", "annotations": "CC0-1.0", "texts": "CC0-1.0"},
        "creators": [{"name": "A random generator", "kind": "organisation"}], "description": "Made up, to be measured.",
    }  # fmt: skip
    metadata = {"corpus": about["name"], "version": about["version"]}
    schemas = {
        name: arrow_schema(table, codebook.enumerations, metadata | {"table": name}) for name, table in TABLES.items()
    }
    about["codebook"] = {"name": codebook.record.name, "version": codebook.version}
    registries = {
        name: rows_to_arrow(TABLES[name], found, schemas[name], codebook.enumerations)
        for name, found in entities.items()
    }
    writer = _Writer(folder, schemas, content_hash)
    writer.add(registries)
    templates: list[Block] = []
    block = 0
    while sum(writer.rows.values()) < rows:
        if len(templates) < TEMPLATES:
            templates.append(_template(chance, codebook, registry, entities, schemas))
        writer.add(_renamed(templates[block % len(templates)], block))
        block += 1
    writer.finish({CODEBOOK: codebook_bytes(codebook)}, about)
    return sum(writer.rows.values())


def _codebook(chance: random.Random) -> Codebook:
    """The codebook of the repository's corpus with made-up issues."""
    shipped = ROOT / "dataset" / "corpus" / CODEBOOK
    record = msgspec.json.decode(shipped.read_bytes(), type=CodebookFile)
    return Codebook(msgspec.structs.replace(record, issues=made_up_issues(chance, Codebook(record))))


def _template(
    chance: random.Random, codebook: Codebook, registry: Registry, entities: dict[str, list], schemas: dict
) -> Block:
    """The tables of some documents, with ids that begin with b0000."""
    by_id = {name: {row[TABLES[name].key]: row for row in entities[name]} for name in ("actors", "locations")}
    actors = [Named(id_, entry.record.label["de"]) for id_, entry in registry.actors.items()]
    locations = [Named(id_, entry.record.label["de"]) for id_, entry in registry.locations.items()]
    author = Author(chance, codebook, chance.sample(actors, len(actors)), chance.sample(locations, len(locations)))
    rows = waiting_columns(DERIVED)
    diagnostics = Diagnostics()
    for number in range(DOCUMENTS_A_BLOCK):
        given, layers, adjudication = made_up_document(author, f"b0000-{number:04}", number)
        found = compile_document(given, layers, codebook, registry, by_id, diagnostics)
        assert found is not None
        assert not len(diagnostics)
        found["documents"][0]["is_adjudicated"] = True
        found["adjudications"] = adjudication_rows(given.record.id, adjudication)
        for name, some in found.items():
            rows[name].extend(some)
    return tables_of_documents(rows, schemas, codebook.enumerations)


def _renamed(block: Block, number: int) -> Block:
    """The block under the ids of its number; the dateline has other digits, so that no article stands twice."""
    prefix = f"b{number:04}"
    renamed = {}
    for name, table in block.items():
        columns = [_with_prefix(table, column, prefix) for column in TABLES[name].columns]
        renamed[name] = pa.Table.from_arrays(columns, schema=table.schema)
    return renamed | _with_number(renamed["documents"], renamed["sentences"], number)


def _with_prefix(table: pa.Table, column, prefix: str) -> pa.Array:
    """A column with the ids in it renamed, lists of ids too."""
    values = table[column.name].combine_chunks()
    values = values if isinstance(values, pa.Array) else values.chunk(0)
    if column.name == "sentence_ids" and pa.types.is_string(values.type):  # as in flat
        return pc.replace_substring(values, "b0000-", f"{prefix}-")
    of_document = {"documents", "sentences", "claims"} & set(column.refers)
    if not of_document and not _is_key(table, column.name):
        return values
    if pa.types.is_list(values.type):
        inner = pc.binary_replace_slice(values.values.cast(pa.string()), 0, PREFIX, prefix).cast(pa.string())
        return pa.ListArray.from_arrays(values.offsets, inner, type=values.type)
    return pc.binary_replace_slice(values.cast(pa.string()), 0, PREFIX, prefix)


def _is_key(table: pa.Table, name: str) -> bool:
    return table.schema.names[0] == name


def _with_number(documents: pa.Table, sentences: pa.Table, block: int) -> Block:
    """Documents and sentences with the numbers of a block in the datelines; SHA-256 anew."""
    first = block * DOCUMENTS_A_BLOCK
    numbers = [f"{first + position:09}" for position in range(documents.num_rows)]
    texts = [
        f"{text[:NUMBER_START]}{number}{text[NUMBER_END:]}"
        for text, number in zip(documents["text"].to_pylist(), numbers, strict=True)
    ]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    documents = _replaced(_replaced(documents, "text", texts), "sha256", digests)
    lines = sentences["text"].to_pylist()
    number_of = iter(numbers)
    for position, at in enumerate(sentences["position"].to_pylist()):
        if at == 1:
            lines[position] = f"{lines[position][:NUMBER_START]}{next(number_of)}{lines[position][NUMBER_END:]}"
    return {"documents": documents, "sentences": _replaced(sentences, "text", lines)}


def _replaced(table: pa.Table, name: str, values: list[str]) -> pa.Table:
    position = table.schema.get_field_index(name)
    return table.set_column(position, table.schema.field(position), pa.array(values, pa.string()))


class _Writer:
    """Writes blocks as row groups, then the manifest."""

    def __init__(self, folder: Path, schemas: dict[str, pa.Schema], content_hash: bool) -> None:
        self.folder = folder
        self.rows = dict.fromkeys(TABLES, 0)
        self._hash = ContentHash() if content_hash else None
        self._files = {
            name: pq.ParquetWriter(folder / f"{name}.parquet", schemas[name], **options_of(schemas[name]))
            for name in TABLES
        }

    def add(self, block: Block) -> None:
        """Write tables, each as one row group."""
        if self._hash and "documents" in block:
            self._hash.add(document_lines(block["documents"]["document_id"].to_pylist(), block))
        elif self._hash:
            self._hash.add(registry_lines(block))
        for name, table in block.items():
            self._files[name].write_table(table, row_group_size=max(table.num_rows, 1))
            self.rows[name] += table.num_rows

    def finish(self, files: dict[str, bytes], about: dict) -> None:
        """Close the tables, write further files and the manifest."""
        content_hash = self._hash.hexdigest() if self._hash else NO_HASH
        for file in self._files.values():
            file.add_key_value_metadata({"aussage.content_hash": content_hash})
            file.close()
        for name, data in files.items():
            (self.folder / name).write_bytes(data)
        tables = {
            name: {"file": f"{name}.parquet", "rows": self.rows[name], **_digest(self.folder / f"{name}.parquet")}
            for name in TABLES
        }
        manifest = {"format": FORMAT, "format_version": WHOLE_FORMAT, **about, "content_hash": content_hash}
        manifest |= {"tables": tables, "files": {name: _digest(self.folder / name) for name in files}}
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        (self.folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


def _digest(path: Path) -> dict:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-content-hash", action="store_true", help="leave the content hash out, which takes long")
    given = parser.parse_args(arguments)
    rows = make_corpus(given.folder, given.rows, given.seed, not given.no_content_hash)
    sys.stdout.write(f"{rows:,} rows in {given.folder}\n")


if __name__ == "__main__":
    main()
