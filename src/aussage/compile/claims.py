"""A claim of an annotation file becomes a row of `claims`; what breaks the scheme is reported."""

from typing import Any

from aussage.compile.context import LayerContext
from aussage.compile.scheme import examine_claim
from aussage.records.annotation import Claim, Event
from aussage.registry.registry import display_label
from aussage.source import Path
from aussage.text.spans import Span

Row = dict[str, Any]


def compile_claim(context: LayerContext, claim: Claim, sentence: str, path: Path) -> Row:
    """The row of a claim that is filed under a sentence; references that do not resolve are reported."""
    content = context.anchored(claim.content, sentence, path, "content")
    source = context.anchored(claim.source, sentence, path, "source") if claim.source is not None else []
    cue = context.anchored(claim.cue, sentence, path, "cue") if claim.cue is not None else []
    condition = context.anchored(claim.condition, sentence, path, "condition") if claim.condition is not None else []
    sentences = context.article.sentences_of(content)
    _examine_place(context, content, condition, sentence, sentences, path)
    _examine_references(context, claim, path)
    article, coder = context.article, context.read.record.coder
    row: Row = {
        "claim_id": context.global_id(claim.id),
        "document_id": article.document_id,
        "sentence_id": context.sentence_id(sentence),
        "sentence_ids": [context.sentence_id(name) for name in sentences],
        "layer": coder,
        "coder_id": coder,
        "content_text": article.joined(content) or "",
        "content_spans": as_spans(content),
        "source_text": article.joined(source),
        "source_spans": as_spans(source),
        "cue_text": article.joined(cue),
        "cue_spans": as_spans(cue),
        "condition_text": article.joined(condition),
        "condition_spans": as_spans(condition),
        "figures": _figures(context, claim, sentence, path) if claim.figures else [],
        **attribution(context, claim),
        **_content(context, claim),
        **(_event(claim.event) if claim.event else NO_EVENT),
    }
    examine_claim(context, claim, row, path)
    return row


def attribution(context: LayerContext, claim: Claim) -> Row:
    """Voice, claimants, form and alignment, with what the codebook says where the coder left them out."""
    claimants = as_list(claim.claimant)
    attributes = bool(claimants or claim.source or claim.cue or claim.chain)
    voice = claim.voice or ("attributed" if attributes else "narrator")
    narrator = voice == "narrator"
    return {
        "voice": voice,
        "claimant_ids": claimants,
        "claimant_labels": [context.actor_label(actor) or actor for actor in claimants],
        "chain": claim.chain,
        "form": claim.form or ("none" if narrator else None),
        "alignment": claim.alignment or ("na" if narrator else "neutral"),
    }


def as_list(ids: str | list[str] | None) -> list[str]:
    """One id or several as a list; empty for none."""
    return ids if isinstance(ids, list) else [ids] if ids else []


def as_spans(spans: list[Span]) -> list[dict[str, int]]:
    """Spans as rows hold them."""
    return [{"start": span.start, "end": span.end} for span in spans] if spans else []


def _content(context: LayerContext, claim: Claim) -> Row:
    codebook = context.codebook
    issue = codebook.issues.get(claim.issue) if claim.issue else None
    stance = claim.stance if claim.stance is not None else codebook.default("stance")
    return {
        "claim_type": claim.type,
        "modality": claim.modality,
        "causal": claim.causal,
        "is_main_clause": claim.main_clause,
        "time": claim.time,
        "evidence": claim.evidence or codebook.default("evidence") or "unstated",
        "stance": int(stance or 0),
        "target_id": claim.target,
        "target_label": context.target_label(claim.target) if claim.target else None,
        "affected": [
            {"effect": effect.effect, "actor_id": effect.actor, "location_id": effect.location}
            for effect in claim.affected
        ],
        "addressee_id": claim.addressee,
        "issue_id": claim.issue,
        "issue_label": display_label(issue.proposition) if issue else None,
        "agreement": claim.agreement,
        "frame": issue.frame if issue else None,
        "doubt": claim.doubt,
        "note": claim.note,
    }


def _event(event: Event) -> Row:
    return {
        "event_type": event.type,
        "event_mode": event.mode,
        "event_contexts": event.context,
        "event_actor_ids": as_list(event.actor),
        "event_recipient_ids": as_list(event.recipient),
        "event_manual": event.manual,
    }


NO_EVENT: Row = {  # shared by all rows without an event, which nobody changes
    "event_type": None,
    "event_mode": None,
    "event_contexts": [],
    "event_actor_ids": [],
    "event_recipient_ids": [],
    "event_manual": None,
}


def _figures(context: LayerContext, claim: Claim, sentence: str, path: Path) -> list[dict[str, Any]]:
    for number, piece in enumerate(claim.figures):
        words = piece if isinstance(piece, str) else piece.text
        if not any(char.isdigit() for char in words):
            context.report("figure-without-digit", (*path, "figures", number), f"»{words}« has no digit")
    spans = context.anchored(claim.figures, sentence, path, "figures")
    return [{"text": span.text_of(context.article.text), "start": span.start, "end": span.end} for span in spans]


def _examine_place(
    context: LayerContext, content: list[Span], condition: list[Span], sentence: str, sentences: list[str], path: Path
) -> None:
    """Report a claim or condition outside its place; `sentences` are those in which the claim's words stand."""
    if content and sentence not in sentences:
        message = f"the claim is filed under {sentence}, but its words stand in {', '.join(sentences)}"
        context.report("content-outside-sentence", (*path, "content"), message)
    if not content or not condition:
        return
    outside = [name for name in context.article.sentences_of(condition) if name not in sentences]
    if outside:
        message = f"the condition stands in {', '.join(outside)}, the claim in {', '.join(sentences)}"
        context.report("condition-outside-sentence", (*path, "condition"), message)


def _examine_references(context: LayerContext, claim: Claim, path: Path) -> None:
    if claim.claimant is not None:
        context.known_actors(claim.claimant, (*path, "claimant"))
    if claim.chain:
        context.known_actors(claim.chain, (*path, "chain"))
    if claim.addressee is not None:
        context.known_actor(claim.addressee, (*path, "addressee"))
    if claim.target is not None:
        context.known_target(claim.target, (*path, "target"))
    if claim.issue is not None:
        context.known_issue(claim.issue, (*path, "issue"))
    for number, effect in enumerate(claim.affected):
        context.known_actor(effect.actor, (*path, "affected", number, "actor"))
        context.known_location(effect.location, (*path, "affected", number, "location"))
    if claim.event:
        context.known_actors(claim.event.actor, (*path, "event", "actor"))
        context.known_actors(claim.event.recipient, (*path, "event", "recipient"))
