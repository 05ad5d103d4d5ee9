"""The shared rules as polars expressions."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from running import Counts, run
from shared_rules import KEYS, Rule, columns_of


def check(folder: Path, rules: list[Rule]) -> Counts:
    """Rules on single rows in one pass a table, references as joins; all of them in one query."""
    tables = {
        name: pl.read_parquet(folder / f"{name}.parquet", columns=columns_of(rules, name)).lazy() for name in KEYS
    }
    single = {
        name: tables[name].select(
            **{rule.name: _broken(rule) for rule in rules if rule.table == name and _is_of_row(rule)}
        )
        for name in KEYS
    }
    led = {rule.name: _lost(rule, tables) for rule in rules if not _is_of_row(rule)}
    results = pl.collect_all([*single.values(), *led.values()])
    counts: Counts = {}
    for frame in results[: len(single)]:
        counts |= frame.row(0, named=True)
    return counts | {name: frame.item() for name, frame in zip(led, results[len(single) :], strict=True)}


def _is_of_row(rule: Rule) -> bool:
    return rule.kind not in {"reference", "own-document"}


def _broken(rule: Rule) -> pl.Expr:
    columns = [pl.col(name) for name in rule.columns]
    if rule.kind == "not-null":
        return columns[0].is_null().sum()
    if rule.kind == "unique":
        return columns[0].len() - columns[0].n_unique()
    if rule.kind == "pattern":
        return (~columns[0].str.contains(f"^(?:{rule.also[0]})$")).sum()
    if rule.kind == "values":
        values = columns[0] if isinstance(rule.also[0], int) else columns[0].cast(pl.String)
        return (~values.is_in(list(rule.also))).sum()
    if rule.kind == "order":
        return ((columns[0] < 0) | (columns[0] >= columns[1])).sum()
    one, other = (
        column.is_null() if value is None else column.eq_missing(pl.lit(value))
        for column, value in zip(columns, rule.also, strict=True)
    )
    return (one != other).sum()


def _lost(rule: Rule, tables: dict[str, pl.LazyFrame]) -> pl.LazyFrame:
    """The number of rows whose reference leads nowhere, or into another document."""
    rows = tables[rule.table].select(rule.columns).drop_nulls()
    if rule.kind == "own-document":
        key = KEYS[rule.also[0]]
        there = tables[rule.also[0]].select(key, there="document_id").drop_nulls()
        return (
            rows.join(there.unique(key), left_on=rule.columns[0], right_on=key)
            .filter(pl.col("document_id") != pl.col("there"))
            .select(pl.len())
        )
    known = pl.concat([tables[name].select(pl.col(KEYS[name]).alias("known")) for name in rule.also])
    return rows.join(known, left_on=rule.columns[0], right_on="known", how="anti").select(pl.len())


if __name__ == "__main__":
    run(check)
