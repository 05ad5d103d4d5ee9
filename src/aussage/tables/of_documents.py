"""The tables whose rows belong to one document: articles, sentences, claims, mentions, relations, adjudications."""

from aussage.tables.columns import (
    CATEGORIES,
    CATEGORY,
    EFFECTS,
    FIGURES,
    FLAG,
    SCALE,
    SPANS,
    TEXTS,
    Column,
    Table,
    category,
    id_column,
    ids,
    quotation,
    text,
    whole,
)

SUBJECTS = ("claim", "actor-mention", "location-mention", "relation")
GOLD = "gold"
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
        text("rights_basis", "The legal ground on which the text may be passed on without a licence."),
        text("rights_evidence", "Where licence, permission or legal ground can be seen."),
        text("rights_embargo", "The day until which the text is withheld although it is cleared."),
        text("rights_note", "What the rights record rests on."),
        text("sha256", "SHA-256 of the article's bytes (UTF-8).", True),
        whole("n_characters", "Length of the article in code points."),
        whole("n_paragraphs", "Number of paragraphs."),
        whole("n_sentences", "Number of sentences."),
        whole("n_claims", "Number of claims of the gold layer."),
        Column("layers", TEXTS, "The layers that the document has, gold first.", True),
        Column("is_adjudicated", FLAG, "Whether the differences between its coders were listed to be decided.", True),
        quotation("text", "The article.", True),
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
        quotation("text", "The sentence.", True),
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
        quotation("content_text", "The words of the claim, pieces joined by one space.", True),
        Column("content_spans", SPANS, "Where the words stand in the article.", True),
        category("voice", "voice", "Who speaks: the narrator, or somebody to whom the claim is attributed.", True),
        ids("claimant_ids", "The innermost source; two only for one coordinated subject.", "actors"),
        Column("claimant_labels", TEXTS, "Their names.", True),
        ids("chain", "Nested attribution, from the article inwards, without the claimant.", "actors"),
        quotation("source_text", "The claimant's noun phrase."),
        Column("source_spans", SPANS, "Where the source stands in the article.", True),
        quotation("cue_text", "The word that attributes."),
        Column("cue_spans", SPANS, "Where the cue stands in the article.", True),
        category("form", "form", "Form of the attribution.", True),
        category("alignment", "alignment", "Whether the article vouches for the content.", True),
        category("claim_type", "type", "What kind of claim it is.", True),
        category("modality", "modality", "How sure the claimant is, and with which sign (FactBank).", True),
        quotation("condition_text", "The condition under which the claim holds."),
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
        Column("figures", FIGURES, "Numbers in digits, with their place in the article.", True, quotes=True),
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
        quotation("text", "The words.", True),
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
