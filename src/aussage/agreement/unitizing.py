"""Agreement on where units begin and end: Krippendorff's unitizing alpha for two coders.

Source: K. Krippendorff (2004), Measuring the Reliability of Qualitative Text Analysis Data, Quality & Quantity 38,
787-800 (first in: On the Reliability of Unitizing Continuous Data, Sociological Methodology 25, 1995, 47-76). For more
than two coders Krippendorff et al. (2016, Quality & Quantity 50, 2347-2364) revised it; here it is for two.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
import pandas as pd

from aussage.agreement.coding import Integers, Numbers
from aussage.agreement.spans import Pieces, overlaps, pieces_of


def unitizing_alpha(units_a: pd.DataFrame, units_b: pd.DataFrame, length: int) -> float:
    """Unitizing alpha of two coders over one continuum: 1 for equal units, about 0 for units placed by chance.

    Units of one coder and category must not overlap; categories may. Over several categories it is
    1 - (sum of observed) / (sum of expected disagreements), as in the source.

    Args:
        units_a: Columns category, start, end (0-based, end-exclusive): the units of the first coder.
        units_b: The same of the second coder.
        length: The length of the continuum.

    Returns:
        Alpha, or NaN if neither coder has units.
    """
    observed = expected = 0.0
    for category in pd.concat([units_a["category"], units_b["category"]]).unique():
        sides = [frame[frame["category"] == category].sort_values("start") for frame in (units_a, units_b)]
        starts = [side["start"].to_numpy(np.int64) for side in sides]
        ends = [side["end"].to_numpy(np.int64) for side in sides]
        observed += _observed(_pieces(starts[0], ends[0]), _pieces(starts[1], ends[1]), length)
        expected += _expected(starts, ends, length)
    return 1 - observed / expected if expected else float("nan")


def claim_units(claims: pd.DataFrame, coder: str, offsets: dict[str, int]) -> pd.DataFrame:
    """The pieces of a coder's claims as units on one continuum; its categories are levels of nesting.

    The source knows no overlapping units, but claims nest: the longest lie on level 0, a piece that overlaps one of
    level 0 on level 1, and so on.

    Args:
        claims: The claims table: columns layer, document_id, content_spans.
        coder: The layer.
        offsets: Where each document begins on the continuum; claims of other documents are left out.

    Returns:
        Columns category (the level), start, end.
    """
    own = claims[(claims["layer"] == coder) & claims["document_id"].isin(list(offsets))]
    pieces = pieces_of(own["content_spans"], own["document_id"].map(offsets))
    order = np.lexsort((pieces.start, pieces.start - pieces.end))
    levels: list[tuple[list[int], list[int]]] = []
    rows = []
    for start, end in zip(pieces.start[order].tolist(), pieces.end[order].tolist(), strict=True):
        rows.append((_level(levels, start, end), start, end))
    return pd.DataFrame(rows, columns=["category", "start", "end"])


def _level(levels: list[tuple[list[int], list[int]]], start: int, end: int) -> int:
    """The first level with room for a unit, which takes its place there."""
    for number, (starts, ends) in enumerate(levels):
        place = bisect_left(starts, end)
        if not place or ends[place - 1] <= start:
            starts.insert(place, start)
            ends.insert(place, end)
            return number
    levels.append(([start], [end]))
    return len(levels) - 1


def _pieces(start: Integers, end: Integers) -> Pieces:
    return Pieces(np.arange(len(start)), start, end)


def _observed(one: Pieces, other: Pieces, length: int) -> float:
    first, second, _ = overlaps(one, other)
    apart = (one.start[first] - other.start[second]) ** 2 + (one.end[first] - other.end[second]) ** 2
    alone = [
        side.end[left] - side.start[left]
        for side, found in ((one, first), (other, second))
        for left in [np.setdiff1d(np.arange(len(side.start)), found)]
    ]
    squares = sum(float((lengths.astype(np.float64) ** 2).sum()) for lengths in alone)
    return (float(apart.astype(np.float64).sum()) + squares) / length**2


def _expected(starts: list[Integers], ends: list[Integers], length: int) -> float:
    units = np.concatenate([end - start for start, end in zip(starts, ends, strict=True)]).astype(np.float64)
    gaps = np.concatenate(
        [np.append(start, length) - np.insert(end, 0, 0) for start, end in zip(starts, ends, strict=True)]
    ).astype(np.float64)
    sums = (len(units) - 1) / 3 * (2 * units**3 - 3 * units**2 + units) + units**2 * _places(units, gaps)
    both = len(starts) * length
    possible = both * (both - 1) - float((units * (units - 1)).sum())
    return float(2 / length * sums.sum() / possible) if possible else 0.0


def _places(units: Numbers, gaps: Numbers) -> Numbers:
    """For each unit the number of places in which it fits into a gap."""
    gaps = np.sort(gaps)
    first = np.searchsorted(gaps, units, side="left")
    total = np.append(np.cumsum(gaps[::-1])[::-1], 0.0)
    return np.asarray(total[first] - (units - 1) * (len(gaps) - first), dtype=np.float64)
