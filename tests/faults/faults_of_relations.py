"""Faults of relations between claims, and of decisions between coders."""

from __future__ import annotations

import copy
from typing import Any

from faults.draft import DoesNotApply, Draft
from faults.fault import Register, Row

register = Register()


def _coded(row: Row) -> bool:
    return not row["is_derived"]


register.change(
    "relation-to-its-source", "A claim is related to itself", "relations", "target_claim_id", "relation-to-itself",
    lambda row: {"target_claim_id": row["source_claim_id"]}, bulk_too=True,
)  # fmt: skip


@register.fault(
    "relation-into-another-layer", "A relation leads to a claim of another layer", "relations", "target_claim_id",
    "relation-across", needs="a relation, and a claim of another layer",
)  # fmt: skip
def relation_into_another_layer(draft: Draft) -> list[str]:
    row = draft.first("relations")
    others = [claim for claim in draft.tables["claims"] if claim["layer"] != row["layer"]]
    if not others:
        raise DoesNotApply("claims")
    row["target_claim_id"] = others[-1]["claim_id"]
    return [draft.key("relations", row)]


@register.fault(
    "relation-again", "A relation stands twice under two ids", "relations", "relation", "relation-twice",
    needs="a relation that a coder coded",
)  # fmt: skip
def relation_again(draft: Draft) -> list[str]:
    row = draft.first("relations", _coded)
    again = copy.deepcopy(row) | {"relation_id": row["relation_id"] + "9"}
    draft.add("relations", again, draft.place("relations", row) + 1)
    return [draft.key("relations", again)]


@register.fault(
    "contradiction-lost", "A contradiction of gold is gone", "relations", "relation_id", "contradictions",
    needs="a derived relation", batch="lost",
)  # fmt: skip
def contradiction_lost(draft: Draft) -> list[str]:
    row = draft.first("relations", lambda row: row["is_derived"])
    draft.remove("relations", row)
    return [draft.key("relations", row)]


@register.fault(
    "contradictions-lost", "All contradictions of gold are gone", "relations", "relation_id", "contradictions",
    needs="a derived relation", is_bulk=True,
)  # fmt: skip
def contradictions_lost(draft: Draft) -> list[str]:
    rows = [row for row in draft.tables["relations"] if row["is_derived"]]
    if not rows:
        raise DoesNotApply("relations")
    draft.tables["relations"] = [row for row in draft.tables["relations"] if not row["is_derived"]]
    return [draft.key("relations", row) for row in rows]


@register.fault(
    "contradiction-invented", "Two claims contradict each other that do not", "relations", "relation_id",
    "contradictions", needs="a derived relation, and two gold claims without an issue",
)  # fmt: skip
def contradiction_invented(draft: Draft) -> list[str]:
    row = draft.first("relations", lambda row: row["is_derived"])
    without = [claim for claim in draft.tables["claims"] if claim["layer"] == "gold" and not claim["issue_id"]]
    if len(without) < 2:
        raise DoesNotApply("claims")
    source, target = (claim["claim_id"] for claim in without[:2])
    more = copy.deepcopy(row) | {"source_claim_id": source, "target_claim_id": target}
    more["relation_id"] = f"{source}-contradicts-{target.split('/')[-1]}"
    draft.add("relations", more, draft.place("relations", row) + 1)
    return [draft.key("relations", more)]


_DERIVED: dict[str, tuple[str, str, Any, Any]] = {
    "contradiction-coded": ("A coder coded a contradiction", "relation", {"relation": "contradicts"}, _coded),
    "derived-and-no-contradiction": ("What is derived is no contradiction", "relation",
        {"relation": "supports"}, lambda row: row["is_derived"]),
    "contradiction-not-derived": ("A contradiction of gold is not marked as derived", "is_derived",
        {"is_derived": False}, lambda row: row["is_derived"]),
    "contradiction-in-another-layer": ("A contradiction is derived in a coder's layer", "layer",
        {"layer": "coder-a"}, lambda row: row["is_derived"]),
    "contradiction-under-another-id": ("The id of a contradiction does not name its claims", "relation_id",
        lambda row: {"relation_id": row["relation_id"] + "9"}, lambda row: row["is_derived"]),
}  # fmt: skip
for _code, (_what, _column, _put, _where) in _DERIVED.items():
    register.change(
        _code,
        _what,
        "relations",
        _column,
        "contradiction-derived",
        _put,
        _where,
        needs="a relation of that kind",
        bulk_too=_code == "contradiction-coded",
    )

_DECISIONS: dict[str, tuple[str, str, Any]] = {
    "decision-without-reason": ("A decision has no reason", "reason", {"reason": None}),
    "decision-without-value": ("A decision does not say what holds", "decision", {"decision": None}),
    "decision-without-ruling": ("A decision names neither ruling nor change of the codebook", "ruling",
        {"ruling": None, "codebook_change": None}),
    "decision-with-more-said": ("A decision has more answers than coders", "said",
        lambda row: {"said": [*row["said"], "more"]}),
    "decision-with-fewer-ids": ("A decision has fewer ids than coders", "ids", lambda row: {"ids": row["ids"][1:]}),
}  # fmt: skip
for _code, (_what, _column, _put) in _DECISIONS.items():
    register.change(
        _code, _what, "adjudications", _column, "decision-without-grounds", _put, lambda row: row["is_decided"],
        needs="a decided difference", bulk_too=_code == "decision-without-reason",
    )  # fmt: skip
