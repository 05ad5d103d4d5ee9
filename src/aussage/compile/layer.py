"""One layer of one document: its sentences against the article, then claims, mentions and relations as rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aussage.compile.claims import compile_claim
from aussage.compile.context import LayerContext
from aussage.compile.mentions import compile_mentions
from aussage.diagnostics import nearest
from aussage.source import Path

Row = dict[str, Any]


@dataclass(slots=True)
class LayerRows:
    """The rows of one layer of one document, and its notes on sentences by global sentence id."""

    claims: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


def compile_layer(context: LayerContext) -> LayerRows:
    """The rows of a layer in the order of the article; everything that misfits is reported."""
    rows = LayerRows()
    read = context.read
    _examine_sentences(context)
    _examine_ids(context)
    for number, sentence in enumerate(read.record.sentences):
        path: Path = ("sentences", number)
        if sentence.id not in context.article.sentences:
            continue
        for position, claim in enumerate(sentence.claims):
            rows.claims.append(compile_claim(context, claim, sentence.id, (*path, "claims", position)))
        if sentence.note:
            rows.notes[context.sentence_id(sentence.id)] = sentence.note
    rows.claims.sort(key=_position)
    touching = by_sentence(rows.claims)
    for number, sentence in enumerate(read.record.sentences):
        if sentence.id in context.article.sentences:
            claims = touching.get(context.sentence_id(sentence.id), [])
            rows.mentions += compile_mentions(context, sentence, claims, ("sentences", number))
    rows.relations = _relations(context)
    return rows


def by_sentence(claims: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of claims by the ids of all sentences in which they lie, each list in the order of the rows."""
    found: dict[str, list[Row]] = {}
    for claim in claims:
        for sentence_id in claim["sentence_ids"]:
            found.setdefault(sentence_id, []).append(claim)
    return found


def _position(claim: Row) -> tuple[int, int, str]:
    spans = claim["content_spans"]
    start, end = (spans[0]["start"], spans[-1]["end"]) if spans else (0, 0)
    return (start, -end, claim["claim_id"])


def _examine_sentences(context: LayerContext) -> None:
    """Every sentence of the article is there once, in order, with the article's text."""
    read, known = context.read, context.article.sentences
    order = {name: number for number, name in enumerate(known)}
    seen: dict[str, int] = {}
    last = -1
    for number, sentence in enumerate(read.record.sentences):
        path: Path = ("sentences", number, "id")
        if sentence.id not in known:
            message = f"the document has no sentence »{sentence.id}«"
            context.report("unknown-sentence", path, message, nearest=nearest(sentence.id, known))
            continue
        if sentence.id in seen:
            context.report("duplicate-id", path, f"the sentence »{sentence.id}« is given twice")
        elif order[sentence.id] < last:
            context.report("sentence-order", path, f"»{sentence.id}« stands after a later sentence")
        seen[sentence.id] = number
        last = max(last, order[sentence.id])
        text = known[sentence.id].text_of(context.article.text)
        if sentence.text != text:
            _report_text(context, number, sentence.text, text)
    missing = [name for name in known if name not in seen]
    if missing and read.complete:
        context.report("missing-sentence", ("sentences",), f"missing: {', '.join(missing)}", key=True)


def _report_text(context: LayerContext, number: int, given: str, text: str) -> None:
    pairs = enumerate(zip(given, text, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(given), len(text)))
    context.report(
        "sentence-text",
        ("sentences", number, "text"),
        f"the text differs from the article at character {at + 1}: »{given[at : at + 20]}«",
        expected=f"»{text[at : at + 20]}«" if at < len(text) else "the end of the sentence",
    )


def _examine_ids(context: LayerContext) -> None:
    """Ids in a file are unique, begin with their sentence's id, and were never withdrawn."""
    seen: dict[str, Path] = {}
    record = context.read.record
    for number, sentence in enumerate(record.sentences):
        for key, table in (("claims", "claims"), ("actors", "mentions"), ("locations", "mentions")):
            for position, item in enumerate(getattr(sentence, key)):
                path = ("sentences", number, key, position, "id")
                _examine_id(context, item.id, table, path, seen)
                known = sentence.id in context.article.sentences
                if known and not item.id.startswith(f"{sentence.id}."):
                    message = f"»{item.id}« is filed under {sentence.id}"
                    context.report("bad-id", path, message, expected=f"an id that begins with {sentence.id}.")
    for number, relation in enumerate(record.relations):
        _examine_id(context, relation.id, "relations", ("relations", number, "id"), seen)


def _examine_id(context: LayerContext, id_: str, table: str, path: Path, seen: dict[str, Path]) -> None:
    if id_ in seen:
        first = context.read.source.place(seen[id_])
        context.report("duplicate-id", path, f"»{id_}« is given already in line {first.line}")
    seen.setdefault(id_, path)
    if (table, context.global_id(id_)) in context.registry.withdrawn:
        context.report("reused-id", path, f"»{id_}« was withdrawn")


def _relations(context: LayerContext) -> list[Row]:
    record = context.read.record
    if not record.relations:
        return []
    claims = [claim.id for sentence in record.sentences for claim in sentence.claims]
    known = set(claims)
    seen: set[tuple[str, str, str]] = set()
    rows: list[Row] = []
    for number, relation in enumerate(record.relations):
        path: Path = ("relations", number)
        for key, claim in (("from", relation.source), ("to", relation.target)):
            if claim not in known and context.read.complete:
                message = f"there is no claim »{claim}«"
                context.report("unknown-claim", (*path, key), message, nearest=nearest(claim, claims))
        if relation.source == relation.target:
            context.report("self-relation", (*path, "to"), f"»{relation.source}« is related to itself")
        triple = (relation.source, relation.target, relation.relation)
        if triple in seen:
            context.report("repeated-relation", path, " ".join((relation.source, relation.relation, relation.target)))
        seen.add(triple)
        rows.append(
            {
                "relation_id": context.global_id(relation.id),
                "document_id": context.article.document_id,
                "layer": record.coder,
                "coder_id": record.coder,
                "source_claim_id": context.global_id(relation.source),
                "target_claim_id": context.global_id(relation.target),
                "relation": relation.relation,
                "is_derived": False,
                "note": relation.note,
            }
        )
    return rows
