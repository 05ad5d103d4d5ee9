"""A part of the corpus, compiled into the cache under what it was made of; it is the unit of work of every engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from aussage.parts.cache import sha256_of
from aussage.parts.collector import paused_collector
from aussage.parts.documents import compiled
from aussage.parts.findings import Findings
from aussage.parts.plan import PlannedRecord
from aussage.parts.workshop import Workshop
from aussage.tables.part_writer import LINES, PartWriter, WrittenPart
from aussage.tables.writer import SET_ASIDE, DocumentsWriter

FACTS = "part.json"


class PartResult(msgspec.Struct):
    """What became of a part: its place in the cache, what was written, and what was found in its documents.

    Nothing was written if errors stop the build. `articles` has the SHA-256 of the files that hold texts, `places`
    stands for the lines on which the records are, which findings name. `named` has the ids of the actors and locations
    that the part names, `known` stands for what the registries said of them, and `registry` for all that they said.
    """

    number: int
    key: str
    places: str
    findings: Findings
    articles: dict[str, str]
    facts: WrittenPart | None = None
    named: dict[str, list[str]] = {}
    known: str = ""
    registry: str = ""
    set_aside: int = 0
    was_there: bool = False


def compile_part(workshop: Workshop, number: int) -> PartResult:
    """Compile a part of the plan, unless the cache has it.

    Raises:
        Changed: a source file was written to in the meantime.
        OSError: a source cannot be read, or the cache not written.
    """
    known = part_of_cache(workshop, number)
    if known is not None:
        return known
    records = workshop.plan.records(number)
    key = part_key(workshop, records)
    result = PartResult(number, key, _places(records), Findings(), {})
    with suppress(_Stopped), workshop.cache.filling(f"parts/{key}") as folder:
        writer = PartWriter(folder, workshop.codebook.enumerations, workshop.order.about)
        try:
            write_documents(workshop, records, writer, result)
            if workshop.order.only_examine or (result.findings.errors and not workshop.order.keep_going):
                raise _Stopped
            result.facts = writer.finish()
            result.named = {table: sorted(ids) for table, ids in writer.named.items()}
            result.known, result.registry = _known(workshop, result.named), workshop.registry.identity
        finally:
            writer.abandon()
        (folder / FACTS).write_bytes(msgspec.json.encode(result))
    return result


class _Stopped(Exception):
    """Errors stop the build; the part is not kept."""


@paused_collector()
def write_documents(
    workshop: Workshop, records: Sequence[PlannedRecord], writer: DocumentsWriter, result: PartResult
) -> None:
    """Compile the documents of some records into a writer; what is found and set aside goes into `result`.

    Once an error stops the build the others are still examined, but no more is written.
    """
    aside: list[dict[str, Any]] = []
    order = workshop.order
    for one in compiled(workshop, records):
        result.findings.add(one.diagnostics)
        result.articles |= one.articles
        if one.diagnostics.has_errors:
            aside.append(one.set_aside())
        elif one.rows is not None and not order.only_examine and (order.keep_going or not result.findings.errors):
            writer.add(one.document, one.rows)
    if order.keep_going and aside:
        result.set_aside += len(aside)
        with (writer.folder / SET_ASIDE).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in aside)


def part_of_cache(workshop: Workshop, number: int) -> PartResult | None:
    """A part of the plan as the cache has it, if every byte is as it was written and nothing else has changed.

    Findings name lines: a part that has some is made again if its records have moved.
    """
    records = workshop.plan.records(number)
    name = f"parts/{part_key(workshop, records)}"
    try:
        known = msgspec.json.decode(workshop.cache.path(f"{name}/{FACTS}").read_bytes(), type=PartResult)
    except (OSError, msgspec.MsgspecError):
        return None
    if known.facts is None:
        return None
    tables = {f"{table}.parquet": file.sha256 for table, file in known.facts.tables.items()}
    is_usable = (
        (workshop.order.keep_going or not known.set_aside)
        and (_places(records) == known.places or not known.findings.counts)
        and _is_of_registry(workshop, known)
        and all(sha256_of(workshop.project.root / name) == sha256 for name, sha256 in known.articles.items())
        and workshop.cache.is_whole(name, {**tables, LINES: known.facts.hash})
    )
    known.number, known.was_there = number, True
    return known if is_usable else None


def _is_of_registry(workshop: Workshop, part: PartResult) -> bool:
    """Whether the registries say the same as when a part was compiled, of all that it names.

    A finding may have named what is nearest to an unknown id: then they must be the same as a whole.
    """
    if part.registry == workshop.registry.identity:
        return True
    return not part.findings.counts and part.known == _known(workshop, part.named)


def _known(workshop: Workshop, named: Mapping[str, Sequence[str]]) -> str:
    return " ".join(workshop.registry.digest(table, ids) for table, ids in named.items())


def part_key(workshop: Workshop, records: Sequence[PlannedRecord]) -> str:
    """What stands for all that the bytes of a part depend on."""
    digest = hashlib.sha256(workshop.identity.encode())
    for record in records:
        digest.update(f"{record.document}\0{record.kind}\0{record.number < 0}\0".encode() + record.digest)
    return digest.hexdigest()


def _places(records: Sequence[PlannedRecord]) -> str:
    return hashlib.sha256(repr([(record.name, record.number) for record in records]).encode()).hexdigest()
