"""The shared rules as table schemas of frictionless on CSV files, written beforehand with keys joined."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pandas as pd
from beforehand import OWN_KINDS, flag_of, pandas_flags
from frictionless import Checklist, Schema
from frictionless.resources import TableResource
from running import Counts, run
from shared_rules import KEYS, Rule, columns_of, shared_rules

CONSTRAINTS = {"not-null": "required", "unique": "unique", "pattern": "pattern", "values": "enum"}
MOST_ERRORS = 1_000_000


def prepare(folder: Path, rules: list[Rule], scratch: Path) -> dict[str, Schema]:
    """Write the tables with their flags as CSV into the scratch folder; gives the schemas."""
    frames = {name: pd.read_parquet(folder / f"{name}.parquet", columns=columns_of(rules, name)) for name in KEYS}
    for frame in frames.values():
        for column in frame.select_dtypes("category"):
            frame[column] = frame[column].astype(object).where(frame[column].notna(), None)
    pandas_flags(rules, frames)
    schemas = {}
    for name, frame in frames.items():
        frame = frame.convert_dtypes()  # whole numbers stay whole beside nothing
        frame.to_csv(scratch / f"{name}.csv", index=False)
        schemas[name] = _schema(frame, [rule for rule in rules if rule.table == name])
    return schemas


def check(scratch: Path, rules: list[Rule], schemas: dict[str, Schema]) -> Counts:
    """One schema a table; constraints are told apart by the message of the error."""
    counts: Counts = {rule.name: 0 for rule in rules}
    for name, schema in schemas.items():
        own = [rule for rule in rules if rule.table == name]
        resource = TableResource(path=f"{name}.csv", basepath=str(scratch), schema=schema)
        report = resource.validate(Checklist(), limit_errors=MOST_ERRORS)
        for error in report.tasks[0].errors:
            counts[_rule_of(error, own).name] += 1
    return counts


def _rule_of(error, own: list[Rule]) -> Rule:
    field = error.to_dict()["fieldName"]
    for rule in own:
        flagged = rule.kind not in OWN_KINDS
        constraint = "enum" if flagged else CONSTRAINTS[rule.kind]
        unique = constraint == "unique"
        said = error.type == "unique-error" if unique else f'constraint "{constraint}' in error.note
        if said and field == (flag_of(rule) if flagged else rule.columns[0]):
            return rule
    raise LookupError(error)


def _schema(frame: pd.DataFrame, own: list[Rule]) -> Schema:
    fields = {name: {"name": name, "type": _type(frame[name]), "constraints": {}} for name in frame.columns}
    for rule in own:
        if rule.kind not in OWN_KINDS:
            fields[flag_of(rule)]["constraints"]["enum"] = [True]
            continue
        constraints = fields[rule.columns[0]]["constraints"]
        said = {"pattern": f"(?:{rule.also[0]})" if rule.kind == "pattern" else "", "values": list(rule.also)}
        constraints[CONSTRAINTS[rule.kind]] = said.get(rule.kind, True)
    return Schema.from_descriptor({"fields": list(fields.values()), "missingValues": [""]})


def _type(values: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(values):
        return "boolean"
    return (
        "integer"
        if pd.api.types.is_integer_dtype(values)
        else "number"
        if pd.api.types.is_float_dtype(values)
        else "string"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch_folder:
        scratch = Path(scratch_folder)
        given = Path(sys.argv[1])
        schemas = prepare(given, shared_rules(given), scratch)
        run(lambda _, rules: check(scratch, rules, schemas))
