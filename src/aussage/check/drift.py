"""Shares of categories against an earlier release: what moves far is news, or a change in how things are coded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from aussage.check.counting import Counts
from aussage.check.opening import open_corpus
from aussage.check.parts import Damaged, Disordered, read_parts
from aussage.check.rule import Failing, Group
from aussage.check.tables import Tables
from aussage.diagnostics import Severity
from aussage.tables import TABLES

drift = Group("plausibility", scope="corpus", level=Severity.WARNING)
FEWEST = 100  # values in each release; shares of fewer say little
FARTHEST = 0.1  # share of values that would have to be another one
COLUMNS = " ".join(column.name for column in TABLES["flat"].columns if column.kind in {"category", "scale"})


class NoRelease(ValueError):
    """The folder holds no earlier release that can be read; the text says why."""


@drift.rule(
    "distribution-drift",
    "The shares of a category are far from those of the earlier release.",
    "The news may have changed, or what coders mean by a category; say which in the changelog.",
    "flat",
    COLUMNS,
)
def distribution_drift(tables: Tables) -> Iterator[Failing]:
    """Gold claims: at most a tenth of the values would have to be another one (total variation distance).

    Only columns with at least a hundred values in both releases are compared; without an earlier release none.
    """
    for column in COLUMNS.split():
        now = tables.counts("flat", column)
        before = (tables.earlier or {}).get(("flat", column), pd.Series([], dtype="int64"))
        if min(now.sum(), before.sum()) >= FEWEST:
            shares = pd.DataFrame({"now": now / now.sum(), "before": before / before.sum()}).fillna(0)
            change = shares["now"] - shares["before"]
            distance = float(change.abs().sum() / 2)
            if distance > FARTHEST:
                moved = change.abs().round(9).sort_values(ascending=False, kind="stable").index[:3]
                said = "; ".join(_moved(str(value), shares) for value in moved)
                yield Failing("flat", [column], column, f"distance {distance:.2f}: {said}")


def _moved(value: str, shares: pd.DataFrame) -> str:
    before, now = (float(shares[release].loc[value]) for release in ("before", "now"))
    return f"{value} {before:.0%} → {now:.0%}"


def counts_of_release(folder: Path) -> Mapping[tuple[str, str], pd.Series[Any]]:
    """What is counted of the corpus in a folder, for comparing a later one with it.

    Raises:
        NoRelease: what stands there is no corpus, or damaged.
    """
    opened = open_corpus(folder)
    lacking = {"documents", "flat"} - set(opened.readers)
    if lacking:
        why = "; ".join(f"{code} {' '.join(failing.ids)}" for code, failing in opened.failures)
        raise NoRelease(f"{folder} is no sound earlier release: {why}")
    counts = Counts(drift.facts)
    try:
        for part in read_parts(opened.readers):
            counts.add(part)
    except (Disordered, Damaged) as error:
        raise NoRelease(f"{folder} is no sound earlier release: its rows cannot be read in order") from error
    return counts.series()
