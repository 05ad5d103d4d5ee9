"""ro-crate-metadata.json: every file an entity, every reference to an entity of the graph."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from citation_example import DOIS, RICH, facts_of
from described_corpora import CORPORA, facts_with_csv

from aussage.release.metadata import MetadataFacts, ShippedFile
from aussage.release.metadata.ro_crate import ro_crate

EACH = pytest.mark.parametrize("name", CORPORA)


@cache
def described(name: str) -> tuple[MetadataFacts, dict[str, dict[str, Any]]]:
    facts = facts_with_csv(CORPORA[name]())
    return facts, graph(facts)


def graph(facts: MetadataFacts) -> dict[str, dict[str, Any]]:
    entities = json.loads(ro_crate(facts))["@graph"]
    ids = [entity["@id"] for entity in entities]
    assert len(ids) == len(set(ids))
    return {entity["@id"]: entity for entity in entities}


def referred(entity: dict[str, Any]) -> Iterator[str]:
    for value in entity.values():
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, dict):
                yield node["@id"]


@EACH
def test_every_file_is_a_part_with_size_digest_and_format(name: str) -> None:
    facts, entities = described(name)
    parts = [part["@id"] for part in entities["./"]["hasPart"]]
    assert parts == sorted(file.path for file in facts.files)
    for file in facts.files:
        entity = entities[file.path]
        assert (entity["@type"], entity["contentSize"]) == ("File", str(file.bytes))
        assert (entity["sha256"], entity["encodingFormat"]) == (file.sha256, file.media_type)


@EACH
def test_references_lead_to_entities_of_the_graph(name: str) -> None:
    _, entities = described(name)
    for entity in entities.values():
        assert {id_ for id_ in referred(entity) if id_ != "https://w3id.org/ro/crate/1.1"} <= entities.keys()
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}


def test_people_organisations_and_the_build_are_said() -> None:
    entities = graph(facts_of(RICH + DOIS, commit="0123abc"))
    root = entities["./"]
    person, organisation = (entities[node["@id"]] for node in root["creator"])
    assert (person["@id"], person["name"]) == ("https://orcid.org/0000-0002-1825-0097", "Josiah Carberry")
    university, school = person["affiliation"]
    assert university["@id"] == "https://ror.org/05gq02987"
    assert entities[school["@id"]]["name"] == "Neudorf school"
    assert organisation["name"] == "Neudorf council"
    assert entities[root["license"]["@id"]]["name"] == "CC-BY-SA-4.0"
    assert root["identifier"] == "https://doi.org/10.5281/zenodo.103"
    build = entities["#build"]
    assert {node["@id"] for node in build["result"]} == {path for path in entities if path.startswith("corpus/")}
    assert build["identifier"] == "0123abc"
    assert not {"startTime", "endTime"} & build.keys()


def test_the_crate_lists_other_metadata_but_not_itself_and_escapes_paths() -> None:
    facts = facts_of(RICH)
    more = [ShippedFile(path, 3, "0" * 64, "text/plain") for path in ("notes/a b#c.txt", "ro-crate-metadata.json")]
    entities = graph(facts_of(RICH, files=(*facts.files, *more)))
    parts = [part["@id"] for part in entities["./"]["hasPart"]]
    assert "notes/a%20b%23c.txt" in parts
    assert "ro-crate-metadata.json" not in parts


@EACH
def test_the_same_facts_give_the_same_bytes(name: str) -> None:
    facts, _ = described(name)
    assert ro_crate(facts) == ro_crate(facts)
