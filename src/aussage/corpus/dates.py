"""Dates as exact as they are known (EDTF), and whether they lie in a range."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from aussage.corpus.errors import CorpusError
from aussage.records.sources import EDTF

Days = tuple[str, str]
"""The first and the last day that a date may mean; the last day of any month is written 31."""


def days_of(date: str) -> Days:
    """The first and last day of an EDTF date or interval: 2024-10 is from 2024-10-01 to 2024-10-31.

    Raises:
        ValueError: it is no such date.
    """
    if not re.match(EDTF, date):
        raise ValueError(date)
    first, _, last = date.partition("/")
    first, last = first.rstrip("?~%"), (last or first).rstrip("?~%")
    return f"{first}-01-01"[:10] if len(first) == 4 else f"{first}-01"[:10], f"{last}{'-12-31'[len(last) - 4 :]}"


def lies_between(dates: pa.ChunkedArray, low: object, high: object) -> pa.ChunkedArray:
    """Which dates lie wholly between the first day of `low` and the last day of `high`; None is open.

    A date that is missing, or is none, does not.

    Raises:
        CorpusError: `low` or `high` is no date.
    """
    first = "" if low is None else _bound(low)[0]
    last = "9999-12-31" if high is None else _bound(high)[1]
    known = pc.unique(dates.drop_null())
    inside = [date for date in known.to_pylist() if _inside(date, first, last)]
    return pc.is_in(dates, value_set=pa.array(inside, dates.type))


def _bound(value: object) -> Days:
    try:
        return days_of(str(value))
    except ValueError:
        raise CorpusError(f"{value!r} is no date; write it as in 2024, 2024-10 or 2024-10-28") from None


def _inside(date: str, first: str, last: str) -> bool:
    try:
        begins, ends = days_of(date)
    except ValueError:
        return False
    return first <= begins and ends <= last
