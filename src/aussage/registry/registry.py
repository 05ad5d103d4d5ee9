"""The registries of a project, read, examined, and ready for lookup."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from aussage.diagnostics import nearest
from aussage.records.sources import Actor, Coder, Location, Withdrawn
from aussage.registry.entry import Entry, R
from aussage.registry.examining import OUTSIDE_IDS
from aussage.registry.index import IndexedEntries
from aussage.registry.lines import LARGEST_JSON_LINES
from aussage.registry.reading import read_text

__all__ = ["LARGEST_JSON_LINES", "OUTSIDE_IDS", "Entry", "Registry", "display_label", "in_order", "read_text"]


@dataclass(slots=True)
class Registry:
    """Actors, locations and coders by id; withdrawn rows by table and id; `complete` if all could be read.

    Small registries are in memory, in the order of their files; large ones are looked up in an index, in the order of
    ids. A copy for another process (by pickle) opens the index again. `spoiled` has the ids of entries that could not
    be read, by table, and `unread` the tables of which nobody knows what else they hold: what refers to them is not
    reported as unknown a second time. `identity` is the SHA-256 of what all files of the registries hold.
    """

    actors: Mapping[str, Entry[Actor]] = field(default_factory=dict)
    locations: Mapping[str, Entry[Location]] = field(default_factory=dict)
    coders: Mapping[str, Entry[Coder]] = field(default_factory=dict)
    withdrawn: dict[tuple[str, str], Entry[Withdrawn]] = field(default_factory=dict)
    complete: bool = True
    spoiled: dict[str, set[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    identity: str = ""

    def may_hold(self, table: str, id_: str) -> bool:
        """Whether an id is in a table, or may be in a part of it that could not be read."""
        return id_ in getattr(self, table) or id_ in self.spoiled.get(table, ()) or table in self.unread

    def actor_label(self, actor_id: str | None) -> str | None:
        """The name of an actor: English if there is one, else the first by language code."""
        entry = self.actors.get(actor_id) if actor_id is not None else None
        return None if entry is None else display_label(entry.record.label)

    def location_label(self, location_id: str | None) -> str | None:
        """The name of a location: English if there is one, else the first by language code."""
        entry = self.locations.get(location_id) if location_id is not None else None
        return None if entry is None else display_label(entry.record.label)

    def nearest(self, table: str, id_: str, others: Iterable[str] = ()) -> list[str]:
        """The ids most like one that is not there, best first: of a table, and of `others` that would do as well.

        In a large table only ids that begin or end alike are compared.
        """
        entries = getattr(self, table)
        known = entries.like(id_) if isinstance(entries, IndexedEntries) else entries
        return nearest(id_, [*known, *others])

    def digest(self, table: str, ids: Iterable[str]) -> str:
        """The SHA-256 over the records of these ids, each once, and over which of them there are none of.

        It changes when what the registry says of one of the ids does, wherever that stands in its files.
        """
        entries, digest = getattr(self, table), hashlib.sha256()
        for id_ in sorted(set(ids)):
            entry = entries.get(id_)
            kept = msgspec.json.encode(entry.record) if entry else b"?" if self.may_hold(table, id_) else b"-"
            digest.update(msgspec.json.encode(id_) + b" " + kept + b"\n")
        return digest.hexdigest()


def in_order(entries: Mapping[str, Entry[R]]) -> Iterator[Entry[R]]:
    """The entries in the order of ids; of a large registry each is read when its turn comes."""
    return entries.in_order() if isinstance(entries, IndexedEntries) else (entries[id_] for id_ in sorted(entries))


def display_label(labels: dict[str, str]) -> str:
    """The label that tables show: English if there is one, else the first by language code."""
    return labels.get("en") or labels[min(labels)]
