"""croissant.json: the corpus as a Croissant 1.1 dataset (JSON-LD on schema.org), with its record sets and its risks."""

import json
import re
from collections.abc import Iterable
from typing import Any

from aussage.records.sources import Creator
from aussage.release.metadata import croissant_responsibility as responsibility
from aussage.release.metadata.croissant_enumerations import enumeration_record_set, enumerations
from aussage.release.metadata.croissant_fields import record_set
from aussage.release.metadata.facts import MetadataFacts, TableFacts
from aussage.release.metadata.files import GENERATORS
from aussage.release.metadata.people import is_person, licence_address, orcid_address, shown_name
from aussage.release.metadata.rights import rights_in_texts
from aussage.release.metadata.shipped import PARQUET, ShippedFile

Json = dict[str, Any]
CROISSANT_PARQUET = "application/x-parquet"
"""What readers of Croissant call Parquet; they do not know the registered media type."""
CONFORMS_TO = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
TERMS = (
    "arrayShape citeAs column containedIn equivalentProperty extract field fileObject fileProperty fileSet format "
    "includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace "
    "samplingRate separator source subField transform"
).split()
TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    character: f"\\{character}" for character in "&%$#_{}"
}
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def croissant(facts: MetadataFacts) -> bytes:
    """The corpus as Croissant: paths are relative to the folder that the facts describe.

    Source: Croissant format specification 1.1 and Croissant RAI specification 1.0 (MLCommons).
    """
    known = enumerations(facts.tables)
    keys = {table.name: table.key for table in facts.tables}
    files = {file.path: file for file in _files(facts)}
    dataset = {
        "@context": _context(),
        "@type": "sc:Dataset",
        **_about(facts),
        **_responsible(facts),
        "distribution": [
            *(_file_object(file) for file in files.values()),
            *(_file_set(facts, table) for table in facts.tables if table.parts),
        ],
        "recordSet": [
            *(record_set(table, keys, known, _rows_of(facts, table)) for table in facts.tables),
            *(enumeration_record_set(enumeration) for enumeration in known.by_values.values()),
        ],
    }
    return json.dumps(dataset, ensure_ascii=False, indent=1).encode() + b"\n"


def _context() -> Json:
    """The context of the specification's appendix."""
    context: Json = {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "sc": "https://schema.org/",
        "conformsTo": "dct:conformsTo",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "description": {"@container": "@language"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "name": {"@container": "@language"},
    }
    return context | {term: f"cr:{term}" for term in TERMS}


def _about(facts: MetadataFacts) -> Json:
    project = facts.project
    address = f"https://doi.org/{facts.doi}" if facts.doi else None
    about = {
        "conformsTo": CONFORMS_TO,
        "name": project.title,
        "alternateName": project.name,
        "description": facts.description,
        "url": project.url or address,
        "identifier": address,
        "sameAs": address if project.url else None,
        "version": project.version,
        "datePublished": project.released,
        "license": licence_address(project.licences.annotations) or project.licences.annotations,
        "conditionsOfAccess": rights_in_texts(facts),
        "inLanguage": list(project.languages),
        "keywords": list(project.keywords),
        "creator": [_agent(creator) for creator in project.creators],
        "publisher": {"@type": "sc:Organization", "name": project.publisher},
        "temporalCoverage": _coverage(facts.dates),
        "citeAs": _bibtex(facts),
        "isLiveDataset": False,
    }
    return {name: value for name, value in about.items() if value is not None and value != []}


def _agent(creator: Creator) -> Json:
    agent: Json = {
        "@type": "sc:Person" if is_person(creator) else "sc:Organization",
        "name": shown_name(creator),
    }
    if address := orcid_address(creator) or creator.ror:
        agent["url"] = address
    if creator.affiliations:
        agent["affiliation"] = [
            {"@type": "sc:Organization", "name": own.name, **({"url": own.ror} if own.ror else {})}
            for own in creator.affiliations
        ]
    return agent


def _coverage(dates: tuple[str, str] | None) -> str | None:
    """The time that the articles are from as ISO 8601; nothing if it is less than certain."""
    if dates is None or not all(DAY.fullmatch(date) for date in dates):
        return None
    return dates[0] if dates[0] == dates[1] else "/".join(dates)


def _bibtex(facts: MetadataFacts) -> str:
    """The citation as BibTeX; names of organisations are braced, so that they are not taken apart."""
    project = facts.project
    names = (_tex(own.name) if is_person(own) else f"{{{_tex(own.name)}}}" for own in project.creators)
    entries = {
        "author": " and ".join(names),
        "title": f"{{{_tex(project.title)}}}",
        "year": (project.released or "")[:4],
        "version": project.version,
        "publisher": _tex(project.publisher),
        "doi": facts.doi,
        "url": project.url,
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in entries.items() if value)
    return f"@misc{{{project.name},\n{body}\n}}"


def _tex(text: str) -> str:
    """A text in which what TeX takes for commands is escaped."""
    return "".join(TEX.get(character, character) for character in text)


def _responsible(facts: MetadataFacts) -> Json:
    said = {
        "rai:dataCollection": responsibility.collection(facts),
        "rai:dataCollectionType": ["Document analysis"],
        "rai:dataAnnotationProtocol": responsibility.annotation(facts),
        "rai:machineAnnotationTools": responsibility.machines(facts),
        "rai:annotatorDemographics": responsibility.demographics(facts),
        "rai:dataBiases": responsibility.biases(facts),
        "rai:dataLimitations": responsibility.limitations(facts),
        "rai:dataUseCases": ["Research on attribution, stance and certainty in news: who claims what, about whom."],
        "rai:personalSensitiveInformation": responsibility.delicate(facts),
        "rai:dataReleaseMaintenancePlan": (
            "Releases bear semantic versions. Ids are never used again; the table withdrawn says which rows were "
            "taken out, and why."
        ),
    }
    return {name: value for name, value in said.items() if value}


def _files(facts: MetadataFacts) -> Iterable[ShippedFile]:
    """The tables, then all other files but generated metadata, which would have to know each other's digests."""
    shipped = {file.path: file for file in facts.files}
    for table in facts.tables:
        for file in table.shipped(facts.corpus_path):
            yield file
            shipped.pop(file.path, None)
    yield from (file for file in shipped.values() if file.path not in GENERATORS)


def _rows_of(facts: MetadataFacts, table: TableFacts) -> Json:
    """Where the rows of a table come from: a file, or the set of its part files."""
    return {"fileSet" if table.parts else "fileObject": {"@id": f"{facts.corpus_path}/{table.file}"}}


def _file_set(facts: MetadataFacts, table: TableFacts) -> Json:
    path = f"{facts.corpus_path}/{table.file}"
    return {
        "@type": "cr:FileSet",
        "@id": path,
        "name": path,
        "description": f"The table {table.name} in parts: one row is {table.row}.",
        "encodingFormat": CROISSANT_PARQUET,
        "includes": f"{path}/*.parquet",
    }


def _file_object(file: ShippedFile) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        **({"description": file.description} if file.description else {}),
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": CROISSANT_PARQUET if file.media_type == PARQUET else file.media_type,
        "sha256": file.sha256,
    }
