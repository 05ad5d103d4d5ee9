"""The documents of a part, one after another: their records are read and compiled; bad ones are set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from aussage.compile.document import compile_document
from aussage.compile.documents import GivenDocument, read_documents
from aussage.compile.given import Given
from aussage.compile.gold_file import examine_gold_files
from aussage.compile.layers import Layers, read_layers
from aussage.diagnostics import Diagnostics, Place, as_json
from aussage.parts.plan import PlannedRecord
from aussage.parts.workshop import Workshop
from aussage.remote import Unreachable, is_remote, path_of, remote
from aussage.remote.stream import read_ranges
from aussage.source import decode
from aussage.source.bytes import LARGEST_RECORD

Row = dict[str, Any]


class Changed(Exception):
    """A source file is no longer what it was when it was listed; its argument is the file's name."""


@dataclass(slots=True)
class Compiled:
    """What became of the records of one document: rows by table if nothing stops it, and what was found.

    `articles` has the SHA-256 of the files that hold the text, by name; empty for a file that is not there.
    """

    document: str
    records: Sequence[PlannedRecord]
    diagnostics: Diagnostics
    rows: dict[str, list[Row]] | None = None
    articles: dict[str, str] = field(default_factory=dict)

    def set_aside(self) -> dict[str, Any]:
        """What is kept of a document that is set aside: its id, where its records stand, and what is wrong."""
        places = [
            {"file": record.name} | ({"line": record.number + 1} if record.number >= 0 else {})
            for record in self.records
        ]
        return {"document": self.document or None, "records": places, "findings": as_json(self.diagnostics)}


def compiled(workshop: Workshop, records: Sequence[PlannedRecord]) -> Iterator[Compiled]:
    """The documents of some records, which are in the order of documents.

    Raises:
        Changed: a file was written to in the meantime.
        OSError: a file cannot be read any more.
    """
    known = sorted({record.document for record in records if record.is_record_of_document})
    lines = _read(records)
    groups = groupby(records, key=lambda record: (record.document, "" if record.document else record))
    for (document, _), found in groups:
        yield _compiled(workshop, document, list(found), lines, known)


def _compiled(
    workshop: Workshop,
    document: str,
    records: list[PlannedRecord],
    lines: dict[PlannedRecord, bytes],
    known: Sequence[str],
) -> Compiled:
    diagnostics = Diagnostics(workshop.order.levels)
    project, codebook, registry = workshop.project, workshop.codebook, workshop.registry
    given = {
        is_document: [
            one
            for record in records
            if record.is_record_of_document == is_document
            and (one := _given(project.root, record, lines, diagnostics)) is not None
        ]
        for is_document in (True, False)
    }
    documents = read_documents(project, given[True], codebook, registry, diagnostics)
    layers = read_layers(project, given[False], codebook, registry, known, diagnostics)
    if not all(one.is_line for one in given[False]):
        examine_gold_files(project, layers, diagnostics)
    result = Compiled(document, records, diagnostics)
    for known_document in documents.given:
        result.rows = _rows(workshop, known_document, layers, diagnostics)
    for path in sorted(documents.articles):
        if path and not all(one.is_line for one in given[True]):
            result.articles[project.name(path_of(path))] = next((one.sha256 for one in documents.given), "")
    return result


def _rows(
    workshop: Workshop, given: GivenDocument, layers: Layers, diagnostics: Diagnostics
) -> dict[str, list[Row]] | None:
    of_document = layers.of(given.record.id)
    rows = compile_document(given, of_document, workshop.codebook, workshop.registry, workshop.entities, diagnostics)
    return None if diagnostics.has_errors else rows


def _given(
    root: Path, record: PlannedRecord, lines: dict[PlannedRecord, bytes], diagnostics: Diagnostics
) -> Given | None:
    """A record as it was given; nothing and findings if its bytes are no text."""
    path = root / record.name
    if record.number < 0:
        return Given(path)
    if record.length > LARGEST_RECORD:
        message, expected = f"the line has {record.length:,} bytes", f"at most {LARGEST_RECORD:,}"
        diagnostics.add("file-too-large", Place(record.name, record.number + 1, 1), message, expected=expected)
        return None
    found = Diagnostics(diagnostics.levels)
    text = decode(lines[record], record.name, found)
    diagnostics.extend(replace(one, place=replace(one.place, line=one.place.line + record.number)) for one in found)
    return None if text is None else Given(path, record.number, text)


def _read(records: Sequence[PlannedRecord]) -> dict[PlannedRecord, bytes]:
    """The bytes of the lines; a part has few enough to be read at once, file by file."""
    found = {}
    wanted = [record for record in records if record.number >= 0 and record.length <= LARGEST_RECORD]
    for plain, of_file in groupby(sorted(wanted, key=lambda record: (record.plain, record.offset)), lambda r: r.plain):
        lines = list(of_file)
        for record, line in zip(lines, _lines(path_of(plain), lines), strict=True):
            found[record] = line
            if hashlib.sha256(line).digest()[:16] != record.digest:
                raise Changed(record.name)
    return found


def _lines(path: Path, records: Sequence[PlannedRecord]) -> Iterator[bytes]:
    """The bytes of records of one file, which are in order."""
    if not is_remote(path):
        with path.open("rb") as file:
            for record in records:
                file.seek(record.offset)
                yield file.read(record.length)
        return
    try:
        yield from read_ranges(remote(path), [(record.offset, record.length) for record in records])
    except Unreachable:
        if path.stat().st_size < records[-1].offset + records[-1].length:  # some servers refuse to read beyond the end
            raise Changed(records[0].name) from None
        raise
