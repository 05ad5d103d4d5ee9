"""Faults of references and of categories: every column that refers or is enumerated, and layers and coders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aussage.tables import TABLES
from aussage.tables.columns import Column
from faults.draft import DoesNotApply, Draft
from faults.fault import Put, Register, Row

register = Register()
LISTS = {"texts", "categories"}
WRONG: dict[str, Any] = {"scale": 5}
NOWHERE, NO_VALUE = "nowhere-at-all", "no-such-value"


def _instead(column: Column, value: Any) -> Put:
    """Put a value into a cell; at the end of a list."""
    if column.kind in LISTS:
        return lambda row: {column.name: [*row[column.name], value]}
    return {column.name: value}


def _in_item(column: str, field: str, value: Any) -> Put:
    """Put a value into a field of the first item of a list."""
    return lambda row: {column: [{**row[column][0], field: value}, *row[column][1:]]}


for _table in TABLES.values():
    for _column in _table.columns:
        if _column.refers:
            register.change(
                f"reference-{_table.name}-{_column.name}",
                f"A reference to {' or '.join(_column.refers)} leads nowhere",
                _table.name,
                _column.name,
                "broken-reference",
                _instead(_column, NOWHERE),
                is_cell=True,
            )
        if _column.kind in {"category", "categories", "scale"}:
            register.change(
                f"value-{_table.name}-{_column.name}", "A value is not in the codebook", _table.name, _column.name,
                "unknown-value", _instead(_column, WRONG.get(_column.kind, NO_VALUE)), is_cell=True,
            )  # fmt: skip
for _field in ("actor_id", "location_id"):
    register.change(
        f"reference-of-effect-{_field}", "An effect is on nobody known", "claims", "affected", "broken-reference",
        _in_item("affected", _field, NOWHERE), lambda row: row["affected"], needs="a claim with an effect",
    )  # fmt: skip
register.change(
    "value-of-effect", "An effect is neither harm nor benefit", "claims", "affected", "unknown-value",
    _in_item("affected", "effect", NO_VALUE), lambda row: row["affected"], needs="a claim with an effect",
    is_cell=True,
)  # fmt: skip
register.change(
    "value-of-outside-id", "Another id has a status that there is not", "actors", "other_ids", "unknown-value",
    _in_item("other_ids", "status", NO_VALUE), lambda row: row["other_ids"], needs="an actor with another id",
    is_cell=True,
)  # fmt: skip
register.change(
    "value-in-small-letters", "A type is written in small letters", "claims", "claim_type", "unknown-value",
    lambda row: {"claim_type": row["claim_type"].lower()}, bulk_too=True,
)  # fmt: skip


def _bulk(code: str, what: str, table: str, column: str, rules: str, put: Callable[[Row], None]) -> None:
    @register.fault(code, what, table, column, rules, needs="two rows", is_bulk=True)
    def spoil(draft: Draft) -> list[str]:
        rows = draft.every(table)
        for row in rows:
            put(row)
        return [draft.key(table, row) for row in rows]


_bulk("claimants-unknown", "Many claims have a claimant that there is not", "claims", "claimant_ids",
      "broken-reference", lambda row: row["claimant_ids"].append(NOWHERE))  # fmt: skip
_bulk("mentions-without-sentence", "Many mentions are of sentences that there are not", "mentions", "sentence_id",
      "broken-reference", lambda row: row.update(sentence_id=row["sentence_id"] + "9"))  # fmt: skip
_bulk("coders-cleared", "Many claims have no coder", "claims", "coder_id",
      "layer-coder", lambda row: row.update(coder_id=None))  # fmt: skip


@register.fault(
    "document-lost", "A document is gone, its rows are left", "claims", "document_id", "broken-reference",
    needs="a document with claims", batch="apart",
)  # fmt: skip
def document_lost(draft: Draft) -> list[str]:
    name = draft.first("claims")["document_id"]
    draft.tables["documents"] = [row for row in draft.tables["documents"] if row["document_id"] != name]
    return [draft.key("claims", row) for row in draft.tables["claims"] if row["document_id"] == name]


@register.fault(
    "registry-emptied", "All actors are gone", "mentions", "actor_id", "broken-reference",
    needs="a mention of an actor", is_bulk=True,
)  # fmt: skip
def registry_emptied(draft: Draft) -> list[str]:
    rows = draft.every("mentions", lambda row: row["actor_id"])
    draft.tables["actors"] = []
    return [draft.key("mentions", row) for row in rows]


_LAYERS = {
    "layers-without-gold": ("The layers begin with a coder", lambda layers: layers[1:]),
    "layers-with-a-stranger": ("A layer is that of no coder", lambda layers: [*layers, "zzz-stranger"]),
    "layers-twice": ("A layer is named twice", lambda layers: [*layers, layers[-1]]),
    "layers-turned-round": ("The layers stand in reverse order", lambda layers: layers[::-1]),
}
for _code, (_what, _change) in _LAYERS.items():

    def _put(row: Row, change: Callable[[list[str]], list[str]] = _change) -> Row:
        return {"layers": change(row["layers"])}

    register.change(
        _code, _what, "documents", "layers", "layers-of-document", _put, lambda row: len(row["layers"]) > 1,
        needs="a document with a coder's layer",
    )  # fmt: skip

for _name in ("claims", "mentions", "relations"):
    register.change(
        f"layer-unknown-in-{_name}", "A row is of a layer that its document does not have", _name, "layer",
        "unknown-layer", {"layer": "another"},
    )  # fmt: skip
    register.change(
        f"coder-missing-in-{_name}", "A row has no coder", _name, "coder_id", "layer-coder", {"coder_id": None},
        lambda row: not row.get("is_derived"),
    )  # fmt: skip
register.change(
    "coder-of-another-layer", "A row in a coder's layer is another coder's", "claims", "coder_id", "layer-coder",
    {"coder_id": "zzz-other"}, lambda row: row["layer"] != "gold", needs="a claim of a coder",
)  # fmt: skip
register.change(
    "coder-of-what-is-derived", "A derived contradiction has a coder", "relations", "coder_id", "layer-coder",
    {"coder_id": "coder-a"}, lambda row: row["is_derived"], needs="a derived relation",
)  # fmt: skip


@register.fault("issue-changed", "An issue has another meaning than in the codebook", "issues", "plus", "issue-list")
def issue_changed(draft: Draft) -> list[str]:
    row = draft.first("issues")
    row["plus"] = f"not {row['plus']}"
    return [row["issue_id"]]


@register.fault(
    "issue-renamed", "A proposition is another one than in the codebook", "issues", "labels", "issue-list",
)  # fmt: skip
def issue_renamed(draft: Draft) -> list[str]:
    row = draft.first("issues")
    row["labels"] = [{**label, "label": label["label"] + "!"} for label in row["labels"]]
    return [row["issue_id"]]


@register.fault(
    "issue-lost", "An issue of the codebook is not in the table", "issues", "issue_id", "issue-list",
    batch="apart lost",
)  # fmt: skip
def issue_lost(draft: Draft) -> list[str]:
    row = draft.first("issues")
    draft.remove("issues", row)
    return [row["issue_id"]]


@register.fault(
    "issue-invented", "The table has an issue that the codebook lacks", "issues", "issue_id", "issue-list",
    batch="apart invented",
)  # fmt: skip
def issue_invented(draft: Draft) -> list[str]:
    if not draft.tables["issues"]:
        raise DoesNotApply("issues")
    row = {**draft.tables["issues"][-1], "issue_id": "zzz-invented"}
    draft.add("issues", row)
    return ["zzz-invented"]
