"""What a change of a cell means: which kind of thing changed, how much it weighs, of what it is a mere consequence."""

from __future__ import annotations

from dataclasses import dataclass

from aussage.release.comparison.change import Area
from aussage.release.versions import Step

MAJOR, MINOR, PATCH = Step.MAJOR, Step.MINOR, Step.PATCH


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a change in a column means.

    `is_derived`: the column repeats or sums up what others say. `follows`: columns of the same row; where one of them
    changed, this one changed with it. `moves`: a place in the article, which changes with the article's text.
    `names`: the cell says what the id stands for, so that another value makes the id another thing's.
    """

    area: Area
    step: Step = MINOR
    is_derived: bool = False
    follows: tuple[str, ...] = ()
    moves: bool = False
    names: bool = False


OF_TABLE = {
    "documents": Area.SOURCE,
    "sentences": Area.SOURCE,
    "claims": Area.ANNOTATION,
    "mentions": Area.ANNOTATION,
    "relations": Area.ANNOTATION,
    "adjudications": Area.ADJUDICATION,
    "actors": Area.REGISTRY,
    "locations": Area.REGISTRY,
    "issues": Area.REGISTRY,
    "coders": Area.REGISTRY,
    "withdrawn": Area.REGISTRY,
}
LABELS = {
    "label_de": Meaning(Area.REGISTRY, PATCH),
    "label_en": Meaning(Area.REGISTRY, PATCH),
    "label": Meaning(Area.REGISTRY, PATCH, follows=("label_de", "label_en")),
    "labels": Meaning(Area.REGISTRY, PATCH, follows=("label", "label_de", "label_en")),
}
PROPOSITION = {
    name: Meaning(Area.REGISTRY, MAJOR, follows=meaning.follows) for name, meaning in LABELS.items()
}  # what agreement is measured against
DERIVED = {
    "documents": ("n_claims",),
    "sentences": (
        *("voice", "n_claims", "primary_claim_id", "claimant_id", "claimant_label", "claim_type", "modality", "stance"),
        *("target_id", "target_label", "issue_id", "issue_label", "agreement", "frame", "main_location_id"),
        *("main_location_label", "main_location_role", "claimant_ids", "claim_types", "actor_ids", "actor_labels"),
        *("location_ids", "location_labels"),
    ),
    "claims": ("sentence_ids", "claimant_labels", "target_label", "issue_label", "frame"),
    "mentions": ("label", "claim_ids"),
    "adjudications": ("ids", "said"),
}
PATCHES = {
    "documents": ("title", "date_note", "publisher", "author", "url", "origin_note", "note"),
    "sentences": (),
    "claims": ("note",),
    "mentions": ("note",),
    "relations": ("note",),
    "adjudications": ("reason", "codebook_change"),
    "actors": ("also", "note", "wikidata_against"),
    "locations": (
        *("also", "note", "sovereignty", "coordinates_against", "wikidata_against", "geonames_against"),
        *("iso_3166_1_against", "iso_3166_2_against"),
    ),
    "issues": ("note",),
    "coders": ("name", "note"),
    "withdrawn": ("reason", "version", "note"),
}
NAMES = {
    "claims": ("document_id", "sentence_id", "layer"),
    "mentions": ("document_id", "sentence_id", "layer", "kind"),
    "relations": ("document_id", "layer", "source_claim_id", "target_claim_id"),
    "adjudications": ("document_id", "sentence_id", "subject", "variable"),
    "sentences": ("document_id",),
}
RIGHTS = "rights_"
COUNTS = ("n_characters", "n_paragraphs", "n_sentences")
OUTSIDE_IDS = ("wikidata_id", "geonames_id")
PARTS = ("content", "source", "cue", "condition")


def meaning_of(table: str, column: str) -> Meaning:
    """What a change of a cell in a column of a table means; of a column that nobody described: a minor change."""
    return _MEANINGS.get((table, column), Meaning(OF_TABLE.get(table, Area.ANNOTATION)))


def _documents() -> dict[str, Meaning]:
    rights = ("status", "holder", "licence", "basis", "evidence", "embargo", "note")
    return {
        "text": Meaning(Area.SOURCE, MAJOR, names=True),
        "sha256": Meaning(Area.SOURCE, MAJOR, follows=("text",), names=True),
        **{name: Meaning(Area.SOURCE, MAJOR, follows=("text", "sha256")) for name in COUNTS},
        "layers": Meaning(Area.ANNOTATION),
        "is_adjudicated": Meaning(Area.ADJUDICATION),
        **{RIGHTS + name: Meaning(Area.METADATA, PATCH) for name in rights},
    }


def _sentences() -> dict[str, Meaning]:
    places = ("paragraph", "position", "char_start", "char_end")
    return {
        "text": Meaning(Area.SOURCE, MAJOR),
        "note": Meaning(Area.ANNOTATION, PATCH),
        **{name: Meaning(Area.SOURCE, MAJOR, follows=("text",), moves=True) for name in places},
    }


def _claims() -> dict[str, Meaning]:
    spans = {f"{part}_spans": Meaning(Area.ANNOTATION, follows=(f"{part}_text",), moves=True) for part in PARTS}
    return spans | {"figures": Meaning(Area.ANNOTATION, follows=("content_text", "content_spans"), moves=True)}


def _mentions() -> dict[str, Meaning]:
    return {name: Meaning(Area.ANNOTATION, follows=("text",), moves=True) for name in ("char_start", "char_end")}


def _all() -> dict[tuple[str, str], Meaning]:
    of_tables: dict[str, dict[str, Meaning]] = {
        "documents": _documents(),
        "sentences": _sentences(),
        "claims": _claims(),
        "mentions": _mentions(),
        "actors": dict(LABELS),
        "locations": dict(LABELS),
        "issues": PROPOSITION | {name: Meaning(Area.REGISTRY, MAJOR) for name in ("plus", "minus")},
    }
    found = {(table, column): meaning for table, some in of_tables.items() for column, meaning in some.items()}
    for table, names in DERIVED.items():
        found |= {(table, name): Meaning(OF_TABLE[table], is_derived=True) for name in names}
    for table, names in PATCHES.items():
        found |= {(table, name): Meaning(OF_TABLE[table], PATCH) for name in names}
    for table, names in NAMES.items():
        found |= {(table, name): Meaning(OF_TABLE[table], MAJOR, names=True) for name in names}
    for table in ("actors", "locations"):
        found |= {(table, name): Meaning(Area.REGISTRY, names=True) for name in OUTSIDE_IDS}
    return found


_MEANINGS = _all()
