"""Every table and column of a corpus, once: from here come schemas, documentation, checks and the manifest."""

from aussage.tables.columns import (
    CATEGORIES,
    CATEGORY,
    EFFECTS,
    FIGURES,
    FLAG,
    LABELS,
    NUMBER,
    SCALE,
    SPANS,
    TEXT,
    TEXTS,
    Column,
    Table,
    category,
    id_column,
    ids,
    outside,
    text,
    whole,
)

SUBJECTS = ("claim", "actor-mention", "location-mention", "relation")
LAYER = (
    text("layer", "The layer: gold, or the id of the coder whose pass it is.", True),
    id_column(
        "coder_id",
        "The coder whose decision the row is; in gold the adjudicator where he set another value.",
        "coders",
        required=False,
    ),
)

DOCUMENTS = Table(
    "documents",
    "one article",
    (
        id_column("document_id", "The id of the document."),
        text("language", "The language of the article (ISO 639).", True),
        text("title", "The title as given; empty if none was given."),
        text("date", "The date of the article as EDTF, as exact as it is known."),
        category("date_status", "date_status", "How the date is known.", True),
        text("date_note", "What the date rests on."),
        text("publisher", "The publisher, if known."),
        text("author", "The author, if known."),
        text("url", "Where the article was found, if known."),
        text("origin_note", "What is known of the origin, and what is not."),
        category("rights_status", "rights_status", "What is known of the rights in the text.", True),
        text("rights_holder", "Who holds the rights in the text, if known."),
        text("rights_licence", "The licence of the text, if known."),
        text("rights_note", "What the rights record rests on."),
        text("sha256", "SHA-256 of the article's bytes (UTF-8).", True),
        whole("n_characters", "Length of the article in code points."),
        whole("n_paragraphs", "Number of paragraphs."),
        whole("n_sentences", "Number of sentences."),
        whole("n_claims", "Number of claims of the gold layer."),
        Column("layers", TEXTS, "The layers that the document has, gold first.", True),
        Column("is_adjudicated", FLAG, "Whether the differences between its coders were listed to be decided.", True),
        text("text", "The article.", True),
        text("note", "Anything else about the document."),
    ),
)

SENTENCES = Table(
    "sentences",
    "one sentence, with a view derived from the gold claims that lie in it",
    (
        id_column("sentence_id", "The id of the sentence."),
        id_column("document_id", "The document.", "documents"),
        whole("paragraph", "The paragraph, counted from 1."),
        whole("position", "The position in the document, counted from 1."),
        whole("char_start", "First code point in the article, counted from 0."),
        whole("char_end", "Code point after the last."),
        text("text", "The sentence.", True),
        category(
            "voice",
            "voice",
            "Whose voices speak: the narrator's, others', or both; empty without claims.",
            False,
            "both",
        ),
        whole("n_claims", "Number of claims that lie in the sentence, wholly or in part."),
        id_column(
            "primary_claim_id",
            "The primary claim: attributed before narrator, main clause before subordinate, leftmost, longest "
            "(all its pieces together), smallest id.",
            "claims",
            required=False,
        ),
        id_column(
            "claimant_id", "First claimant of the primary claim; empty for the narrator.", "actors", required=False
        ),
        text("claimant_label", "The claimant's name."),
        category("claim_type", "type", "Type of the primary claim."),
        category("modality", "modality", "Modality of the primary claim."),
        Column("stance", SCALE, "Stance of the primary claim: -1, 0 or 1; 0 without claims.", True, "stance"),
        id_column(
            "target_id",
            "Target of the primary claim's stance: an actor or an issue.",
            "actors",
            "issues",
            required=False,
        ),
        text("target_label", "The target's name."),
        id_column("issue_id", "Issue of the primary claim.", "issues", required=False),
        text("issue_label", "The issue's proposition."),
        Column("agreement", SCALE, "Whether the primary claim's claimant holds the issue.", variable="agreement"),
        category("frame", "frame", "Frame of the issue."),
        id_column(
            "main_location_id", "The location with the finest role, then the leftmost.", "locations", required=False
        ),
        text("main_location_label", "The location's name."),
        category("main_location_role", "role", "The role of the main location."),
        ids("claimant_ids", "All claimants of the claims, in the order of the claims.", "actors"),
        Column("claim_types", CATEGORIES, "All types of the claims, in the codebook's order.", True, "type"),
        ids("actor_ids", "All actors mentioned in the sentence, in order.", "actors"),
        Column("actor_labels", TEXTS, "Their names.", True),
        ids("location_ids", "All locations mentioned in the sentence, in order.", "locations"),
        Column("location_labels", TEXTS, "Their names.", True),
        text("note", "The coder's note on the sentence."),
    ),
)

CLAIMS = Table(
    "claims",
    "one claim of one layer",
    (
        id_column("claim_id", "The id of the claim, unique across documents and layers."),
        id_column("document_id", "The document.", "documents"),
        id_column(
            "sentence_id", "The sentence under which the coder filed the claim; the claim lies in it.", "sentences"
        ),
        ids("sentence_ids", "All sentences in which the claim lies.", "sentences"),
        *LAYER,
        text("content_text", "The words of the claim, pieces joined by one space.", True),
        Column("content_spans", SPANS, "Where the words stand in the article.", True),
        category("voice", "voice", "Who speaks: the narrator, or somebody to whom the claim is attributed.", True),
        ids("claimant_ids", "The innermost source; two only for one coordinated subject.", "actors"),
        Column("claimant_labels", TEXTS, "Their names.", True),
        ids("chain", "Nested attribution, from the article inwards, without the claimant.", "actors"),
        text("source_text", "The claimant's noun phrase."),
        Column("source_spans", SPANS, "Where the source stands in the article.", True),
        text("cue_text", "The word that attributes."),
        Column("cue_spans", SPANS, "Where the cue stands in the article.", True),
        category("form", "form", "Form of the attribution.", True),
        category("alignment", "alignment", "Whether the article vouches for the content.", True),
        category("claim_type", "type", "What kind of claim it is.", True),
        category("modality", "modality", "How sure the claimant is, and with which sign (FactBank).", True),
        text("condition_text", "The condition under which the claim holds."),
        Column("condition_spans", SPANS, "Where the condition stands in the article.", True),
        Column("causal", FLAG, "Whether the claim says that one thing brings about another.", True),
        Column("is_main_clause", FLAG, "Whether the claim is a main clause.", True),
        category("time", "time", "The time of the content.", True),
        category("evidence", "evidence", "Whether a basis is named.", True),
        Column("stance", SCALE, "The claimant's evaluation of the target: -1, 0 or 1.", True, "stance"),
        id_column(
            "target_id", "Whom or what the stance is about: an actor or an issue.", "actors", "issues", required=False
        ),
        text("target_label", "The target's name."),
        Column("affected", EFFECTS, "Who or what is harmed or helped.", True, "effect"),
        id_column("addressee_id", "Who is told.", "actors", required=False),
        id_column("issue_id", "The issue on which the claim takes a position.", "issues", required=False),
        text("issue_label", "The issue's proposition."),
        Column("agreement", SCALE, "Whether the claimant holds the issue: -1, 0 or 1.", variable="agreement"),
        category("frame", "frame", "The frame of the issue, looked up, never coded."),
        Column("figures", FIGURES, "Numbers in digits, with their place in the article.", True),
        category("event_type", "event_type", "PLOVER event type."),
        category("event_mode", "event_mode", "PLOVER mode of the event type."),
        Column("event_contexts", CATEGORIES, "PLOVER contexts.", True, "event_context"),
        ids("event_actor_ids", "Who acts in the event; several in a joint act.", "actors"),
        ids("event_recipient_ids", "Towards whom the event is directed.", "actors"),
        text("event_manual", "The version of the PLOVER manual."),
        category("doubt", "doubt", "How doubtful the coder was; empty without doubt."),
        text("note", "The coder's note."),
    ),
)

MENTIONS = Table(
    "mentions",
    "one name of an actor or a location in a sentence, of one layer",
    (
        id_column("mention_id", "The id of the mention."),
        id_column("document_id", "The document.", "documents"),
        id_column("sentence_id", "The sentence.", "sentences"),
        *LAYER,
        Column("kind", CATEGORY, "What is mentioned: an actor or a location.", True, more=("actor", "location")),
        text("text", "The words.", True),
        whole("char_start", "First code point in the article, counted from 0."),
        whole("char_end", "Code point after the last."),
        id_column("actor_id", "The actor; empty for a location.", "actors", required=False),
        id_column("location_id", "The location; empty for an actor.", "locations", required=False),
        text("label", "The name of the actor or location.", True),
        category("role", "role", "The role of the location in the sentence."),
        ids(
            "claim_ids",
            "The claims of the same layer whose content contains the mention, in the order of claims.",
            "claims",
        ),
        category("doubt", "doubt", "How doubtful the coder was; empty without doubt."),
        text("note", "The coder's note."),
    ),
)

RELATIONS = Table(
    "relations",
    "one relation between two claims of a layer",
    (
        id_column("relation_id", "The id of the relation."),
        id_column("document_id", "The document.", "documents"),
        *LAYER,
        id_column("source_claim_id", "The claim that supports, elaborates, repeats or contradicts.", "claims"),
        id_column("target_claim_id", "The claim that it is related to.", "claims"),
        category("relation", "relation", "The relation; contradicts is derived.", True, "contradicts"),
        Column("is_derived", FLAG, "Whether the relation was derived: same issue, opposite agreement.", True),
        text("note", "The coder's note."),
    ),
)


ADJUDICATIONS = Table(
    "adjudications",
    "one difference between coders, and how it was decided",
    (
        id_column("adjudication_id", "The id of the decision."),
        id_column("document_id", "The document.", "documents"),
        id_column("sentence_id", "The sentence.", "sentences"),
        Column("subject", CATEGORY, "What the difference is about.", True, more=SUBJECTS),
        text("variable", "The variable on which the coders differ; exists where only some have the thing.", True),
        ids("coders", "The coders, sorted.", "coders"),
        Column("ids", TEXTS, "The id of the thing in each coder's file; none if he does not have it.", True),
        Column("said", TEXTS, "What each coder said, with defaults filled in; none for nothing.", True),
        text("decision", "What holds in gold; empty while it is undecided."),
        id_column(
            "taken_from", "The coder who was followed; empty if another value was set.", "coders", required=False
        ),
        text("gold_id", "The id of the thing in gold; empty if gold does not have it."),
        Column("is_decided", FLAG, "Whether the difference was decided.", True),
        text("ruling", "The ruling of the codebook that decides."),
        text("codebook_change", "The change of the codebook that the difference caused."),
        text("reason", "Why it was decided so."),
        id_column("adjudicator_id", "Who decided.", "coders"),
    ),
)


NAMES = (
    text("label", "The name: English if there is one, else the first by language code.", True),
    text("label_de", "The German name."),
    text("label_en", "The English name."),
    Column("labels", LABELS, "The names in all languages.", True),
    Column("also", TEXTS, "Other names.", True),
)

ACTORS = Table(
    "actors",
    "one actor of the registry",
    (
        id_column("actor_id", "The id of the actor."),
        *NAMES,
        category("actor_type", "actor_type", "What kind of actor it is.", True),
        id_column("parent_id", "The actor to which it belongs.", "actors", required=False),
        text("country", "ISO 3166-1 alpha-2 code of the state to which it belongs."),
        *outside("wikidata", "Wikidata id"),
        Column("other_ids", "outside_ids", "Ids in other vocabularies.", True),
        text("note", "Anything else."),
    ),
    local=False,
)

LOCATIONS = Table(
    "locations",
    "one location of the registry",
    (
        id_column("location_id", "The id of the location."),
        *NAMES,
        category("location_type", "location_type", "What kind of place it is.", True),
        id_column("parent_id", "The location in which it lies.", "locations", required=False),
        *outside("wikidata", "Wikidata id"),
        *outside("geonames", "GeoNames id"),
        *outside("iso_3166_1", "ISO 3166-1 code (recognised borders, never control)"),
        *outside("iso_3166_2", "ISO 3166-2 code (recognised borders, never control)"),
        Column("other_ids", "outside_ids", "Ids in other vocabularies.", True),
        Column("latitude", NUMBER, "Latitude in degrees (WGS 84)."),
        Column("longitude", NUMBER, "Longitude in degrees (WGS 84)."),
        category("precision", "precision", "How exact the coordinates are."),
        category("coordinates_status", "id_status", "How far the coordinates can be trusted."),
        text("coordinates_against", "What the coordinates were verified against."),
        text("sovereignty", "A note where control is disputed."),
        text("note", "Anything else."),
    ),
    local=False,
)

ISSUES = Table(
    "issues",
    "one proposition of the issue list",
    (
        id_column("issue_id", "The id of the issue."),
        text("label", "The proposition: English if there is one, else the first by language code.", True),
        text("label_de", "The proposition in German."),
        text("label_en", "The proposition in English."),
        Column("labels", LABELS, "The proposition in all languages.", True),
        category("frame", "frame", "The frame in which it stands.", True),
        text("plus", "What agreement 1 means."),
        text("minus", "What agreement -1 means."),
        text("note", "Anything else."),
    ),
    local=False,
)

CODERS = Table(
    "coders",
    "one coder",
    (
        id_column("coder_id", "The id of the coder."),
        category("kind", "coder_kind", "What the coder is: a person, a language model, a program.", True),
        text("name", "The coder's name.", True),
        Column("saw", TEXTS, "What the coder was given to see.", True),
        text("note", "Anything else."),
    ),
    local=False,
)

WITHDRAWN = Table(
    "withdrawn",
    "one row that was taken out; its id is never used again",
    (
        id_column("withdrawn_id", "The id of the row."),
        text("table", "The table in which it was.", True),
        category("reason", "withdrawal_reason", "Why it was taken out.", True),
        text("version", "The version of the corpus that no longer has it.", True),
        text("note", "Anything else."),
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
        id_column(
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
