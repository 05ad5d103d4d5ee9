"""References and pairs of columns worked out beforehand as flags of polars frames, for tools for single tables."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from beforehand import OWN_KINDS, flag_of
from shared_rules import KEYS, Rule, columns_of


def frames_with_flags(folder: Path, rules: list[Rule]) -> dict[str, pl.DataFrame]:
    """The tables with a column for each rule of other kinds, true where a row keeps it; categories as texts."""
    frames = {
        name: pl.read_parquet(folder / f"{name}.parquet", columns=columns_of(rules, name)).with_columns(
            pl.col(pl.Categorical).cast(pl.String)
        )
        for name in KEYS
    }
    flagged = {}
    for name, frame in frames.items():
        own = [rule for rule in rules if rule.table == name and rule.kind not in OWN_KINDS]
        flagged[name] = frame.lazy()
        for number, rule in enumerate(own):
            if rule.kind == "own-document":
                key = KEYS[rule.also[0]]
                there = frames[rule.also[0]].lazy().select(key, pl.col("document_id").alias(f"there-{number}"))
                joined = there.unique(key, maintain_order=True)
                flagged[name] = flagged[name].join(
                    joined, left_on=rule.columns[0], right_on=key, how="left", maintain_order="left"
                )
                kept = pl.col(f"there-{number}").eq(pl.col("document_id")).fill_null(True)
                flagged[name] = flagged[name].with_columns(kept.alias(flag_of(rule))).drop(f"there-{number}")
        flags = [_kept(rule, frames).alias(flag_of(rule)) for rule in own if rule.kind != "own-document"]
        flagged[name] = flagged[name].with_columns(flags)
    return dict(zip(flagged, pl.collect_all(list(flagged.values())), strict=True))


def _kept(rule: Rule, frames: dict[str, pl.DataFrame]) -> pl.Expr:
    columns = [pl.col(name) for name in rule.columns]
    if rule.kind == "reference":
        known = pl.concat([frames[name][KEYS[name]].alias("known") for name in rule.also])
        return columns[0].is_null() | columns[0].is_in(known.drop_nulls().implode()).fill_null(False)
    if rule.kind == "order":
        return (columns[0] >= 0) & (columns[0] < columns[1])
    one, other = (
        column.is_null() if value is None else column.eq_missing(pl.lit(value))
        for column, value in zip(columns, rule.also, strict=True)
    )
    return one == other
