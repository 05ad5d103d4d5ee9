"""Which documents answer to some conditions; only the columns that a condition names are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aussage.corpus import frames
from aussage.corpus.dates import lies_between
from aussage.corpus.errors import CorpusError, unknown
from aussage.corpus.handles import dataset_of
from aussage.corpus.row_groups import DOCUMENT
from aussage.corpus.selection import Selection

if TYPE_CHECKING:
    from aussage.corpus.store import Store

Plain: TypeAlias = str | int | float | bool | None
Condition: TypeAlias = """
    Plain | Collection[Plain] | tuple[Plain, Plain] | pc.Expression | Callable[[pd.Series[Any]], Any]
"""
"""A value (None for a missing one), values of which one must be there, a range (low, high) with None for an open end,
an expression over the rows of a table, or a function from a column to true or false for each document."""

FEW = 5  # so many values of a condition are shown
ENTITIES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "actor": ("actors", (("claims", "claimant_ids"), ("mentions", "actor_id"))),
    "location": ("locations", (("mentions", "location_id"),)),
    "issue": ("issues", (("claims", "issue_id"),)),
}
"""The conditions that name an entity: its registry, and the columns in which it may stand."""


def choose(
    store: Store, layer: str, within: Selection | None, where: pc.Expression | None, conditions: Mapping[str, Condition]
) -> Selection:
    """The documents (of `within`, if given) that answer to all conditions.

    Raises:
        CorpusError: there is no such condition, value or column, or a condition cannot be put to its column.
    """
    wanted = np.ones(len(store.row_groups.ids), dtype=bool)
    if within is not None:
        wanted[:] = False
        wanted[within.positions] = True
    said = list(within.said) if within is not None else []
    if where is not None:
        wanted &= _in_table(store, "documents", layer, where)
        said.append(f"documents: {where}")
    columns = store.schema("documents").names
    for name, condition in conditions.items():
        if name in columns:
            wanted &= _in_column(store, name, condition)
        elif name in ENTITIES:
            wanted &= _with_entity(store, layer, name, condition)
        elif name in store.manifest.tables and store.is_local(name):
            wanted &= _in_table(store, name, layer, condition)
        else:
            tables = [table for table in store.manifest.tables if store.is_local(table)]
            raise unknown("condition", name, [*columns, *ENTITIES, *tables])
        said.append(f"{name}: {_in_words(condition)}")
    return Selection(store.row_groups, np.flatnonzero(wanted), tuple(said))


def _in_column(store: Store, name: str, condition: Condition) -> Any:
    """Which documents have a value of this column of `documents` that answers to the condition."""
    rows = store.read("documents", columns=[name])
    if callable(condition) and not isinstance(condition, pc.Expression):
        return _tested(name, condition, frames.frame_of(rows)[name])
    if isinstance(condition, pc.Expression):
        return _in_table(store, "documents", "all", condition)
    field, column = rows.schema.field(name), rows.column(name)
    if pa.types.is_dictionary(field.type):
        _examine_values(name, condition, frames.values_of(field))
        column = column.cast(pa.string())
    try:
        if pa.types.is_list(field.type):
            return _holding(column, _values(condition))
        found = _answers(name, column, condition)
    except (pa.ArrowException, TypeError) as error:
        raise CorpusError(f"the condition {name}={condition!r} does not fit the column: {error}") from None
    return found.fill_null(False).to_numpy()


def _answers(name: str, column: pa.ChunkedArray, condition: Any) -> pa.ChunkedArray:
    is_range = isinstance(condition, tuple)
    if is_range and len(condition) != 2:
        raise CorpusError(f"{name}={condition!r}: a range has two ends, (low, high); write several values as a list")
    if name == "date":
        ranges = [condition] if is_range else [(value, value) for value in _values(condition)]
        found = [
            column.is_null() if not is_range and low is None else lies_between(column, low, high)
            for low, high in ranges
        ]
        return _either(found, len(column))
    if not is_range:
        return pc.is_in(column, value_set=pa.array(_values(condition), column.type))
    low, high = condition
    found = column.is_valid()
    if low is not None:
        found = pc.and_kleene(found, pc.greater_equal(column, pa.scalar(low, column.type)))
    if high is not None:
        found = pc.and_kleene(found, pc.less_equal(column, pa.scalar(high, column.type)))
    return found


def _either(found: list[pa.ChunkedArray], length: int) -> pa.ChunkedArray:
    either = pa.chunked_array([pa.array(np.zeros(length, dtype=bool))])
    for one in found:
        either = pc.or_(either, one)
    return either


def _holding(column: pa.ChunkedArray, values: list[Any]) -> Any:
    """Which lists hold one of the values."""
    inside = pc.is_in(pc.list_flatten(column), value_set=pa.array(values, column.type.value_type))
    answer = np.zeros(len(column), dtype=bool)
    answer[pc.list_parent_indices(column).to_numpy()[inside.to_numpy()]] = True
    return answer


def _tested(name: str, test: Callable[[pd.Series[Any]], Any], column: pd.Series[Any]) -> Any:
    answer = np.asarray(pd.Series(test(column)).fillna(False))
    if answer.dtype != bool or answer.shape != (len(column),):
        raise CorpusError(
            f"the function of {name}= is given the whole column, a Series of {len(column):,} values, and has to give "
            f"true or false for each; it gave {answer.dtype} of the shape {answer.shape}"
        )
    return answer


def _with_entity(store: Store, layer: str, name: str, condition: Condition) -> Any:
    registry, columns = ENTITIES[name]
    if not isinstance(condition, str | Collection):
        raise CorpusError(f"{name}={condition!r}: give an id of the table {registry}, or a list of them")
    values = [str(value) for value in _values(condition)]
    known = store.read(registry, columns=[f"{name}_id"]).column(0)
    for value in values:
        if not pc.any(pc.equal(known, value)).as_py():
            raise unknown(name, value, known.to_pylist())
    ids, found_in = pa.array(values, pa.string()), []
    for table, column in columns:
        for batch in dataset_of(store, table, layer, None).to_batches(columns=[DOCUMENT, column]):
            found = batch.column(column)
            if pa.types.is_list(found.type):
                inside = pc.is_in(pc.list_flatten(found), value_set=ids)
                rows = pc.list_parent_indices(found).filter(inside)
            else:
                rows = pc.indices_nonzero(pc.is_in(found, value_set=ids))
            found_in.append(batch.column(DOCUMENT).take(rows).unique())
    return _these(store, found_in)


def _in_table(store: Store, table: str, layer: str, condition: Any) -> Any:
    """Which documents have a row of this table (of the layer) for which the expression is true."""
    if not isinstance(condition, pc.Expression):
        raise CorpusError(
            f"{table}={condition!r}: give an expression over the columns of {table}, "
            'as in pyarrow.compute.field("note") != ""'
        )
    try:
        batches = dataset_of(store, table, layer, None).to_batches(columns=[DOCUMENT], filter=condition)
        found_in = [batch.column(DOCUMENT).unique() for batch in batches]
    except (pa.ArrowException, OSError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise CorpusError(f"the condition {condition} cannot be put to the table {table}: {reason[:200]}") from None
    return _these(store, found_in)


def _these(store: Store, ids: list[pa.Array]) -> Any:
    """Which documents have one of the ids."""
    known = pa.chunked_array(ids, pa.string())
    return pc.is_in(store.row_groups.ids, value_set=known.unique()).to_numpy(zero_copy_only=False)


def _values(condition: Any) -> list[Any]:
    if isinstance(condition, Collection) and not isinstance(condition, str | bytes):
        return list(condition)
    return [condition]


def _examine_values(name: str, condition: Any, known: list[str]) -> None:
    for value in _values(condition):
        if known and value is not None and str(value) not in known:
            raise unknown(f"value of {name}", value, known)


def _in_words(condition: Any) -> str:
    if isinstance(condition, tuple) and len(condition) == 2:
        return " to ".join("…" if end is None else str(end) for end in condition)
    if isinstance(condition, Collection) and not isinstance(condition, str):
        first, more = list(condition)[:FEW], len(condition) - FEW
        return ", ".join(map(str, first)) + (f" and {more:,} more" if more > 0 else "")
    return "a function" if callable(condition) and not isinstance(condition, pc.Expression) else str(condition)
