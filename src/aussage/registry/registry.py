"""The registries of a project, read, examined, and ready for lookup."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from aussage.codebook import Codebook
from aussage.diagnostics import Diagnostics, Place, nearest
from aussage.records import json_schema, read_record
from aussage.records.fields import OutsideId, Record
from aussage.records.sources import (
    Actor,
    Actors,
    Coder,
    Coders,
    Location,
    Locations,
    Withdrawn,
    WithdrawnRows,
)
from aussage.registry.countries import ALPHA_2
from aussage.source import Path, Project, Source, decode
from aussage.source.bytes import LARGEST_RECORD, normal_form
from aussage.source.json_lines import read_json_lines
from aussage.source.yaml import read_yaml
from aussage.tables import TABLES

R = TypeVar("R", bound=Record)
FOLDER = "dataset/registry"
LARGEST_JSON_LINES = 4_000_000_000
RESERVED = {"gold", "adjudication", "all"}  # names of layers and files that no coder may have
OUTSIDE_IDS = {
    "wikidata": re.compile(r"[QPL][1-9][0-9]*"),
    "geonames": re.compile(r"[1-9][0-9]*"),
    "iso_3166_1": re.compile(r"[A-Z]{2}"),
    "iso_3166_2": re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}"),
}


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A record of a registry and where it stands."""

    record: R
    source: Source
    path: Path

    def report(self, diagnostics: Diagnostics, code: str, path: Path, message: str, **more: Any) -> None:
        """Report a finding about a field of the record."""
        self.source.report(diagnostics, code, (*self.path, *path), message, **more)


@dataclass(slots=True)
class Registry:
    """Actors, locations and coders by id; withdrawn rows by table and id; `complete` if all could be read.

    `spoiled` has the ids of entries that could not be read, by table, and `unread` the tables of which nobody
    knows what else they hold: what refers to them is not reported as unknown a second time.
    """

    actors: dict[str, Entry[Actor]] = field(default_factory=dict)
    locations: dict[str, Entry[Location]] = field(default_factory=dict)
    coders: dict[str, Entry[Coder]] = field(default_factory=dict)
    withdrawn: dict[tuple[str, str], Entry[Withdrawn]] = field(default_factory=dict)
    complete: bool = True
    spoiled: dict[str, set[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def may_hold(self, table: str, id_: str) -> bool:
        """Whether an id is in a table, or may be in a part of it that could not be read."""
        return id_ in getattr(self, table) or id_ in self.spoiled.get(table, ()) or table in self.unread

    def actor_label(self, actor_id: str | None) -> str | None:
        """The name of an actor: English if there is one, else the first by language code."""
        return display_label(self.actors[actor_id].record.label) if actor_id in self.actors else None

    def location_label(self, location_id: str | None) -> str | None:
        """The name of a location: English if there is one, else the first by language code."""
        return display_label(self.locations[location_id].record.label) if location_id in self.locations else None


def display_label(labels: dict[str, str]) -> str:
    """The label that tables show: English if there is one, else the first by language code."""
    return labels.get("en") or labels[min(labels)]


def load_registry(project: Project, codebook: Codebook, diagnostics: Diagnostics) -> Registry:
    """The registries of a project; what misfits is a finding."""
    registry = Registry()
    before = diagnostics.count_errors()
    reader = _Reader(project, codebook, registry, diagnostics)
    registry.actors = _by_id(reader.entries(f"{FOLDER}/actors", Actors, Actor), diagnostics)
    registry.locations = _by_id(reader.entries(f"{FOLDER}/locations", Locations, Location), diagnostics)
    registry.coders = _by_id(reader.entries(f"{FOLDER}/coders", Coders, Coder), diagnostics)
    for entry in reader.entries("dataset/withdrawn", WithdrawnRows, Withdrawn, need=False):
        _examine_withdrawn(entry, registry, diagnostics)
    _examine_files(project, diagnostics)
    for actor in registry.actors.values():
        _examine_actor(actor, diagnostics)
    for location in registry.locations.values():
        _examine_location(location, diagnostics)
    _examine_parents("actors", registry, diagnostics)
    _examine_parents("locations", registry, diagnostics)
    _examine_coders(registry, diagnostics)
    _examine_issues(codebook, registry, diagnostics)
    for table in ("actors", "locations", "coders"):
        _examine_reuse(table, getattr(registry, table), registry, diagnostics)
    registry.complete = diagnostics.count_errors() == before
    return registry


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the files of registries."""

    project: Project
    codebook: Codebook
    registry: Registry
    diagnostics: Diagnostics

    def entries(self, stem: str, container: type[Record], item: type[R], need: bool = True) -> list[Entry[R]]:
        """The records of `<stem>.yaml` (a list under the file's name) and of `<stem>.jsonl` (one a line)."""
        table = stem.rsplit("/", 1)[-1]
        yaml, lines = self.project.root / f"{stem}.yaml", self.project.root / f"{stem}.jsonl"
        has_lines = lines.exists() or lines.is_symlink()
        found: list[Entry[R]] = []
        if yaml.exists() or yaml.is_symlink() or (need and not has_lines):
            found += self._of_yaml(table, f"{stem}.yaml", container)
        if has_lines:
            found += self._of_lines(table, f"{stem}.jsonl", item)
        return found

    def _of_yaml(self, table: str, name: str, container: type[Record]) -> list[Entry[Any]]:
        text = read_text(self.project, self.project.root / name, self.diagnostics)
        source = read_yaml(text, name, self.diagnostics) if text is not None else None
        given = source.root.plain() if source else {}
        read = source and read_record(
            source, container, json_schema(container, self.codebook.choices), self.diagnostics
        )
        if not read:
            self.registry.unread.add(table)
            return []
        if not read.complete:
            self._spoil(table, *given[table])
        return [Entry(record, read.source, (table, n)) for n, record in enumerate(getattr(read.record, table))]

    def _of_lines(self, table: str, name: str, item: type[R]) -> list[Entry[R]]:
        schema = json_schema(item, self.codebook.choices)
        text = read_text(self.project, self.project.root / name, self.diagnostics, LARGEST_JSON_LINES)
        before = len(self.diagnostics)
        found = []
        for source in read_json_lines(text or "", name, self.diagnostics):
            given = source.root.plain()
            reading = len(self.diagnostics)
            if (read := read_record(source, item, schema, self.diagnostics)) is not None:
                found.append(Entry(read.record, read.source, ()))
            else:
                self._spoil(table, given)
            before += len(self.diagnostics) - reading
        if text is None or len(self.diagnostics) > before:  # a line was no JSON; nobody knows whose it was
            self.registry.unread.add(table)
        return found

    def _spoil(self, table: str, *given: Any) -> None:
        ids = {entry["id"] for entry in given if isinstance(entry, dict) and isinstance(entry.get("id"), str)}
        self.registry.spoiled.setdefault(table, set()).update(ids)


def read_text(project: Project, path: Any, diagnostics: Diagnostics, limit: int = LARGEST_RECORD) -> str | None:
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


def _by_id(entries: Iterable[Entry[Any]], diagnostics: Diagnostics) -> dict[str, Entry[Any]]:
    found: dict[str, Entry[Any]] = {}
    for entry in entries:
        id_ = entry.record.id
        if id_ in found:
            first = found[id_].source.place(found[id_].path)
            entry.report(diagnostics, "duplicate-id", ("id",), f"»{id_}« is given already in {first}")
        else:
            found[id_] = entry
    return found


def _examine_files(project: Project, diagnostics: Diagnostics) -> None:
    known = {f"{name}{ending}" for name in ("actors", "locations", "coders") for ending in (".yaml", ".jsonl")}
    folder = project.root / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and not path.name.startswith("."):
            place = Place(project.name(path))
            diagnostics.add("unknown-file", place, f"{path.name} is no registry", expected=", ".join(sorted(known)))


def _examine_withdrawn(entry: Entry[Withdrawn], registry: Registry, diagnostics: Diagnostics) -> None:
    record = entry.record
    if record.table not in TABLES:
        entry.report(
            diagnostics,
            "wrong-value",
            ("table",),
            f"»{record.table}« is no table",
            expected=", ".join(TABLES),
            nearest=nearest(record.table, TABLES),
        )
    elif (record.table, record.id) in registry.withdrawn:
        entry.report(diagnostics, "duplicate-id", ("id",), f"»{record.id}« is withdrawn twice")
    registry.withdrawn.setdefault((record.table, record.id), entry)


def _examine_reuse(table: str, entries: dict[str, Entry[Any]], registry: Registry, diagnostics: Diagnostics) -> None:
    for id_, entry in entries.items():
        if (table, id_) in registry.withdrawn:
            entry.report(diagnostics, "reused-id", ("id",), f"»{id_}« was withdrawn")


def _examine_coders(registry: Registry, diagnostics: Diagnostics) -> None:
    for id_, entry in registry.coders.items():
        if id_ in RESERVED:
            entry.report(diagnostics, "bad-id", ("id",), f"»{id_}« is reserved", expected="another id for the coder")


def _examine_issues(codebook: Codebook, registry: Registry, diagnostics: Diagnostics) -> None:
    for number, id_ in enumerate(codebook.issues):
        if ("issues", id_) in registry.withdrawn and codebook.source is not None:
            path: Path = ("issues", number, "id")
            codebook.source.report(diagnostics, "reused-id", path, f"the issue »{id_}« was withdrawn")


def _examine_actor(entry: Entry[Actor], diagnostics: Diagnostics) -> None:
    country = entry.record.country
    if country is not None and country not in ALPHA_2:
        entry.report(
            diagnostics,
            "unknown-country",
            ("country",),
            f"»{country}« is no country code",
            expected="an ISO 3166-1 alpha-2 code",
            nearest=[country.upper()] if country.upper() in ALPHA_2 else [],
        )
    _examine_outside_ids(entry, diagnostics)


def _examine_location(entry: Entry[Location], diagnostics: Diagnostics) -> None:
    _examine_outside_ids(entry, diagnostics)
    point = entry.record.coordinates
    if point is None:
        return
    for name, value, most in (("latitude", point.latitude, 90), ("longitude", point.longitude, 180)):
        if not -most <= value <= most:
            entry.report(
                diagnostics, "coordinates-range", ("coordinates", name), f"{name} {value}", expected=f"±{most}"
            )
    if (point.status == "verified") != (point.against is not None):
        message = f"coordinates are {point.status} " + ("with" if point.against else "without") + " »against«"
        entry.report(diagnostics, "outside-id-status", ("coordinates", "status"), message)


def _examine_outside_ids(entry: Entry[Any], diagnostics: Diagnostics) -> None:
    ids: dict[str, OutsideId] = entry.record.ids
    for vocabulary, outside in ids.items():
        path: Path = ("ids", vocabulary)
        if (outside.status == "empty") == (outside.id is not None):
            message = f"status {outside.status} " + ("with an id" if outside.id else "without an id")
            entry.report(diagnostics, "outside-id-status", (*path, "status"), message)
        elif (outside.status == "verified") != (outside.against is not None):
            message = f"status {outside.status} " + ("with" if outside.against else "without") + " »against«"
            entry.report(diagnostics, "outside-id-status", (*path, "status"), message)
        pattern = OUTSIDE_IDS.get(vocabulary)
        if pattern and outside.id is not None and not pattern.fullmatch(outside.id):
            message = f"»{outside.id}« is no id of {vocabulary}"
            entry.report(diagnostics, "bad-outside-id", (*path, "id"), message, expected=pattern.pattern)
        elif vocabulary == "iso_3166_1" and outside.id is not None and outside.id not in ALPHA_2:
            entry.report(diagnostics, "unknown-country", (*path, "id"), f"»{outside.id}« is no country code")


def _examine_parents(table: str, registry: Registry, diagnostics: Diagnostics) -> None:
    entries: dict[str, Entry[Any]] = getattr(registry, table)
    finished: set[str] = set()
    for id_, entry in entries.items():
        parent = entry.record.parent
        if parent is not None and not registry.may_hold(table, parent):
            entry.report(
                diagnostics,
                "unknown-parent",
                ("parent",),
                f"»{parent}« is not in the registry",
                nearest=nearest(parent, entries),
            )
        trail: list[str] = []
        current: str | None = id_
        while current in entries and current not in finished and current not in trail:
            trail.append(current)
            current = entries[current].record.parent
        if current in trail:
            circle = " → ".join([*trail[trail.index(current) :], current])
            entries[current].report(diagnostics, "parent-circle", ("parent",), circle)
        finished.update(trail)
