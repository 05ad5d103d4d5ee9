"""Arrow schemas from the table definitions and a codebook's categories."""

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate, chain, islice
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from aussage.tables.columns import CATEGORY, SPANS, TEXTS, Column, Table
from aussage.tables.of_documents import GOLD

Enumerations = Mapping[str, tuple[str, ...]]
"""The categories of each codebook variable, in decision order."""

Row = dict[str, Any]
ROWS_AT_ONCE = 64

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int32(),
    "scale": pa.int8(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "category": pa.dictionary(pa.int16(), pa.string()),
    "texts": pa.list_(pa.field("item", pa.string(), nullable=False)),
    "categories": pa.list_(pa.field("item", pa.string(), nullable=False)),
    "spans": pa.list_(
        pa.field("item", pa.struct([pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False)]), False)
    ),
    "effects": pa.list_(
        pa.field(
            "item",
            pa.struct(
                [
                    pa.field("effect", pa.string(), False),
                    pa.field("actor_id", pa.string()),
                    pa.field("location_id", pa.string()),
                ]
            ),
            False,
        )
    ),
    "figures": pa.list_(
        pa.field(
            "item",
            pa.struct(
                [
                    pa.field("text", pa.string(), False),
                    pa.field("start", pa.int32(), False),
                    pa.field("end", pa.int32(), False),
                ]
            ),
            False,
        )
    ),
    "labels": pa.list_(
        pa.field(
            "item",
            pa.struct([pa.field("language", pa.string(), False), pa.field("label", pa.string(), False)]),
            False,
        )
    ),
    "outside_ids": pa.list_(
        pa.field(
            "item",
            pa.struct(
                [
                    pa.field("vocabulary", pa.string(), False),
                    pa.field("id", pa.string()),
                    pa.field("status", pa.string(), False),
                    pa.field("against", pa.string()),
                ]
            ),
            False,
        )
    ),
}


def values_of(column: Column, enumerations: Enumerations) -> tuple[str, ...]:
    """The values that a column may take, in decision order; empty if it is free."""
    return (*enumerations.get(column.variable, ()), *column.more)


def arrow_schema(table: Table, enumerations: Enumerations, metadata: Mapping[str, str] | None = None) -> pa.Schema:
    """The Arrow schema of a table; each field carries its description, and its values where they are enumerated."""
    fields = []
    for column in table.columns:
        about = {"description": column.description}
        if values := values_of(column, enumerations):
            about["values"] = json.dumps(values, ensure_ascii=False)
        if column.refers:
            about["refers_to"] = ", ".join(column.refers)
        fields.append(pa.field(column.name, ARROW_TYPES[column.kind], not column.required, about))
    about_table = {"description": table.row} | dict(metadata or {})
    return pa.schema(fields, {f"aussage.{key}": value for key, value in about_table.items()})


def rows_to_arrow(
    table: Table, rows: Iterable[Mapping[str, Any]], schema: pa.Schema, enumerations: Enumerations
) -> pa.Table:
    """Rows (one mapping a row, every column present) as an Arrow table of the given schema.

    Raises:
        KeyError: a row lacks a column, or holds a category that the codebook does not have.
    """
    columns = Columns(table)
    columns.extend(rows)
    return columns.to_arrow(schema, enumerations)


class WithGold(list[Row]):
    """Rows of a document's coders, of which the first `repeated` hold in gold as well, where they stand before all."""

    def __init__(self, rows: Iterable[Row], repeated: int) -> None:
        super().__init__(rows)
        self.repeated = repeated


class Columns:
    """Takes rows (one mapping a row, every column present) and keeps them column by column.

    A cell is looked up while its row is at hand; columns also take less memory than rows. Of rows that hold in gold as
    well, only layer and ids are kept twice; the other cells are repeated when the table is made.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._values: list[list[Any]] = [[] for _ in table.columns]
        self._cells = itemgetter(*(column.name for column in table.columns))
        self._places: list[int] = []  # of each row of the table: where the cells stand that are kept once
        self._kept = 0

    def __len__(self) -> int:
        return len(self._places)

    def extend(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows.

        Raises:
            KeyError: a row lacks a column.
        """
        if isinstance(rows, WithGold):
            self._places.extend(range(self._kept, self._kept + rows.repeated))
            for column, values in zip(self._table.columns, self._values, strict=True):
                if renamed := _renamed(self._table, column):
                    values.extend(renamed(row[column.name]) for row in rows[: rows.repeated])
        remaining = iter(rows)
        while some := list(islice(remaining, ROWS_AT_ONCE)):
            for values, more in zip(self._values, zip(*map(self._cells, some), strict=True), strict=True):
                values.extend(more)
            self._places.extend(range(self._kept, self._kept + len(some)))
            self._kept += len(some)

    def to_arrow(self, schema: pa.Schema, enumerations: Enumerations) -> pa.Table:
        """All rows as an Arrow table; the schema may have more columns.

        Raises:
            KeyError: a row holds a category that the codebook does not have.
        """
        arrays = []
        places = pa.array(self._places, pa.int32()) if self._kept < len(self) else None
        for column, values in zip(self._table.columns, self._values, strict=True):
            if column.kind == CATEGORY:
                array = _dictionary(values, values_of(column, enumerations))
            elif column.kind == SPANS:
                array = _spans(values)
            else:
                array = pa.array(values, ARROW_TYPES[column.kind])
            is_repeated = places is not None and not _renamed(self._table, column)
            arrays.append(array.take(places) if is_repeated else array)
        fields = [schema.field(column.name) for column in self._table.columns]
        return pa.Table.from_arrays(arrays, schema=pa.schema(fields, schema.metadata))


def gold_id(id_: str) -> str:
    """The id in gold of something that has an id in a layer."""
    document, _, local = id_.split("/")
    return f"{document}/{GOLD}/{local}"


def _renamed(table: Table, column: Column) -> Callable[[Any], Any] | None:
    """What becomes of a cell in gold; nothing for a column in which gold says the same as the coder's layer."""
    if column.name == "layer":
        return lambda layer: GOLD
    if column.name != table.key and "claims" not in column.refers:
        return None
    return _gold_ids if column.kind == TEXTS else gold_id


def _gold_ids(ids: list[str]) -> list[str]:
    return [gold_id(id_) for id_ in ids]


def _spans(values: list[list[Row]]) -> pa.ListArray:
    """Lists of spans, by way of two plain lists of numbers, which Arrow takes much faster than mappings."""
    if not all(isinstance(spans, list) for spans in values):  # only a spoilt corpus lacks one
        return pa.array(values, ARROW_TYPES[SPANS])
    spans = list(chain.from_iterable(values))
    kind = ARROW_TYPES[SPANS]
    ends = [pa.array([span[name] for span in spans], pa.int32()) for name in ("start", "end")]
    offsets = pa.array(accumulate(map(len, values), initial=0), pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(ends, fields=[*kind.value_type]), type=kind)


def _dictionary(values: list[str | None], categories: tuple[str, ...]) -> pa.DictionaryArray:
    """Values as a dictionary of all categories in their order, whether they occur or not."""
    given, dictionary = pa.array(values, pa.string()), pa.array(categories, pa.string())
    indices = pc.index_in(given, dictionary)
    if indices.null_count != given.null_count:
        raise KeyError(next(value for value in values if value is not None and value not in categories))
    return pa.DictionaryArray.from_arrays(indices.cast(pa.int16()), dictionary)
