"""Prepared columns that follow from the table definitions: lists, references, ids and the order of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from aussage.expectations.prepared.columns import OfRow, PreparedColumns
from aussage.expectations.prepared.rows import GOLD, Row, Rows, listed, some
from aussage.tables import TABLES
from aussage.tables.columns import Column, Table
from aussage.tables.schemas import values_of

columns = PreparedColumns()
LISTS = {"texts", "categories", "spans", "effects", "figures", "labels", "outside_ids"}
LAYERED = ("claims", "mentions", "relations")


def _add_all() -> None:
    for table in TABLES.values():
        for column in table.columns:
            if column.kind in LISTS:
                _add_list(table.name, column)
            if column.refers:
                lost = _lost(column.name, column.refers)
                columns.add(table.name, f"{column.name}.lost", "the ids that lead to no row", lost, _words(column))
        _add_key(table)
    columns.add("claims", "affected.lost", "the ids that lead to no row", _lost_affected, "actors locations")
    for name in LAYERED:
        columns.add(name, "layer.lost", "the layer if its document does not have it", _lost_layer, "documents")
    columns.add("documents", "layers.in_order", "gold, then the known coders among the layers", _in_order, "coders")


def _words(column: Column) -> str:
    return " ".join(column.refers)


def _add_list(table: str, column: Column) -> None:
    name = column.name
    columns.add(table, f"{name}.shape", "the fields of the items", lambda _, row: shape(row.get(name)))
    columns.add(table, f"{name}.count", "the number of items", lambda _, row: len(row[name]), is_number=True)
    columns.add(table, f"{name}.given", "the list as one text", lambda _, row: listed(row[name]))
    if column.kind == "texts":
        columns.add(table, f"{name}.empty_items", "the items without text", _empty_items(name))
    if column.kind in {"categories", "effects", "outside_ids"}:
        columns.add(table, f"{name}.unknown", "the values that the codebook does not list", _unknown(column))


def shape(items: Any) -> str | None:
    """What the items of a list are: text, or the names of their fields; nothing if there is no item."""
    if not isinstance(items, list):
        return None if items is None else "no list"
    shapes = {"text" if isinstance(item, str) else ", ".join(item) if isinstance(item, dict) else "" for item in items}
    return "; ".join(sorted(shapes)) or None


def _empty_items(name: str) -> OfRow:
    return lambda _, row: some(item for item in row[name] or () if item == "")


def _unknown(column: Column) -> OfRow:
    variable = "id_status" if column.kind == "outside_ids" else column.variable
    field = {"effects": "effect", "outside_ids": "status"}.get(column.kind)

    def make(rows: Rows, row: Row) -> str | None:
        known = rows.codebook.enumerations[variable] if field else values_of(column, rows.codebook.enumerations)
        values = (item[field] if field else item for item in row[column.name] or ())
        return some(value for value in values if value not in known)

    return make


def _lost(name: str, refers: tuple[str, ...]) -> OfRow:
    def make(rows: Rows, row: Row) -> str | None:
        ids = row[name] if isinstance(row[name], list) else [row[name]]
        return some(id_ for id_ in ids if id_ is not None and not any(id_ in rows.by_id(other) for other in refers))

    return make


def _lost_affected(rows: Rows, row: Row) -> str | None:
    ends = (("actors", "actor_id"), ("locations", "location_id"))
    ids = ((table, item[field]) for item in row["affected"] or () for table, field in ends)
    return some(id_ for table, id_ in ids if id_ is not None and id_ not in rows.by_id(table))


def _lost_layer(rows: Rows, row: Row) -> str | None:
    layers = rows.find("documents", row["document_id"]).get("layers", [])
    return None if row["layer"] in layers else str(row["layer"])


def _in_order(rows: Rows, row: Row) -> str:
    coders = sorted({layer for layer in row["layers"] if layer in rows.by_id("coders")})
    return listed([GOLD, *coders] if row["layers"] else [])


def _add_key(table: Table) -> None:
    name, key = table.name, table.key
    columns.add_whole(
        name, "row.place", "the place that the row should have", _places(table), "documents", is_number=True
    )
    if name != "withdrawn":
        columns.add(name, f"{key}.is_withdrawn", "whether the id was withdrawn", _is_withdrawn(table), "withdrawn")
    if name == "sentences":
        columns.add(
            name, f"{key}.document_id", "what the id says of it", _part(key, lambda id_: id_.rpartition("/")[0])
        )
    for column, part in PARTS.items() if name in LAYERED else ():
        columns.add(name, f"{key}.{column}", "what the id says of it", _part(key, part))


def _part(key: str, part: Callable[[str], str]) -> OfRow:
    return lambda _, row: part(row[key])


def _is_withdrawn(table: Table) -> OfRow:
    gone = "claims" if table.name == "flat" else table.name
    return lambda rows, row: row[table.key] in _withdrawn(rows, gone)


def _withdrawn(rows: Rows, table: str) -> set[str]:
    return rows.once(
        ("withdrawn", table), lambda: {r["withdrawn_id"] for r in rows["withdrawn"] if r["table"] == table}
    )


PARTS: dict[str, Callable[[str], str]] = {
    "document_id": lambda id_: id_.partition("/")[0],
    "layer": lambda id_: id_.partition("/")[2].rpartition("/")[0],
    "sentence_id": lambda id_: f"{id_.partition('/')[0]}/{id_.rpartition('/')[2].partition('.')[0]}",
    "kind": lambda id_: {"a": "actor", "l": "location"}.get(id_.rpartition(".")[2][:1], ""),
}


def _places(table: Table) -> Callable[[Rows], Iterable[int]]:
    def make(rows: Rows) -> Iterable[int]:
        number = {id_: place for place, id_ in enumerate(dict.fromkeys(r["document_id"] for r in rows["documents"]))}
        keys = []
        for row in rows[table.name]:
            order = SORTED_BY[table.name](row) if table.name in SORTED_BY else (row[table.key],)
            within = number.get(row["document_id"], len(number)) if table.local and table.name != "documents" else 0
            keys.append((within, *order))
        places = [0] * len(keys)
        for place, index in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
            places[index] = place
        return places

    return make


def _layer(row: Row) -> str:
    """Gold comes before all coders."""
    return "" if row["layer"] == GOLD else row["layer"]


def _span_of(row: Row) -> tuple[int, int]:
    """First character, and the last one with its sign turned: of two that begin together the longer comes first."""
    spans = row["content_spans"]
    return (spans[0]["start"], -spans[-1]["end"]) if spans else (0, 0)


SORTED_BY: dict[str, Callable[[Row], tuple[Any, ...]]] = {
    "withdrawn": lambda row: (row["table"], row["withdrawn_id"]),
    "sentences": lambda row: (row["position"],),
    "claims": lambda row: (_layer(row), *_span_of(row), row["claim_id"]),
    "mentions": lambda row: (_layer(row), row["char_start"], row["char_end"], row["mention_id"]),
    "relations": lambda row: (_layer(row), row["is_derived"], row["relation_id"]),
    "adjudications": lambda row: (),
    "flat": lambda row: (_layer(row),),
}

_add_all()
