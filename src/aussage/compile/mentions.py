"""Mentions of actors and locations become rows; which claims they lie in is derived by containment."""

from collections.abc import Sequence
from typing import Any

from aussage.compile.context import LayerContext
from aussage.records.annotation import ActorMention, LocationMention, Sentence
from aussage.records.fields import Quotation
from aussage.source import Path
from aussage.text.spans import Span

Row = dict[str, Any]


def compile_mentions(context: LayerContext, sentence: Sentence, claims: Sequence[Row], path: Path) -> list[Row]:
    """The rows of all mentions of a sentence, in the order of their words.

    `claims` are the layer's rows that touch the sentence; a mention begins in it, so it lies in no others.
    """
    rows: list[Row] = []
    for number, actor in enumerate(sentence.actors):
        rows += _mention(context, sentence.id, actor, claims, (*path, "actors", number))
    for number, location in enumerate(sentence.locations):
        rows += _mention(context, sentence.id, location, claims, (*path, "locations", number))
    if len(rows) > 1:
        rows.sort(key=lambda row: (row["char_start"], row["char_end"], row["mention_id"]))
    return rows


def _mention(
    context: LayerContext, sentence: str, mention: ActorMention | LocationMention, claims: Sequence[Row], path: Path
) -> list[Row]:
    """The row of a mention; none if its words cannot be placed."""
    actor = location = role = label = None
    if isinstance(mention, ActorMention):
        actor = mention.actor
        context.known_actor(actor, (*path, "actor"))
        label = context.actor_label(actor)
    else:
        location, role = mention.location, mention.role
        context.known_location(location, (*path, "location"))
        label = context.location_label(location)
        if location is None:
            message = f"»{mention.text}« has the role {role}, but no location"
            context.report("role-without-place", (*path, "role"), message)
    quotation = Quotation(text=mention.text, occurrence=mention.occurrence)
    return [
        {
            "mention_id": context.global_id(mention.id),
            "document_id": context.article.document_id,
            "sentence_id": context.sentence_id(sentence),
            "layer": context.read.record.coder,
            "coder_id": context.read.record.coder,
            "kind": "actor" if isinstance(mention, ActorMention) else "location",
            "text": mention.text,
            "char_start": span.start,
            "char_end": span.end,
            "actor_id": actor,
            "location_id": location,
            "label": label or mention.text,
            "role": role,
            "claim_ids": _claims_around(span, claims) if claims else [],
            "doubt": mention.doubt,
            "note": mention.note,
        }
        for span in context.anchored(quotation, sentence, path)
    ]


def _claims_around(span: Span, claims: Sequence[Row]) -> list[str]:
    """The ids of the claims of which a piece of the content contains the span."""
    start, end = span.start, span.end
    found = []
    for claim in claims:
        for piece in claim["content_spans"]:
            if piece["start"] <= start and end <= piece["end"]:
                found.append(claim["claim_id"])
                break
    return found
