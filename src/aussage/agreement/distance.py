"""How far two values are apart: the difference functions of Krippendorff's alpha.

Source: K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability (nominal, ordinal, interval: squared
differences). For sets MASI is the difference itself, see `masi`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Protocol

import numpy as np

from aussage.agreement.coding import INTERVAL, MASI, NOMINAL, ORDINAL, Integers, Numbers
from aussage.agreement.masi import Masi


class Distance(Protocol):
    """The differences between coded values; `counts` says how often a value was given: a row a sample."""

    def between(self, first: Integers, second: Integers, counts: Numbers) -> Numbers:
        """The difference of each pair of codes: a row a sample (or one row for all), a column a pair."""

    def total(self, counts: Numbers) -> Numbers:
        """For each sample the sum of the differences of all ordered pairs of its values."""


def distance_of(metric: str, values: Sequence[Hashable]) -> Distance:
    """The difference function of a metric over coded values."""
    if metric == MASI:
        return Masi(values)
    if metric == NOMINAL:
        return _Nominal()
    return _Scale(np.asarray(values, dtype=np.float64), {ORDINAL: True, INTERVAL: False}[metric])


class _Nominal:
    def between(self, first: Integers, second: Integers, counts: Numbers) -> Numbers:
        return np.asarray(first != second, dtype=np.float64)[None, :]

    def total(self, counts: Numbers) -> Numbers:
        return np.asarray(counts.sum(axis=1) ** 2 - (counts**2).sum(axis=1), dtype=np.float64)


class _Scale:
    """Squared differences of numbers, or of middle ranks in the sample: that is the ordinal difference of 2011."""

    def __init__(self, values: Numbers, by_rank: bool) -> None:
        self._values, self._by_rank = values, by_rank

    def _places(self, counts: Numbers) -> Numbers:
        if not self._by_rank:
            return self._values[None, :]
        return np.asarray(np.cumsum(counts, axis=1) - counts / 2, dtype=np.float64)

    def between(self, first: Integers, second: Integers, counts: Numbers) -> Numbers:
        places = self._places(counts)
        return np.asarray((places[:, first] - places[:, second]) ** 2, dtype=np.float64)

    def total(self, counts: Numbers) -> Numbers:
        places = self._places(counts)
        mean = (counts * places).sum(axis=1, keepdims=True) / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        spread = (counts * (places - mean) ** 2).sum(axis=1)
        return np.asarray(2 * counts.sum(axis=1) * spread, dtype=np.float64)
