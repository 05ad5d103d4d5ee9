"""One document with all its layers becomes rows of every table that has rows of documents."""

from collections.abc import Mapping
from typing import Any

from aussage.codebook import Codebook
from aussage.compile.adjudication import adjudication_rows
from aussage.compile.context import LayerContext
from aussage.compile.documents import GivenDocument
from aussage.compile.flat import flat_rows
from aussage.compile.gold import derive_gold
from aussage.compile.layer import LayerRows, by_sentence, compile_layer
from aussage.compile.layers import DocumentLayers
from aussage.compile.view import view
from aussage.diagnostics import Diagnostics
from aussage.registry import Registry
from aussage.tables.of_documents import GOLD
from aussage.tables.schemas import WithGold, gold_id

Row = dict[str, Any]


def compile_document(
    given: GivenDocument,
    layers: DocumentLayers,
    codebook: Codebook,
    registry: Registry,
    entities: Mapping[str, Mapping[str, Row]],
    diagnostics: Diagnostics,
) -> dict[str, list[Row]] | None:
    """The rows of one document by table, of `flat` their derived cells; nothing if a finding stops it."""
    before = diagnostics.count_errors()
    if not layers.coders and not layers.attempted:
        given.entry.report(diagnostics, "no-annotation", ("id",), f"»{given.record.id}« has no annotation")
    compiled = {
        coder: compile_layer(LayerContext(given.article, read, codebook, registry, diagnostics))
        for coder, read in layers.coders.items()
    }
    if len(compiled) > 1 and layers.adjudication is None and not layers.attempted:
        message = f"»{given.record.id}« has the layers {', '.join(compiled)}; gold follows {layers.base}"
        given.entry.report(diagnostics, "unadjudicated-layers", ("id",), message)
    if diagnostics.count_errors() > before or any(not read.complete for read in layers.coders.values()):
        return None
    gold = derive_gold(given.article, layers, compiled, codebook, registry, diagnostics)
    _examine_withdrawn_gold(given, gold, registry, diagnostics)
    if diagnostics.count_errors() > before:
        return None
    document = _document_row(given, gold, [GOLD, *compiled] if compiled else [])
    document["is_adjudicated"] = layers.adjudication is not None
    sentences = _sentence_rows(given, gold, codebook, registry)
    return {
        "documents": [document],
        "sentences": sentences,
        "claims": _rows_of_layers(gold.claims, [layer.claims for layer in compiled.values()]),
        "mentions": _rows_of_layers(gold.mentions, [layer.mentions for layer in compiled.values()]),
        "relations": _rows_of_layers(gold.relations, [layer.relations for layer in compiled.values()]),
        "adjudications": adjudication_rows(given.record.id, layers.adjudication) if layers.adjudication else [],
        "flat": flat_rows(gold.claims, gold.mentions, codebook, registry, entities),
    }


def _rows_of_layers(gold: list[Row], coders: list[list[Row]]) -> list[Row]:
    """The rows of all layers, gold first; if gold has the first coder's rows, they come once, to be repeated."""
    every = [row for layer in coders for row in layer]
    return WithGold(every, len(gold)) if coders and gold is coders[0] else [*gold, *every]


def _examine_withdrawn_gold(
    given: GivenDocument, gold: LayerRows, registry: Registry, diagnostics: Diagnostics
) -> None:
    for table, key, rows in (
        ("claims", "claim_id", gold.claims),
        ("mentions", "mention_id", gold.mentions),
        ("relations", "relation_id", gold.relations),
    ):
        for row in rows if registry.withdrawn else ():
            id_ = gold_id(row[key])
            if (table, id_) in registry.withdrawn:
                given.entry.report(diagnostics, "reused-id", ("id",), f"»{id_}« was withdrawn")


def _document_row(given: GivenDocument, gold: LayerRows, layers: list[str]) -> Row:
    record, article = given.record, given.article
    date, origin, rights = record.date, record.origin, record.rights
    return {
        "document_id": record.id,
        "language": record.language,
        "title": record.title,
        "date": date.value if date else None,
        "date_status": date.status if date else "unknown",
        "date_note": date.note if date else None,
        "publisher": origin.publisher if origin else None,
        "author": origin.author if origin else None,
        "url": origin.url if origin else None,
        "origin_note": origin.note if origin else None,
        "rights_status": rights.status if rights else "unverified",
        "rights_holder": rights.holder if rights else None,
        "rights_licence": rights.licence if rights else None,
        "rights_basis": rights.basis if rights else None,
        "rights_evidence": rights.evidence if rights else None,
        "rights_embargo": rights.embargo if rights else None,
        "rights_note": rights.note if rights else None,
        "sha256": given.sha256,
        "n_characters": len(article.text),
        "n_paragraphs": len(article.paragraphs),
        "n_sentences": len(article.sentences),
        "n_claims": len(gold.claims),
        "layers": layers,
        "text": article.text,
        "note": record.note,
    }


def _sentence_rows(given: GivenDocument, gold: LayerRows, codebook: Codebook, registry: Registry) -> list[Row]:
    article = given.article
    claims = by_sentence(gold.claims)
    mentions: dict[str, list[Row]] = {}
    for mention in gold.mentions:
        mentions.setdefault(mention["sentence_id"], []).append(mention)
    rows = []
    for position, (name, span) in enumerate(article.sentences.items(), start=1):
        sentence_id = f"{article.document_id}/{name}"
        rows.append(
            {
                "sentence_id": sentence_id,
                "document_id": article.document_id,
                "paragraph": article.paragraph_of(span),
                "position": position,
                "char_start": span.start,
                "char_end": span.end,
                "text": span.text_of(article.text),
                **view(claims.get(sentence_id, []), mentions.get(sentence_id, []), codebook, registry),
                "note": gold.notes.get(sentence_id),
            }
        )
    return rows
