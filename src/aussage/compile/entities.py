"""Registries and issue list as rows: actors, locations, issues, coders, withdrawn ids."""

from typing import Any

from aussage.codebook import Codebook
from aussage.records.fields import OutsideId
from aussage.registry import Registry
from aussage.registry.registry import display_label

Row = dict[str, Any]


def entity_rows(codebook: Codebook, registry: Registry) -> dict[str, list[Row]]:
    """The rows of every table that belongs to no document, sorted by id."""
    return {
        "actors": [_actor(registry.actors[id_].record) for id_ in sorted(registry.actors)],
        "locations": [_location(registry.locations[id_].record) for id_ in sorted(registry.locations)],
        "issues": [_issue(codebook.issues[id_]) for id_ in sorted(codebook.issues)],
        "coders": [_coder(registry.coders[id_].record) for id_ in sorted(registry.coders)],
        "withdrawn": [_withdrawn(registry.withdrawn[key].record) for key in sorted(registry.withdrawn)],
    }


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
