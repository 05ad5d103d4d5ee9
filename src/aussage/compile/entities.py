"""Registries and issue list as rows: actors, locations, issues, coders, withdrawn ids."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from aussage.codebook import Codebook
from aussage.records.fields import OutsideId
from aussage.registry import Entry, Registry, in_order
from aussage.registry.registry import display_label

Row = dict[str, Any]
BATCH = 20_000
HOT = 10_000  # rows that are kept, the last ones used
ENTITIES = ("actors", "locations", "issues", "coders", "withdrawn")


def entity_rows(codebook: Codebook, registry: Registry) -> dict[str, list[Row]]:
    """The rows of every table that belongs to no document, sorted by id."""
    return {table: list(_rows(codebook, registry, table)) for table in ENTITIES}


def registry_batches(codebook: Codebook, registry: Registry) -> Iterator[tuple[str, list[Row]]]:
    """Table and rows, some rows at a time, of every table that belongs to no document."""
    for table in ENTITIES:
        for batch in entity_batches(codebook, registry, table):
            yield table, batch


def entity_batches(codebook: Codebook, registry: Registry, table: str, size: int = BATCH) -> Iterator[list[Row]]:
    """The rows of one table that belongs to no document, sorted by id, in lists of at most `size` rows.

    There is at least one list, so that a table without rows is written as well.
    """
    rows = _rows(codebook, registry, table)
    yield list(islice(rows, size))
    while batch := list(islice(rows, size)):
        yield batch


class EntityRows(Mapping[str, Row]):
    """The rows of actors or locations by id, each made when it is asked for; the last ones used are kept.

    A row that was given must not be changed.
    """

    def __init__(self, entries: Mapping[str, Entry[Any]], row: Callable[[Any], Row]) -> None:
        self._entries, self._row = entries, row
        self._made = lru_cache(maxsize=HOT)(self._make)

    def __getitem__(self, id_: str) -> Row:
        row = self._made(id_)
        if row is None:
            raise KeyError(id_)
        return row

    def get(self, id_: str, default: Any = None) -> Any:
        """The row of an id, or the default."""
        row = self._made(id_)
        return default if row is None else row

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __reduce__(self) -> tuple[Any, ...]:
        return EntityRows, (self._entries, self._row)

    def _make(self, id_: str) -> Row | None:
        entry = self._entries.get(id_)
        return None if entry is None else self._row(entry.record)


def entity_rows_by_id(registry: Registry) -> dict[str, Mapping[str, Row]]:
    """The rows of actors and of locations by id, as `flat_rows` asks for them."""
    return {"actors": EntityRows(registry.actors, _actor), "locations": EntityRows(registry.locations, _location)}


def _rows(codebook: Codebook, registry: Registry, table: str) -> Iterator[Row]:
    if table == "issues":
        return (_issue(codebook.issues[id_]) for id_ in sorted(codebook.issues))
    if table == "withdrawn":
        return (_withdrawn(registry.withdrawn[key].record) for key in sorted(registry.withdrawn))
    make = {"actors": _actor, "locations": _location, "coders": _coder}[table]
    return (make(entry.record) for entry in in_order(getattr(registry, table)))


def _names(record: Any) -> Row:
    return {
        "label": display_label(record.label),
        "label_de": record.label.get("de"),
        "label_en": record.label.get("en"),
        "labels": _labels(record.label),
        "also": record.also,
    }


def _labels(labels: dict[str, str]) -> list[Row]:
    return [{"language": language, "label": labels[language]} for language in sorted(labels)]


def _outside(ids: dict[str, OutsideId], *vocabularies: str) -> Row:
    row: Row = {}
    for name in vocabularies:
        found = ids.get(name)
        row[f"{name}_id"] = found.id if found else None
        row[f"{name}_status"] = found.status if found else None
        row[f"{name}_against"] = found.against if found else None
    row["other_ids"] = [
        {"vocabulary": name, "id": ids[name].id, "status": ids[name].status, "against": ids[name].against}
        for name in sorted(ids)
        if name not in vocabularies
    ]
    return row


def _actor(record: Any) -> Row:
    return {
        "actor_id": record.id,
        **_names(record),
        "actor_type": record.type,
        "parent_id": record.parent,
        "country": record.country,
        **_outside(record.ids, "wikidata"),
        "note": record.note,
    }


def _location(record: Any) -> Row:
    point = record.coordinates
    return {
        "location_id": record.id,
        **_names(record),
        "location_type": record.type,
        "parent_id": record.parent,
        **_outside(record.ids, "wikidata", "geonames", "iso_3166_1", "iso_3166_2"),
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "precision": point.precision if point else None,
        "coordinates_status": point.status if point else None,
        "coordinates_against": point.against if point else None,
        "sovereignty": record.sovereignty,
        "note": record.note,
    }


def _issue(record: Any) -> Row:
    return {
        "issue_id": record.id,
        "label": display_label(record.proposition),
        "label_de": record.proposition.get("de"),
        "label_en": record.proposition.get("en"),
        "labels": _labels(record.proposition),
        "frame": record.frame,
        "plus": record.agreement.plus if record.agreement else None,
        "minus": record.agreement.minus if record.agreement else None,
        "note": record.note,
    }


def _coder(record: Any) -> Row:
    return {"coder_id": record.id, "kind": record.kind, "name": record.name, "saw": record.saw, "note": record.note}


def _withdrawn(record: Any) -> Row:
    return {
        "withdrawn_id": record.id,
        "table": record.table,
        "reason": record.reason,
        "version": record.version,
        "note": record.note,
    }
