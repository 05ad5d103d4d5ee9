"""Prepared columns of `flat`: every cell worked out from the other tables, claim by claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aussage.expectations.prepared.columns import OfRow, PreparedColumns
from aussage.expectations.prepared.of_derived import main_mention
from aussage.expectations.prepared.rows import GOLD, Row, Rows
from aussage.tables import TABLES

columns = PreparedColumns()
NEEDS = "claims documents sentences mentions actors locations"
NUMBERS = {"integer", "scale", "number"}


def _add_all() -> None:
    columns.add_whole("flat", "claims.claim_id", "the gold claim at the same place", _gold_ids, "claims")
    columns.add("claims", "flat.has_it", "whether `flat` has the claim", _is_flat, "flat")
    for column in TABLES["flat"].columns:
        holds = "what the other tables say; the cell itself if there is no such claim"
        is_number = column.kind in NUMBERS
        columns.add("flat", f"{column.name}.expected", holds, _expected(column.name), NEEDS, is_number=is_number)


def _gold_ids(rows: Rows) -> Iterator[str | None]:
    gold = (claim["claim_id"] for claim in rows["claims"] if claim["layer"] == GOLD)
    return (next(gold, None) for _ in rows["flat"])


def _is_flat(rows: Rows, row: Row) -> bool:
    return row["claim_id"] in rows.by_id("flat")


def _expected(name: str) -> OfRow:
    def make(rows: Rows, row: Row) -> Any:
        claim = rows.find("claims", row["claim_id"])
        if not claim:
            return row[name]
        cells = rows.once(("flat", row["claim_id"]), lambda: _cells(rows, claim))
        return cells[name] if name in cells else spelled(claim[name])

    return make


def spelled(cell: Any) -> Any:
    """A cell of a claim without list or struct."""
    return "; ".join(map(_item, cell)) if isinstance(cell, list) else cell


def _item(item: Any) -> str:
    if isinstance(item, str):
        return item
    if "effect" in item:
        return f"{item['effect']}:{item['actor_id'] or item['location_id'] or ''}"
    return str(item["text"]) if "text" in item else f"{item['start']}-{item['end']}"


def _cells(rows: Rows, claim: Row) -> dict[str, Any]:
    """The columns that are none of the claim's own."""
    claimant = rows.find("actors", next(iter(claim["claimant_ids"]), None))
    found = {
        **_of(
            "document_", "language title date date_status rights_status", rows.find("documents", claim["document_id"])
        ),
        **_of("sentence_", "paragraph position char_start char_end text", rows.find("sentences", claim["sentence_id"])),
        **_of("claimant_", "actor_type country wikidata_id", claimant),
        **_of("target_", "actor_type country", rows.find("actors", claim["target_id"])),
    }
    mentions = list(_inside(rows, claim))
    places = [mention for mention in mentions if mention["location_id"] is not None]
    actors = dict.fromkeys(mention["actor_id"] for mention in mentions if mention["actor_id"] is not None)
    found["actor_ids"] = "; ".join(actors)
    found["location_ids"] = _each(mention["location_id"] for mention in places)
    found["location_labels"] = _each(rows.find("locations", mention["location_id"]).get("label") for mention in places)
    found["location_roles"] = _each(mention["role"] for mention in places)
    found["main_location_id"] = main_mention(rows, places).get("location_id")
    location = rows.find("locations", found["main_location_id"])
    return found | _of("main_location_", "label latitude longitude iso_3166_1_id", location)


def _of(prefix: str, names: str, row: Row) -> dict[str, Any]:
    return {f"{prefix}{name}": row.get(name) for name in names.split()}


def _each(values: Iterable[str | None]) -> str:
    return "; ".join(value or "" for value in values)


def _inside(rows: Rows, claim: Row) -> Iterable[Row]:
    """The mentions that name the claim, in their order."""

    def make() -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for mention in rows["mentions"]:
            for id_ in mention["claim_ids"]:
                found.setdefault(id_, []).append(mention)
        return found

    return rows.once("mentions by claim", make).get(claim["claim_id"], [])


_add_all()
