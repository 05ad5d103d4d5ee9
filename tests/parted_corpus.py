"""Rewrites a corpus whose tables are single files as one in parts: the same rows, the same row groups."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from aussage.release.editions.reading import house_schema
from aussage.tables import TABLES, document_lines
from aussage.tables.parts import PART_HASH, PARTED_FORMAT, digest_of_parts, part_file
from aussage.tables.writer import facts_of_file, options_of

LOCAL = [name for name, table in TABLES.items() if table.local]
Piece = dict[str, pa.Table]


def write_parted(whole: Path, target: Path, documents_of_part: Sequence[int]) -> Path:
    """Write the corpus in `whole`, whose ids are in order, with so many documents a part into a new folder."""
    target.mkdir(parents=True)
    manifest = json.loads((whole / "manifest.json").read_bytes())
    for name in [*manifest["files"], *(f"{name}.parquet" for name in TABLES if name not in LOCAL)]:
        shutil.copyfile(whole / name, target / name)
    schemas = {name: house_schema(pq.ParquetFile(whole / f"{name}.parquet").schema_arrow) for name in LOCAL}
    parts = _parts(whole, schemas, documents_of_part)
    about = [_facts(pieces) for pieces in parts]
    for name in LOCAL:
        facts = []
        for number, pieces in enumerate(parts):
            rows = [piece[name] for piece in pieces if len(piece[name])]
            if rows:
                facts.append(_write(target, name, number, schemas[name], rows, about[number]["hash"]))
        facts = facts or [_write(target, name, 0, schemas[name], [schemas[name].empty_table()], about[0]["hash"])]
        manifest["tables"][name] = {"file": f"{name}.parquet", **summed(facts), "parts": facts}
    (target / "manifest.json").write_text(
        json.dumps(manifest | {"format_version": PARTED_FORMAT, "parts": about}, ensure_ascii=False, indent=2) + "\n",
        encoding="utf-8",
    )
    return target


def summed(facts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What the manifest says of a table beside its parts."""
    return {
        "rows": sum(part["rows"] for part in facts),
        "bytes": sum(part["bytes"] for part in facts),
        "sha256": digest_of_parts((part["sha256"], part["file"]) for part in facts),
    }


def by_groups(whole: Path, parts: int) -> list[int]:
    """How many documents to give each part so that parts end where row groups end."""
    footer = pq.read_metadata(whole / "documents.parquet")
    counts = [footer.row_group(number).num_rows for number in range(footer.num_row_groups)]
    each = -(-len(counts) // parts)
    return [sum(counts[start : start + each]) for start in range(0, len(counts), each)]


def _parts(whole: Path, schemas: dict[str, pa.Schema], documents_of_part: Sequence[int]) -> list[list[Piece]]:
    """The parts as pieces that are one row group of each table."""
    tables = {name: pq.read_table(whole / f"{name}.parquet").cast(schemas[name]) for name in LOCAL}
    footer = pq.read_metadata(whole / "documents.parquet")
    parts: list[list[Piece]] = [[] for _ in documents_of_part]
    number, filled, start = 0, 0, 0
    for group in range(footer.num_row_groups):
        left = footer.row_group(group).num_rows
        while left:
            count = min(left, documents_of_part[number] - filled)
            ids = tables["documents"].slice(start, count)["document_id"]
            wanted = ids.combine_chunks()
            parts[number].append(
                {name: table.filter(pc.is_in(table["document_id"], value_set=wanted)) for name, table in tables.items()}
            )
            start, left, filled = start + count, left - count, filled + count
            if filled == documents_of_part[number]:
                number, filled = number + 1, 0
    assert number == len(documents_of_part)
    return parts


def _facts(pieces: list[Piece]) -> dict[str, Any]:
    ids = [id_ for piece in pieces for id_ in piece["documents"]["document_id"].to_pylist()]
    tables = {name: pa.concat_tables([piece[name] for piece in pieces]) for name in LOCAL}
    hash_ = hashlib.sha256(document_lines(ids, tables)).hexdigest()
    return {"documents": len(ids), "hash": hash_, "first": ids[0], "last": ids[-1]}


def _write(
    target: Path, name: str, number: int, schema: pa.Schema, groups: list[pa.Table], part_hash: str
) -> dict[str, Any]:
    file = target / f"{name}.parquet" / part_file(number)
    file.parent.mkdir(exist_ok=True)
    with pq.ParquetWriter(file, schema, **options_of(schema)) as writer:
        for rows in groups:
            writer.write_table(rows, row_group_size=max(len(rows), 1))
        writer.add_key_value_metadata({PART_HASH: part_hash})
    rows = sum(map(len, groups))
    return {"file": file.name, "part": number, "rows": rows, **facts_of_file(file)}
