"""The shared rules with nothing but the kernels of pyarrow."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from running import Counts, run
from shared_rules import KEYS, Rule, columns_of

Tables = dict[str, pa.Table]


def check(folder: Path, rules: list[Rule]) -> Counts:
    """One rule after another; every mask is true where a row breaks the rule."""
    tables = {name: pq.read_table(folder / f"{name}.parquet", columns=columns_of(rules, name)) for name in KEYS}
    return {rule.name: _count(rule, tables) for rule in rules}


def _count(rule: Rule, tables: Tables) -> int:
    columns = [_plain(tables[rule.table][name]) for name in rule.columns]
    if rule.kind == "not-null":
        return columns[0].null_count
    if rule.kind == "unique":
        return len(columns[0]) - pc.count_distinct(columns[0], mode="all").as_py()
    return pc.sum(_broken(rule, columns, tables)).as_py() or 0


def _plain(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return values.cast(pa.string()) if pa.types.is_dictionary(values.type) else values


def _broken(rule: Rule, columns: list[pa.ChunkedArray], tables: Tables) -> pa.ChunkedArray:
    if rule.kind == "pattern":
        return pc.invert(pc.match_substring_regex(columns[0], f"^(?:{rule.also[0]})$"))
    if rule.kind == "values":
        return _outside(columns[0], pa.array(rule.also, columns[0].type))
    if rule.kind == "reference":
        known = pa.concat_arrays([chunk for name in rule.also for chunk in tables[name][KEYS[name]].chunks])
        return _outside(columns[0], known)
    if rule.kind == "own-document":
        target = tables[rule.also[0]]
        place = pc.index_in(columns[0], target[KEYS[rule.also[0]]].combine_chunks())
        return pc.not_equal(target["document_id"].take(place), columns[1])
    if rule.kind == "order":
        return pc.or_(pc.less(columns[0], 0), pc.greater_equal(columns[0], columns[1]))
    one, other = (
        pc.is_null(column) if value is None else pc.fill_null(pc.equal(column, value), False)
        for column, value in zip(columns, rule.also, strict=True)
    )
    return pc.xor(one, other)


def _outside(values: pa.ChunkedArray, known: pa.Array) -> pa.ChunkedArray:
    return pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, known)))


if __name__ == "__main__":
    run(check)
