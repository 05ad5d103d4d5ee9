"""Faults of keys, of the order of rows, of references and of categories."""

from __future__ import annotations

import copy

from aussage.tables import TABLES
from faults.draft import DoesNotApply, Draft
from faults.fault import Put, Register, Row

register = Register()
WITH_FORM = [name for name in TABLES if name not in {"flat", "withdrawn"}]
ORDERED = ("documents", "sentences", "claims", "mentions", "relations", "actors", "locations", "issues", "withdrawn")


def _twice(table: str) -> None:
    @register.fault(
        f"row-twice-in-{table}", "A row stands twice", table, TABLES[table].key, "key-not-unique", batch="keys"
    )
    def spoil(draft: Draft) -> list[str]:
        row = draft.first(table)
        draft.add(table, copy.deepcopy(row), draft.place(table, row) + 1)
        return [draft.key(table, row)]


def _malformed(table: str) -> None:
    key = TABLES[table].key
    put: Put = lambda row: {key: row[key].upper()}  # noqa: E731
    what = "An id has capital letters"
    register.change(f"id-in-capitals-in-{table}", what, table, key, "id-form", put, batch="ids")


for _table in TABLES:
    _twice(_table)
for _table in WITH_FORM:
    _malformed(_table)

# What lets ids pass that look right: `$` lets a line feed pass, `\d` takes digits of other scripts.
register.change(
    "id-with-line-feed", "An id ends with a line feed", "actors", "actor_id", "id-form",
    lambda row: {"actor_id": row["actor_id"] + "\n"}, batch="ids",
)  # fmt: skip
register.change(
    "id-with-full-width-digit", "An id has a full-width digit", "claims", "claim_id", "id-form",
    lambda row: {"claim_id": row["claim_id"] + "１"}, batch="ids", bulk_too=True,
)  # fmt: skip
register.change(
    "id-with-umlaut", "An id has a letter outside a-z", "locations", "location_id", "id-form",
    lambda row: {"location_id": row["location_id"] + "ü"}, batch="ids",
)  # fmt: skip
register.change(
    "id-of-another-layer", "The id of a claim names another layer", "claims", "claim_id", "id-parts",
    lambda row: {"claim_id": row["claim_id"].replace(f"/{row['layer']}/", "/another/")}, batch="ids", bulk_too=True,
)  # fmt: skip
register.change(
    "id-of-another-sentence", "The id of a mention names another sentence", "mentions", "mention_id", "id-parts",
    lambda row: {"mention_id": row["mention_id"].replace(f"{row['sentence_id'].split('/')[-1]}.", "s999.")},
    batch="ids",
)  # fmt: skip
register.change(
    "id-of-another-kind", "The id of an actor's mention names a location", "mentions", "mention_id", "id-parts",
    lambda row: {"mention_id": row["mention_id"].replace(".a", ".l")}, lambda row: row["kind"] == "actor",
    needs="a mention of an actor", batch="ids",
)  # fmt: skip
register.change(
    "id-of-another-document", "The id of a relation names another document", "relations", "relation_id", "id-parts",
    lambda row: {"relation_id": "another/" + row["relation_id"].split("/", 1)[1]}, batch="ids",
)  # fmt: skip
register.change(
    "sentence-of-another-document", "The id of a sentence names another document", "sentences", "sentence_id",
    "id-parts", lambda row: {"sentence_id": "another/" + row["sentence_id"].split("/")[-1]}, batch="ids",
)  # fmt: skip


def _swapped(table: str) -> None:
    @register.fault(
        f"rows-swapped-in-{table}", "Two rows have changed places", table, TABLES[table].key, "row-order",
        needs="two rows one after the other, of one document and layer if it has any", batch="order",
    )  # fmt: skip
    def spoil(draft: Draft) -> list[str]:
        rows = draft.tables[table]
        for place in range(len(rows) - 1):
            one, other = rows[place : place + 2]
            together = table == "documents" or all(
                one.get(name) == other.get(name) for name in ("document_id", "layer")
            )
            if together and one in draft.free(table) and other in draft.free(table):
                rows[place], rows[place + 1] = draft.take(other), draft.take(one)
                return [draft.key(table, one)]
        raise DoesNotApply(table)


for _table in ORDERED:
    _swapped(_table)


@register.fault(
    "rows-reversed", "All claims stand in reverse order", "claims", "claim_id", "row-order",
    needs="two claims", is_bulk=True, batch="order",
)  # fmt: skip
def rows_reversed(draft: Draft) -> list[str]:
    keys = [draft.key("claims", row) for row in draft.every("claims")]
    draft.tables["claims"].reverse()
    return keys[:1]


@register.fault(
    "row-behind-the-last", "The first sentence stands behind the last", "sentences", "sentence_id", "row-order",
    needs="two sentences", batch="order apart",
)  # fmt: skip
def row_behind_the_last(draft: Draft) -> list[str]:
    row = draft.first("sentences")
    draft.remove("sentences", row)
    draft.tables["sentences"].append(row)
    return [draft.key("sentences", row)]


@register.fault(
    "withdrawn-actor", "An actor is listed as withdrawn", "actors", "actor_id", "withdrawn-reused", batch="withdrawn"
)
def withdrawn_actor(draft: Draft) -> list[str]:
    return [_withdraw(draft, "actors")]


@register.fault(
    "withdrawn-claim", "A claim is listed as withdrawn", "claims", "claim_id", "withdrawn-reused", batch="withdrawn"
)
def withdrawn_claim(draft: Draft) -> list[str]:
    return [_withdraw(draft, "claims")]


@register.fault(
    "withdrawn-mentions", "Many mentions are listed as withdrawn", "mentions", "mention_id", "withdrawn-reused",
    needs="two mentions", is_bulk=True, batch="withdrawn",
)  # fmt: skip
def withdrawn_mentions(draft: Draft) -> list[str]:
    keys = [draft.key("mentions", row) for row in draft.every("mentions")]
    for key in keys:
        draft.add("withdrawn", _tombstone("mentions", key))
    return keys


@register.fault(
    "withdrawn-from-nowhere", "A withdrawn row names no table", "withdrawn", "table", "withdrawn-table",
    needs="nothing", batch="withdrawn",
)  # fmt: skip
def withdrawn_from_nowhere(draft: Draft) -> list[str]:
    draft.add("withdrawn", _tombstone("rumours", "gone"))
    return ["gone"]


@register.fault(
    "withdrawn-twice", "One id is withdrawn twice", "withdrawn", "withdrawn_id", "key-not-unique",
    needs="nothing", batch="withdrawn",
)  # fmt: skip
def withdrawn_twice(draft: Draft) -> list[str]:
    for _ in range(2):
        draft.add("withdrawn", _tombstone("actors", "gone-twice"))
    return ["gone-twice"]


def _withdraw(draft: Draft, table: str) -> str:
    key = draft.key(table, draft.first(table))
    draft.add("withdrawn", _tombstone(table, key))
    return key


def _tombstone(table: str, key: str) -> Row:
    return {"withdrawn_id": key, "table": table, "reason": "mistake", "version": "0.9.0", "note": None}
