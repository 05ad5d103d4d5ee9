"""Arrow tables as pandas frames: the types that a pandas user expects, and lists as Python lists."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.arrays import NumpyExtensionArray

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
        columns = {field.name: _values(column, field) for field, column in zip(rows.schema, rows.columns, strict=True)}
        return pd.DataFrame(columns, index=index, columns=pd.Index(rows.column_names), copy=False)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for garbage while millions of lists are made, none of which is garbage: several times faster.

    Freezing and unfreezing puts them among the old objects at once, so that the next search does not begin with them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # what somebody else froze stays frozen
                gc.freeze()
                gc.unfreeze()
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
    return list(_values_in((field.metadata or {}).get(b"values", b"[]")))


@lru_cache(maxsize=256)
def _values_in(said: bytes) -> tuple[str, ...]:
    return tuple(json.loads(said))


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
        values = np.empty(len(column), dtype=object)
        end = 0
        for chunk in column.chunks:
            start, end = end, end + len(chunk)
            values[start:end] = _lists(chunk)
        return values
    if pa.types.is_dictionary(field.type):
        return _categories(column, tuple(values_of(field)))
    found = column.to_pandas(types_mapper=(MASKED if field.nullable else TEXT).get).array
    if isinstance(found, NumpyExtensionArray) and not found.to_numpy().flags.writeable:
        return found.to_numpy(copy=True)  # who has the frame may change it
    return found


def _categories(column: pa.ChunkedArray, known: tuple[str, ...]) -> pd.Categorical:
    """The column with the known categories in their order, then those that are in it and are not known."""
    column = column.unify_dictionaries()
    own = tuple(column.chunk(0).dictionary.to_pylist()) if column.num_chunks else ()
    dtype = _dtype((*known, *dict.fromkeys(name for name in own if name not in known and name is not None)))
    places = np.append(dtype.categories.get_indexer(pd.Index(own, dtype="str")), -1).astype(
        "int16"
    )  # the last: missing
    parts = [places[chunk.indices.fill_null(len(own)).to_numpy()] for chunk in column.chunks]
    codes = np.concatenate(parts) if parts else np.empty(0, "int16")
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)


@lru_cache(maxsize=256)
def _dtype(categories: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(categories, dtype="str"), ordered=False)


def _lists(rows: pa.ListArray) -> list[list[Any] | None]:
    """Lists as Python lists: the elements all at once, then cut; several times faster than one list after another."""
    if rows.null_count:
        found: list[list[Any] | None] = rows.to_pylist()
        return found
    ends = rows.offsets.to_numpy()
    first = int(ends[0])
    items = _items(rows.values.slice(first, int(ends[-1]) - first))
    filled = np.flatnonzero(ends[1:] > ends[:-1]).tolist()
    ends = (ends - first).tolist()
    if 2 * len(filled) > len(rows):
        return [items[start:end] for start, end in pairwise(ends)]
    lists: list[list[Any] | None] = [[] for _ in range(len(rows))]
    for row in filled:
        lists[row] = items[ends[row] : ends[row + 1]]
    return lists


def _items(values: pa.Array) -> list[Any]:
    """The elements of lists as Python objects; equal texts are one object."""
    if values.null_count == 0 and pa.types.is_struct(values.type):
        return _records([field.name for field in values.type], [_items(part) for part in values.flatten()])
    if pa.types.is_string(values.type):
        known = values.dictionary_encode()
        texts = np.array([*known.dictionary.to_pylist(), None], dtype=object)  # -1, the last, is for what is missing
        found: list[Any] = texts[known.indices.fill_null(-1).to_numpy()].tolist()
        return found
    plain = values.to_pylist() if values.null_count else values.to_numpy(zero_copy_only=False).tolist()
    return list(plain)


def _records(names: list[str], parts: list[list[Any]]) -> list[dict[str, Any]]:
    """The elements with fields, as dicts; those of two and three fields, which are most, without a loop inside."""
    match names:
        case [one, two]:
            return [{one: a, two: b} for a, b in zip(*parts, strict=True)]
        case [one, two, three]:
            return [{one: a, two: b, three: c} for a, b, c in zip(*parts, strict=True)]
    return [dict(zip(names, row, strict=True)) for row in zip(*parts, strict=True)]
