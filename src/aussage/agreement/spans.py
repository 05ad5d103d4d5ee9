"""Spans of a table as arrays: their pieces on one line, and which of two sets of pieces overlap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from aussage.agreement.coding import Integers


class Pieces(NamedTuple):
    """Pieces of spans: `owner` is the number of the row that each belongs to, `start` and `end` its place."""

    owner: Integers
    start: Integers
    end: Integers


def pieces_of(spans: Iterable[Iterable[Any]], offsets: pd.Series[Any]) -> Pieces:
    """The pieces of a column of spans (lists of dicts with start and end), moved by the offset of each row."""
    rows = [
        (number, piece["start"] + offset, piece["end"] + offset)
        for number, (span, offset) in enumerate(zip(spans, offsets.tolist(), strict=True))
        for piece in span
    ]
    return Pieces(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def document_offsets(lengths: pd.Series[Any]) -> dict[str, int]:
    """Where each document begins if all are laid on one line; `lengths` are its lengths by document id."""
    starts = lengths.astype("int64").cumsum() - lengths
    return {str(name): int(start) for name, start in starts.items()}


def overlaps(one: Pieces, other: Pieces) -> tuple[Integers, Integers, Integers]:
    """All pairs of rows that share characters: the row in each set, and how many characters they share."""
    order = np.argsort(other.start, kind="stable")
    start, end, owner = other.start[order], other.end[order], other.owner[order]
    longest = int((end - start).max(initial=0))
    first = np.searchsorted(start, one.start - longest, side="right")
    size = np.maximum(np.searchsorted(start, one.end, side="left") - first, 0)
    left = np.repeat(np.arange(len(one.start)), size)
    right = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size) + np.repeat(first, size)
    shared = np.minimum(one.end[left], end[right]) - np.maximum(one.start[left], start[right])
    touching = shared > 0
    rows = int(other.owner.max(initial=-1)) + 1
    keys, inverse = np.unique(one.owner[left[touching]] * max(rows, 1) + owner[right[touching]], return_inverse=True)
    total = np.bincount(inverse, shared[touching], len(keys)).astype(np.int64)
    return keys // max(rows, 1), keys % max(rows, 1), total


def sizes(pieces: Pieces, rows: int) -> Integers:
    """How many characters each row has."""
    return np.bincount(pieces.owner, pieces.end - pieces.start, rows).astype(np.int64)
