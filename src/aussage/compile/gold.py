"""The gold layer: what the coders' layers and their adjudication give."""

from collections.abc import Iterator, Mapping
from typing import Any

from aussage.codebook import Codebook
from aussage.compile.adjudication import examine_adjudication
from aussage.compile.context import LayerContext
from aussage.compile.gold_text import gold_text
from aussage.compile.layer import LayerRows, compile_layer
from aussage.compile.layers import FOLDER, DocumentLayers
from aussage.compile.said import id_of
from aussage.diagnostics import Diagnostics
from aussage.records import read_record, schema_of
from aussage.records.annotation import Annotation
from aussage.registry import Registry
from aussage.source.yaml import read_yaml
from aussage.tables.of_documents import GOLD
from aussage.tables.schemas import gold_id
from aussage.text.article import Article

Row = dict[str, Any]
ENDS = ("source_claim_id", "target_claim_id")


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
        return gold_rows(compiled[layers.base]) if layers.coders else LayerRows()
    if layers.attempted:  # what cannot be read is reported; decisions about it would seem stale
        return LayerRows()
    before = diagnostics.count_errors()
    examine_adjudication(layers.adjudication, compiled, codebook, registry, article, diagnostics)
    if diagnostics.count_errors() > before:
        return LayerRows()
    text, record = gold_text(layers)
    source = read_yaml(text, f"{FOLDER}/{article.document_id}/{GOLD}.yaml", diagnostics)
    read = source and read_record(source, Annotation, schema_of(Annotation, codebook.choices), diagnostics)
    if not read:
        return LayerRows()
    rows = compile_layer(LayerContext(article, read, codebook, registry, diagnostics))
    for row in (*rows.claims, *rows.mentions, *rows.relations):
        row["coder_id"] = record.origin.get(id_of(row))
    rows.relations += contradictions(rows.claims)
    return rows


def gold_rows(rows: LayerRows) -> LayerRows:
    """A coder's layer as gold: the very rows of its claims and mentions, relations renamed, contradictions derived.

    The writer repeats the rows of claims and mentions under the ids of gold (see `WithGold`).
    """
    relations = [
        row | {"layer": GOLD} | {name: gold_id(row[name]) for name in ("relation_id", *ENDS)} for row in rows.relations
    ]
    return LayerRows(rows.claims, rows.mentions, [*relations, *contradictions(rows.claims)], rows.notes)


def contradictions(claims: list[Row]) -> Iterator[Row]:
    """Relations between gold claims of a document on the same issue with opposite agreement, in their order."""
    positions = [claim for claim in claims if claim["issue_id"] is not None and claim["agreement"]]
    later: dict[str, list[Row]] = {}
    for claim in positions:
        later.setdefault(claim["issue_id"], []).append(claim)
    for first in positions:
        del later[first["issue_id"]][0]  # the claim itself
        for second in later[first["issue_id"]]:
            if first["agreement"] == -second["agreement"]:
                one, other = (claim["claim_id"].rsplit("/", 1)[-1] for claim in (first, second))
                yield {
                    "relation_id": f"{first['document_id']}/{GOLD}/{one}-contradicts-{other}",
                    "document_id": first["document_id"],
                    "layer": GOLD,
                    "coder_id": None,
                    "source_claim_id": gold_id(first["claim_id"]),
                    "target_claim_id": gold_id(second["claim_id"]),
                    "relation": "contradicts",
                    "is_derived": True,
                    "note": None,
                }
