"""The logic of the annotation scheme: what may not stand together in one claim."""

from typing import Any

from aussage.compile.context import LayerContext
from aussage.records.annotation import Claim, Event
from aussage.source import Path

MOST_CLAIMANTS = 2


def examine_claim(context: LayerContext, claim: Claim, row: dict[str, Any], path: Path) -> None:
    """Report every way in which a claim breaks the scheme; `row` holds its values with defaults filled in."""
    _examine_attribution(context, claim, row, path)
    if row["stance"] or claim.target is not None:
        _examine_stance(context, claim, row, path)
    if claim.issue is not None or claim.agreement is not None:
        _examine_issue(context, claim, path)
    if claim.event:
        _examine_event(context, claim.event, path)
    for number, effect in enumerate(claim.affected):
        if (effect.actor is None) == (effect.location is None):
            both = "both an actor and a location" if effect.actor else "neither an actor nor a location"
            context.report("effect-target", (*path, "affected", number), f"the effect names {both}")


def _examine_attribution(context: LayerContext, claim: Claim, row: dict[str, Any], path: Path) -> None:
    claimants, voice = row["claimant_ids"], row["voice"]
    narrator = voice == "narrator"
    if narrator and (claim.claimant or claim.source or claim.cue or claim.chain):
        for key in ("claimant", "source", "cue", "chain"):
            if getattr(claim, key):
                context.report("narrator-with-attribution", (*path, key), f"the narrator's claim has a {key}", key=True)
    if not narrator and not claimants:
        step = next((key for key in ("cue", "source", "voice", "id") if getattr(claim, key)), "id")
        context.report("attributed-without-claimant", (*path, step), "the attributed claim has no claimant")
    if row["form"] is None:
        context.report("missing-field", path, "the field »form« is missing; an attributed claim has one")
    elif (row["form"] == "none") != narrator:
        context.report("form-and-voice", (*path, "form"), f"form {row['form']} with voice {voice}")
    if (row["alignment"] == "na") != narrator:
        context.report("alignment-and-voice", (*path, "alignment"), f"alignment {row['alignment']} with voice {voice}")
    if len(claimants) > MOST_CLAIMANTS or len(set(claimants)) < len(claimants):
        context.report("several-claimants", (*path, "claimant"), f"the claimants are {', '.join(claimants)}")
    for number, actor in enumerate(claim.chain):
        if actor in claimants:
            message = f"»{actor}« is the claimant, and stands in the chain too"
            context.report("claimant-in-chain", (*path, "chain", number), message)


def _examine_stance(context: LayerContext, claim: Claim, row: dict[str, Any], path: Path) -> None:
    if row["stance"] and claim.target is None:
        context.report("stance-without-target", (*path, "stance"), f"stance {row['stance']} has no target")
    if claim.target is not None and not row["stance"]:
        context.report("target-without-stance", (*path, "target"), f"the target »{claim.target}« has no stance")


def _examine_issue(context: LayerContext, claim: Claim, path: Path) -> None:
    if claim.agreement is not None and claim.issue is None:
        context.report("agreement-without-issue", (*path, "agreement"), f"agreement {claim.agreement} has no issue")
    if claim.issue is not None and claim.agreement is None:
        context.report("issue-without-agreement", (*path, "issue"), f"the issue »{claim.issue}« has no agreement")


def _examine_event(context: LayerContext, event: Event, path: Path) -> None:
    if event.mode is not None and event.mode not in context.codebook.modes(event.type):
        modes = context.codebook.modes(event.type)
        message = f"the mode »{event.mode}« does not belong to {event.type}"
        context.report("event-mode", (*path, "event", "mode"), message, expected=", ".join(modes) or "no mode")
