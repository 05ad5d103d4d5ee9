"""Arrow tables as pandas frames: the types that a pandas user expects, and lists as Python lists."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

TEXT = {pa.string(): pd.StringDtype(na_value=np.nan)}
MASKED = {**TEXT, pa.int8(): pd.Int8Dtype(), pa.int32(): pd.Int32Dtype()}


def frame_of(rows: pa.Table) -> pd.DataFrame:
    """The rows as a frame with a RangeIndex.

    Texts are `str`, categories `category` with all values of the codebook in decision order (unordered), whole
    numbers int32 and int8, or Int32 and Int8 where they may be empty, flags bool, numbers float64. Lists are
    Python lists, of dicts where an element has fields; a list is never missing.
    """
    index = pd.RangeIndex(rows.num_rows)
    with _without_collecting():
        columns = {
            field.name: pd.Series(_values(column, field), index=index, name=field.name, copy=False)
            for field, column in zip(rows.schema, rows.columns, strict=True)
        }
        return pd.DataFrame(columns, index=index, columns=pd.Index(rows.column_names))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for garbage while millions of lists are made, none of which is garbage: several times faster."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def columns_of(schema: pa.Schema) -> pd.DataFrame:
    """The columns of a table as a frame.

    Columns: name, type, empty (whether a value may be missing), description, values (a list in decision order, empty
    if the column is free).
    """
    rows = [
        {
            "name": field.name,
            "type": type_name(field.type),
            "empty": field.nullable,
            "description": _description(field),
            "values": values_of(field),
        }
        for field in schema
    ]
    return pd.DataFrame(rows, columns=["name", "type", "empty", "description", "values"])


def values_of(field: pa.Field) -> list[str]:
    """The values that a column may take, in decision order; empty if it is free."""
    values: list[str] = json.loads((field.metadata or {}).get(b"values", b"[]"))
    return values


def type_name(kind: pa.DataType) -> str:
    """A type in words: text, category, integer, number, flag, or a list of these."""
    if pa.types.is_list(kind):
        return f"list of {type_name(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "{" + ", ".join(field.name for field in kind) + "}"
    names = (
        (pa.types.is_string, "text"),
        (pa.types.is_dictionary, "category"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "number"),
        (pa.types.is_boolean, "flag"),
    )
    return str(next((name for test, name in names if test(kind)), kind))


def _description(field: pa.Field) -> str:
    about: dict[str, str] = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    refers = f" Refers to {about['refers_to']}." if "refers_to" in about else ""
    return about.get("description", "") + refers


def _values(column: pa.ChunkedArray, field: pa.Field) -> Any:
    if pa.types.is_list(field.type):
        return pd.Series(column.to_pylist(), dtype=object).array
    if pa.types.is_dictionary(field.type):
        found = column.unify_dictionaries().to_pandas().array
        known = values_of(field)
        return found.set_categories([*known, *(name for name in found.categories if name not in known)])
    return column.to_pandas(types_mapper=(MASKED if field.nullable else TEXT).get).array
