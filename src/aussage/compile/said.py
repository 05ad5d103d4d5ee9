"""What a coder said of a claim, a mention or a relation, variable by variable, with defaults filled in."""

from collections.abc import Callable, Mapping
from typing import Any

Row = Mapping[str, Any]
Said = Callable[[Row], Any]


def _column(name: str) -> Said:
    return lambda row: row[name]


def _pieces(name: str) -> Said:
    """The words of a span; the pieces of a discontinuous one stand apart."""

    def said(row: Row) -> str | None:
        text, start = row[f"{name}_text"], 0
        pieces = []
        for span in row[f"{name}_spans"]:
            pieces.append(text[start : start + span["end"] - span["start"]])
            start += len(pieces[-1]) + 1  # pieces are joined by one space
        return " | ".join(pieces) or None

    return said


def _effects(row: Row) -> list[str]:
    return sorted(f"{effect['effect']}: {effect['actor_id'] or effect['location_id']}" for effect in row["affected"])


def _event(row: Row) -> dict[str, Any] | None:
    if row["event_type"] is None:
        return None
    parts = {
        "type": row["event_type"],
        "mode": row["event_mode"],
        "context": sorted(row["event_contexts"]),
        "actor": row["event_actor_ids"],
        "recipient": row["event_recipient_ids"],
    }
    return {name: value for name, value in parts.items() if value}


CLAIM: dict[str, Said] = {
    "content": _pieces("content"),
    "voice": _column("voice"),
    "claimant": _column("claimant_ids"),
    "chain": _column("chain"),
    "source": _pieces("source"),
    "cue": _pieces("cue"),
    "form": _column("form"),
    "alignment": _column("alignment"),
    "type": _column("claim_type"),
    "modality": _column("modality"),
    "condition": _pieces("condition"),
    "causal": _column("causal"),
    "main_clause": _column("is_main_clause"),
    "time": _column("time"),
    "evidence": _column("evidence"),
    "stance": _column("stance"),
    "target": _column("target_id"),
    "affected": _effects,
    "addressee": _column("addressee_id"),
    "issue": _column("issue_id"),
    "agreement": _column("agreement"),
    "figures": lambda row: [figure["text"] for figure in row["figures"]],
    "event": _event,
}
ACTOR_MENTION: dict[str, Said] = {"text": _column("text"), "actor": _column("actor_id")}
LOCATION_MENTION: dict[str, Said] = {
    "text": _column("text"),
    "location": _column("location_id"),
    "role": _column("role"),
}
RELATION: dict[str, Said] = {"relation": _column("relation")}
SUBJECTS: dict[str, dict[str, Said]] = {
    "claim": CLAIM,
    "actor-mention": ACTOR_MENTION,
    "location-mention": LOCATION_MENTION,
    "relation": RELATION,
}
EXISTS = "exists"


def subject_of(row: Row) -> str:
    """What a row of claims, mentions or relations is, as adjudications name it."""
    if "claim_id" in row:
        return "claim"
    return f"{row['kind']}-mention" if "mention_id" in row else "relation"


def id_of(row: Row) -> str:
    """The id that a row has in its annotation file."""
    key = {"claim": "claim_id", "relation": "relation_id"}.get(subject_of(row), "mention_id")
    return str(row[key]).rsplit("/", 1)[-1]


def summary_of(row: Row) -> Any:
    """What is shown of a whole row where only one coder has it: its words, or the two claims that are related."""
    subject = subject_of(row)
    if subject == "relation":
        ends = (str(row[key]).rsplit("/", 1)[-1] for key in ("source_claim_id", "target_claim_id"))
        return f" {row['relation']} ".join(ends)
    return row["content_text"] if subject == "claim" else row["text"]
