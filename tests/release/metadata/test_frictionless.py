"""datapackage.json: types, keys and constraints of every column, which the CSV that ships keeps."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from citation_example import DOIS, RICH, built, facts_of
from described_corpora import CORPORA, facts_with_csv, root_with_csv

from aussage.release.metadata import MetadataFacts
from aussage.release.metadata.frictionless import datapackage

EACH = pytest.mark.parametrize("name", CORPORA)
Cells = list[dict[str, str]]


@cache
def described(name: str) -> tuple[MetadataFacts, dict[str, Any]]:
    facts = facts_with_csv(CORPORA[name]())
    return facts, json.loads(datapackage(facts))


def resources(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource for resource in package["resources"]}


def fields(resource: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in resource["schema"]["fields"]}


def cells(name: str, resource: dict[str, Any]) -> Cells:
    with (root_with_csv(CORPORA[name]()) / resource["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@EACH
def test_every_table_is_described_in_parquet_and_in_csv_column_by_column(name: str) -> None:
    facts, package = described(name)
    root = root_with_csv(CORPORA[name]())
    assert set(resources(package)) == {t for table in facts.tables for t in (table.name, f"{table.name}-csv")}
    for table in facts.tables:
        for resource in (resources(package)[table.name], resources(package)[f"{table.name}-csv"]):
            assert (root / resource["path"]).is_file()
            assert list(fields(resource)) == [column.name for column in table.columns]
            assert all(field["description"].strip() for field in fields(resource).values())
            assert resource["schema"]["primaryKey"] == [table.key]


@EACH
def test_foreign_keys_lead_to_the_key_of_a_table_in_the_same_format(name: str) -> None:
    facts, package = described(name)
    known = resources(package)
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            target = known[key["reference"]["resource"] or resource["name"]]
            assert target["format"] == resource["format"]
            assert key["reference"]["fields"] == target["schema"]["primaryKey"]
    stated = {key["fields"][0] for key in known["claims"]["schema"]["foreignKeys"]}
    single = {column.name for column in facts.table("claims").columns if len(column.refers) == 1}
    lists = {"sentence_ids", "claimant_ids", "chain", "event_actor_ids", "event_recipient_ids"}
    assert stated == single - lists


def test_types_follow_the_columns() -> None:
    _, package = described("made-up")
    claims, parquet = fields(resources(package)["claims-csv"]), fields(resources(package)["claims"])
    assert claims["content_spans"]["type"] == "array"
    assert claims["content_spans"]["arrayItem"] == {"type": "object"}
    assert claims["event_contexts"]["arrayItem"]["constraints"]["enum"]
    assert claims["causal"]["type"] == "boolean"
    assert sorted(claims["stance"]["constraints"]["enum"]) == [-1, 0, 1]
    assert (claims["agreement"]["type"], parquet["agreement"]["type"]) == ("integer", "number")
    assert parquet["content_spans"]["type"] == "any"
    assert claims["form"]["constraints"]["enum"][0] == "direct"
    assert claims["claim_id"]["constraints"] == {"required": True, "unique": True}
    documents = fields(resources(package)["documents-csv"])
    assert documents["n_characters"]["constraints"] == {"required": True, "minimum": 0}


@EACH
def test_the_csv_keeps_what_the_schema_says(name: str) -> None:
    _, package = described(name)
    known = {
        resource["name"]: cells(name, resource) for resource in package["resources"] if resource["format"] == "csv"
    }
    for table, rows in known.items():
        schema = resources(package)[table]["schema"]
        for field in schema["fields"]:
            for cell in (row[field["name"]] for row in rows):
                check_cell(field, cell)
        key = schema["primaryKey"][0]
        assert len({row[key] for row in rows}) == len(rows)
        for foreign in schema.get("foreignKeys", ()):
            target, column = foreign["reference"]["resource"] or table, foreign["reference"]["fields"][0]
            ids = {row[column] for row in known[target]}
            assert {row[foreign["fields"][0]] for row in rows} - {""} <= ids


def check_cell(field: dict[str, Any], cell: str) -> None:
    constraints = field.get("constraints", {})
    if cell == "":
        assert not constraints.get("required"), field
        return
    value: Any = cell
    if field["type"] == "array":
        value = json.loads(cell)
        assert isinstance(value, list)
        items = field["arrayItem"].get("constraints", {}).get("enum")
        assert items is None or set(value) <= set(items), field
    elif field["type"] == "boolean":
        assert cell in (*field["trueValues"], *field["falseValues"])
    elif field["type"] in {"integer", "number"}:
        value = {"integer": int, "number": float}[field["type"]](cell)
    assert "enum" not in constraints or value in constraints["enum"], field
    assert "minimum" not in constraints or value >= constraints["minimum"], field


def test_without_csv_there_is_parquet_alone() -> None:
    package = json.loads(datapackage(facts_of(RICH)))
    assert {resource["format"] for resource in package["resources"]} == {"parquet"}
    assert {Path(resource["path"]).parts[0] for resource in package["resources"]} == {"corpus"}


def test_who_made_it_and_under_which_licence() -> None:
    package = json.loads(datapackage(facts_of(RICH + DOIS)))
    assert package["licenses"] == [
        {
            "name": "CC-BY-SA-4.0",
            "title": "CC-BY-SA-4.0",
            "path": "https://creativecommons.org/licenses/by-sa/4.0/",
        }
    ]
    assert [contributor["title"] for contributor in package["contributors"]] == ["Josiah Carberry", "Neudorf council"]
    assert package["id"] == "https://doi.org/10.5281/zenodo.103"
    expression = RICH.replace("CC-BY-SA-4.0", "CC-BY-4.0 OR MIT")
    assert json.loads(datapackage(facts_of(expression)))["licenses"] == [{"name": "other", "title": "CC-BY-4.0 OR MIT"}]


@EACH
def test_the_same_facts_give_the_same_bytes_and_no_path_of_a_machine(name: str) -> None:
    facts, _ = described(name)
    made = datapackage(facts)
    assert made == datapackage(facts)
    assert str(built()).encode() not in made
