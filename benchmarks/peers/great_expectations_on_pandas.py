"""The shared rules as expectations of Great Expectations on pandas, keys joined beforehand."""

from __future__ import annotations

import logging
import os
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from beforehand import OWN_KINDS, flag_of, pandas_flags
from running import Counts, run
from shared_rules import KEYS, Rule, columns_of

logging.disable(logging.WARNING)


def check(folder: Path, rules: list[Rule]) -> Counts:
    """One suite a table; what needs other tables or two columns is a flag that has to be true."""
    frames = {name: pd.read_parquet(folder / f"{name}.parquet", columns=columns_of(rules, name)) for name in KEYS}
    for frame in frames.values():
        for column in frame.select_dtypes("category"):
            frame[column] = frame[column].astype(str).where(frame[column].notna(), None)
    pandas_flags(rules, frames)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("corpus")
    counts: Counts = {}
    for name, frame in frames.items():
        own = [rule for rule in rules if rule.table == name]
        suite = gx.ExpectationSuite(name=name, expectations=[_expectation(rule) for rule in own])
        batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
        found = batch.get_batch({"dataframe": frame}).validate(suite, result_format="COMPLETE")
        for result in found.results:
            counts[result.expectation_config.meta["rule"]] = _count(result)
    return counts


def _count(result) -> int:
    if result.exception_info.get("raised_exception"):
        raise RuntimeError(str(result.exception_info)[:500])
    if result.expectation_config.type == "expect_column_values_to_be_unique":
        wrong = result.result["unexpected_list"]
        return len(wrong) - len(set(wrong))
    return result.result["unexpected_count"]


def _expectation(rule: Rule):
    column, meta = rule.columns[0], {"rule": rule.name}
    if rule.kind == "not-null":
        return gxe.ExpectColumnValuesToNotBeNull(column=column, meta=meta)
    if rule.kind == "unique":
        return gxe.ExpectColumnValuesToBeUnique(column=column, meta=meta)
    if rule.kind == "pattern":
        return gxe.ExpectColumnValuesToMatchRegex(column=column, regex=f"^(?:{rule.also[0]})$", meta=meta)
    if rule.kind == "values":
        return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(rule.also), meta=meta)
    assert rule.kind not in OWN_KINDS
    return gxe.ExpectColumnValuesToBeInSet(column=flag_of(rule), value_set=[True], meta=meta)


if __name__ == "__main__":
    run(check)
