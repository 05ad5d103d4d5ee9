"""The gold layer: what the coders' layers and their adjudication give."""

from collections.abc import Iterator, Mapping
from typing import Any

from aussage.compile.layer import LayerRows
from aussage.compile.layers import GOLD

Row = dict[str, Any]
RENAMED = ("claim_id", "mention_id", "relation_id", "source_claim_id", "target_claim_id")


def chosen_coder(layers: Mapping[str, Any]) -> str | None:
    """The coder whose layer gold follows; with one coder his, with several and no adjudication the first."""
    return min(layers, default=None)


def gold_rows(rows: LayerRows, coder: str) -> LayerRows:
    """The rows of a coder's layer as gold: ids in the gold layer, the coder kept, contradictions derived."""
    gold = LayerRows(
        [_renamed(row, coder) for row in rows.claims],
        [_renamed(row, coder) for row in rows.mentions],
        [_renamed(row, coder) for row in rows.relations],
        rows.notes,
    )
    gold.relations += contradictions(gold.claims)
    return gold


def _renamed(row: Row, coder: str) -> Row:
    renamed = dict(row, layer=GOLD)
    for name in RENAMED:
        if name in row:
            renamed[name] = _gold_id(row[name], coder)
    if "claim_ids" in row:
        renamed["claim_ids"] = [_gold_id(name, coder) for name in row["claim_ids"]]
    return renamed


def _gold_id(id_: str, coder: str) -> str:
    document, layer, local = id_.split("/")
    return f"{document}/{GOLD if layer == coder else layer}/{local}"


def contradictions(claims: list[Row]) -> Iterator[Row]:
    """Relations between gold claims of a document on the same issue with opposite agreement, in their order."""
    for number, first in enumerate(claims):
        for second in claims[number + 1 :]:
            same = first["issue_id"] is not None and first["issue_id"] == second["issue_id"]
            if same and first["agreement"] and first["agreement"] == -(second["agreement"] or 0):
                one, other = (claim["claim_id"].rsplit("/", 1)[-1] for claim in (first, second))
                yield {
                    "relation_id": f"{first['document_id']}/{GOLD}/{one}-contradicts-{other}",
                    "document_id": first["document_id"],
                    "layer": GOLD,
                    "coder_id": None,
                    "source_claim_id": first["claim_id"],
                    "target_claim_id": second["claim_id"],
                    "relation": "contradicts",
                    "is_derived": True,
                    "note": None,
                }
