"""Prepared columns of the annotation scheme: claimants, effects, relations, mentions and names."""

from __future__ import annotations

from aussage.expectations.prepared.columns import OfRow, PreparedColumns
from aussage.expectations.prepared.rows import Row, Rows, listed, some, touch

columns = PreparedColumns()


def _add_all() -> None:
    name = "claims"
    columns.add(name, "claimant_ids.twice", "claimants that are named before", _twice)
    columns.add(name, "claimant_ids.chained", "claimants that stand in the chain", _chained)
    columns.add(name, "affected.not_on_one", "effects on both or neither", _not_on_one, is_number=True)
    columns.add(name, "issue.frame", "the frame of the issue", _frame, "issues")
    columns.add(name, "claimant_ids.labels", "the names of the claimants", _claimants, "actors")
    columns.add(name, "target_id.label", "the name of the target", _target, "actors issues")
    columns.add(name, "issue_id.label", "the proposition of the issue", _issue, "issues")
    for end in ("source_claim_id", "target_claim_id"):
        for column in ("document_id", "layer"):
            columns.add("relations", f"{end}.{column}", "what the claim has there", _of_claim(end, column), "claims")
    columns.add("mentions", "registry.label", "the name of actor or location", _entry, "actors locations")
    columns.add("mentions", "claims.around", "claims whose content contains it", _around, "claims sentences documents")


def _twice(_: Rows, row: Row) -> str | None:
    ids = row["claimant_ids"]
    return some(id_ for place, id_ in enumerate(ids) if id_ in ids[:place])


def _chained(_: Rows, row: Row) -> str | None:
    return some(id_ for id_ in row["claimant_ids"] if id_ in row["chain"])


def _not_on_one(_: Rows, row: Row) -> int:
    return sum((item["actor_id"] is None) == (item["location_id"] is None) for item in row["affected"])


def _frame(rows: Rows, row: Row) -> str | None:
    return rows.find("issues", row["issue_id"]).get("frame")


def _claimants(rows: Rows, row: Row) -> str:
    return listed(rows.find("actors", id_).get("label", id_) for id_ in row["claimant_ids"])


def _target(rows: Rows, row: Row) -> str | None:
    id_ = row["target_id"]
    return (rows.find("actors", id_) or rows.find("issues", id_)).get("label")


def _issue(rows: Rows, row: Row) -> str | None:
    return rows.find("issues", row["issue_id"]).get("label")


def _of_claim(end: str, column: str) -> OfRow:
    return lambda rows, row: rows.find("claims", row[end]).get(column)


def _entry(rows: Rows, row: Row) -> str | None:
    return (rows.find("actors", row["actor_id"]) or rows.find("locations", row["location_id"])).get("label")


def _around(rows: Rows, row: Row) -> str:
    """Claims of the document and layer with a piece that contains the mention and lies in its sentence."""
    document, sentence = row["document_id"], rows.find("sentences", row["sentence_id"])
    if not sentence or not rows.find("documents", document):
        return listed([])
    claims = (one for one in rows.grouped("claims", "document_id").get(document, []) if one["layer"] == row["layer"])
    return listed(
        claim["claim_id"]
        for claim in claims
        if any(
            piece["start"] <= row["char_start"] and row["char_end"] <= piece["end"] and touch(sentence, piece)
            for piece in claim["content_spans"]
        )
    )


_add_all()
