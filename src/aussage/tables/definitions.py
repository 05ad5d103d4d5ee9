"""Every table of a corpus in order: from here come schemas, documentation, checks and the manifest."""

from dataclasses import replace

from aussage.tables.columns import CATEGORIES, EFFECTS, FIGURES, SPANS, TEXT, TEXTS, Column, Table, id_column
from aussage.tables.of_documents import ADJUDICATIONS, CLAIMS, DOCUMENTS, MENTIONS, RELATIONS, SENTENCES
from aussage.tables.of_registries import ACTORS, CODERS, ISSUES, LOCATIONS, WITHDRAWN

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
        return replace(column, name=name)
    description = f"{column.description} ({_SPELLED_OUT[column.kind]})"
    return Column(name, TEXT, description, column.required, quotes=column.quotes)


def _some(table: Table, prefix: str, *names: str) -> tuple[Column, ...]:
    chosen = (_spelled_out(table.column(name), prefix) for name in names)
    return tuple(replace(column, required=False) for column in chosen)


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
