"""`datacite.json`: the corpus in the DataCite Metadata Schema 4.6, as JSON."""

import json
import re
from typing import Any

from aussage.records.sources import Creator, Funding
from aussage.release.metadata.facts import MetadataFacts
from aussage.release.metadata.methods import method, technical_information
from aussage.release.metadata.people import (
    CONTRIBUTOR,
    family_and_given,
    is_person,
    licence_address,
    orcid_address,
    person_coders,
)
from aussage.release.metadata.rights import rights_in_texts
from aussage.release.metadata.shipped import PARQUET
from aussage.release.versions import Version

SCHEMA = "http://datacite.org/schema/kernel-4"
ROR = {"scheme": "ROR", "uri": "https://ror.org"}
ORCID = {"scheme": "ORCID", "uri": "https://orcid.org"}
PLAIN_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)


def datacite_json(facts: MetadataFacts) -> bytes:
    """The DataCite record as JSON, in the form of DataCite's JSON schema."""
    return (json.dumps(datacite_record(facts), ensure_ascii=False, indent=2) + "\n").encode()


def datacite_record(facts: MetadataFacts) -> dict[str, Any]:
    """The DataCite record as data.

    There is no `doi` before a deposit brought one, and no `publicationYear` without the day of release in the project
    file: neither is made up. Without that day DataCite's schema refuses the record.
    """
    project = facts.project
    record: dict[str, Any] = {"doi": facts.doi} if facts.doi else {}
    record |= {
        "types": {"resourceType": "Annotated corpus", "resourceTypeGeneral": "Dataset"},
        "creators": [_creator(creator) for creator in project.creators],
        "titles": [{"title": project.title}],
        "publisher": {"name": project.publisher},
    }
    if project.released:
        record["publicationYear"] = project.released[:4]
    record |= {
        "subjects": [{"subject": keyword} for keyword in project.keywords],
        "contributors": [{"name": name, "contributorType": CONTRIBUTOR} for name in person_coders(facts)],
        "dates": _dates(facts),
        "language": project.languages[0],
        "alternateIdentifiers": _alternate_identifiers(facts),
        "relatedIdentifiers": _related(facts),
        "sizes": _sizes(facts),
        "formats": sorted({file.media_type for file in facts.files}) or [PARQUET],
        "version": project.version,
        "rightsList": _rights(facts),
        "descriptions": [
            {"description": facts.description, "descriptionType": "Abstract"},
            {"description": method(facts), "descriptionType": "Methods"},
            {"description": technical_information(facts), "descriptionType": "TechnicalInfo"},
        ],
        "fundingReferences": [_funding(funding) for funding in project.funding],
        "schemaVersion": SCHEMA,
    }
    return {name: value for name, value in record.items() if value}


def _creator(creator: Creator) -> dict[str, Any]:
    record: dict[str, Any] = {"name": creator.name, "nameType": "Personal" if is_person(creator) else "Organizational"}
    if is_person(creator):
        family, given = family_and_given(creator)
        record |= {"givenName": given, "familyName": family} if given else {}
    if creator.orcid:
        record["nameIdentifiers"] = [_name_identifier(str(orcid_address(creator)), ORCID)]
    if creator.ror:
        record.setdefault("nameIdentifiers", []).append(_name_identifier(creator.ror, ROR))
    if creator.affiliations:
        record["affiliation"] = [_affiliation(one.name, one.ror) for one in creator.affiliations]
    return record


def _name_identifier(identifier: str, scheme: dict[str, str]) -> dict[str, str]:
    return {
        "nameIdentifier": identifier,
        "nameIdentifierScheme": scheme["scheme"],
        "schemeUri": scheme["uri"],
    }


def _affiliation(name: str, ror: str | None) -> dict[str, str]:
    if not ror:
        return {"name": name}
    return {
        "name": name,
        "affiliationIdentifier": ror,
        "affiliationIdentifierScheme": ROR["scheme"],
        "schemeUri": ROR["uri"],
    }


def _dates(facts: MetadataFacts) -> list[dict[str, str]]:
    dates = [{"date": facts.project.released, "dateType": "Issued"}] if facts.project.released else []
    if facts.dates and all(PLAIN_DATE.fullmatch(one) for one in facts.dates):
        first, last = facts.dates
        of_articles = first if first == last else f"{first}/{last}"
        dates.append({"date": of_articles, "dateType": "Other", "dateInformation": "When the articles appeared"})
    return dates


def _alternate_identifiers(facts: MetadataFacts) -> list[dict[str, str]]:
    """The content hash identifies the full edition only."""
    if facts.is_text_free:
        return []
    return [{"alternateIdentifier": f"sha256:{facts.content_hash}", "alternateIdentifierType": "content hash"}]


def _related(facts: MetadataFacts) -> list[dict[str, str]]:
    related = [
        _relation(work.relation, work.identifier, work.scheme)
        | ({"resourceTypeGeneral": work.kind} if work.kind else {})
        for work in facts.project.related
    ]
    if facts.dois.concept:
        related.append(_relation("IsVersionOf", facts.dois.concept, "DOI"))
    if earlier := _earlier_doi(facts):
        related.append(_relation("IsNewVersionOf", earlier, "DOI"))
    if facts.project.url:
        related.append(_relation("IsDocumentedBy", facts.project.url, "URL"))
    return related


def _relation(relation: str, identifier: str, scheme: str) -> dict[str, str]:
    return {"relatedIdentifier": identifier, "relatedIdentifierType": scheme, "relationType": relation}


def _earlier_doi(facts: MetadataFacts) -> str | None:
    """The DOI of the last version before this one that has one."""
    this = Version.parse(facts.project.version)
    earlier = [version for version in facts.dois.versions if Version.parse(version) < this]
    return facts.dois.versions[max(earlier, key=Version.parse)] if earlier else None


def _sizes(facts: MetadataFacts) -> list[str]:
    sizes = [f"{rows} {name}" for name, rows in facts.counts.items() if name in {"documents", "sentences", "claims"}]
    if facts.files:
        sizes.append(f"{sum(file.bytes for file in facts.files)} bytes in {len(facts.files)} files")
    return sizes


def _rights(facts: MetadataFacts) -> list[dict[str, str]]:
    licence = facts.project.licences.annotations
    rights = {"rights": f"Annotations: {licence}"}
    if address := licence_address(licence):
        rights |= {
            "rightsUri": address,
            "rightsIdentifier": licence,
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        }
    return [rights, {"rights": rights_in_texts(facts)}]


def _funding(funding: Funding) -> dict[str, str]:
    record = {"funderName": funding.funder}
    if funding.ror:
        record |= {"funderIdentifier": funding.ror, "funderIdentifierType": "ROR"}
    named = {"awardNumber": funding.award, "awardUri": funding.url, "awardTitle": funding.title}
    return record | {name: value for name, value in named.items() if value}
