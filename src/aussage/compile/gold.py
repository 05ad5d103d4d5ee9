"""The gold layer: what the coders' layers and their adjudication give."""

from collections.abc import Iterator, Mapping
from typing import Any

from aussage.codebook import Codebook
from aussage.compile.adjudication import examine_adjudication
from aussage.compile.context import LayerContext
from aussage.compile.gold_text import gold_text
from aussage.compile.layer import LayerRows, compile_layer
from aussage.compile.layers import FOLDER, GOLD, DocumentLayers
from aussage.compile.said import id_of
from aussage.diagnostics import Diagnostics
from aussage.records import json_schema, read_record
from aussage.records.annotation import Annotation
from aussage.registry import Registry
from aussage.source.yaml import read_yaml
from aussage.text.article import Article

Row = dict[str, Any]
RENAMED = ("claim_id", "mention_id", "relation_id", "source_claim_id", "target_claim_id")


def derive_gold(
    article: Article,
    layers: DocumentLayers,
    compiled: Mapping[str, LayerRows],
    codebook: Codebook,
    registry: Registry,
    diagnostics: Diagnostics,
) -> LayerRows:
    """The gold rows of a document: without adjudication its first layer's, else the base layer's as it was decided.

    What the decisions make of a claim is examined like any layer; findings name the place in gold.yaml.
    """
    if layers.adjudication is None:
        return gold_rows(compiled[layers.base], layers.base) if layers.coders else LayerRows()
    if layers.attempted:  # what cannot be read is reported; decisions about it would seem stale
        return LayerRows()
    before = diagnostics.count_errors()
    examine_adjudication(layers.adjudication, compiled, codebook, registry, article, diagnostics)
    if diagnostics.count_errors() > before:
        return LayerRows()
    text, record = gold_text(layers)
    source = read_yaml(text, f"{FOLDER}/{article.document_id}/{GOLD}.yaml", diagnostics)
    read = source and read_record(source, Annotation, json_schema(Annotation, codebook.choices), diagnostics)
    if not read:
        return LayerRows()
    rows = compile_layer(LayerContext(article, read, codebook, registry, diagnostics))
    for row in (*rows.claims, *rows.mentions, *rows.relations):
        row["coder_id"] = record.origin.get(id_of(row))
    rows.relations += contradictions(rows.claims)
    return rows


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
