"""Ids of failing rows, of whatever kind a rule gives them, as Arrow arrays of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

NO_ID = "None"


def texts_of(ids: Iterable[Any]) -> pa.Array:
    """Ids of any kind as an Arrow array of texts; what holds no id becomes `None`.

    Columns are taken over without a Python object for each id. Surrogates, as in names of files that are not in
    UTF-8, are written out.
    """
    column = ids.to_series() if isinstance(ids, pd.Index) else ids
    values = column if isinstance(column, pa.Array | pa.ChunkedArray | pd.Series) else list(column)
    try:
        array = values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values, from_pandas=True)
        array = array.cast(pa.string())
    except (pa.ArrowInvalid, TypeError, UnicodeError):
        array = pa.array(list(_written_out(values)), pa.string())
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return whole.fill_null(NO_ID)


def _written_out(values: Iterable[Any]) -> Iterator[str | None]:
    for value in values:
        is_empty = value is None or value != value  # not a number is not even equal to itself
        yield None if is_empty else str(value).encode("utf-8", "backslashreplace").decode()


def first_of(ids: pa.Array, number: int) -> list[str]:
    """The first ids in the order of their code points."""
    some = pc.select_k_unstable(ids, number, sort_keys=[("", "ascending")])
    return [str(id_) for id_ in ids.take(some).to_pylist()]
