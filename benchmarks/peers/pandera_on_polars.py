"""The shared rules as pandera schemas on polars, keys joined beforehand."""

from __future__ import annotations

from pathlib import Path

import pandera.polars as pa
import polars as pl
from beforehand import OWN_KINDS, flag_of
from beforehand_in_polars import frames_with_flags
from running import Counts, run
from shared_rules import Rule

NATIVE = {"not_nullable": "not-null", "field_uniqueness": "unique"}


def check(folder: Path, rules: list[Rule]) -> Counts:
    """One schema a table, all failures collected."""
    counts: Counts = {rule.name: 0 for rule in rules}
    for name, frame in frames_with_flags(folder, rules).items():
        own = [rule for rule in rules if rule.table == name]
        try:
            _schema(own).validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            counts |= _counted(own, errors.failure_cases)
    return counts


def _schema(own: list[Rule]) -> pa.DataFrameSchema:
    columns: dict[str, dict] = {}
    for rule in own:
        name = rule.columns[0] if rule.kind in OWN_KINDS else flag_of(rule)
        column = columns.setdefault(name, {"nullable": True, "unique": False, "checks": []})
        if rule.kind == "not-null":
            column["nullable"] = False
        elif rule.kind == "unique":
            column["unique"] = True
        elif rule.kind == "pattern":
            column["checks"].append(pa.Check.str_matches(f"^(?:{rule.also[0]})$", error=rule.name))
        elif rule.kind == "values":
            column["checks"].append(pa.Check.isin(list(rule.also), error=rule.name))
        else:
            column["checks"].append(pa.Check.eq(True, error=rule.name))
    return pa.DataFrameSchema({name: pa.Column(**about) for name, about in columns.items()})


def _counted(own: list[Rule], failures: pl.DataFrame) -> Counts:
    counts: Counts = {}
    for (check_name, column), cases in failures.group_by("check", "column"):
        if check_name in NATIVE:
            rule = next(r for r in own if r.kind == NATIVE[check_name] and r.columns[0] == column)
        else:
            rule = next(r for r in own if r.name == check_name)
        again = cases["failure_case"].n_unique() if rule.kind == "unique" else 0
        counts[rule.name] = cases.height - again
    return counts


if __name__ == "__main__":
    run(check)
