"""The tables that all documents share: actors, locations, issues, coders, withdrawn rows."""

from aussage.tables.columns import LABELS, NUMBER, TEXTS, Column, Table, category, id_column, outside, text

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
