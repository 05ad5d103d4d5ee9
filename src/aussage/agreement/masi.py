"""MASI, a distance of sets, and its sum over all pairs of many sets without visiting the pairs.

Source: R. Passonneau (2006), Measuring Agreement on Set-valued Items (MASI) for Semantic and Pragmatic Annotation,
LREC 2006: 1 - Jaccard x monotonicity.

The likeness of two sets depends on their sizes and on the size k of what they share. Any function f of k is a sum over
the subsets T of the shared part, f(k) = sum of g(|T|), with g(t) = sum over j of (-1)^(t-j) C(t,j) f(j). So the sum
over all pairs of sets is a sum over subsets of how many sets of each size contain them: linear in the number of sets.
Sets that are too large to list their subsets are compared one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from itertools import combinations, product
from math import comb
from typing import Any

import numpy as np
import numpy.typing as npt

from aussage.agreement.coding import Integers, Numbers

LARGE = 6  # members; a larger set is compared with every other


def masi_distance(first: Collection[Hashable], second: Collection[Hashable]) -> float:
    """MASI distance of two sets, 0 (equal) to 1 (disjoint): 1 - Jaccard x monotonicity (Passonneau 2006).

    Monotonicity is 1 for equal sets, 2/3 if one contains the other, 1/3 if they only overlap, 0 if they are disjoint.
    Two empty sets are equal; an empty and a filled one are disjoint.
    """
    one, other = frozenset(first), frozenset(second)
    return 1 - likeness(len(one & other), len(one), len(other))


def likeness(shared: int, first: int, second: int) -> float:
    """Jaccard x monotonicity from the sizes of two sets and of what they share."""
    union = first + second - shared
    if shared == union:
        return 1.0
    return shared / union * (2 / 3 if shared == min(first, second) else 1 / 3)


class Masi:
    """The differences between coded sets; see `Distance`."""

    def __init__(self, values: Sequence[Hashable]) -> None:
        self._sets = [value if isinstance(value, frozenset) else frozenset[Any]() for value in values]
        self._large = [number for number, members in enumerate(self._sets) if len(members) > LARGE]
        self._near_large = np.array([[self._near(row, other) for other in range(len(values))] for row in self._large])
        self._list_subsets()

    def _near(self, first: int, second: int) -> float:
        one, other = self._sets[first], self._sets[second]
        return likeness(len(one & other), len(one), len(other))

    def _list_subsets(self) -> None:
        """Number the pairs (subset, size of the set that contains it), and say which two of them count how much."""
        keys: dict[tuple[frozenset[Any], int], int] = {}
        places: list[tuple[int, int]] = []
        for number, members in enumerate(self._sets):
            size = len(members)
            for k in range(size + 1) if size <= LARGE else ():
                parts = map(frozenset, combinations(sorted(members, key=repr), k))
                places += [(keys.setdefault((part, size), len(keys)), number) for part in parts]
        places.sort()
        table = np.array(places, dtype=np.int64).reshape(-1, 2)
        self._sources = table[:, 1]
        self._starts: Integers = np.unique(table[:, 0], return_index=True)[1].astype(np.int64)
        sizes: dict[frozenset[Any], list[tuple[int, int]]] = {}
        for (part, size), number in keys.items():
            sizes.setdefault(part, []).append((size, number))
        weights = {
            (k, s, t): _weight(k, s, t) for s, t in product(range(LARGE + 1), repeat=2) for k in range(min(s, t) + 1)
        }
        pairs = [
            (one, other, weights[len(part), s, t])
            for part, found in sizes.items()
            for (s, one), (t, other) in product(found, repeat=2)
            if weights[len(part), s, t]
        ]
        self._first = np.array([pair[0] for pair in pairs], dtype=np.int64)
        self._second = np.array([pair[1] for pair in pairs], dtype=np.int64)
        self._weights = np.array([pair[2] for pair in pairs], dtype=np.float64)

    def between(self, first: Integers, second: Integers, counts: Numbers) -> Numbers:
        """The distance of each pair of codes, in one row for all samples."""
        pairs = zip(first.tolist(), second.tolist(), strict=True)
        return np.array([[0.0 if a == b else 1 - self._near(a, b) for a, b in pairs]], dtype=np.float64)

    def total(self, counts: Numbers) -> Numbers:
        """For each sample the sum of the distances of all ordered pairs of its values."""
        near = np.zeros(len(counts))
        if len(self._sources):
            containing = np.add.reduceat(counts[:, self._sources], self._starts, axis=1)
            near += (containing[:, self._first] * containing[:, self._second]) @ self._weights
        if self._large:
            rows: npt.NDArray[Any] = counts[:, self._large]
            near += 2 * ((counts @ self._near_large.T) * rows).sum(axis=1)
            near -= ((rows @ self._near_large[:, self._large].T) * rows).sum(axis=1)
        return np.asarray(counts.sum(axis=1) ** 2 - near, dtype=np.float64)


def _weight(k: int, first: int, second: int) -> float:
    """What a shared subset of k members adds to the likeness of two sets of these sizes."""
    return sum((1 - 2 * ((k - j) % 2)) * comb(k, j) * likeness(j, first, second) for j in range(k + 1))
