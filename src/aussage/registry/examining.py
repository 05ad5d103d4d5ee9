"""What entries of registries may not say: of countries, outside ids, coordinates, parents, names and withdrawn ids."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from aussage.diagnostics import Diagnostics, nearest
from aussage.records.fields import OutsideId
from aussage.records.sources import Actor, Coder, Location, Withdrawn
from aussage.registry.countries import ALPHA_2
from aussage.registry.entry import Entry
from aussage.registry.reading import Lost
from aussage.source import Path
from aussage.tables import TABLES

RESERVED = {"gold", "adjudication", "all"}  # names of layers and files that no coder may have
OUTSIDE_IDS = {
    "wikidata": re.compile(r"[QPL][1-9][0-9]*"),
    "geonames": re.compile(r"[1-9][0-9]*"),
    "iso_3166_1": re.compile(r"[A-Z]{2}"),
    "iso_3166_2": re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}"),
}


def by_id(entries: Iterable[Entry[Any]], diagnostics: Diagnostics) -> dict[str, Entry[Any]]:
    """The entries by id, in their order; of several with one id the first counts, the others are reported."""
    found: dict[str, Entry[Any]] = {}
    for entry in entries:
        first = found.setdefault(entry.record.id, entry)
        if first is not entry:
            report_duplicate(entry, first, diagnostics)
    return found


def report_duplicate(entry: Entry[Any], first: Entry[Any], diagnostics: Diagnostics) -> None:
    """Report an entry whose id another one has."""
    place = first.source.place(first.path)
    entry.report(diagnostics, "duplicate-id", ("id",), f"»{entry.record.id}« is given already in {place}")


def examine_entry(entry: Entry[Any], diagnostics: Diagnostics) -> None:
    """Report what is wrong with an entry on its own."""
    if isinstance(entry.record, Actor):
        _examine_actor(entry, diagnostics)
    elif isinstance(entry.record, Location):
        _examine_location(entry, diagnostics)
    elif isinstance(entry.record, Coder) and entry.record.id in RESERVED:
        message, expected = f"»{entry.record.id}« is reserved", "another id for the coder"
        entry.report(diagnostics, "bad-id", ("id",), message, expected=expected)


def by_table_and_id(
    entries: Iterable[Entry[Withdrawn]], diagnostics: Diagnostics
) -> dict[tuple[str, str], Entry[Withdrawn]]:
    """The withdrawn rows by table and id, in their order; of several the first counts."""
    found: dict[tuple[str, str], Entry[Withdrawn]] = {}
    for entry in entries:
        _examine_withdrawn(entry, found, diagnostics)
        found.setdefault((entry.record.table, entry.record.id), entry)
    return found


def examine_reuse(
    table: str,
    entries: Mapping[str, Entry[Any]],
    withdrawn: Iterable[tuple[str, str]],
    diagnostics: Diagnostics,
) -> None:
    """Report entries whose id was withdrawn."""
    for of_table, id_ in withdrawn:
        if of_table == table and (entry := entries.get(id_)) is not None:
            entry.report(diagnostics, "reused-id", ("id",), f"»{id_}« was withdrawn")


def examine_parents(entries: Mapping[str, Entry[Any]], lost: Lost, diagnostics: Diagnostics) -> None:
    """Report parents that are not there, unless they may be among what was lost, and circles of parents."""
    known = list(entries)
    numbers = {id_: number for number, id_ in enumerate(known)}
    parents = [entry.record.parent for entry in entries.values()]
    absent = {parent for parent in parents if parent is not None} - entries.keys() - lost.ids
    for entry in () if lost.unknown else entries.values():
        if entry.record.parent in absent:
            report_unknown_parent(entry, nearest(entry.record.parent, known), diagnostics)
    for circle in circles([-1 if parent is None else numbers.get(parent, -1) for parent in parents]):
        report_circle(entries[known[circle[0]]], (known[number] for number in circle), diagnostics)


def report_unknown_parent(entry: Entry[Any], near: list[str], diagnostics: Diagnostics) -> None:
    """Report an entry whose parent is not in the registry."""
    message = f"»{entry.record.parent}« is not in the registry"
    entry.report(diagnostics, "unknown-parent", ("parent",), message, nearest=near)


def report_circle(entry: Entry[Any], ids: Iterable[str], diagnostics: Diagnostics) -> None:
    """Report a circle of parents at the entry with which it begins."""
    circle = " → ".join([*ids, entry.record.id])
    entry.report(diagnostics, "parent-circle", ("parent",), circle)


def circles(parents: Sequence[int]) -> Iterator[list[int]]:
    """Each circle once, from where the first of all that lead to it enters it; `parents` has -1 for no parent."""
    new, on_trail, finished = range(3)
    state = bytearray(len(parents))
    for start in range(len(parents)):
        trail, current = [], start
        while current >= 0 and state[current] == new:
            state[current] = on_trail
            trail.append(current)
            current = parents[current]
        if current >= 0 and state[current] == on_trail:
            yield trail[trail.index(current) :]
        for number in trail:
            state[number] = finished


def _examine_withdrawn(
    entry: Entry[Withdrawn], seen: Mapping[tuple[str, str], Entry[Withdrawn]], diagnostics: Diagnostics
) -> None:
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
    elif (record.table, record.id) in seen:
        entry.report(diagnostics, "duplicate-id", ("id",), f"»{record.id}« is withdrawn twice")


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
