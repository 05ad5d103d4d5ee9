"""Changing the Parquet files and the manifest of a corpus directly, below the level of rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from aussage.tables.writer import MANIFEST, OPTIONS


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a corpus."""
    record: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return record


def write_manifest(folder: Path, record: dict[str, Any]) -> None:
    """Write a manifest."""
    (folder / MANIFEST).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def renew(folder: Path) -> None:
    """Give the manifest the bytes and digests that the files have now."""
    record = manifest_of(folder)
    for name, facts in {**record["files"], **{f["file"]: f for f in record["tables"].values()}}.items():
        data = (folder / name).read_bytes()
        facts |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    write_manifest(folder, record)


def read(folder: Path, name: str) -> pa.Table:
    """A table as its file has it."""
    return pq.read_table(folder / f"{name}.parquet")


def rewrite(folder: Path, name: str, table: pa.Table, counts: bool = True, **metadata: str) -> None:
    """Write a table anew with the metadata that a build gives it or others; the manifest fits it.

    The manifest keeps the number of rows unless it `counts` them.
    """
    path = folder / f"{name}.parquet"
    own = {"aussage.content_hash": manifest_of(folder)["content_hash"]} | metadata
    with pq.ParquetWriter(path, table.schema, **OPTIONS) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata(own)
    renew(folder)
    if counts:
        record = manifest_of(folder)
        record["tables"][name]["rows"] = len(table)
        write_manifest(folder, record)


def flip(share: float, bit: int = 0) -> Callable[[bytes], bytes]:
    """Flips one bit at a share of the length."""

    def damage(data: bytes) -> bytes:
        changed = bytearray(data)
        changed[int(share * (len(data) - 1))] ^= 1 << bit
        return bytes(changed)

    return damage


def middle_of_a_page(path: Path, column: str) -> int:
    """A place within the dictionary page of a column of texts."""
    metadata = pq.read_metadata(path)
    chunks = metadata.row_group(0)
    for number in range(chunks.num_columns):
        chunk = chunks.column(number)
        if chunk.path_in_schema == column:
            return int(chunk.dictionary_page_offset + chunk.total_compressed_size // 2)
    raise KeyError(column)
