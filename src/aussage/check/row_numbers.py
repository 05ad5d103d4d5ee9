"""Rows as numbers: their order, the first of each kind, and what lists and places lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.tables import NOTHING, Lists, Mask, Numbers, positions_in, unlike


def ordered(keys: Sequence[Numbers], ids: Any, rows: Numbers) -> Numbers:
    """The order by some keys, the first key first; where all are equal, that of the ids of the rows.

    Texts are slow to sort, so ids are looked at only where they decide.
    """
    reverse = [*keys][::-1]
    order = np.lexsort(reverse)
    tied = np.logical_and.reduce([key[order[1:]] == key[order[:-1]] for key in keys])
    if tied.any():
        among = order[np.append(tied, False) | np.append(False, tied)]
        rank = np.zeros(len(order), np.int64)
        rank[among] = np.asarray(pc.rank(ids.take(pa.array(rows[among])), tiebreaker="min"))
        order = np.lexsort([rank, *reverse])
    return order


def firsts(rows: Numbers, found: Numbers, count: int) -> Numbers:
    """For each of so many rows the first of what was found for it; `NOTHING` for rows without."""
    first = np.full(count, NOTHING)
    first[rows[::-1]] = found[::-1]  # of several numbers for one row the one written last stays
    return first


def numbered(values: Any) -> Numbers:
    """A number for each value of an Arrow array of texts, the same for equal ones; `NOTHING` for nothing."""
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    return positions_in(encoded, encoded.dictionary)  # a dictionary that was read may hold a text twice


def distinct(rows: Numbers, values: Numbers) -> Numbers:
    """The places at which a value stands in a row for the first time, in their order."""
    width = values.max(initial=0) - NOTHING + 1
    _, places = np.unique(rows * width + values - NOTHING, return_index=True)
    return np.sort(places)


def followed(places: Numbers, rows: Numbers) -> Numbers:
    """The places that some rows hold; `NOTHING` where there is no row."""
    return np.append(places, NOTHING)[np.maximum(rows, NOTHING)]


def items_of(lists: Lists, rows: Numbers) -> tuple[Numbers, Numbers]:
    """The items of the lists of some rows: for each the place of its row among the rows, and its number."""
    lengths = lists.lengths[rows]
    before = lengths.cumsum() - lengths
    places = np.repeat(np.arange(len(rows)), lengths)
    return places, np.arange(len(places)) + np.repeat(lists.offsets[rows] - before, lengths)


def first_items(lists: Lists) -> Numbers:
    """The number of the first item of each row's list; `NOTHING` for an empty one."""
    return np.where(lists.lengths > 0, lists.offsets[:-1], NOTHING)


def differing(left: Any, right: Any) -> Mask:
    """Where two Arrow arrays differ, dictionaries or not; nothing equals nothing, and what is no number is nothing."""
    if left.equals(right):  # as a rule all is right, and this is seen without a look at each cell
        return np.zeros(len(left), bool)
    left, right = _plain(left), _plain(right)
    return np.zeros(len(left), bool) if left.equals(right) else unlike(left, right)


def _plain(values: Any) -> Any:
    if pa.types.is_dictionary(values.type):
        return values.cast(pa.string())
    if pa.types.is_floating(values.type):
        return pc.if_else(pc.is_nan(values), None, values)
    return values
