"""Faults of claims, relations, mentions and decisions: their words and spans, and what may not stand together."""

from __future__ import annotations

from typing import Any

from faults.draft import DoesNotApply, Draft
from faults.fault import Register, Row
from faults.faults_of_texts import other_sentence

register = Register()
SPANS = ("content_spans", "source_spans", "cue_spans", "condition_spans", "figures")


def _first_piece(row: Row, column: str, **places: int) -> Row:
    return {column: [{**row[column][0], **places}, *row[column][1:]]}


for _column in SPANS:
    _has: Any = lambda row, column=_column: row[column]  # noqa: E731
    register.change(
        f"span-behind-the-article-{_column}", "A span ends behind the article", "claims", _column, "claim-span",
        lambda row, column=_column: _first_piece(row, column, end=10_000_000), _has, needs="a claim that has one",
        is_cell=True,
    )  # fmt: skip
    register.change(
        f"span-empty-{_column}", "A span ends where it begins", "claims", _column, "claim-span",
        lambda row, column=_column: _first_piece(row, column, end=row[column][0]["start"]), _has,
        needs="a claim that has one", is_cell=True,
    )  # fmt: skip
    register.change(
        f"span-shifted-{_column}", "A span stands one code point further on", "claims",
        _column.replace("_spans", "_text"), "figure-words" if _column == "figures" else "claim-words",
        lambda row, column=_column: _first_piece(
            row, column, start=row[column][0]["start"] + 1, end=row[column][0]["end"] + 1
        ),
        _has, needs="a claim that has one", bulk_too=_column in {"content_spans"},
    )  # fmt: skip
register.change(
    "span-before-the-article", "A span begins before the article", "claims", "content_spans", "claim-span",
    lambda row: _first_piece(row, "content_spans", start=-1),
)  # fmt: skip
register.change(
    "span-twice", "A piece of a claim stands twice", "claims", "content_spans", "claim-span",
    lambda row: {"content_spans": [*row["content_spans"], row["content_spans"][-1]]},
    bulk_too=True,
)  # fmt: skip
register.change(
    "content-reworded", "The words of a claim are others", "claims", "content_text", "claim-words",
    lambda row: {"content_text": row["content_text"].upper()},
)  # fmt: skip
register.change(
    "cue-without-span", "A claim has the words of a cue and no span", "claims", "cue_text", "claim-words",
    {"cue_text": "sagte"}, lambda row: not row["cue_spans"], needs="a claim without a cue",
)  # fmt: skip
register.change(
    "figure-without-digit", "A figure has no digit", "claims", "figures", "figure-words",
    lambda row: {
        "figures": [{"text": row["content_text"][:1], "start": row["content_spans"][0]["start"],
                     "end": row["content_spans"][0]["start"] + 1}]
    },
    lambda row: row["content_text"][0].isalpha() and not row["figures"],
    needs="a claim that begins with a letter",
)  # fmt: skip
register.change(
    "sentences-of-a-claim-lost", "A claim names only the first of its sentences", "claims", "sentence_ids",
    "claim-sentences", lambda row: {"sentence_ids": row["sentence_ids"][:1]}, lambda row: len(row["sentence_ids"]) > 1,
    needs="a claim that lies in two sentences",
)  # fmt: skip
register.change(
    "sentences-of-a-claim-turned-round", "The sentences of a claim stand in reverse order", "claims", "sentence_ids",
    "claim-sentences", lambda row: {"sentence_ids": row["sentence_ids"][::-1]},
    lambda row: len(row["sentence_ids"]) > 1, needs="a claim that lies in two sentences",
)  # fmt: skip


@register.fault(
    "sentence-added-to-a-claim", "A claim names a sentence in which it does not lie", "claims", "sentence_ids",
    "claim-sentences", needs="a sentence that is not the claim's",
)  # fmt: skip
def sentence_added_to_a_claim(draft: Draft) -> list[str]:
    row = draft.first("claims")
    row["sentence_ids"] = [*row["sentence_ids"], other_sentence(draft, row, set(row["sentence_ids"]))["sentence_id"]]
    return [draft.key("claims", row)]


@register.fault(
    "claim-filed-elsewhere", "A claim is filed under a sentence in which it does not lie", "claims", "sentence_id",
    "claim-home", needs="a sentence that is not the claim's",
)  # fmt: skip
def claim_filed_elsewhere(draft: Draft) -> list[str]:
    row = draft.first("claims")
    row["sentence_id"] = other_sentence(draft, row, set(row["sentence_ids"]))["sentence_id"]
    return [draft.key("claims", row)]


@register.fault(
    "condition-in-another-sentence", "The condition of a claim stands in another sentence", "claims",
    "condition_spans", "condition-elsewhere", needs="a sentence that is not the claim's",
)  # fmt: skip
def condition_in_another_sentence(draft: Draft) -> list[str]:
    row = draft.first("claims")
    other = other_sentence(draft, row, set(row["sentence_ids"]))
    row["condition_spans"] = [{"start": other["char_start"], "end": other["char_end"]}]
    row["condition_text"] = other["text"]
    return [draft.key("claims", row)]


def _attributed(row: Row) -> bool:
    return row["voice"] == "attributed"


def _narrated(row: Row) -> bool:
    return row["voice"] == "narrator"


def _plain(row: Row) -> bool:
    return not row["stance"] and not row["target_id"]


_CLAIMS: dict[str, tuple[str, str, str, Any, Any]] = {
    "narrator-with-claimant": ("The narrator's claim has a claimant", "claimant_ids", "narrator-attributed",
        lambda row: {"claimant_ids": ["somebody"]}, _narrated),
    "narrator-with-chain": ("The narrator's claim has a chain", "chain", "narrator-attributed",
        lambda row: {"chain": ["somebody"]}, _narrated),
    "narrator-with-source": ("The narrator's claim has a source", "source_spans", "narrator-attributed",
        lambda row: {"source_spans": row["content_spans"], "source_text": row["content_text"]}, _narrated),
    "narrator-with-cue": ("The narrator's claim has a cue", "cue_spans", "narrator-attributed",
        lambda row: {"cue_spans": row["content_spans"], "cue_text": row["content_text"]}, _narrated),
    "claimant-lost": ("An attributed claim has no claimant", "claimant_ids", "claimant-missing",
        {"claimant_ids": [], "claimant_labels": []}, _attributed),
    "voice-changed": ("An attributed claim is the narrator's", "voice", "voice-and-form narrator-attributed",
        {"voice": "narrator"}, _attributed),
    "form-none": ("An attributed claim has no form", "form", "voice-and-form", {"form": "none"}, _attributed),
    "alignment-na": ("An attributed claim has no alignment", "alignment", "voice-and-form",
        {"alignment": "na"}, _attributed),
    "narrator-with-alignment": ("The narrator's claim has an alignment", "alignment", "voice-and-form",
        {"alignment": "neutral"}, _narrated),
    "claimant-twice": ("A claim has one claimant twice", "claimant_ids", "claimant-count",
        lambda row: {"claimant_ids": row["claimant_ids"][:1] * 2}, _attributed),
    "three-claimants": ("A claim has three claimants", "claimant_ids", "claimant-count",
        lambda row: {"claimant_ids": ["one", "two", "three"]}, _attributed),
    "claimant-in-his-chain": ("A claimant stands in his own chain", "chain", "claimant-chained",
        lambda row: {"chain": row["claimant_ids"][:1]}, _attributed),
    "stance-without-target": ("A stance has no target", "stance", "stance-and-target", {"stance": 1}, _plain),
    "target-without-stance": ("A target has no stance", "target_id", "stance-and-target",
        {"target_id": "somebody"}, _plain),
    "agreement-lost": ("An issue has no agreement", "agreement", "issue-and-agreement",
        {"agreement": None}, lambda row: row["issue_id"]),
    "agreement-without-issue": ("An agreement has no issue", "agreement", "issue-and-agreement",
        {"agreement": 1}, lambda row: not row["issue_id"]),
    "frame-without-issue": ("A claim without an issue has a frame", "frame", "frame-of-issue",
        {"frame": "security"}, lambda row: not row["issue_id"]),
    "frame-lost": ("A claim with an issue has no frame", "frame", "frame-of-issue",
        {"frame": None}, lambda row: row["issue_id"]),
    "effect-on-nobody": ("An effect is on nobody", "affected", "effect-names-one",
        {"affected": [{"effect": "harm", "actor_id": None, "location_id": None}]}, lambda row: True),
    "effect-on-two": ("An effect is on an actor and a location", "affected", "effect-names-one",
        {"affected": [{"effect": "harm", "actor_id": "somebody", "location_id": "somewhere"}]}, lambda row: True),
    "event-without-type": ("An event has no type", "event_type", "event-incomplete",
        {"event_type": None}, lambda row: row["event_type"]),
    "event-without-manual": ("An event does not name the manual", "event_manual", "event-incomplete",
        {"event_manual": None}, lambda row: row["event_type"]),
    "recipient-without-event": ("A claim without an event has a recipient", "event_recipient_ids", "event-incomplete",
        {"event_recipient_ids": ["somebody"]}, lambda row: not row["event_type"]),
    "context-without-event": ("A claim without an event has a context", "event_contexts", "event-incomplete",
        {"event_contexts": ["military"]}, lambda row: not row["event_type"]),
}  # fmt: skip
IN_BULK = {
    "claimant-lost", "voice-changed", "claimant-twice", "claimant-in-his-chain", "stance-without-target",
    "agreement-lost", "frame-lost", "effect-on-nobody", "context-without-event",
}  # fmt: skip
for _code, (_what, _column, _rules, _put, _where) in _CLAIMS.items():
    _needs = "a claim of that kind"
    register.change(_code, _what, "claims", _column, _rules, _put, _where, needs=_needs, bulk_too=_code in IN_BULK)


@register.fault(
    "mode-of-another-type", "The mode of an event belongs to another type", "claims", "event_mode",
    "event-mode-of-type", needs="an event, and a mode that its type does not have",
)  # fmt: skip
def mode_of_another_type(draft: Draft) -> list[str]:
    row = draft.first("claims", lambda row: row["event_type"])
    modes = draft.values("event_mode")
    others = [mode["value"] for mode in modes if mode.get("of_type") and row["event_type"] not in mode["of_type"]]
    if not others:
        raise DoesNotApply("claims")
    row["event_mode"] = others[0]
    return [draft.key("claims", row)]


for _column in ("claimant_labels", "target_label", "issue_label"):
    register.change(
        f"label-differs-{_column}", "A name is not the registry's", "claims", _column, "label-differs",
        lambda row, column=_column: {column: "Another"} if row[column] and isinstance(row[column], str) else {
            column: ["Another"] if isinstance(row[column], list) else "Another"
        },
        is_cell=True, bulk_too=_column == "issue_label",
    )  # fmt: skip
register.change(
    "label-differs-mention", "The name of a mention is not the registry's", "mentions", "label", "label-differs",
    lambda row: {"label": row["label"] + " II"}, bulk_too=True,
)  # fmt: skip
for _code, _what, _column, _kind, _value in (
    ("actor-without-id", "A mention of an actor has no actor", "actor_id", "actor", None),
    ("location-without-id", "A mention of a location has no location", "location_id", "location", None),
    ("location-without-role", "A mention of a location has no role", "role", "location", None),
    ("actor-with-role", "A mention of an actor has a role", "role", "actor", "venue"),
    ("location-with-actor", "A mention of a location has an actor", "actor_id", "location", "somebody"),
):
    register.change(
        f"mention-{_code}",
        _what,
        "mentions",
        _column,
        "mention-kind",
        {_column: _value},
        lambda row, kind=_kind: row["kind"] == kind,
        needs=f"a mention of an {_kind}".replace("an l", "a l"),
        bulk_too=_code == "location-without-role",
    )
register.change(
    "mention-of-no-claim", "A mention has lost its claims", "mentions", "claim_ids", "mention-claims",
    {"claim_ids": []}, lambda row: row["claim_ids"], needs="a mention within a claim", bulk_too=True,
)  # fmt: skip
register.change(
    "mention-of-another-claim", "A mention names a claim that does not contain it", "mentions", "claim_ids",
    "mention-claims", lambda row: {"claim_ids": [*row["claim_ids"], "another"]},
)  # fmt: skip
