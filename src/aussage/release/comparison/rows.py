"""Rows of two tables set side by side by their key: which are gone, which are new, which cells of the others differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aussage.release.comparison.cells import Mask, cell_texts, native, unequal

BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Paired:
    """Two tables row by row: `old` and `new` have the rows of both in the order of the new, `ids` their keys."""

    ids: pa.Array
    old: pa.Table
    new: pa.Table
    removed: pa.Table
    added: pa.Table
    repeated: int

    def differing(self, columns: Iterable[str]) -> dict[str, Mask]:
        """The columns in which cells differ, each with the rows where."""
        masks = ((name, unequal(whole(self.old, name), whole(self.new, name))) for name in columns)
        return {name: mask for name, mask in masks if mask.any()}


def paired(old: pa.Table, new: pa.Table, key: Sequence[str], name: str) -> Paired:
    """Set two tables side by side by the columns of their key; of rows with the same key the first by the first.

    `name` is the column with the id by which a row is told.
    """
    old_keys, old_repeated = _keys(old, key)
    new_keys, new_repeated = _keys(new, key)
    places = pc.index_in(new_keys, value_set=old_keys)
    both = places.is_valid()
    gone = pc.invert(pc.is_in(old_keys, value_set=new_keys))
    return Paired(
        whole(new, name).filter(both).cast(pa.string()),
        old.take(places.drop_null()),
        new.filter(both),
        old.filter(gone),
        new.filter(pc.invert(both)),
        old_repeated + new_repeated,
    )


def whole(table: pa.Table, name: str) -> pa.Array:
    """A column in one piece."""
    column = table.column(name).combine_chunks()
    return column if isinstance(column, pa.Array) else pa.concat_arrays(column.chunks)


def values(table: pa.Table, name: str, mask: Mask) -> list[Any]:
    """The cells of a column where the mask says so, as JSON has them."""
    return [native(value) for value in table.column(name).filter(pa.array(mask)).to_pylist()]


def filled(table: pa.Table, columns: Iterable[str]) -> list[dict[str, Any]]:
    """Every row as its cells in some columns that hold anything."""
    known = [name for name in table.column_names if name in set(columns)]
    return [
        {name: native(value) for name, value in row.items() if value is not None and value != []}
        for row in table.select(known).to_pylist()
    ]


def texts(table: pa.Table, name: str) -> list[str]:
    """A column as texts, empty where there is nothing."""
    return [value or "" for value in table.column(name).cast(pa.string()).to_pylist()]


def _keys(table: pa.Table, key: Sequence[str]) -> tuple[pa.Array, int]:
    """The keys as texts; a number is put behind one that stood before, and counted."""
    cells = [pc.fill_null(cell_texts(whole(table, name)), "") for name in key]
    keys = cells[0] if len(cells) == 1 else pc.binary_join_element_wise(*cells, BETWEEN)
    repeated = len(keys) - pc.count_distinct(keys).as_py()
    if not repeated:
        return keys, 0
    series = pd.Series(keys.to_pylist(), dtype="object")
    numbers = series.groupby(series).cumcount().to_numpy()
    found = [
        f"{text}{BETWEEN}{BETWEEN}{number}" if number else text for text, number in zip(series, numbers, strict=True)
    ]
    return pa.array(found, pa.string()), int(np.count_nonzero(numbers))
