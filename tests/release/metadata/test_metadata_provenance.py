"""prov.json: every relation joins things that are there, machines are machines, and no time is in it."""

import json
import re
from typing import Any

import pytest
from citation_example import RICH, built, facts_of

from aussage.release.metadata import MetadataFacts
from aussage.release.metadata.provenance import provenance, provenance_record
from aussage.release.metadata.shipped import ShippedFile

THINGS = ("entity", "activity", "agent")
MODEL = ("dataset/registry/coders.yaml", "kind: program", "kind: language-model")


@pytest.mark.parametrize("edition", ["full", "text-free"])
def test_relations_join_what_is_there(edition: str) -> None:
    results = ShippedFile("validation/results.json", 1, "0" * 64, "application/json")
    reader = ShippedFile("reader page.html", 1, "0" * 64, "text/html")
    facts = facts_of(RICH, edition=edition, files=[results, reader])
    record = provenance_record(facts)
    known = {name for kind in THINGS for name in record[kind]}
    prefixes = set(record["prefix"])
    assert {name.split(":")[0] for name in known} <= prefixes
    for kind in set(record) - {*THINGS, "prefix"}:
        for ends in record[kind].values():
            assert set(ends.values()) <= known, kind
    made_by = {e["prov:entity"]: e["prov:activity"] for e in record["wasGeneratedBy"].values()}
    assert made_by["file:validation/results.json"] == "aussage:check"
    assert made_by["file:reader%20page.html"] == "aussage:release"
    assert made_by["table:claims"] == ("aussage:compile" if edition == "full" else "aussage:withhold-texts")


def test_sources_and_tables_have_their_digests() -> None:
    facts = facts_of(RICH)
    entities = provenance_record(facts)["entity"]
    assert len(facts.sources) > 5
    for file in facts.sources:
        assert entities[f"source:{file.path}"]["aussage:sha256"] == file.sha256
    for table in facts.tables:
        assert entities[f"table:{table.name}"]["aussage:sha256"] == table.sha256
    assert entities["corpus:full"]["aussage:content-hash"] == facts.content_hash


def test_agents_are_people_organisations_or_software() -> None:
    record = provenance_record(facts_of(RICH, built(MODEL)))
    types = {name: agent["prov:type"]["$"] for name, agent in record["agent"].items()}
    assert types == {
        "aussage:tool": "prov:SoftwareAgent",
        "creator:1": "prov:Person",
        "creator:2": "prov:Organization",
        "coder:coder-a": "prov:SoftwareAgent",
    }
    assert record["agent"]["coder:coder-a"]["aussage:kind"] == "language-model"
    attributed = {e["prov:entity"]: e["prov:agent"] for e in record["wasAttributedTo"].values()}
    assert attributed["source:dataset/annotations/bruecken/coder-a.yaml"] == "coder:coder-a"


def test_the_revision_is_there_only_when_it_is_known() -> None:
    commit = "c0ffee" + "0" * 34
    assert provenance_record(facts_of(RICH, commit=commit))["activity"]["aussage:compile"]["aussage:commit"] == commit
    assert b"commit" not in provenance(facts_of(RICH))


def test_no_time_is_in_it_and_the_same_facts_give_the_same_bytes() -> None:
    facts: MetadataFacts = facts_of(RICH)
    data = provenance(facts)
    assert data == provenance(facts_of(RICH))
    assert not list(_times(json.loads(data)))


def _times(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [time for key, part in value.items() for time in ([key] if "ime" in key else []) + _times(part)]
    return [value] if isinstance(value, str) and re.search(r"\d\d:\d\d", value) else []
