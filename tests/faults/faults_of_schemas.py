"""Faults of what the files say of themselves: columns, types, facts, metadata; and files that claim too much."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from faults.fault import FILES, Register
from faults.parquet import read, renew, rewrite

register = Register(acts_on=FILES)
Change = Callable[[pa.Table], pa.Table]


def _retyped(table: pa.Table, column: str, type_: pa.DataType) -> pa.Table:
    at = table.schema.get_field_index(column)
    return table.set_column(at, table.schema.field(at).with_type(type_), table[column].cast(type_))


def _changed(code: str, what: str, name: str, column: str, rules: str, change: Change, *ids: str) -> None:
    @register.fault(code, what, name, column, rules, needs="nothing")
    def spoil(folder: Path) -> list[str]:
        rewrite(folder, name, change(read(folder, name)))
        return list(ids or [column])


_changed("column-lost", "A column is gone", "flat", "note", "columns", lambda table: table.drop_columns("note"))
_changed("column-added", "A column is added", "flat", "more", "columns",
         lambda table: table.append_column("more", pa.nulls(len(table), pa.string())))  # fmt: skip
_changed("column-renamed", "A column is renamed", "claims", "voice", "columns",
         lambda table: table.rename_columns([{"voice": "Voice"}.get(n, n) for n in table.schema.names]))  # fmt: skip
_changed("column-twice", "A column stands twice", "coders", "note", "columns",
         lambda table: table.append_column(table.schema.field("note"), table["note"]), "coder_id")  # fmt: skip
_changed("columns-in-another-order", "The columns stand in reverse order", "mentions", "mention_id", "columns",
         lambda table: table.select(table.schema.names[::-1]))  # fmt: skip
for _code, _what, _name, _column, _type in (
    ("int64", "A column of 32-bit numbers has 64 bits", "sentences", "char_start", pa.int64()),
    ("float", "A column of whole numbers has fractions", "sentences", "position", pa.float64()),
    ("large", "A column of texts has large offsets", "claims", "content_text", pa.large_string()),
    ("plain", "A column of categories is one of texts", "claims", "voice", pa.string()),
    ("bytes", "A column of texts is one of bytes", "actors", "label", pa.binary()),
    ("text-flag", "A column of flags is one of texts", "claims", "causal", pa.string()),
    ("list-type", "A list of texts has large offsets", "claims", "chain", pa.large_list(pa.string())),
):
    _changed(f"type-{_code}", _what, _name, _column, "columns",
             lambda table, column=_column, type_=_type: _retyped(table, column, type_))  # fmt: skip
_changed("column-nullable", "A required column may be empty", "coders", "name", "column-facts",
         lambda table: table.cast(table.schema.set(2, table.schema.field("name").with_nullable(True))))  # fmt: skip
_changed("column-undescribed", "A column has no description", "claims", "stance", "column-facts",
         lambda table: table.cast(_described(table.schema, "stance", {})))  # fmt: skip
_changed("column-with-other-values", "A column says that it has other values", "claims", "voice", "column-facts",
         lambda table: table.cast(_described(table.schema, "voice", {"values": '["nobody"]'})))  # fmt: skip
_changed("table-misdescribed", "A file says that its rows are something else", "coders", "coders", "table-facts",
         lambda table: table.replace_schema_metadata(
             {**table.schema.metadata, b"aussage.description": b"another thing"}))  # fmt: skip


def _described(schema: pa.Schema, column: str, facts: dict[str, str]) -> pa.Schema:
    at = schema.get_field_index(column)
    return schema.set(at, schema.field(at).with_metadata(facts))


for _key in ("corpus", "version", "table"):
    _changed(f"metadata-{_key}", f"A file says another {_key} than the manifest", "claims", _key, "file-metadata",
             lambda table, key=_key: table.replace_schema_metadata(
                 {**table.schema.metadata, f"aussage.{key}".encode(): b"another"}), "claims.parquet")  # fmt: skip
_changed("metadata-lost", "A file says nothing about itself", "claims", "", "file-metadata",
         lambda table: table.replace_schema_metadata({}), "claims.parquet")  # fmt: skip


@register.fault(
    "metadata-hash", "A file names another content hash than the manifest", "claims", "content_hash",
    "file-metadata", needs="nothing",
)  # fmt: skip
def metadata_hash(folder: Path) -> list[str]:
    rewrite(folder, "claims", read(folder, "claims"), **{"aussage.content_hash": "0" * 64})
    return ["claims.parquet"]


def _foreign(code: str, what: str, rules: str, ids: list[str], put: Callable[[Path], Any]) -> None:
    @register.fault(code, what, "claims", "", rules, needs="nothing")
    def spoil(folder: Path) -> list[str]:
        path = folder / "claims.parquet"
        put(path)
        renew(folder)
        return ids


_foreign("table-of-pandas", "A table that pandas wrote bears the name of another", "columns", ["city"],
         lambda path: pa.table({"city": ["Neudorf"]}).to_pandas().to_parquet(path))  # fmt: skip
_foreign("table-without-columns", "A table has neither columns nor rows", "columns", ["claim_id"],
         lambda path: pq.write_table(pa.table({}), path))  # fmt: skip
_foreign("table-of-another-name", "The table of mentions stands in the place of the claims", "columns",
         ["claim_id"], lambda path: path.write_bytes((path.parent / "mentions.parquet").read_bytes()))  # fmt: skip


def _arrow_file(path: Path) -> None:
    table, sink = pq.read_table(path), io.BytesIO()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    path.write_bytes(sink.getvalue())


_foreign("arrow-for-parquet", "An Arrow file bears the name of a Parquet file", "file-unreadable",
         ["claims.parquet"], _arrow_file)  # fmt: skip
