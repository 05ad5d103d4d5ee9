"""`CITATION.cff`: how to cite the corpus, in the Citation File Format 1.2.0."""

from typing import Any

from aussage.records.sources import Creator
from aussage.release.metadata.facts import MetadataFacts
from aussage.release.metadata.people import family_and_given, is_person, licence_address, orcid_address
from aussage.release.metadata.yaml_text import yaml_text

MESSAGE = "If you use this corpus, please cite it as below."


def citation_cff(facts: MetadataFacts) -> bytes:
    """The citation file, YAML."""
    return yaml_text(citation_record(facts)).encode()


def citation_record(facts: MetadataFacts) -> dict[str, Any]:
    """The citation file as data, its keys in the order in which they are written."""
    project = facts.project
    record: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": project.title,
        "abstract": facts.description,
        "authors": [_author(creator) for creator in project.creators],
        "version": project.version,
    }
    if project.released:
        record["date-released"] = project.released
    if facts.doi:
        record["doi"] = facts.doi
    if identifiers := _identifiers(facts):
        record["identifiers"] = identifiers
    if facts.commit:
        record["commit"] = facts.commit
    if project.url:
        record["url"] = project.url
    record |= _licence(project.licences.annotations)
    if project.keywords:
        record["keywords"] = list(project.keywords)
    return record


def _author(creator: Creator) -> dict[str, str]:
    orcid = orcid_address(creator)
    if is_person(creator):
        family, given = family_and_given(creator)
        author = {"family-names": family} | ({"given-names": given} if given else {})
        if creator.affiliations:
            author["affiliation"] = "; ".join(affiliation.name for affiliation in creator.affiliations)
        return author | ({"orcid": orcid} if orcid else {})
    author = {"name": creator.name}
    return author | ({"website": creator.ror} if creator.ror else {})


def _identifiers(facts: MetadataFacts) -> list[dict[str, str]]:
    version = facts.project.version
    known = ((facts.doi, f"This version ({version})."), (facts.dois.concept, "All versions."))
    return [{"type": "doi", "value": doi, "description": about} for doi, about in known if doi]


def _licence(licence: str) -> dict[str, Any]:
    """The licence by its SPDX id, several as alternatives; one that is not in the list has no place in the format."""
    alternatives = licence.split(" OR ")
    if not all(licence_address(one) for one in alternatives):
        return {}
    return {"license": alternatives[0] if len(alternatives) == 1 else alternatives}
