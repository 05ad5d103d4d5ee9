"""Loading the registries of a project: small ones into memory, large ones into an index."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aussage.codebook import Codebook
from aussage.diagnostics import Diagnostics, Place
from aussage.records import json_schema
from aussage.records.fields import Record
from aussage.records.sources import Actor, Actors, Coder, Coders, Location, Locations, Withdrawn, WithdrawnRows
from aussage.registry.entry import Entry, R
from aussage.registry.examining import by_id, by_table_and_id, examine_entry, examine_parents, examine_reuse
from aussage.registry.files import FOLDER, RegistryFiles, examine_files, registry_files
from aussage.registry.index import DamagedIndex
from aussage.registry.indexes import indexed
from aussage.registry.indexing import Given
from aussage.registry.reading import EntriesOfFile, Listed, Lost, read_list, report_again
from aussage.registry.registry import Registry
from aussage.source import Project
from aussage.source.bytes import reason

MOST_IN_MEMORY = 4_000_000  # bytes of JSON Lines; a larger registry is looked up in an index


def load_registry(
    project: Project,
    codebook: Codebook,
    diagnostics: Diagnostics,
    cache: Path | None = None,
    most_in_memory: int = MOST_IN_MEMORY,
) -> Registry:
    """The registries of a project; what misfits is a finding.

    A registry with more bytes of JSON Lines than `most_in_memory` is looked up in an index, which is kept in the
    folder `cache` and made again when files or codebook change; without a folder it is made for this run only.
    """
    before = diagnostics.count_errors()
    reader = _Reader(project, codebook, diagnostics, cache, most_in_memory)
    actors = reader.entries(f"{FOLDER}/actors", Actors, Actor)
    locations = reader.entries(f"{FOLDER}/locations", Locations, Location)
    coders = by_id(reader.listed(f"{FOLDER}/coders", Coders, Coder), diagnostics)
    for entry in coders.values():
        examine_entry(entry, diagnostics)
    withdrawn = by_table_and_id(reader.listed("dataset/withdrawn", WithdrawnRows, Withdrawn, need=False), diagnostics)
    examine_files(project, diagnostics)
    for table, entries in (("actors", actors), ("locations", locations), ("coders", coders)):
        try:
            examine_reuse(table, entries, withdrawn, diagnostics)
        except DamagedIndex as error:
            place = Place(f"{FOLDER}/{table}")
            diagnostics.add("unreadable-file", place, reason(error), mend="run the command again")
    _examine_issues(codebook, withdrawn, diagnostics)
    complete = diagnostics.count_errors() == before
    spoiled = {table: lost.ids for table, lost in reader.lost.items() if lost.ids}
    unread = {table for table, lost in reader.lost.items() if lost.unknown}
    return Registry(actors, locations, coders, withdrawn, complete, spoiled, unread, reader.identity())


@dataclass(slots=True)
class _Reader:
    """Reads registries; `lost` is what could not be read of each."""

    project: Project
    codebook: Codebook
    diagnostics: Diagnostics
    cache: Path | None
    most_in_memory: int
    lost: dict[str, Lost] = field(default_factory=dict)
    _hashes: list[str] = field(default_factory=list)

    def entries(self, stem: str, container: type[Record], item: type[R]) -> Mapping[str, Entry[R]]:
        """The entries of a registry whose entries may have parents, examined: in memory, or looked up in an index."""
        files = registry_files(self.project, stem)
        listed = self._of_yaml(files, container)
        if files.size() > self.most_in_memory:
            return self._indexed(files, listed, item)
        entries = by_id([*listed.entries, *self._of_lines(files, item)], self.diagnostics)
        for entry in entries.values():
            examine_entry(entry, self.diagnostics)
        examine_parents(entries, self.lost[files.table], self.diagnostics)
        return entries

    def listed(self, stem: str, container: type[Record], item: type[R], need: bool = True) -> list[Entry[R]]:
        """The entries of a registry that is always in memory, as they stand in its files."""
        files = registry_files(self.project, stem, need)
        return [*self._of_yaml(files, container).entries, *self._of_lines(files, item)]

    def identity(self) -> str:
        """The SHA-256 of the files that were read, by registry and name."""
        return hashlib.sha256("".join(f"{line}\n" for line in self._hashes).encode()).hexdigest()

    def _of_yaml(self, files: RegistryFiles, container: type[Record]) -> Listed[Any]:
        listed = read_list(self.project, files, container, self.codebook.choices, self.diagnostics)
        self.lost[files.table] = listed.lost
        self._hashes.append(f"{listed.sha256} {files.table}.yaml")
        return listed

    def _of_lines(self, files: RegistryFiles, item: type[R]) -> Iterator[Entry[R]]:
        schema = json_schema(item, self.codebook.choices)
        for path in files.lines:
            read = EntriesOfFile(self.project, path, item, schema)
            entries = list(read)
            report_again(read.findings, self.diagnostics)
            self.lost[files.table].add(read.lost)
            self._hashes.append(f"{read.sha256} {read.name}")
            yield from entries if read.whole else ()

    def _indexed(self, files: RegistryFiles, listed: Listed[R], item: type[R]) -> Mapping[str, Entry[R]]:
        schema = json_schema(item, self.codebook.choices)
        given = Given(files.table, self.project, item, schema, listed, files.lines)
        try:
            found = indexed(given, self.cache, self.diagnostics)
        except OSError as error:
            place = Place(self.project.name(self.project.root / FOLDER / files.table))
            message = f"no index of the {files.table} could be made: {reason(error)}"
            self.diagnostics.add("cannot-write", place, message)
            self.lost[files.table].unknown = True
            return {}
        self.lost[files.table].add(found.lost)
        self._hashes += [
            f"{sha256} {self.project.name(path)}" for sha256, path in zip(found.hashes, files.lines, strict=True)
        ]
        return found.entries


def _examine_issues(codebook: Codebook, withdrawn: Iterable[tuple[str, str]], diagnostics: Diagnostics) -> None:
    taken = set(withdrawn)
    for number, id_ in enumerate(codebook.issues):
        if ("issues", id_) in taken and codebook.source is not None:
            path = ("issues", number, "id")
            codebook.source.report(diagnostics, "reused-id", path, f"the issue »{id_}« was withdrawn")
