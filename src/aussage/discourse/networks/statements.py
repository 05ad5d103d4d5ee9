"""The statements that count: lists taken apart, missing values left out, the qualifier read, duplicates dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

DUPLICATES = ("include", "document", "week", "month", "year", "range")
PERIODS = ("week", "month", "year")
QUALIFIERS = (-1.0, 0.0, 1.0)

Codes = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Statements:
    """The statements that count, as numbers: the n-th has the label row_labels[rows[n]] and so on.

    qualifiers holds -1, 0 and +1, and 0 throughout where there is no qualifier. left_out says how many statements do
    not count, a row a reason.
    """

    rows: Codes
    columns: Codes
    qualifiers: npt.NDArray[np.int8]
    row_labels: list[str]
    column_labels: list[str]
    left_out: pd.Series[int]


def statements_that_count(
    statements: pd.DataFrame,
    rows: str,
    columns: str,
    qualifier: str | None,
    ignore: bool,
    duplicates: str,
    calendar_years: bool,
) -> Statements:
    """Read the statements of a frame.

    A list in a cell of `rows` or `columns` makes one statement of each of its different values. A statement is left out
    if its row, its column, its qualifier (unless ignored), or the document or date by which duplicates are told, is
    missing; an empty text is missing. A qualifier of 0 is left out unless the qualifier is ignored.

    Two statements are duplicates if they have the same row, column and document or period, and the same qualifier
    unless it is ignored. The earliest counts; of those with one date, the first in the frame.

    Args:
        statements: A frame with one row a statement and the columns named here, and document_id for the duplicates of
            a document, and date (a date or its ISO 8601 text) for those of a period.
        rows: The variable of the rows.
        columns: The variable of the columns.
        qualifier: The variable of agreement: boolean, or -1, 0 and +1.
        ignore: Whether the qualifier is ignored.
        duplicates: One of DUPLICATES.
        calendar_years: Whether weeks and months of different years are different.

    Raises:
        ValueError: a column is not there, a qualifier or date cannot be read, or an option is none.
    """
    frame, lists = _needed(statements, rows, columns, qualifier, ignore, duplicates)
    taken_apart = _take_apart(frame, lists)
    called = {"row": rows, "column": columns, "qualifier": qualifier}
    missing = {f"no {called.get(str(name), name)}": _missing(values) for name, values in taken_apart.items()}
    values = _qualifiers(taken_apart["qualifier"]) if qualifier else np.zeros(len(taken_apart), np.int8)
    if qualifier and ignore:
        del missing[f"no {qualifier}"]
    elif qualifier:
        missing[f"{qualifier} is 0"] = values == 0
    keep, left_out = _first_reasons(missing, len(taken_apart))
    counted = taken_apart[keep].assign(qualifier=values[keep])
    single = _without_duplicates(counted, ignore, duplicates, calendar_years)
    left_out["duplicate"] = len(counted) - len(single)
    row_codes, row_labels = _coded(single["row"])
    column_codes, column_labels = _coded(single["column"])
    kept = single["qualifier"].to_numpy(np.int8)
    return Statements(row_codes, column_codes, kept, row_labels, column_labels, _counted(left_out))


def _needed(
    statements: pd.DataFrame, rows: str, columns: str, qualifier: str | None, ignore: bool, duplicates: str
) -> tuple[pd.DataFrame, list[str]]:
    """The columns that matter under fixed names, and which of them hold lists."""
    if duplicates not in DUPLICATES:
        raise ValueError(f"duplicates is {duplicates!r}; it may be {', '.join(DUPLICATES)}")
    if len({rows, columns, qualifier}) < 3:
        raise ValueError(f"rows, columns and qualifier must be different: {rows}, {columns}, {qualifier}")
    names = {"row": rows, "column": columns}
    if qualifier:
        names["qualifier"] = qualifier
    if duplicates == "document":
        names["document_id"] = "document_id"
    differing = duplicates != "include" and ignore and qualifier and "date" in statements.columns
    if duplicates in PERIODS or differing:  # duplicates that differ in the ignored qualifier: which one counts matters
        names["date"] = "date"
    absent = [name for name in names.values() if name not in statements.columns]
    if absent:
        raise ValueError(f"the statements have no column {', '.join(absent)}")
    frame = pd.DataFrame({name: statements[of].array for name, of in names.items()})
    if "date" in frame:
        frame = _by_date(frame, needed=duplicates in PERIODS)
    return frame, [name for name in ("row", "column") if _holds_lists(frame[name])]


def _by_date(frame: pd.DataFrame, needed: bool) -> pd.DataFrame:
    """The frame in the order of its dates; dates that only order are dropped then, since they may be missing."""
    dates = frame["date"]
    if dates.dtype == object or isinstance(dates.dtype, pd.StringDtype):
        dates = pd.to_datetime(dates.where(dates != ""), format="ISO8601", errors="raise" if needed else "coerce")
    if not pd.api.types.is_datetime64_any_dtype(dates.dtype):
        raise ValueError(f"date holds {dates.dtype}, not dates or their ISO 8601 texts")
    ordered = frame.assign(date=dates.dt.tz_localize(None)).sort_values("date", kind="stable", ignore_index=True)
    return ordered if needed else ordered.drop(columns="date")


def _holds_lists(values: pd.Series[Any]) -> bool:
    if values.dtype != object:
        return False
    return bool(values.map(lambda value: isinstance(value, list | tuple | set | frozenset | np.ndarray)).any())


def _take_apart(frame: pd.DataFrame, lists: list[str]) -> pd.DataFrame:
    """One row for each value of a list; a value that a list has twice counts once."""
    if not lists:
        return frame
    numbered = frame.assign(statement=np.arange(len(frame)))
    for name in lists:
        numbered = numbered.explode(name, ignore_index=True)
    return numbered.drop_duplicates(["statement", "row", "column"], ignore_index=True).drop(columns="statement")


def _missing(values: pd.Series[Any]) -> Mask:
    empty = values.isna().to_numpy(bool)
    if values.dtype == object or isinstance(values.dtype, pd.StringDtype):
        empty = empty | (values == "").fillna(False).to_numpy(bool)
    return empty


def _qualifiers(values: pd.Series[Any]) -> npt.NDArray[np.int8]:
    """Agreement as -1, 0 and +1, 0 where it is missing. False is -1; nothing else is guessed."""
    present = values[values.notna()]
    unique = list(present.unique())
    if all(isinstance(value, bool | np.bool_) for value in unique):
        agreed = present.astype(bool).to_numpy().astype(np.int8) * 2 - 1
    elif all(isinstance(value, int | float | np.number) and value in QUALIFIERS for value in unique):
        agreed = present.to_numpy(float).astype(np.int8)
    else:
        raise ValueError(f"a qualifier is boolean, or -1, 0 and 1, but here it holds {_some(unique)}")
    read = np.zeros(len(values), np.int8)
    read[values.notna().to_numpy(bool)] = agreed
    return read


def _some(values: list[Any]) -> str:
    return ", ".join(sorted(repr(value) for value in values)[:5])


def _first_reasons(reasons: dict[str, Mask], length: int) -> tuple[Mask, dict[str, int]]:
    """Which statements stay, and how many go for each reason; one with several reasons goes for the first."""
    keep = np.ones(length, bool)
    counts = {}
    for reason, applies in reasons.items():
        counts[reason] = int((keep & applies).sum())
        keep &= ~applies
    return keep, counts


def _without_duplicates(frame: pd.DataFrame, ignore: bool, duplicates: str, calendar_years: bool) -> pd.DataFrame:
    if duplicates == "include":
        return frame
    same = ["row", "column"] if ignore else ["row", "column", "qualifier"]
    if duplicates == "document":
        return frame.drop_duplicates([*same, "document_id"])
    if duplicates == "range":
        return frame.drop_duplicates(same)
    return frame.assign(period=_periods(frame["date"], duplicates, calendar_years)).drop_duplicates([*same, "period"])


def _periods(dates: pd.Series[Any], period: str, calendar_years: bool) -> npt.NDArray[np.int64]:
    """A number for each year, month or ISO 8601 week; that of the month or week alone without `calendar_years`."""
    if period == "year":
        return np.asarray(dates.dt.year, dtype=np.int64)
    if period == "month":
        year, part = dates.dt.year, dates.dt.month
    else:
        calendar = dates.dt.isocalendar()
        year, part = calendar["year"], calendar["week"]  # the last days of December may be in week 1 of the next year
    numbers = np.asarray(part, dtype=np.int64)
    return numbers + 100 * np.asarray(year, dtype=np.int64) if calendar_years else numbers


def _coded(values: pd.Series[Any]) -> tuple[Codes, list[str]]:
    """Each value as its place among the sorted labels, and the labels."""
    codes, labels = pd.factorize(values.astype("str"), sort=False)
    names = [str(label) for label in labels]
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(names), np.intp)
    place[order] = np.arange(len(names))
    return place[codes], [names[number] for number in order]


def _counted(left_out: dict[str, int]) -> pd.Series[int]:
    index = pd.Index(list(left_out), dtype="str", name="reason")
    return pd.Series(list(left_out.values()), index=index, dtype="int64", name="statements")
