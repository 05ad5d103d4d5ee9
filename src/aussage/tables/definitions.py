"""Every table and column of a corpus, once: from here come schemas, documentation, checks and the manifest."""

from dataclasses import dataclass

TEXT, CATEGORY, INTEGER, SCALE, NUMBER, FLAG = "text", "category", "integer", "scale", "number", "flag"
TEXTS, CATEGORIES, SPANS, EFFECTS, FIGURES, LABELS = "texts", "categories", "spans", "effects", "figures", "labels"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, kind, what it holds, and whether it may be empty.

    `variable` names the codebook variable whose values it takes, `more` values that only derived rows have;
    `refers` is the table (or tables) whose ids it holds.
    """

    name: str
    kind: str
    description: str
    required: bool = False
    variable: str = ""
    more: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: name, what a row is, its columns; the first column is its key.

    `local` tables have rows that belong to one document, and are kept in the order of documents.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    local: bool = True

    @property
    def key(self) -> str:
        """The name of the column that identifies a row."""
        return self.columns[0].name

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        return next(column for column in self.columns if column.name == name)


def _id(name: str, description: str, *refers: str, required: bool = True) -> Column:
    return Column(name, TEXT, description, required, refers=refers)


def _text(name: str, description: str, required: bool = False) -> Column:
    return Column(name, TEXT, description, required)


def _category(name: str, variable: str, description: str, required: bool = False, *more: str) -> Column:
    return Column(name, CATEGORY, description, required, variable, more)


def _whole(name: str, description: str, required: bool = True) -> Column:
    return Column(name, INTEGER, description, required)


def _ids(name: str, description: str, *refers: str) -> Column:
    return Column(name, TEXTS, description, True, refers=refers)


SUBJECTS = ("claim", "actor-mention", "location-mention", "relation")
LAYER = (
    _text("layer", "The layer: gold, or the id of the coder whose pass it is.", True),
    _id("coder_id", "The coder whose decision the row is.", "coders", required=False),
)

DOCUMENTS = Table(
    "documents",
    "one article",
    (
        _id("document_id", "The id of the document."),
        _text("language", "The language of the article (ISO 639).", True),
        _text("title", "The title as given; empty if none was given."),
        _text("date", "The date of the article as EDTF, as exact as it is known."),
        _category("date_status", "date_status", "How the date is known.", True),
        _text("date_note", "What the date rests on."),
        _text("publisher", "The publisher, if known."),
        _text("author", "The author, if known."),
        _text("url", "Where the article was found, if known."),
        _text("origin_note", "What is known of the origin, and what is not."),
        _category("rights_status", "rights_status", "What is known of the rights in the text.", True),
        _text("rights_holder", "Who holds the rights in the text, if known."),
        _text("rights_licence", "The licence of the text, if known."),
        _text("rights_note", "What the rights record rests on."),
        _text("sha256", "SHA-256 of the article's bytes (UTF-8).", True),
        _whole("n_characters", "Length of the article in code points."),
        _whole("n_paragraphs", "Number of paragraphs."),
        _whole("n_sentences", "Number of sentences."),
        _whole("n_claims", "Number of claims of the gold layer."),
        Column("layers", TEXTS, "The layers that the document has, gold first.", True),
        _text("text", "The article.", True),
        _text("note", "Anything else about the document."),
    ),
)

SENTENCES = Table(
    "sentences",
    "one sentence, with a view derived from the gold claims that lie in it",
    (
        _id("sentence_id", "The id of the sentence."),
        _id("document_id", "The document.", "documents"),
        _whole("paragraph", "The paragraph, counted from 1."),
        _whole("position", "The position in the document, counted from 1."),
        _whole("char_start", "First code point in the article, counted from 0."),
        _whole("char_end", "Code point after the last."),
        _text("text", "The sentence.", True),
        _category(
            "voice",
            "voice",
            "Whose voices speak: the narrator's, others', or both; empty without claims.",
            False,
            "both",
        ),
        _whole("n_claims", "Number of claims that lie in the sentence, wholly or in part."),
        _id(
            "primary_claim_id",
            "The primary claim: attributed before narrator, main clause before subordinate, leftmost, longest "
            "(all its pieces together), smallest id.",
            "claims",
            required=False,
        ),
        _id("claimant_id", "First claimant of the primary claim; empty for the narrator.", "actors", required=False),
        _text("claimant_label", "The claimant's name."),
        _category("claim_type", "type", "Type of the primary claim."),
        _category("modality", "modality", "Modality of the primary claim."),
        Column("stance", SCALE, "Stance of the primary claim: -1, 0 or 1; 0 without claims.", True, "stance"),
        _id(
            "target_id",
            "Target of the primary claim's stance: an actor or an issue.",
            "actors",
            "issues",
            required=False,
        ),
        _text("target_label", "The target's name."),
        _id("issue_id", "Issue of the primary claim.", "issues", required=False),
        _text("issue_label", "The issue's proposition."),
        Column("agreement", SCALE, "Whether the primary claim's claimant holds the issue.", variable="agreement"),
        _category("frame", "frame", "Frame of the issue."),
        _id("main_location_id", "The location with the finest role, then the leftmost.", "locations", required=False),
        _text("main_location_label", "The location's name."),
        _category("main_location_role", "role", "The role of the main location."),
        _ids("claimant_ids", "All claimants of the claims, in the order of the claims.", "actors"),
        Column("claim_types", CATEGORIES, "All types of the claims, in the codebook's order.", True, "type"),
        _ids("actor_ids", "All actors mentioned in the sentence, in order.", "actors"),
        Column("actor_labels", TEXTS, "Their names.", True),
        _ids("location_ids", "All locations mentioned in the sentence, in order.", "locations"),
        Column("location_labels", TEXTS, "Their names.", True),
        _text("note", "The coder's note on the sentence."),
    ),
)

CLAIMS = Table(
    "claims",
    "one claim of one layer",
    (
        _id("claim_id", "The id of the claim, unique across documents and layers."),
        _id("document_id", "The document.", "documents"),
        _id("sentence_id", "The sentence under which the coder filed the claim; the claim lies in it.", "sentences"),
        _ids("sentence_ids", "All sentences in which the claim lies.", "sentences"),
        *LAYER,
        _text("content_text", "The words of the claim, pieces joined by one space.", True),
        Column("content_spans", SPANS, "Where the words stand in the article.", True),
        _category("voice", "voice", "Who speaks: the narrator, or somebody to whom the claim is attributed.", True),
        _ids("claimant_ids", "The innermost source; two only for one coordinated subject.", "actors"),
        Column("claimant_labels", TEXTS, "Their names.", True),
        _ids("chain", "Nested attribution, from the article inwards, without the claimant.", "actors"),
        _text("source_text", "The claimant's noun phrase."),
        Column("source_spans", SPANS, "Where the source stands in the article.", True),
        _text("cue_text", "The word that attributes."),
        Column("cue_spans", SPANS, "Where the cue stands in the article.", True),
        _category("form", "form", "Form of the attribution.", True),
        _category("alignment", "alignment", "Whether the article vouches for the content.", True),
        _category("claim_type", "type", "What kind of claim it is.", True),
        _category("modality", "modality", "How sure the claimant is, and with which sign (FactBank).", True),
        _text("condition_text", "The condition under which the claim holds."),
        Column("condition_spans", SPANS, "Where the condition stands in the article.", True),
        Column("causal", FLAG, "Whether the claim says that one thing brings about another.", True),
        Column("is_main_clause", FLAG, "Whether the claim is a main clause.", True),
        _category("time", "time", "The time of the content.", True),
        _category("evidence", "evidence", "Whether a basis is named.", True),
        Column("stance", SCALE, "The claimant's evaluation of the target: -1, 0 or 1.", True, "stance"),
        _id("target_id", "Whom or what the stance is about: an actor or an issue.", "actors", "issues", required=False),
        _text("target_label", "The target's name."),
        Column("affected", EFFECTS, "Who or what is harmed or helped.", True, "effect"),
        _id("addressee_id", "Who is told.", "actors", required=False),
        _id("issue_id", "The issue on which the claim takes a position.", "issues", required=False),
        _text("issue_label", "The issue's proposition."),
        Column("agreement", SCALE, "Whether the claimant holds the issue: -1, 0 or 1.", variable="agreement"),
        _category("frame", "frame", "The frame of the issue, looked up, never coded."),
        Column("figures", FIGURES, "Numbers in digits, with their place in the article.", True),
        _category("event_type", "event_type", "PLOVER event type."),
        _category("event_mode", "event_mode", "PLOVER mode of the event type."),
        Column("event_contexts", CATEGORIES, "PLOVER contexts.", True, "event_context"),
        _ids("event_actor_ids", "Who acts in the event; several in a joint act.", "actors"),
        _ids("event_recipient_ids", "Towards whom the event is directed.", "actors"),
        _text("event_manual", "The version of the PLOVER manual."),
        _category("doubt", "doubt", "How doubtful the coder was; empty without doubt."),
        _text("note", "The coder's note."),
    ),
)

MENTIONS = Table(
    "mentions",
    "one name of an actor or a location in a sentence, of one layer",
    (
        _id("mention_id", "The id of the mention."),
        _id("document_id", "The document.", "documents"),
        _id("sentence_id", "The sentence.", "sentences"),
        *LAYER,
        Column("kind", CATEGORY, "What is mentioned: an actor or a location.", True, more=("actor", "location")),
        _text("text", "The words.", True),
        _whole("char_start", "First code point in the article, counted from 0."),
        _whole("char_end", "Code point after the last."),
        _id("actor_id", "The actor; empty for a location.", "actors", required=False),
        _id("location_id", "The location; empty for an actor.", "locations", required=False),
        _text("label", "The name of the actor or location.", True),
        _category("role", "role", "The role of the location in the sentence."),
        _ids(
            "claim_ids",
            "The claims of the same layer whose content contains the mention, in the order of claims.",
            "claims",
        ),
        _category("doubt", "doubt", "How doubtful the coder was; empty without doubt."),
        _text("note", "The coder's note."),
    ),
)

RELATIONS = Table(
    "relations",
    "one relation between two claims of a layer",
    (
        _id("relation_id", "The id of the relation."),
        _id("document_id", "The document.", "documents"),
        *LAYER,
        _id("source_claim_id", "The claim that supports, elaborates, repeats or contradicts.", "claims"),
        _id("target_claim_id", "The claim that it is related to.", "claims"),
        _category("relation", "relation", "The relation; contradicts is derived.", True, "contradicts"),
        Column("is_derived", FLAG, "Whether the relation was derived: same issue, opposite agreement.", True),
        _text("note", "The coder's note."),
    ),
)


ADJUDICATIONS = Table(
    "adjudications",
    "one difference between coders, and how it was decided",
    (
        _id("adjudication_id", "The id of the decision."),
        _id("document_id", "The document.", "documents"),
        _id("sentence_id", "The sentence.", "sentences"),
        Column("subject", CATEGORY, "What the difference is about.", True, more=SUBJECTS),
        _text("variable", "The variable on which the coders differ; exists where only some have the thing.", True),
        _ids("coders", "The coders, sorted.", "coders"),
        Column("ids", TEXTS, "The id of the thing in each coder's file; none if he does not have it.", True),
        Column("said", TEXTS, "What each coder said, with defaults filled in; none for nothing.", True),
        _text("decision", "What holds in gold; empty while it is undecided."),
        _id("taken_from", "The coder who was followed; empty if another value was set.", "coders", required=False),
        _text("gold_id", "The id of the thing in gold; empty if gold does not have it."),
        Column("is_decided", FLAG, "Whether the difference was decided.", True),
        _text("ruling", "The ruling of the codebook that decides."),
        _text("codebook_change", "The change of the codebook that the difference caused."),
        _text("reason", "Why it was decided so."),
        _id("adjudicator_id", "Who decided.", "coders"),
    ),
)


def _outside(name: str, what: str) -> tuple[Column, ...]:
    return (
        _text(f"{name}_id", f"{what}; empty if there is none."),
        _category(f"{name}_status", "id_status", f"How far the {what} can be trusted."),
        _text(f"{name}_against", f"What the {what} was verified against."),
    )


NAMES = (
    _text("label", "The name: English if there is one, else the first by language code.", True),
    _text("label_de", "The German name."),
    _text("label_en", "The English name."),
    Column("labels", LABELS, "The names in all languages.", True),
    Column("also", TEXTS, "Other names.", True),
)

ACTORS = Table(
    "actors",
    "one actor of the registry",
    (
        _id("actor_id", "The id of the actor."),
        *NAMES,
        _category("actor_type", "actor_type", "What kind of actor it is.", True),
        _id("parent_id", "The actor to which it belongs.", "actors", required=False),
        _text("country", "ISO 3166-1 alpha-2 code of the state to which it belongs."),
        *_outside("wikidata", "Wikidata id"),
        Column("other_ids", "outside_ids", "Ids in other vocabularies.", True),
        _text("note", "Anything else."),
    ),
    local=False,
)

LOCATIONS = Table(
    "locations",
    "one location of the registry",
    (
        _id("location_id", "The id of the location."),
        *NAMES,
        _category("location_type", "location_type", "What kind of place it is.", True),
        _id("parent_id", "The location in which it lies.", "locations", required=False),
        *_outside("wikidata", "Wikidata id"),
        *_outside("geonames", "GeoNames id"),
        *_outside("iso_3166_1", "ISO 3166-1 code (recognised borders, never control)"),
        *_outside("iso_3166_2", "ISO 3166-2 code (recognised borders, never control)"),
        Column("other_ids", "outside_ids", "Ids in other vocabularies.", True),
        Column("latitude", NUMBER, "Latitude in degrees (WGS 84)."),
        Column("longitude", NUMBER, "Longitude in degrees (WGS 84)."),
        _category("precision", "precision", "How exact the coordinates are."),
        _category("coordinates_status", "id_status", "How far the coordinates can be trusted."),
        _text("coordinates_against", "What the coordinates were verified against."),
        _text("sovereignty", "A note where control is disputed."),
        _text("note", "Anything else."),
    ),
    local=False,
)

ISSUES = Table(
    "issues",
    "one proposition of the issue list",
    (
        _id("issue_id", "The id of the issue."),
        _text("label", "The proposition: English if there is one, else the first by language code.", True),
        _text("label_de", "The proposition in German."),
        _text("label_en", "The proposition in English."),
        Column("labels", LABELS, "The proposition in all languages.", True),
        _category("frame", "frame", "The frame in which it stands.", True),
        _text("plus", "What agreement 1 means."),
        _text("minus", "What agreement -1 means."),
        _text("note", "Anything else."),
    ),
    local=False,
)

CODERS = Table(
    "coders",
    "one coder",
    (
        _id("coder_id", "The id of the coder."),
        _category("kind", "coder_kind", "What the coder is: a person, a language model, a program.", True),
        _text("name", "The coder's name.", True),
        Column("saw", TEXTS, "What the coder was given to see.", True),
        _text("note", "Anything else."),
    ),
    local=False,
)

WITHDRAWN = Table(
    "withdrawn",
    "one row that was taken out; its id is never used again",
    (
        _id("withdrawn_id", "The id of the row."),
        _text("table", "The table in which it was.", True),
        _category("reason", "withdrawal_reason", "Why it was taken out.", True),
        _text("version", "The version of the corpus that no longer has it.", True),
        _text("note", "Anything else."),
    ),
    local=False,
)

_SPELLED_OUT = {
    TEXTS: "values joined by '; '",
    CATEGORIES: "values joined by '; '",
    SPANS: "start-end, joined by '; '",
    EFFECTS: "effect:id, joined by '; '",
    FIGURES: "numbers joined by '; '",
}


def _spelled_out(column: Column, prefix: str = "") -> Column:
    """The column as it stands in `flat`: lists and structs become one text."""
    name = f"{prefix}{column.name}"
    if column.kind not in _SPELLED_OUT:
        return Column(
            name, column.kind, column.description, column.required, column.variable, column.more, column.refers
        )
    return Column(name, TEXT, f"{column.description} ({_SPELLED_OUT[column.kind]})", column.required)


def _some(table: Table, prefix: str, *names: str) -> tuple[Column, ...]:
    chosen = (_spelled_out(table.column(name), prefix) for name in names)
    return tuple(Column(c.name, c.kind, c.description, False, c.variable, c.more, c.refers) for c in chosen)


FLAT = Table(
    "flat",
    "one gold claim with every attribute spelled out, without lists and structs",
    (
        *(_spelled_out(column) for column in CLAIMS.columns),
        *_some(DOCUMENTS, "document_", "language", "title", "date", "date_status", "rights_status"),
        *_some(SENTENCES, "sentence_", "paragraph", "position", "char_start", "char_end", "text"),
        *_some(ACTORS, "claimant_", "actor_type", "country", "wikidata_id"),
        *_some(ACTORS, "target_", "actor_type", "country"),
        Column("actor_ids", TEXT, "Actors mentioned in the claim, each once, joined by '; '", True),
        Column("location_ids", TEXT, "Locations mentioned in the claim, one a mention, joined by '; '", True),
        Column("location_labels", TEXT, "Their names, one a mention, joined by '; '", True),
        Column("location_roles", TEXT, "Their roles, one a mention, joined by '; '", True),
        _id(
            "main_location_id",
            "The claim's location with the finest role, then the leftmost.",
            "locations",
            required=False,
        ),
        *_some(LOCATIONS, "main_location_", "label", "latitude", "longitude", "iso_3166_1_id"),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        DOCUMENTS,
        SENTENCES,
        CLAIMS,
        MENTIONS,
        RELATIONS,
        ADJUDICATIONS,
        ACTORS,
        LOCATIONS,
        ISSUES,
        CODERS,
        WITHDRAWN,
        FLAT,
    )
}
