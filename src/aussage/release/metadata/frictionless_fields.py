"""Columns as fields of a Frictionless Table Schema: types, constraints, categories, keys; for CSV and for Parquet."""

from typing import Any

import pyarrow as pa

from aussage.release.metadata.facts import ColumnFacts, TableFacts
from aussage.tables import TABLES
from aussage.tables.columns import SCALE, TEXT

Json = dict[str, Any]
CSV, PARQUET = "csv", "parquet"
NOT_NEGATIVE = ("n_", "char_", "sentence_char_", "position", "paragraph", "sentence_position", "sentence_paragraph")


def table_schema(table: TableFacts, tables: dict[str, TableFacts], format_: str) -> Json:
    """The Table Schema of a table in one format; foreign keys lead to resources of the same format.

    frictionless reads Parquet through pandas: lists arrive as arrays of numpy, which its type `array` refuses, and
    whole numbers with gaps as floats. Such columns have the types `any` and `number` there, and `array` and `integer`
    in CSV.
    """
    schema: Json = {
        "fields": [_field(table, column, format_) for column in table.columns],
        "primaryKey": [table.key],
        "missingValues": [""],
    }
    keys = [_foreign_key(table, column, tables, format_) for column in table.columns if _refers(column, tables)]
    return schema | ({"foreignKeys": keys} if keys else {})


def resource_name(table: str, format_: str) -> str:
    """The name of the resource that holds a table in a format."""
    return table if format_ == PARQUET else f"{table}-{format_}"


def _refers(column: ColumnFacts, tables: dict[str, TableFacts]) -> bool:
    """Whether the column can be a foreign key: a single id of one other table."""
    return len(column.refers) == 1 and column.refers[0] in tables and not pa.types.is_list(column.type)


def _foreign_key(table: TableFacts, column: ColumnFacts, tables: dict[str, TableFacts], format_: str) -> Json:
    target = column.refers[0]
    resource = "" if target == table.name else resource_name(target, format_)
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [tables[target].key]}}


def _field(table: TableFacts, column: ColumnFacts, format_: str) -> Json:
    type_ = _type(column, format_)
    field: Json = {"name": column.name, "type": type_, "description": _described(column)}
    if type_ == "array":
        field["arrayItem"] = _item(column)
    if type_ == "boolean" and format_ == CSV:
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints = _constraints(table, column, type_)
    return field | ({"constraints": constraints} if constraints else {})


def _described(column: ColumnFacts) -> str:
    if len(column.refers) > 1 or (column.refers and pa.types.is_list(column.type)):
        return f"{column.description} Ids of {' or '.join(column.refers)}."
    return column.description


def _type(column: ColumnFacts, format_: str) -> str:
    if pa.types.is_list(column.type):
        return "any" if format_ == PARQUET else "array"
    if pa.types.is_boolean(column.type):
        return "boolean"
    if pa.types.is_integer(column.type):
        return "number" if format_ == PARQUET and not column.required else "integer"
    return "number" if pa.types.is_floating(column.type) else "string"


def _item(column: ColumnFacts) -> Json:
    """What the lists of the column hold."""
    if pa.types.is_struct(column.type.value_type):
        return {"type": "object"}
    values = [category.value for category in column.values]
    return {"type": "string"} | ({"constraints": {"enum": values}} if values else {})


def _constraints(table: TableFacts, column: ColumnFacts, type_: str) -> Json:
    constraints: Json = {}
    if column.required and not _may_be_empty(table, column):
        constraints["required"] = True
    if column.name == table.key:
        constraints["unique"] = True
    if column.values and type_ in {"string", "integer"}:
        values = [category.value for category in column.values]
        constraints["enum"] = [int(value) for value in values] if column.kind == SCALE else values
    if type_ == "integer" and column.name.startswith(NOT_NEGATIVE):
        constraints["minimum"] = 0
    return constraints


def _may_be_empty(table: TableFacts, column: ColumnFacts) -> bool:
    """Whether a required text may be an empty one, as lists that `flat` spells out; CSV cannot tell it from none."""
    if column.kind != TEXT or table.name != "flat":
        return False
    spelled_out = {own.name for own in TABLES["claims"].columns if own.kind == TEXT}
    return column.name not in spelled_out
