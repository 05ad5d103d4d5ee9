"""Prepared columns on what is worth knowing: entries that nobody uses, layers that stop early, odd characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from aussage.expectations.odd_characters import ODD_IN_NAME
from aussage.expectations.prepared.columns import OfRow, PreparedColumns
from aussage.expectations.prepared.of_registries import with_parents
from aussage.expectations.prepared.rows import GOLD, Row, Rows, some

columns = PreparedColumns()
FEWEST_LEFT = 3  # sentences


def _add_all() -> None:
    columns.add("actors", "actor_id.is_used", "whether it or what belongs to it is named", _actor, "claims mentions")
    columns.add("locations", "location_id.is_used", "whether it or what lies in it is named", _location, "mentions")
    columns.add("issues", "issue_id.is_used", "whether a claim takes a position on it", _issue, "claims")
    columns.add("documents", "layers.half_done", "coders that stop long before another", _half_done, "sentences claims")
    columns.add("documents", "text.is_composed", "whether it is in normal form C", _is_composed)
    for name in ("actors", "locations", "issues"):
        columns.add(name, "labels.odd", "names with characters that no name has", _odd("labels"))
        if name != "issues":
            columns.add(name, "also.odd", "names with characters that no name has", _odd("also"))


def _actor(rows: Rows, row: Row) -> bool:
    def named() -> Iterable[str | None]:
        yield from (mention["actor_id"] for mention in rows["mentions"])
        yield from (id_ for claim in rows["claims"] for id_ in claim["claimant_ids"])

    return row["actor_id"] in rows.once("used actors", lambda: with_parents(rows, "actors", named()))


def _location(rows: Rows, row: Row) -> bool:
    named = (mention["location_id"] for mention in rows["mentions"])
    return row["location_id"] in rows.once("used locations", lambda: with_parents(rows, "locations", named))


def _issue(rows: Rows, row: Row) -> bool:
    return row["issue_id"] in rows.grouped("claims", "issue_id")


def _half_done(rows: Rows, row: Row) -> str | None:
    """Coders after whose last claim another has a third of his sentences with claims, and three at least."""
    coded: dict[str, set[int]] = {}
    for claim in rows.grouped("claims", "document_id").get(row["document_id"], []):
        position = rows.find("sentences", claim["sentence_id"]).get("position")
        if claim["layer"] != GOLD and position is not None:
            coded.setdefault(claim["layer"], set()).add(position)
    return some(
        layer
        for layer in row["layers"]
        if layer != GOLD
        and any(_stops_before(coded.get(layer, set()), theirs) for other, theirs in coded.items() if other != layer)
    )


def _stops_before(own: set[int], theirs: set[int]) -> bool:
    left = sum(position > max(own, default=0) for position in theirs)
    return left >= FEWEST_LEFT and left * 3 >= len(theirs)


def _is_composed(_: Rows, row: Row) -> bool:
    return unicodedata.is_normalized("NFC", row["text"])


def _odd(column: str) -> OfRow:
    def make(_: Rows, row: Row) -> str | None:
        names = (item if isinstance(item, str) else item["label"] for item in row[column])
        return some(name for name in names if re.search(ODD_IN_NAME, name) or _is_decomposed(name))

    return make


def _is_decomposed(name: str) -> bool:
    return not unicodedata.is_normalized("NFC", name)


_add_all()
