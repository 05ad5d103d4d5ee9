"""The shared rules as SQL of DuckDB, straight on the Parquet files."""

from __future__ import annotations

from pathlib import Path

import duckdb
from running import Counts, run
from shared_rules import KEYS, Rule, columns_of


def check(folder: Path, rules: list[Rule]) -> Counts:
    """One query a table for the rules on its columns, one for each reference."""
    connection = duckdb.connect()
    for name in KEYS:
        columns = ", ".join(f'"{column}"' for column in columns_of(rules, name))
        path = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM read_parquet('{path}')")
    counts: Counts = {}
    for name in KEYS:
        own = [rule for rule in rules if rule.table == name and rule.kind not in {"reference", "own-document"}]
        query = f"SELECT {', '.join(_counted(rule) for rule in own)} FROM {name}"
        found = connection.execute(query).fetchone()
        counts |= {rule.name: count for rule, count in zip(own, found, strict=True)}
    led = [rule for rule in rules if rule.name not in counts]
    return counts | {rule.name: connection.execute(_lost(rule)).fetchone()[0] for rule in led}


def _counted(rule: Rule) -> str:
    if rule.kind == "unique":
        key = rule.columns[0]
        return f"count({key}) - count(DISTINCT {key})"
    return f"count(*) FILTER (WHERE {_broken(rule)})"


def _broken(rule: Rule) -> str:
    column = f'"{rule.columns[0]}"'
    if rule.kind == "not-null":
        return f"{column} IS NULL"
    if rule.kind == "pattern":
        return f"NOT regexp_full_match({column}, {_quoted(rule.also[0])})"
    if rule.kind == "values":
        return f"{column} NOT IN ({', '.join(map(_quoted, rule.also))})"
    if rule.kind == "order":
        return f"{column} < 0 OR {column} >= {rule.columns[1]}"
    one, other = (
        f"({c} IS NOT DISTINCT FROM {_quoted(value)})" for c, value in zip(rule.columns, rule.also, strict=True)
    )
    return f"{one} <> {other}"


def _lost(rule: Rule) -> str:
    column, key = rule.columns[0], KEYS[rule.also[0]]
    if rule.kind == "own-document":
        return (
            f"SELECT count(*) FROM {rule.table} a JOIN {rule.also[0]} b ON a.{column} = b.{key} "
            "WHERE a.document_id <> b.document_id"
        )
    known = " UNION ALL ".join(f"SELECT {KEYS[name]} AS id FROM {name}" for name in rule.also)
    return (
        f"SELECT count(*) FROM {rule.table} a ANTI JOIN ({known}) b ON a.{column} = b.id WHERE a.{column} IS NOT NULL"
    )


def _quoted(value: str | int | None) -> str:
    if isinstance(value, str):
        escaped = value.replace("'", "''")
        return f"'{escaped}'"
    return "NULL" if value is None else str(value)


if __name__ == "__main__":
    run(check)
