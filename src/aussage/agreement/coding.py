"""Values of several coders as numbers: distinct patterns of codes and how many units show each."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Values = pd.DataFrame | npt.NDArray[Any] | Sequence[Sequence[Any]]

NOMINAL, ORDINAL, INTERVAL, MASI = "nominal", "ordinal", "interval", "masi"
METRICS = (NOMINAL, ORDINAL, INTERVAL, MASI)
MISSING = -1


@dataclass(frozen=True, slots=True)
class Coding:
    """The pairable units: `codes` has a row a distinct pattern and a column a coder, `counts` the units of each.

    A code is a position in `values` (in ascending order if they are numbers), or MISSING.
    """

    codes: Integers
    counts: Integers
    values: tuple[Hashable, ...]

    @property
    def n_units(self) -> int:
        """How many units have values of at least two coders."""
        return int(self.counts.sum())


def coding_of(values: Values, metric: str = NOMINAL) -> Coding:
    """The units that have values of at least two coders, as patterns.

    Args:
        values: A row a unit, a column a coder; missing values are None or NaN. Sets for masi, numbers for ordinal
            and interval, anything hashable for nominal.
        metric: nominal, ordinal, interval or masi.

    Raises:
        ValueError: the metric is unknown, or the values do not suit it.
    """
    if metric not in METRICS:
        raise ValueError(f"there is no metric {metric!r}; the metrics are {', '.join(METRICS)}")
    table = values if isinstance(values, pd.DataFrame) else pd.DataFrame(values)
    cells = table.astype(object).to_numpy().ravel()
    if metric == MASI:
        codes, known = _of_sets(cells)
    elif metric == NOMINAL:
        codes, known = _of_names(cells)
    else:
        codes, known = _of_numbers(cells, metric)
    rows = codes.reshape(table.shape)
    rows = rows[(rows != MISSING).sum(axis=1) > 1] if rows.size else rows[:0]
    patterns, counts = np.unique(rows, axis=0, return_counts=True) if len(rows) else (rows, np.empty(0, np.int64))
    return Coding(patterns.astype(np.int64), counts.astype(np.int64), tuple(known))


def _of_names(cells: npt.NDArray[Any]) -> tuple[Integers, list[Hashable]]:
    codes, known = pd.factorize(cells)
    return codes.astype(np.int64), list(known)


def _of_sets(cells: npt.NDArray[Any]) -> tuple[Integers, list[Hashable]]:
    numbers: dict[frozenset[Any], int] = {}
    codes = np.full(len(cells), MISSING, dtype=np.int64)
    for place, cell in enumerate(cells):
        if isinstance(cell, (set, frozenset, list, tuple)):
            codes[place] = numbers.setdefault(frozenset(cell), len(numbers))
        elif not pd.isna(cell):
            raise ValueError(f"masi compares sets, but a value is {cell!r}")
    return codes, list(numbers)


def _of_numbers(cells: npt.NDArray[Any], metric: str) -> tuple[Integers, list[Hashable]]:
    try:
        numbers = pd.to_numeric(pd.Series(cells, dtype=object)).to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{metric} compares numbers: {error}") from None
    known = np.unique(numbers[~np.isnan(numbers)])
    codes = np.searchsorted(known, numbers)
    codes[np.isnan(numbers)] = MISSING
    return codes.astype(np.int64), known.tolist()
