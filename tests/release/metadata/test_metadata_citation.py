"""CITATION.cff and .zenodo.json say what the project file says, and nothing else."""

import json
import re

import pytest
from citation_example import DOIS, PERSON, RICH, built, facts_of
from ruamel.yaml import YAML

from aussage.release.metadata.citation_cff import citation_cff, citation_record
from aussage.release.metadata.zenodo import zenodo, zenodo_record

UNCLEARED = ("seeds/bruecken.yaml", "status: cleared, holder", "status: unverified, holder")


def test_people_and_organisations_are_told_apart() -> None:
    person, organisation = citation_record(facts_of(RICH))["authors"]
    assert person == {
        "family-names": "Carberry",
        "given-names": "Josiah",
        "affiliation": "Brown University; Neudorf school",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
    }
    assert organisation == {"name": "Neudorf council", "website": "https://ror.org/05gq02987"}


def test_the_citation_file_is_yaml_and_comes_back_as_the_record() -> None:
    facts = facts_of(RICH + DOIS, commit="0" * 40)
    assert YAML(typ="safe").load(citation_cff(facts)) == citation_record(facts)
    assert citation_record(facts)["commit"] == "0" * 40
    assert citation_record(facts)["date-released"] == "2026-11-22"


def test_a_doi_stands_only_where_a_deposit_brought_one() -> None:
    record = citation_record(facts_of(RICH + DOIS))
    assert record["doi"] == "10.5281/zenodo.103"
    assert [entry["value"] for entry in record["identifiers"]] == ["10.5281/zenodo.103", "10.5281/zenodo.100"]
    assert not {"doi", "identifiers"} & set(citation_record(facts_of(RICH)))
    assert not re.search(rb"10\.\d{4,9}/", citation_cff(facts_of(RICH)))


@pytest.mark.parametrize(
    ("licence", "written"),
    [("MIT", "MIT"), ("MIT OR Apache-2.0", ["MIT", "Apache-2.0"]), ("LicenseRef-Own", None)],
)
def test_the_licence_is_an_id_or_several_or_left_out(licence: str, written: object) -> None:
    assert citation_record(facts_of(RICH.replace("CC-BY-SA-4.0", licence))).get("license") == written


def test_zenodo_gets_creators_language_licence_and_related_works() -> None:
    record = zenodo_record(facts_of(RICH))
    assert record["upload_type"] == "dataset"
    assert record["language"] == "deu"
    assert record["license"] == "cc-by-sa-4.0"
    assert record["creators"][0] == {
        "name": "Carberry, Josiah",
        "affiliation": "Brown University; Neudorf school",
        "orcid": "0000-0002-1825-0097",
    }
    assert record["related_identifiers"][0] == {
        "relation": "isDescribedBy",
        "identifier": "10.5281/zenodo.1234",
        "scheme": "doi",
    }
    assert "Neudorf foundation, award 12/3, Bridges &amp; people" in record["notes"]
    assert "deu, eng" in record["notes"]
    assert not {"doi", "grants"} & set(record)


def test_zenodo_is_open_only_without_uncleared_texts() -> None:
    uncleared = built(UNCLEARED)
    assert zenodo_record(facts_of(RICH))["access_right"] == "open"
    assert zenodo_record(facts_of(RICH, uncleared, edition="text-free"))["access_right"] == "open"
    withheld = zenodo_record(facts_of(RICH, uncleared))
    assert withheld["access_right"] == "restricted"
    assert withheld["access_conditions"]
    assert "unverified for 1" in withheld["notes"]


def test_coders_who_are_people_are_contributors_unless_they_are_creators() -> None:
    name = "kind: program\n  name: made up for tests"
    root = built(("dataset/registry/coders.yaml", name, "kind: person\n  name: Josiah Carberry"))
    contributors = zenodo_record(facts_of(RICH.replace(PERSON, ""), root))["contributors"]
    assert contributors == [{"name": "Josiah Carberry", "type": "DataCurator"}]
    assert "contributors" not in zenodo_record(facts_of(RICH, root))
    assert "contributors" not in zenodo_record(facts_of(RICH))


def test_markup_in_a_description_stays_text_in_zenodo() -> None:
    facts = facts_of(RICH.replace("Made up.", "Who <script> claims & why."))
    assert "&lt;script&gt; claims &amp; why." in json.loads(zenodo(facts))["description"]
