"""Faults of size: files of some kilobytes that unpack to gigabytes, and that the manifest vouches for."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from aussage.tables.writer import OPTIONS
from faults.fault import FILES, Register
from faults.parquet import manifest_of, read, renew, write_manifest

register = Register(acts_on=FILES, batch="size")
LONG = "a" * 900_000  # a dictionary page of Parquet holds up to a megabyte
ROWS, AT_ONCE = 2_300, 23


def _claiming(folder: Path, name: str, column: str, groups: int) -> Path:
    """Write many copies of the first row with one long text, in so many row groups; the manifest fits."""
    first, path = read(folder, name).slice(0, 1), folder / f"{name}.parquet"
    at = first.schema.get_field_index(column)
    field = first.schema.field(at)
    value = pa.array([[LONG]] if pa.types.is_list(field.type) else [LONG], field.type)
    long = first.set_column(at, field, value)
    table = pa.concat_tables([pa.concat_tables([long] * AT_ONCE).combine_chunks()] * (ROWS // AT_ONCE))
    with pq.ParquetWriter(path, first.schema, **OPTIONS) as writer:
        writer.write_table(table, row_group_size=ROWS // groups)
        writer.add_key_value_metadata({"aussage.content_hash": manifest_of(folder)["content_hash"]})
    renew(folder)
    record = manifest_of(folder)
    record["tables"][name]["rows"] = ROWS
    write_manifest(folder, record)
    return path


_SIZES = {
    "text-without-end": ("A text of 900 kB stands 2,300 times", "coders", "name", 1),
    "article-without-end": ("An article of 900 kB stands 2,300 times", "documents", "text", 1),
    "list-without-end": ("A list of a text of 900 kB stands 2,300 times", "actors", "also", 1),
    "list-without-end-in-groups": ("A list of a text of 900 kB stands 2,300 times, 23 at once", "actors", "also", 100),
}


def _sized(code: str, what: str, name: str, column: str, groups: int) -> None:
    @register.fault(code, f"{what}, 2 GB in all", name, column, "file-unreadable", needs="a row")
    def spoil(folder: Path) -> list[str]:
        return [_claiming(folder, name, column, groups).name]


for _code, (_what, _name, _column, _groups) in _SIZES.items():
    _sized(_code, _what, _name, _column, _groups)


@register.fault(
    "text-without-end-in-groups", "A text of 900 kB stands 2,300 times, 23 at once, 2 GB in all", "coders", "name",
    "file-unreadable", needs="a coder",
)  # fmt: skip
def text_without_end_in_groups(folder: Path) -> list[str]:
    """No row group is too large, but the table is."""
    _claiming(folder, "coders", "name", 100)
    return ["coders.parquet"]


@register.fault(
    "rows-by-the-million", "A table has three million equal rows in one row group", "relations", "relation_id",
    "file-unreadable", needs="a relation",
)  # fmt: skip
def rows_by_the_million(folder: Path) -> list[str]:
    path, first = folder / "relations.parquet", read(folder, "relations").slice(0, 1)
    table = first.take(pa.array([0] * 3_000_000, pa.int32()))
    pq.write_table(table, path, row_group_size=len(table), **OPTIONS)
    renew(folder)
    return [path.name]
