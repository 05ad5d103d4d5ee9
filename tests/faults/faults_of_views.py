"""Faults of what is derived: the view of sentences, and `flat`."""

from __future__ import annotations

import copy
from typing import Any

from aussage.tables import TABLES
from faults.draft import DoesNotApply, Draft
from faults.fault import Register, Row

register = Register()
OTHER: dict[str, Any] = {
    "text": "another", "category": "another", "integer": 777, "scale": -1, "number": 12.5, "flag": False,
}  # fmt: skip
COPIED = (
    "claim_type", "modality", "stance", "target_id", "target_label", "issue_id", "issue_label", "agreement", "frame",
    "claimant_id", "claimant_label",
)  # fmt: skip


def _claimed(row: Row) -> bool:
    return bool(row["n_claims"])


for _column in COPIED:
    _kind = TABLES["sentences"].column(_column).kind
    _other = {_column: OTHER[_kind]}
    register.change(
        f"view-{_column}", "A sentence says something else than its primary claim", "sentences", _column,
        "view-copied", lambda row, column=_column, kind=_kind: {
            column: (-1 if row[column] != -1 else 1) if kind == "scale" else "another"
        },
        _claimed, needs="a sentence with a claim", is_cell=True, bulk_too=_column == "modality",
    )  # fmt: skip
for _column, _rule, _value in (
    ("claimant_ids", "view-sets", "another"), ("claim_types", "view-sets", "another"),
    ("actor_ids", "view-mentions", "another"), ("actor_labels", "view-mentions", "Another"),
    ("location_ids", "view-mentions", "another"), ("location_labels", "view-mentions", "Another"),
):  # fmt: skip
    register.change(
        f"view-more-{_column}", "A sentence lists one more than it has", "sentences", _column, _rule,
        lambda row, column=_column, value=_value: {column: [*row[column], value]},
        is_cell=True, bulk_too=_column == "actor_ids",
    )  # fmt: skip
    register.change(
        f"view-fewer-{_column}", "A sentence lists one fewer than it has", "sentences", _column, _rule,
        lambda row, column=_column: {column: row[column][1:]}, lambda row, column=_column: row[column],
        needs="a sentence that has one", is_cell=not _column.endswith("_labels"),
        batch="view fewer", bulk_too=_column == "claim_types",
    )  # fmt: skip
for _column in ("main_location_id", "main_location_label", "main_location_role"):
    register.change(
        f"view-{_column}", "The main location of a sentence is another one", "sentences", _column, "view-place",
        {_column: "another"}, lambda row: row["main_location_id"], needs="a sentence with a location",
        is_cell=True, bulk_too=_column == "main_location_role",
    )  # fmt: skip
register.change(
    "view-count", "A sentence has one claim more than lie in it", "sentences", "n_claims", "view-claims",
    lambda row: {"n_claims": row["n_claims"] + 1}, is_cell=True, bulk_too=True,
)  # fmt: skip
register.change(
    "view-voice", "A sentence has another voice than its claims", "sentences", "voice", "view-claims",
    lambda row: {"voice": "both" if row["voice"] != "both" else "narrator"}, is_cell=True,
)  # fmt: skip
register.change(
    "view-primary-lost", "A sentence with claims has no primary claim", "sentences", "primary_claim_id",
    "view-primary", {"primary_claim_id": None}, _claimed, needs="a sentence with a claim",
    bulk_too=True,
)  # fmt: skip


@register.fault(
    "view-primary-second", "Another claim of the sentence is given as primary", "sentences", "primary_claim_id",
    "view-primary", needs="a sentence with two gold claims",
)  # fmt: skip
def view_primary_second(draft: Draft) -> list[str]:
    gold = [claim for claim in draft.tables["claims"] if claim["layer"] == "gold"]

    def others(row: Row) -> list[str]:
        here = [claim["claim_id"] for claim in gold if row["sentence_id"] in claim["sentence_ids"]]
        return [id_ for id_ in here if id_ != row["primary_claim_id"]]

    row = draft.first("sentences", lambda row: row["n_claims"] > 1 and others(row))
    row["primary_claim_id"] = others(row)[0]
    return [draft.key("sentences", row)]


# One column of `flat` of each origin and kind.
for _column in (
    "content_text", "content_spans", "sentence_ids", "claimant_ids", "chain", "claim_type", "stance", "causal",
    "affected", "figures", "event_contexts", "note", "document_title", "document_date_status", "sentence_position",
    "sentence_text", "claimant_country", "target_actor_type", "actor_ids", "location_ids", "location_roles",
    "main_location_id", "main_location_label", "main_location_latitude", "main_location_iso_3166_1_id",
):  # fmt: skip
    _kind = TABLES["flat"].column(_column).kind
    register.change(
        f"flat-{_column}",
        "A cell of `flat` is another one",
        "flat",
        _column,
        "flat-cells",
        lambda row, column=_column, kind=_kind: {column: (not row[column]) if kind == "flag" else OTHER[kind]},
        lambda row, column=_column, kind=_kind: row[column] != OTHER[kind] or kind == "flag",
        is_cell=True,
        bulk_too=_column in {"content_text", "stance", "main_location_latitude"},
    )


@register.fault("flat-without-a-claim", "A gold claim is not in `flat`", "flat", "claim_id", "flat-claims", batch="f3")
def flat_without_a_claim(draft: Draft) -> list[str]:
    row = draft.first("flat")
    draft.remove("flat", row)
    return [draft.key("flat", row)]


@register.fault(
    "flat-with-a-coder's-claim", "A claim of a coder is in `flat`", "flat", "claim_id", "flat-claims",
    needs="a claim of a coder",
)  # fmt: skip
def flat_with_a_claim_of_a_coder(draft: Draft) -> list[str]:
    claim = draft.first("claims", lambda row: row["layer"] != "gold")
    row = copy.deepcopy(draft.tables["flat"][-1]) | {"claim_id": claim["claim_id"], "layer": claim["layer"]}
    draft.add("flat", row)
    return [claim["claim_id"]]


@register.fault(
    "flat-in-another-order", "Two rows of `flat` have changed places", "flat", "claim_id", "flat-claims",
    needs="two rows", batch="f4",
)  # fmt: skip
def flat_in_another_order(draft: Draft) -> list[str]:
    rows = draft.tables["flat"]
    if len(rows) < 2:
        raise DoesNotApply("flat")
    rows[0], rows[1] = rows[1], rows[0]
    return [draft.key("flat", row) for row in rows[:2]]


@register.fault("flat-emptied", "`flat` has no rows", "flat", "claim_id", "flat-claims", needs="a row", is_bulk=True)
def flat_emptied(draft: Draft) -> list[str]:
    keys = [draft.key("flat", row) for row in draft.tables["flat"]]
    draft.tables["flat"] = []
    if not keys:
        raise DoesNotApply("flat")
    return keys
