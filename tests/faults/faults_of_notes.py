"""Faults that are no mistake of the format: gaps in coverage, repetitions, open decisions, rights."""

from __future__ import annotations

import copy

from faults.draft import DoesNotApply, Draft
from faults.fault import Register

register = Register()


@register.fault(
    "sentence-without-claims", "The claims of a sentence are gone", "sentences", "n_claims", "sentence-unclaimed",
    needs="a sentence with a claim",
)  # fmt: skip
def sentence_without_claims(draft: Draft) -> list[str]:
    row = draft.first("sentences", lambda row: row["n_claims"])
    row["n_claims"] = 0
    return [draft.key("sentences", row)]


@register.fault(
    "claims-lost", "All claims are gone, and all that rests on them", "sentences", "n_claims", "sentence-unclaimed",
    needs="a sentence with a claim", is_bulk=True,
)  # fmt: skip
def claims_lost(draft: Draft) -> list[str]:
    rows = draft.every("sentences", lambda row: row["n_claims"])
    for row in rows:
        row["n_claims"] = 0
    for name in ("claims", "flat", "relations", "mentions"):
        draft.tables[name] = []
    return [draft.key("sentences", row) for row in rows]


def _left_over(table: str, rule: str) -> None:
    @register.fault(f"left-over-in-{table}", "An entry is named by nothing", table, f"{table[:-1]}_id", rule)
    def spoil(draft: Draft) -> list[str]:
        row = copy.deepcopy(draft.first(table)) | {f"{table[:-1]}_id": "zzz-left-over"}
        row |= {"parent_id": None} if "parent_id" in row else {}
        draft.add(table, row)
        return ["zzz-left-over"]


_left_over("actors", "actor-unused")
_left_over("locations", "location-unused")
_left_over("issues", "issue-unused")


@register.fault(
    "issues-uncoded", "All claims have lost their issues", "issues", "issue_id", "issue-unused",
    needs="an issue", is_bulk=True,
)  # fmt: skip
def issues_uncoded(draft: Draft) -> list[str]:
    used = sorted({row["issue_id"] for row in draft.tables["claims"] if row["issue_id"]})
    if not used:
        raise DoesNotApply("claims")
    for row in draft.tables["claims"]:
        row |= {"issue_id": None, "issue_label": None, "agreement": None, "frame": None}
    return used


register.change(
    "difference-open", "A difference between coders is not decided", "adjudications", "is_decided",
    "undecided-difference", {"is_decided": False}, lambda row: row["is_decided"], needs="a decided difference",
    bulk_too=True,
)  # fmt: skip
register.change(
    "differences-not-listed", "A document has two coders and no list of their differences", "documents",
    "is_adjudicated", "differences-unlisted",
    lambda row: {"is_adjudicated": False, "layers": [*row["layers"][:2], "zzz-second"]},
    lambda row: len(row["layers"]) > 1, needs="a document with a coder's layer",
)  # fmt: skip
register.change(
    "rights-unknown", "Nobody has looked into the rights in a text", "documents", "rights_status",
    "rights-unverified", {"rights_status": "unverified"},
)  # fmt: skip


@register.fault(
    "sentence-again", "A sentence has the text of the one before", "sentences", "text", "sentence-repeated",
    batch="again", needs="two sentences of one document",
)  # fmt: skip
def sentence_again(draft: Draft) -> list[str]:
    row = draft.first("sentences", lambda row: row["position"] > 1)
    row["text"] = draft.tables["sentences"][draft.place("sentences", row) - 1]["text"]
    return [draft.key("sentences", row)]


@register.fault(
    "sentences-all-the-same", "All sentences of a document have one text", "sentences", "text", "sentence-repeated",
    needs="two sentences of one document", is_bulk=True,
)  # fmt: skip
def sentences_all_the_same(draft: Draft) -> list[str]:
    rows = draft.every("sentences", lambda row: row["position"] > 1)
    for row in rows:
        row["text"] = next(
            one["text"]
            for one in draft.tables["sentences"]
            if one["document_id"] == row["document_id"] and one["position"] == 1
        )
    return [draft.key("sentences", row) for row in rows]


@register.fault(
    "article-again", "An article stands in the corpus under a second id", "documents", "sha256", "article-repeated"
)
def article_again(draft: Draft) -> list[str]:
    row = copy.deepcopy(draft.first("documents")) | {"document_id": "zzz-again"}
    draft.add("documents", row)
    return ["zzz-again"]
