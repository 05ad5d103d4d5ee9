"""Which columns of a claim its record shows, in which order, and which variable of the codebook defines each."""

from __future__ import annotations

from aussage.tables.of_documents import CLAIMS

ACTOR, ACTORS, ENTITY, ISSUE, TEXT, FLAG = "actor", "actors", "entity", "issue", "text", "flag"
CATEGORY, CATEGORIES, EFFECTS, FIGURES, CODER = "category", "categories", "effects", "figures", "coder"

# section -> column, kind of value, variable of the codebook (empty if the codebook has none)
SECTIONS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "who": (
        ("voice", CATEGORY, "voice"),
        ("claimant_ids", ACTORS, "claimant"),
        ("chain", ACTORS, "chain"),
        ("source_text", TEXT, "source"),
        ("cue_text", TEXT, "cue"),
        ("form", CATEGORY, "form"),
        ("alignment", CATEGORY, "alignment"),
        ("addressee_id", ACTOR, "addressee"),
    ),
    "what": (
        ("claim_type", CATEGORY, "type"),
        ("modality", CATEGORY, "modality"),
        ("time", CATEGORY, "time"),
        ("evidence", CATEGORY, "evidence"),
        ("condition_text", TEXT, "condition"),
        ("causal", FLAG, "causal"),
        ("is_main_clause", FLAG, "main_clause"),
        ("figures", FIGURES, "figures"),
    ),
    "position": (
        ("stance", CATEGORY, "stance"),
        ("target_id", ENTITY, "target"),
        ("affected", EFFECTS, "affected"),
        ("issue_id", ISSUE, "issue"),
        ("agreement", CATEGORY, "agreement"),
        ("frame", CATEGORY, "frame"),
    ),
    "event": (
        ("event_type", CATEGORY, "event_type"),
        ("event_mode", CATEGORY, "event_mode"),
        ("event_contexts", CATEGORIES, "event_context"),
        ("event_actor_ids", ACTORS, "event"),
        ("event_recipient_ids", ACTORS, "event"),
        ("event_manual", TEXT, ""),
    ),
    "coding": (
        ("coder_id", CODER, ""),
        ("doubt", CATEGORY, "doubt"),
        ("note", TEXT, ""),
    ),
}
# Columns that the page shows in another way: as places in the text, or by the registries' labels.
ELSEWHERE = frozenset(
    (
        *("claim_id", "document_id", "sentence_id", "sentence_ids", "layer", "content_text"),
        *("content_spans", "source_spans", "cue_spans", "condition_spans"),
        *("claimant_labels", "target_label", "issue_label"),
    )
)
SPANS = ("content_spans", "source_spans", "cue_spans", "condition_spans")
# A coder is no part of what he said; the frame is looked up; a note and a doubt are his own.
NOT_COMPARED = frozenset(("coder_id", "doubt", "note", "frame", "event_manual"))
# The spans behind a text: two coders differ if they marked other places, even of the same words.
PLACES = {"source_text": "source_spans", "cue_text": "cue_spans", "condition_text": "condition_spans"}


def compared_columns() -> tuple[str, ...]:
    """The columns in which the claims of two coders are compared, the content's place first."""
    columns = (column for rows in SECTIONS.values() for column, _, _ in rows)
    return ("content_spans", *(column for column in columns if column not in NOT_COMPARED))


def record_sections() -> list[dict[str, object]]:
    """The sections of the record as the page needs them: name, and its columns with kind, variable, description."""
    return [
        {
            "name": name,
            "columns": [
                {"name": column, "kind": kind, "variable": variable, "description": CLAIMS.column(column).description}
                for column, kind, variable in rows
            ],
        }
        for name, rows in SECTIONS.items()
    ]
