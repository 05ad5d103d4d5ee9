"""`.zenodo.json`: the metadata of a deposit in Zenodo's deposit API, which its GitHub integration reads as well."""

import json
from html import escape
from typing import Any

from aussage.project.vocabularies import three_letters
from aussage.records.sources import Creator, Funding
from aussage.release.metadata.facts import MetadataFacts
from aussage.release.metadata.methods import method, technical_information
from aussage.release.metadata.people import CONTRIBUTOR, is_person, licence_address, person_coders
from aussage.release.metadata.rights import may_be_open, rights_in_texts

CONDITIONS = "The rights in the texts of the articles are not cleared. The edition without texts is open."


def zenodo(facts: MetadataFacts) -> bytes:
    """The deposit metadata, JSON."""
    return (json.dumps(zenodo_record(facts), ensure_ascii=False, indent=2) + "\n").encode()


def zenodo_record(facts: MetadataFacts) -> dict[str, Any]:
    """The deposit metadata as data: what stands under `metadata` in a request to the API.

    The DOI is left out, since Zenodo assigns it; so are grants, which Zenodo knows only by ids of its own: funding
    stands in the notes.
    """
    project = facts.project
    record: dict[str, Any] = {
        "upload_type": "dataset",
        "title": project.title,
        "version": project.version,
        "description": "".join(f"<p>{escape(text, quote=False)}</p>" for text in _paragraphs(facts)),
        "creators": [_creator(creator) for creator in project.creators],
        "access_right": "open" if may_be_open(facts) else "restricted",
    }
    if project.released:
        record["publication_date"] = project.released
    if not may_be_open(facts):
        record["access_conditions"] = f"<p>{CONDITIONS}</p>"
    if licence_address(project.licences.annotations):
        record["license"] = project.licences.annotations.lower()
    if contributors := person_coders(facts):
        record["contributors"] = [{"name": name, "type": CONTRIBUTOR} for name in contributors]
    record["language"] = three_letters(project.languages[0])
    if project.keywords:
        record["keywords"] = list(project.keywords)
    if related := _related(facts):
        record["related_identifiers"] = related
    record["method"] = f"<p>{escape(method(facts), quote=False)}</p>"
    record["notes"] = "".join(f"<p>{escape(text, quote=False)}</p>" for text in _notes(facts))
    return record


def _paragraphs(facts: MetadataFacts) -> list[str]:
    return [facts.description, technical_information(facts)]


def _creator(creator: Creator) -> dict[str, str]:
    record = {"name": creator.name}
    if is_person(creator) and creator.affiliations:
        record["affiliation"] = "; ".join(affiliation.name for affiliation in creator.affiliations)
    if creator.orcid:
        record["orcid"] = creator.orcid
    return record


def _related(facts: MetadataFacts) -> list[dict[str, str]]:
    """Related works; relations begin with a small letter there."""
    related = [
        {
            "relation": work.relation[0].lower() + work.relation[1:],
            "identifier": work.identifier,
            "scheme": work.scheme.lower(),
        }
        for work in facts.project.related
    ]
    if facts.project.url:
        related.append({"relation": "isDocumentedBy", "identifier": facts.project.url, "scheme": "url"})
    return related


def _notes(facts: MetadataFacts) -> list[str]:
    notes = [rights_in_texts(facts)]
    if len(facts.project.languages) > 1:
        notes.append(f"Languages: {', '.join(map(three_letters, facts.project.languages))}.")
    if facts.project.funding:
        notes.append(f"Funding: {'; '.join(map(_funding, facts.project.funding))}.")
    return notes


def _funding(funding: Funding) -> str:
    parts = (funding.funder, funding.award and f"award {funding.award}", funding.title, funding.url or funding.ror)
    return ", ".join(part for part in parts if part)
