"""The records of a registry as they are read: a list in YAML, or one a line in any number of files of JSON Lines."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic

from aussage.diagnostics import Diagnostic, Diagnostics
from aussage.records import json_schema, read_line, read_record
from aussage.records.fields import Record
from aussage.records.schemas import Choices
from aussage.registry.entry import Entry, R
from aussage.registry.files import RegistryFiles
from aussage.registry.lines import LinesOfFile
from aussage.source import Project, decode
from aussage.source.bytes import LARGEST_RECORD, normal_form
from aussage.source.yaml import read_yaml

Schema = dict[str, Any]


@dataclass(slots=True)
class Lost:
    """What could not be read: the ids of entries that misfit, and whether nobody knows what else there is."""

    ids: set[str] = field(default_factory=set)
    unknown: bool = False

    def spoil(self, *given: Any) -> None:
        """Note the ids of entries, as far as they have one."""
        self.ids.update(entry["id"] for entry in given if isinstance(entry, dict) and isinstance(entry.get("id"), str))

    def add(self, other: "Lost") -> None:
        """Note what was lost elsewhere."""
        self.ids |= other.ids
        self.unknown |= other.unknown


def report_again(findings: Iterable[Diagnostic], diagnostics: Diagnostics) -> None:
    """Report findings that were made apart from others, each at the severity that the project gives it."""
    for found in findings:
        near, mend = found.nearest, found.mend
        diagnostics.add(found.code, found.place, found.message, expected=found.expected, nearest=near, mend=mend)


class EntriesOfFile(Generic[R]):
    """The entries of one file of JSON Lines, one after another, as they stand there.

    After the last one `whole` tells whether the file is text throughout: if not, no entry of it counts. `findings`
    and `lost` are then what is wrong with the file, and `sha256` what its bytes were.
    """

    def __init__(self, project: Project, path: Path, item: type[R], schema: Schema) -> None:
        self._item, self._schema = item, schema
        self._of_file, self._of_lines = Diagnostics(), Diagnostics()
        self._lines = LinesOfFile(project, path, self._of_file, self._of_lines)
        self.name, self._lost = self._lines.name, Lost()

    def __iter__(self) -> Iterator[Entry[R]]:
        for number, line in self._lines:
            misfits: list[Any] = []
            read = read_line(line, number, self.name, self._item, self._schema, self._of_lines, misfits)
            if read is not None:
                yield Entry(read.record, read.source, ())
            elif misfits:
                self._lost.spoil(*misfits)
            else:  # the line is no JSON; nobody knows whose it was
                self._lost.unknown = True

    @property
    def whole(self) -> bool:
        """Whether the file could be read to its end and all of it is text."""
        return self._lines.whole

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file; empty if it could not be read."""
        return self._lines.sha256

    @property
    def findings(self) -> Diagnostics:
        """What is wrong with the file, or with its lines if it is whole."""
        return self._of_lines if self.whole else self._of_file

    @property
    def lost(self) -> Lost:
        """What could not be read."""
        return Lost(self._lost.ids, self._lost.unknown or self._lines.lost) if self.whole else Lost(unknown=True)


@dataclass(frozen=True, slots=True)
class Listed(Generic[R]):
    """The entries of a YAML file in their order, what of it was lost, and the SHA-256 of the file."""

    entries: list[Entry[R]] = field(default_factory=list)
    lost: Lost = field(default_factory=Lost)
    sha256: str = ""


def read_list(
    project: Project, files: RegistryFiles, container: type[Record], choices: Choices, diagnostics: Diagnostics
) -> Listed[Any]:
    """The entries of a registry's YAML file, if it has one: a list under the name of the registry."""
    if files.yaml is None:
        return Listed()
    data = project.read(files.yaml, diagnostics)
    if data is None:
        return Listed(lost=Lost(unknown=True))
    name, sha256 = project.name(files.yaml), hashlib.sha256(data).hexdigest()
    text = decode(data, name, diagnostics)
    source = read_yaml(text, name, diagnostics) if text is not None and normal_form(text, name, diagnostics) else None
    given = source.root.plain() if source else {}
    read = source and read_record(source, container, json_schema(container, choices), diagnostics)
    if not read:
        return Listed(lost=Lost(unknown=True), sha256=sha256)
    lost = Lost()
    if not read.complete:
        lost.spoil(*given[files.table])
    entries = [
        Entry(record, read.source, (files.table, n)) for n, record in enumerate(getattr(read.record, files.table))
    ]
    return Listed(entries, lost, sha256)


def read_text(project: Project, path: Path, diagnostics: Diagnostics, limit: int = LARGEST_RECORD) -> str | None:
    """The text of a source file in normal form C, or nothing and findings; JSON is examined string by string.

    In a line of JSON a combining mark may follow the letter of an escape (a line end, then an accent).
    """
    data = project.read(path, diagnostics, limit)
    if data is None:
        return None
    name = project.name(path)
    text = decode(data, name, diagnostics)
    if text is None or name.endswith(".jsonl"):
        return text
    return text if normal_form(text, name, diagnostics) else None
