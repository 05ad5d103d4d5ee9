"""Cells as texts that are equal exactly where the cells are, whatever the types of the two columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from aussage.tables.hashing import CELL, ESCAPED, FIELD, ITEM, NOTHING, ROW

Mask = npt.NDArray[np.bool_]
LIST = "["


def cell_texts(values: pa.Array) -> pa.Array:
    """The cells as texts, nothing where there is nothing; a category is its text, whatever its code.

    Nothing and the empty list are different, as are 0.0 and -0.0; every NaN is the same.
    """
    kind = values.type
    if pa.types.is_dictionary(kind):
        return pc.take(cell_texts(values.dictionary), values.indices)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _lists(values)
    if pa.types.is_struct(kind):
        return _structs(values)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _escaped(values.cast(pa.string()))
    try:
        return pc.cast(values, pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.array([None if value is None else repr(value) for value in values.to_pylist()], pa.string())


def row_texts(columns: list[pa.Array]) -> pa.Array:
    """The rows of some columns as one text each."""
    cells = [cell_texts(column) for column in columns]
    rows = pc.binary_join_element_wise(*cells, ROW, CELL, null_handling="replace", null_replacement=NOTHING)
    return rows.cast(pa.large_string())


def unequal(left: pa.Array, right: pa.Array) -> Mask:
    """Which cells of two columns of the same length differ."""
    if left.type != right.type or pa.types.is_nested(left.type) or pa.types.is_floating(left.type):
        left, right = cell_texts(left), cell_texts(right)
    elif pa.types.is_dictionary(left.type):
        left, right = left.cast(left.type.value_type), right.cast(right.type.value_type)
    differ = pc.not_equal(left, right).fill_null(False)
    one_is_null = pc.xor(left.is_null(), right.is_null())
    return np.asarray(pc.or_(differ, one_is_null).to_numpy(zero_copy_only=False), bool)


def native(value: Any) -> Any:
    """A cell as JSON has it; what is no number, an infinite one among them, as text."""
    if isinstance(value, float):
        return value if np.isfinite(value) else str(value)
    if isinstance(value, dict):
        return {name: native(item) for name, item in value.items()}
    if isinstance(value, list):
        return [native(item) for item in value]
    return value if isinstance(value, str | int | bool | None) else str(value)


def _structs(values: pa.StructArray) -> pa.Array:
    fields = [cell_texts(field) for field in values.flatten()]
    if not fields:
        return pc.if_else(values.is_null(), pa.scalar(None, pa.string()), pa.scalar(""))
    joined = pc.binary_join_element_wise(*fields, FIELD, null_handling="replace", null_replacement=NOTHING)
    return pc.if_else(values.is_null(), pa.scalar(None, pa.string()), joined) if values.null_count else joined


def _lists(values: pa.Array) -> pa.Array:
    """Lists as one text each: a sign for the list, then every item with a sign behind it."""
    items = pc.fill_null(cell_texts(pc.list_flatten(values)), NOTHING)
    lengths = pc.fill_null(pc.list_value_length(values), 0)
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cast(pc.cumulative_sum(lengths), pa.int32())])
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, items), ITEM)
    texts = pc.if_else(pc.equal(lengths, 0), LIST, pc.binary_join_element_wise(LIST, joined, ITEM, pa.scalar("")))
    return pc.if_else(values.is_null(), pa.scalar(None, pa.string()), texts) if values.null_count else texts


def _escaped(texts: pa.Array) -> pa.Array:
    """Texts without the signs that the rows use themselves."""
    data = texts.buffers()[2]
    raw = data.to_pybytes() if data is not None else b""
    for sign in ESCAPED:
        if sign.encode() in raw:
            texts = pc.replace_substring(texts, sign, f"\x1b{chr(ord(sign) + 64)}")
    return texts
