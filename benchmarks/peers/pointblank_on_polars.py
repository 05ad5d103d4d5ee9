"""The shared rules as steps of pointblank on polars, keys joined beforehand."""

from __future__ import annotations

from pathlib import Path

import pointblank as pb
import polars as pl
from beforehand import flag_of
from beforehand_in_polars import frames_with_flags
from running import Counts, run
from shared_rules import Rule


def check(folder: Path, rules: list[Rule]) -> Counts:
    """One validation a table."""
    counts: Counts = {}
    for name, frame in frames_with_flags(folder, rules).items():
        own = [rule for rule in rules if rule.table == name]
        plan = pb.Validate(frame)
        for rule in own:
            plan = _step(plan, rule)
        failed = plan.interrogate(collect_extracts=False).n_failed()
        for number, rule in enumerate(own, start=1):
            counts[rule.name] = _extra(frame, rule) if rule.kind == "unique" and failed[number] else failed[number]
    return counts


def _extra(frame: pl.DataFrame, rule: Rule) -> int:
    """Of rows with equal keys all but one; pointblank counts all of them."""
    return frame.height - frame[rule.columns[0]].n_unique()


def _step(plan: pb.Validate, rule: Rule) -> pb.Validate:
    column = rule.columns[0]
    if rule.kind == "not-null":
        return plan.col_vals_not_null(columns=column)
    if rule.kind == "unique":
        return plan.rows_distinct(columns_subset=column)
    if rule.kind == "pattern":
        return plan.col_vals_regex(columns=column, pattern=f"^(?:{rule.also[0]})$", na_pass=True)
    if rule.kind == "values":
        values = list(rule.also)
        return plan.col_vals_in_set(
            columns=column, set=values, pre=lambda frame: frame.filter(pl.col(column).is_not_null())
        )
    return plan.col_vals_expr(expr=pl.col(flag_of(rule)))


if __name__ == "__main__":
    run(check)
