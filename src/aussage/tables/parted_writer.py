"""Puts a corpus together from parts: registries are written, the files of parts linked, then the manifest.

Every table of documents becomes a folder of files `part-00000.parquet` and so on, in the order of documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq

from aussage.remote.copying import Carry, carry
from aussage.tables.definitions import TABLES
from aussage.tables.hashing import ContentHash, RegistryHashes
from aussage.tables.part_writer import LINES, WrittenPart
from aussage.tables.parts import PART_HASH, PARTED_FORMAT, digest_of_parts, part_file
from aussage.tables.schemas import Enumerations, rows_to_arrow
from aussage.tables.writer import corpus_schemas, facts_of_file, options_of, write_manifest

BLOCK = 1 << 20


class PartedCorpusWriter:
    """Takes the registries, then one part after another, in the order of documents; `folder` is empty.

    The files of parts go to `place` (by default the folder) by way of `carry`.
    """

    def __init__(
        self,
        folder: Path,
        enumerations: Enumerations,
        about: Mapping[str, Any],
        place: Path | None = None,
        carry: Carry = carry,
    ) -> None:
        self.folder, self.enumerations, self.about = folder, enumerations, about
        self._place, self._carry = place or folder, carry
        self.rows = dict.fromkeys(TABLES, 0)
        self._schemas = corpus_schemas(enumerations, about)
        self._hash = ContentHash()
        self._registries: dict[str, pq.ParquetWriter] = {}
        self._parts: list[WrittenPart] = []

    def add_registries(self, batches: Iterable[tuple[str, Sequence[Mapping[str, Any]]]]) -> None:
        """Write the rows of every table that belongs to no document, some rows of a table at a time."""
        hashes = RegistryHashes()
        for name, rows in batches:
            schema = self._schemas[name]
            table = rows_to_arrow(TABLES[name], rows, schema, self.enumerations)
            if name not in self._registries:
                self._registries[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", schema, **options_of(schema))
            self._registries[name].write_table(table, row_group_size=max(len(rows), 1))
            self.rows[name] += len(rows)
            hashes.add(name, table)
        self._hash.add(hashes.lines())

    def add_part(self, facts: WrittenPart, folder: Path) -> None:
        """Take over a part that stands in a folder."""
        with (folder / LINES).open("rb") as lines:
            while block := lines.read(BLOCK):
                self._hash.add(block)
        for name, file in facts.tables.items():
            target = self._place / f"{name}.parquet" / part_file(len(self._parts))
            self._carry(folder / f"{name}.parquet", target)
            self.rows[name] += file.rows
        self._parts.append(facts)

    def finish(self, files: Mapping[str, bytes], more: Mapping[str, Any]) -> str:
        """Write further files (name to bytes) and the manifest with `more` facts; gives the content hash."""
        content_hash = self._hash.hexdigest()
        for writer in self._registries.values():
            writer.add_key_value_metadata({"aussage.content_hash": content_hash})
            writer.close()
        for name, data in files.items():
            (self.folder / name).write_bytes(data)
        parts = [
            {"documents": part.documents, "first": part.first, "last": part.last, "hash": part.hash}
            for part in self._parts
        ]
        facts = {
            **self.about,
            **more,
            "content_hash": content_hash,
            "tables": {name: self._table(name) for name in TABLES},
            "parts": parts,
        }
        write_manifest(self.folder, facts, sorted(files), PARTED_FORMAT)
        return content_hash

    def abandon(self) -> None:
        """Close what is open."""
        for writer in self._registries.values():
            writer.close()

    def _table(self, name: str) -> dict[str, Any]:
        """What the manifest says of a table."""
        file = self.folder / f"{name}.parquet"
        if not TABLES[name].local:
            return {"file": file.name, "rows": self.rows[name], **facts_of_file(file)}
        parts = [
            {"file": part_file(number), "part": number, **msgspec.to_builtins(part.tables[name])}
            for number, part in enumerate(self._parts)
            if name in part.tables
        ] or [self._empty(name)]
        return {
            "file": file.name,
            "rows": self.rows[name],
            "bytes": sum(part["bytes"] for part in parts),
            "sha256": digest_of_parts((part["sha256"], part["file"]) for part in parts),
            "parts": parts,
        }

    def _empty(self, name: str) -> dict[str, Any]:
        """The one file of a table of which no part has rows."""
        file = self.folder / f"{name}.parquet" / part_file(0)
        file.parent.mkdir()
        schema = self._schemas[name]
        with pq.ParquetWriter(file, schema, **options_of(schema)) as writer:
            writer.write_table(schema.empty_table())
            writer.add_key_value_metadata({PART_HASH: self._parts[0].hash})
        return {"file": file.name, "part": 0, "rows": 0, **facts_of_file(file)}
