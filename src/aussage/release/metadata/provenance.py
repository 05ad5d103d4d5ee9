"""`prov.json`: where the corpus comes from, as PROV-JSON: sources, tool, activities, tables, and who answers for them.

No times are in it: the same sources give the same file.
"""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from aussage.records.sources import Creator
from aussage.release.metadata.facts import CoderFacts, MetadataFacts
from aussage.release.metadata.people import is_person
from aussage.release.metadata.shipped import ShippedFile

TOOL, COMPILE, CHECK, RELEASE, WITHHOLD = "tool", "compile", "check", "release", "withhold-texts"
KINDS_OF_CODERS = {"person": "prov:Person"}
VALIDATION = "validation/"
Record = dict[str, Any]


def provenance(facts: MetadataFacts) -> bytes:
    """The provenance of the corpus, PROV-JSON."""
    return (json.dumps(provenance_record(facts), ensure_ascii=False, indent=1) + "\n").encode()


def provenance_record(facts: MetadataFacts) -> Record:
    """The provenance as data.

    Every source was used by the compilation, which generated the tables; an edition without texts is derived from
    the full one; the other files that ship come from the check (its results) or from the release.
    """
    others = [file for file in facts.files if not file.path.startswith(f"{facts.corpus_path}/")]
    relations = _Relations()
    _compiled(facts, relations)
    _shipped(others, relations)
    for file in facts.sources:
        if coder := _coder_of(file, facts):
            relations.add("wasAttributedTo", entity=_source(file), agent=f"coder:{coder.id}")
    for number, _ in enumerate(facts.project.creators, start=1):
        relations.add("wasAttributedTo", entity="corpus:full", agent=f"creator:{number}")
    return {
        "prefix": _prefixes(facts),
        "entity": dict(_entities(facts, others)),
        "activity": dict(_activities(facts, others)),
        "agent": dict(_agents(facts)),
        **relations.by_kind,
    }


class _Relations:
    """Relations between entities, activities and agents, numbered in the order in which they are added."""

    def __init__(self) -> None:
        self.by_kind: dict[str, dict[str, Record]] = {}

    def add(self, kind: str, **ends: str) -> None:
        known = self.by_kind.setdefault(kind, {})
        known[f"_:{kind}{len(known) + 1}"] = {f"prov:{end}": name for end, name in ends.items()}


def _compiled(facts: MetadataFacts, relations: _Relations) -> None:
    for file in facts.sources:
        relations.add("used", activity=f"aussage:{COMPILE}", entity=_source(file))
    relations.add("wasGeneratedBy", entity="corpus:full", activity=f"aussage:{COMPILE}")
    relations.add("used", activity=f"aussage:{CHECK}", entity="corpus:full")
    made_by, corpus = COMPILE, "corpus:full"
    if facts.is_text_free:
        made_by, corpus = WITHHOLD, "corpus:text-free"
        relations.add("used", activity=f"aussage:{WITHHOLD}", entity="corpus:full")
        relations.add("wasGeneratedBy", entity=corpus, activity=f"aussage:{WITHHOLD}")
        relations.add("wasDerivedFrom", generatedEntity=corpus, usedEntity="corpus:full")
    for table in facts.tables:
        relations.add("wasGeneratedBy", entity=f"table:{table.name}", activity=f"aussage:{made_by}")
        relations.add("hadMember", collection=corpus, entity=f"table:{table.name}")
    for activity in (COMPILE, CHECK, *((WITHHOLD,) if facts.is_text_free else ())):
        relations.add("wasAssociatedWith", activity=f"aussage:{activity}", agent=f"aussage:{TOOL}")


def _shipped(others: list[ShippedFile], relations: _Relations) -> None:
    for file in others:
        made_by = CHECK if file.path.startswith(VALIDATION) else RELEASE
        relations.add("wasGeneratedBy", entity=_file(file), activity=f"aussage:{made_by}")
    if others:
        relations.add("used", activity=f"aussage:{RELEASE}", entity="corpus:full")
        relations.add("wasAssociatedWith", activity=f"aussage:{RELEASE}", agent=f"aussage:{TOOL}")


def _prefixes(facts: MetadataFacts) -> dict[str, str]:
    base = f"urn:aussage:{facts.project.name}:{facts.project.version}:"
    names = ("corpus", "table", "source", "file", "coder", "creator")
    return {"aussage": "urn:aussage:"} | {name: f"{base}{name}:" for name in names}


def _entities(facts: MetadataFacts, others: list[ShippedFile]) -> Iterator[tuple[str, Record]]:
    for file in facts.sources:
        yield _source(file), {"prov:label": file.path, **_digest(file.sha256, file.bytes)}
    collection = {"prov:type": _name("prov:Collection"), "prov:label": facts.project.title}
    about = {"aussage:version": facts.project.version, "aussage:content-hash": facts.content_hash}
    yield "corpus:full", collection | about | {"aussage:codebook-version": facts.codebook_version}
    if facts.is_text_free:
        yield "corpus:text-free", collection | about | {"aussage:edition": facts.edition}
    for table in facts.tables:
        label = {"prov:label": f"{facts.corpus_path}/{table.file}"}
        yield f"table:{table.name}", label | _digest(table.sha256, table.bytes) | {"aussage:rows": table.rows}
    for file in others:
        yield _file(file), {"prov:label": file.path, **_digest(file.sha256, file.bytes)}


def _activities(facts: MetadataFacts, others: list[ShippedFile]) -> Iterator[tuple[str, Record]]:
    commit = {"aussage:commit": facts.commit} if facts.commit else {}
    yield f"aussage:{COMPILE}", {"prov:label": "aussage build: sources compiled to tables"} | commit
    yield f"aussage:{CHECK}", {"prov:label": "aussage check: tables examined by the rules"}
    if facts.is_text_free:
        yield f"aussage:{WITHHOLD}", {"prov:label": "the words of the articles taken out of the tables"}
    if others:
        yield f"aussage:{RELEASE}", {"prov:label": "aussage release: files put together"} | commit


def _agents(facts: MetadataFacts) -> Iterator[tuple[str, Record]]:
    tool = {"prov:type": _name("prov:SoftwareAgent"), "prov:label": "Aussage"}
    yield f"aussage:{TOOL}", tool | {"aussage:version": facts.tool_version}
    for number, creator in enumerate(facts.project.creators, start=1):
        yield f"creator:{number}", _creator(creator)
    for coder in sorted(facts.coders, key=lambda coder: coder.id):
        kind = KINDS_OF_CODERS.get(coder.kind, "prov:SoftwareAgent")
        yield f"coder:{coder.id}", {"prov:type": _name(kind), "prov:label": coder.name, "aussage:kind": coder.kind}


def _creator(creator: Creator) -> Record:
    kind = "prov:Person" if is_person(creator) else "prov:Organization"
    known = {"aussage:orcid": creator.orcid, "aussage:ror": creator.ror}
    return {"prov:type": _name(kind), "prov:label": creator.name} | {name: id_ for name, id_ in known.items() if id_}


def _coder_of(file: ShippedFile, facts: MetadataFacts) -> CoderFacts | None:
    """The coder whose annotations the file holds: it bears his id."""
    path = PurePosixPath(file.path)
    if not file.path.startswith("dataset/annotations/"):
        return None
    return next((coder for coder in facts.coders if coder.id == path.stem), None)


def _name(name: str) -> dict[str, str]:
    """A qualified name as a value."""
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _digest(sha256: str, size: int) -> Record:
    return {"aussage:sha256": sha256, "aussage:bytes": size}


def _source(file: ShippedFile) -> str:
    return f"source:{quote(file.path)}"


def _file(file: ShippedFile) -> str:
    return f"file:{quote(file.path)}"
