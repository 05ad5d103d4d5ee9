"""croissant.json: every column a described field, every category in an enumeration, every reference to what exists."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from citation_example import DOIS, RICH, facts_of
from described_corpora import CORPORA, facts_with_csv, rich_facts, root_with_csv

from aussage.release.metadata import MetadataFacts
from aussage.release.metadata.croissant import croissant

EACH = pytest.mark.parametrize("name", CORPORA)


@cache
def described(name: str) -> tuple[MetadataFacts, dict[str, Any]]:
    facts = facts_with_csv(CORPORA[name]())
    return facts, json.loads(croissant(facts))


def record_sets(dataset: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {record_set["@id"]: record_set for record_set in dataset["recordSet"]}


def fields_of(record_set: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for field in record_set["field"]:
        yield field
        yield from field.get("subField", ())


def references(field: dict[str, Any]) -> list[str]:
    return [annotation["references"]["field"]["@id"] for annotation in field.get("cr:annotation", ())]


@EACH
def test_every_column_of_every_table_is_a_described_field_from_its_file(name: str) -> None:
    facts, dataset = described(name)
    for table in facts.tables:
        record_set = record_sets(dataset)[table.name]
        assert [field["name"] for field in record_set["field"]] == [column.name for column in table.columns]
        assert record_set["key"] == {"@id": f"{table.name}/{table.key}"}
        assert f"{table.rows} rows" in record_set["description"]
        for field, column in zip(record_set["field"], table.columns, strict=True):
            assert field["description"].strip()
            assert field.get("isArray", False) == pa.types.is_list(column.type)
            for leaf in field.get("subField", [field]):
                assert leaf["description"].strip()
                assert leaf["dataType"] in {"sc:Text", "sc:Integer", "sc:Float", "sc:Boolean"}
                assert leaf["source"]["extract"] == {"column": column.name}
                assert leaf["source"]["fileObject"] == {"@id": f"corpus/{table.file}"}


def test_lists_of_structs_have_a_field_for_each_part() -> None:
    figures = {}
    for name in ("made-up", "without-texts"):
        claims = record_sets(described(name)[1])["claims"]
        field = next(field for field in claims["field"] if field["name"] == "figures")
        figures[name] = [(part["name"], part["source"]["transform"]["jsonPath"]) for part in field["subField"]]
    assert figures["made-up"] == [("text", "text"), ("start", "start"), ("end", "end")]
    assert figures["without-texts"] == [("start", "start"), ("end", "end")]


@EACH
def test_references_lead_to_fields_that_exist(name: str) -> None:
    facts, dataset = described(name)
    known = {field["@id"] for record_set in dataset["recordSet"] for field in record_set["field"]}
    for table in facts.tables:
        for field, column in zip(record_sets(dataset)[table.name]["field"], table.columns, strict=True):
            assert set(references(field)) <= known
            assert "references" not in field, "mlcroissant would join tables when it loads records"
            if column.refers:
                assert references(field) == [f"{target}/{facts.table(target).key}" for target in column.refers]


@EACH
def test_categories_are_enumerations_with_definitions_and_just_the_values_of_the_column(name: str) -> None:
    facts, dataset = described(name)
    for table in facts.tables:
        fields = {field["name"]: field for field in record_sets(dataset)[table.name]["field"]}
        for column in table.columns:
            if not column.values:
                continue
            field = fields[column.name]
            coded = next(part for part in field.get("subField", [field]) if references(part))
            enumeration = record_sets(dataset)[references(coded)[0].removesuffix("/value")]
            assert enumeration["dataType"] == "sc:Enumeration"
            values = [str(row[f"{enumeration['@id']}/value"]) for row in enumeration["data"]]
            assert values == [category.value for category in column.values]
            for row, category in zip(enumeration["data"], column.values, strict=True):
                assert row.keys() == {part["@id"] for part in enumeration["field"]}
                assert all(text != "" for text in row.values())
                assert category.definition in row[f"{enumeration['@id']}/description"]


def test_values_that_only_derived_rows_have_stand_in_an_enumeration_of_their_own() -> None:
    sets = record_sets(described("made-up")[1])
    assert [row["categories/voice/value"] for row in sets["categories/voice"]["data"]] == ["narrator", "attributed"]
    derived = [row["categories/sentences-voice/value"] for row in sets["categories/sentences-voice"]["data"]]
    assert derived == ["narrator", "attributed", "both"]
    stance = sets["categories/stance"]["data"]
    assert {type(row["categories/stance/value"]) for row in stance} == {int}


@EACH
def test_ids_are_unique_and_without_blanks(name: str) -> None:
    _, dataset = described(name)
    sets = dataset["recordSet"]
    ids = [node["@id"] for node in (*dataset["distribution"], *sets)]
    ids += [field["@id"] for record_set in sets for field in fields_of(record_set)]
    ids += [
        note["@id"] for record_set in sets for field in fields_of(record_set) for note in field.get("cr:annotation", ())
    ]
    assert len(ids) == len(set(ids))
    assert not any(character.isspace() for id_ in ids for character in id_)


@EACH
def test_files_are_there_with_the_digests_that_are_stated(name: str) -> None:
    _, dataset = described(name)
    root = root_with_csv(CORPORA[name]())
    for file in dataset["distribution"]:
        data = (root / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["contentSize"] == f"{len(data)} B"
    formats = {Path(file["contentUrl"]).suffix: file["encodingFormat"] for file in dataset["distribution"]}
    assert formats == {".parquet": "application/x-parquet", ".csv": "text/csv", ".json": "application/json"}


def test_citation_names_people_organisations_licence_and_doi() -> None:
    dataset = json.loads(croissant(facts_of(RICH + DOIS)))
    person, organisation = dataset["creator"]
    assert (person["@type"], person["name"]) == ("sc:Person", "Josiah Carberry")
    assert person["url"] == "https://orcid.org/0000-0002-1825-0097"
    assert organisation == {
        "@type": "sc:Organization",
        "name": "Neudorf council",
        "url": "https://ror.org/05gq02987",
    }
    assert dataset["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert dataset["identifier"] == "https://doi.org/10.5281/zenodo.103"
    assert dataset["citeAs"].startswith("@misc{neudorf,\n  author = {Carberry, Josiah and {Neudorf council}},")
    assert r"<claims> \& counter-claims" in dataset["citeAs"]
    assert "doi = {10.5281/zenodo.103}" in dataset["citeAs"]


def test_what_is_not_known_is_left_out() -> None:
    dataset = json.loads(croissant(rich_facts()))
    assert "identifier" not in dataset
    assert "doi" not in dataset["citeAs"]
    assert all(value not in (None, [], "") for value in dataset.values())


def test_what_language_models_annotated_and_what_concerns_people_is_said() -> None:
    facts, dataset = described("without-texts")
    for coder in facts.coders:
        assert any(coder.id in said for said in dataset["rai:dataAnnotationProtocol"])
        assert any(coder.name in tool for tool in dataset["rai:machineAnnotationTools"]) == (coder.kind != "person")
    assert any("real people" in said for said in dataset["rai:personalSensitiveInformation"])
    assert any("no words of the articles" in said for said in dataset["rai:dataLimitations"])
    assert not any("no words" in said for said in described("made-up")[1]["rai:dataLimitations"])


@EACH
def test_the_same_facts_give_the_same_bytes_and_no_path_of_a_machine(name: str) -> None:
    facts, _ = described(name)
    made = croissant(facts)
    assert made == croissant(facts)
    assert str(root_with_csv(CORPORA[name]())).encode() not in made
