"""The DataCite record as JSON and XML: nothing made up, the schema's order, the same content in both."""

import json
from xml.etree import ElementTree

from citation_example import DOIS, RICH, facts_of

from aussage.release.metadata.datacite import datacite_json, datacite_record
from aussage.release.metadata.datacite_xml import datacite_xml

NAMESPACE = "{http://datacite.org/schema/kernel-4}"
ORDER = [
    "identifier", "creators", "titles", "publisher", "publicationYear", "resourceType", "subjects", "dates", "language",
    "alternateIdentifiers", "relatedIdentifiers", "sizes", "formats", "version", "rightsList", "descriptions",
    "fundingReferences",
]  # fmt: skip


def test_nothing_is_made_up_before_it_is_there() -> None:
    record = datacite_record(facts_of(RICH.replace('released = "2026-11-22"', "")))
    assert not {"doi", "publicationYear"} & set(record)
    assert "dates" not in record
    root = ElementTree.fromstring(datacite_xml(facts_of(RICH)))
    assert root.findtext(f"{NAMESPACE}identifier") == "(:tba)"


def test_a_published_version_bears_its_doi_and_points_to_the_one_before() -> None:
    record = datacite_record(facts_of(RICH + DOIS))
    assert record["doi"] == "10.5281/zenodo.103"
    related = {entry["relationType"]: entry["relatedIdentifier"] for entry in record["relatedIdentifiers"]}
    assert related == {
        "IsDescribedBy": "10.5281/zenodo.1234",
        "IsVersionOf": "10.5281/zenodo.100",
        "IsNewVersionOf": "10.5281/zenodo.102",
        "IsDocumentedBy": "https://neudorf.example/corpus",
    }


def test_names_have_their_parts_and_identifiers() -> None:
    person, organisation = datacite_record(facts_of(RICH))["creators"]
    assert (person["nameType"], person["familyName"], person["givenName"]) == ("Personal", "Carberry", "Josiah")
    assert person["nameIdentifiers"][0]["nameIdentifier"] == "https://orcid.org/0000-0002-1825-0097"
    assert [entry.get("affiliationIdentifierScheme") for entry in person["affiliation"]] == ["ROR", None]
    assert organisation["nameType"] == "Organizational"
    assert organisation["nameIdentifiers"][0]["nameIdentifierScheme"] == "ROR"
    assert "givenName" not in organisation


def test_xml_has_the_elements_in_the_order_of_the_schema() -> None:
    root = ElementTree.fromstring(datacite_xml(facts_of(RICH + DOIS)))
    assert [element.tag.removeprefix(NAMESPACE) for element in root] == ORDER


def test_xml_says_all_that_json_says() -> None:
    facts = facts_of(RICH + DOIS)
    root = ElementTree.fromstring(datacite_xml(facts))
    written = {element.text for element in root.iter()} | {
        v for element in root.iter() for v in element.attrib.values()
    }
    said = set(_texts(json.loads(datacite_json(facts)))) - {"http://datacite.org/schema/kernel-4"}
    assert said <= written
    assert "Bridges in Neudorf: <claims> & counter-claims" in said


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [str(value)]


def test_the_licence_covers_the_annotations_and_the_texts_are_spoken_of_apart() -> None:
    annotations, texts = datacite_record(facts_of(RICH))["rightsList"]
    assert annotations["rightsIdentifier"] == "CC-BY-SA-4.0"
    assert annotations["rightsUri"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert "not the texts" in texts["rights"]


def test_only_the_full_edition_is_identified_by_the_content_hash() -> None:
    assert "alternateIdentifiers" in datacite_record(facts_of(RICH))
    assert "alternateIdentifiers" not in datacite_record(facts_of(RICH, edition="text-free"))
