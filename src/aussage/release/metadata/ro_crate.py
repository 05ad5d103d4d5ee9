"""ro-crate-metadata.json: the bundle as an RO-Crate 1.1, every file an entity, the build an action."""

import json
from typing import Any
from urllib.parse import quote

from aussage.records.sources import Creator
from aussage.release.metadata.facts import MetadataFacts
from aussage.release.metadata.people import licence_address, orcid_address, shown_name
from aussage.release.metadata.rights import rights_in_texts
from aussage.release.metadata.shipped import ShippedFile

Json = dict[str, Any]
FILE, ROOT = "ro-crate-metadata.json", "./"
PROFILE = "https://w3id.org/ro/crate/1.1"
CONTEXT = f"{PROFILE}/context"
TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
BUILD, TOOL, PUBLISHER = "#build", "#aussage", "#publisher"


def ro_crate(facts: MetadataFacts) -> bytes:
    """The crate: JSON-LD in one flat graph, no times but the day of release.

    Source: RO-Crate Metadata Specification 1.1; `sha256` from the Workflow Run terms.
    """
    files = _files(facts)
    graph = [
        {
            "@id": FILE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": PROFILE},
            "about": {"@id": ROOT},
        },
        _root(facts, files),
        *(_file(file) for file in files),
        *_contexts(facts),
        _build(facts, files),
    ]
    return json.dumps({"@context": [CONTEXT, TERMS], "@graph": graph}, ensure_ascii=False, indent=1).encode() + b"\n"


def _root(facts: MetadataFacts, files: list[ShippedFile]) -> Json:
    project = facts.project
    root = {
        "@id": ROOT,
        "@type": "Dataset",
        "name": project.title,
        "alternateName": project.name,
        "description": facts.description,
        "version": project.version,
        "datePublished": project.released,
        "identifier": f"https://doi.org/{facts.doi}" if facts.doi else None,
        "url": project.url,
        "license": {"@id": _licence_id(facts)},
        "conditionsOfAccess": rights_in_texts(facts),
        "inLanguage": list(project.languages),
        "keywords": list(project.keywords) or None,
        "creator": [{"@id": _agent_id(creator, n)} for n, creator in enumerate(project.creators, start=1)],
        "publisher": {"@id": PUBLISHER},
        "mentions": [{"@id": BUILD}],
        "hasPart": [{"@id": _address(file.path)} for file in files],
    }
    return {name: value for name, value in root.items() if value is not None}


def _files(facts: MetadataFacts) -> list[ShippedFile]:
    """The tables and all other files but this one, in the order of their paths."""
    files = {file.path: file for table in facts.tables for file in table.shipped(facts.corpus_path)}
    files |= {file.path: file for file in facts.files if file.path != FILE}
    return [files[path] for path in sorted(files)]


def _file(file: ShippedFile) -> Json:
    entity = {
        "@id": _address(file.path),
        "@type": "File",
        "name": file.path,
        "encodingFormat": file.media_type,
        "contentSize": str(file.bytes),
        "sha256": file.sha256,
    }
    return entity | ({"description": file.description} if file.description else {})


def _contexts(facts: MetadataFacts) -> list[Json]:
    """Who and what the crate refers to outside itself, each once."""
    project = facts.project
    entities: dict[str, Json] = {}
    licence = {"@type": "CreativeWork", "name": project.licences.annotations}
    entities[_licence_id(facts)] = licence | {"description": "The licence of the annotations."}
    for number, creator in enumerate(project.creators, start=1):
        agent: Json = {
            "@type": "Person" if creator.kind == "person" else "Organization",
            "name": shown_name(creator),
        }
        if creator.affiliations:
            ids = [affiliation.ror or f"#{quote(affiliation.name)}" for affiliation in creator.affiliations]
            agent["affiliation"] = [{"@id": id_} for id_ in ids]
            for id_, affiliation in zip(ids, creator.affiliations, strict=True):
                entities.setdefault(id_, {"@type": "Organization", "name": affiliation.name})
        entities[_agent_id(creator, number)] = agent
    entities[PUBLISHER] = {"@type": "Organization", "name": project.publisher}
    tool = {"@type": "SoftwareApplication", "name": "Aussage", "softwareVersion": facts.tool_version}
    entities[TOOL] = tool | {"version": facts.tool_version}
    return [{"@id": id_, **entity} for id_, entity in entities.items()]


def _build(facts: MetadataFacts, files: list[ShippedFile]) -> Json:
    build: Json = {
        "@id": BUILD,
        "@type": "CreateAction",
        "name": "Build of the corpus",
        "description": (
            f"Aussage {facts.tool_version} compiled articles, annotations and registries to tables. Content hash of "
            f"the full edition: {facts.content_hash}."
        ),
        "instrument": {"@id": TOOL},
        "result": [{"@id": _address(file.path)} for file in files if file.path.startswith(f"{facts.corpus_path}/")],
    }
    return build | ({"identifier": facts.commit} if facts.commit else {})


def _licence_id(facts: MetadataFacts) -> str:
    licence = facts.project.licences.annotations
    return licence_address(licence) or f"#{quote(licence)}"


def _agent_id(creator: Creator, number: int) -> str:
    return orcid_address(creator) or creator.ror or f"#creator-{number}"


def _address(path: str) -> str:
    """A path as a relative reference, in which spaces and the like are escaped."""
    return quote(path)
