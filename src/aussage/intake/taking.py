"""Articles enter the project: examined, compared with what is there, recorded, their sentences split and frozen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from pathlib import Path
from typing import Any, BinaryIO

from aussage.codebook import Codebook
from aussage.diagnostics import Diagnostics, Place
from aussage.intake.annotation_file import annotation_text
from aussage.intake.article import Arrival, slug
from aussage.intake.duplicates import Known
from aussage.intake.present import FOLDER, present_documents
from aussage.intake.record import facts_record, is_readable, json_record, spans_of, yaml_record
from aussage.intake.rows import stem
from aussage.intake.writing import NewFiles
from aussage.records import json_schema
from aussage.records.fields import SLUG
from aussage.records.sources import Document
from aussage.source import Project
from aussage.source.bytes import reason

ANNOTATIONS = "dataset/annotations"
MOST_FILES = 1_000
"""A file that brings more articles than this becomes one file of JSON Lines; nobody annotates so many by hand."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that entered: its record, how many sentences it has, its empty annotation file if it got one."""

    document_id: str
    record: Path
    sentences: int
    annotation: Path | None = None


@dataclass(slots=True)
class Intake:
    """How articles enter one project: under which codebook, for which coder, and whether they may be there twice.

    Without a codebook the categories among the facts are left to the build; without a coder, or without a codebook,
    no annotation files are written. Unless `compare` is off, every article is compared with all others, those of the
    project included, which reads them all. All findings go to `diagnostics`; if one is an error, nothing is written.
    """

    project: Project
    diagnostics: Diagnostics
    codebook: Codebook | None = None
    coder: str | None = None
    compare: bool = True
    known: Known = field(default_factory=Known)
    _ids: dict[str, str] = field(default_factory=dict)
    _present: int = 0
    _validator: Any = None

    def take(self, arrivals: Iterable[Arrival], dry: bool = False) -> list[Taken]:
        """Take all of `arrivals` in, or none and findings; with `dry` only find out what would happen."""
        place = Place(FOLDER)
        taken: list[Taken] = []
        try:
            for document_id, path, text in present_documents(self.project, self.compare):
                self._ids[document_id] = self.project.name(path)
                if text is not None and self.compare:
                    self.known.add(document_id, text)
            self._present = len(self.known.names)
            with NewFiles() as files:
                for name, group in groupby(arrivals, key=lambda arrival: arrival.place.file):
                    place = Place(f"{FOLDER}/{name}")
                    taken += self._take_file(name, group, files)
                self._report_alike()
                if self.diagnostics.has_errors:
                    return []
                if not dry:
                    files.commit()
        except OSError as error:
            self.diagnostics.add("cannot-write", place, reason(error), mend="check that you may write there")
            return []
        return taken

    def _take_file(self, name: str, arrivals: Iterator[Arrival], files: NewFiles) -> list[Taken]:
        """The articles of one file: a record each, or one file of JSON Lines if there are very many."""
        first = [arrival for _, arrival in zip(range(MOST_FILES), arrivals, strict=False)]
        more = next(arrivals, None)
        if more is None:
            return [one for arrival in first if (one := self._as_files(arrival, files))]
        path = self.project.root / FOLDER / f"{slug(stem(Path(name))) or 'articles'}.jsonl"
        if path.exists():
            message = f"{self.project.name(path)} is there already"
            self.diagnostics.add("duplicate-id", Place(self.project.name(path)), message, mend="rename the file")
            return []
        stream = files.stream(path)
        return [one for arrival in chain(first, [more], arrivals) if (one := self._as_line(arrival, path, stream))]

    def _as_files(self, arrival: Arrival, files: NewFiles) -> Taken | None:
        folder = self.project.root / FOLDER
        document_id = arrival.document_id
        text_path, record_path = folder / f"{document_id}.txt", folder / f"{document_id}.yaml"
        if not self._is_new(arrival, record_path, text_path):
            return None
        spans = spans_of(arrival)
        record = yaml_record(arrival, spans)
        if not is_readable(record, self.project.name(record_path), self._choices, self.diagnostics):
            return None
        annotation = None
        if self.coder and self.codebook:
            annotation = self.project.root / ANNOTATIONS / document_id / f"{self.coder}.yaml"
            if annotation.exists():
                message = f"{self.project.name(annotation)} is there already"
                self.diagnostics.add("duplicate-id", Place(self.project.name(annotation)), message)
                return None
        if not self.diagnostics.has_errors:
            files.add(text_path, arrival.data)
            files.add(record_path, record.encode())
            if annotation and self.codebook:
                files.add(annotation, annotation_text(arrival, spans, self.coder or "", self.codebook.version).encode())
        return Taken(document_id, record_path, len(spans), annotation)

    def _as_line(self, arrival: Arrival, path: Path, stream: BinaryIO) -> Taken | None:
        if not self._is_new(arrival, path) or not self._facts_are_sound(arrival):
            return None
        spans = spans_of(arrival)
        if not self.diagnostics.has_errors:
            stream.write(json_record(arrival, spans))
        return Taken(arrival.document_id, path, len(spans))

    def _is_new(self, arrival: Arrival, record: Path, text: Path | None = None) -> bool:
        """Whether the id is one and is free, and no other document has the same words."""
        document_id, place = arrival.document_id, arrival.place
        if not re.search(SLUG, document_id):
            expected = "lower-case letters, digits and single hyphens; name one with --id"
            self.diagnostics.add("bad-id", place, f"»{document_id}« is no id", expected=expected)
            return False
        in_the_way = text is not None and text.exists() and text.read_bytes() != arrival.data
        if document_id in self._ids or in_the_way:
            where = self._ids.get(document_id) or self.project.name(text or record)
            message = f"the id »{document_id}« is taken: {where} is there already"
            self.diagnostics.add("duplicate-id", place, message, mend="choose another id with --id")
            return False
        self._ids[document_id] = str(place)
        earlier = self.known.add(document_id, arrival.text) if self.compare else None
        if earlier is not None:
            message = f"»{document_id}« has the same words as »{earlier}«"
            self.diagnostics.add("duplicate-article", place, message)
        return True

    def _report_alike(self) -> None:
        for later, earlier, value in self.known.alike(self._present):
            message = f"»{later}« shares about {value:.0%} of its text with »{earlier}«"
            self.diagnostics.add("similar-article", Place(self._ids[later]), message)

    @property
    def _choices(self) -> Mapping[str, Sequence[Any]]:
        return self.codebook.choices if self.codebook else {}

    def _facts_are_sound(self, arrival: Arrival) -> bool:
        """Whether the facts fit a record; only those that do not are read once more, to say what is wrong where."""
        import json

        from jsonschema_rs import Draft202012Validator

        record = facts_record(arrival)
        if self._validator is None:
            self._validator = Draft202012Validator(json_schema(Document, self._choices))
        if self._validator.is_valid(record):
            return True
        found = Diagnostics()
        is_readable(json.dumps(record, ensure_ascii=False), arrival.place.file, self._choices, found)
        self.diagnostics.extend(replace(finding, place=arrival.place) for finding in found)
        return False
