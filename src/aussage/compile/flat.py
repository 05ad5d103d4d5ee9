"""The table `flat`: a gold claim with everything around it spelled out, for people who want one sheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from aussage.codebook import Codebook
from aussage.compile.view import main_location, unique
from aussage.registry import Registry
from aussage.tables.columns import CATEGORIES, EFFECTS, FIGURES, SPANS, TEXTS
from aussage.tables.of_documents import CLAIMS

Row = dict[str, Any]
SEPARATOR = "; "


def flat_rows(
    document: Row,
    sentences: Mapping[str, Row],
    claims: Iterable[Row],
    mentions: Sequence[Row],
    codebook: Codebook,
    registry: Registry,
    entities: Mapping[str, Mapping[str, Row]],
) -> list[Row]:
    """The rows of `flat` for one document; `entities` holds the rows of `actors` and `locations` by id."""
    by_claim: dict[str, list[Row]] = {}
    for mention in mentions:
        for claim_id in mention["claim_ids"]:
            by_claim.setdefault(claim_id, []).append(mention)
    of_document = _part(OF_DOCUMENT, document)
    of_sentence = {id_: _part(OF_SENTENCE, sentence) for id_, sentence in sentences.items()}
    actors = entities["actors"]
    rows = []
    for claim in claims:
        row = dict(claim)
        for name, spelled_out in LISTS:
            row[name] = spelled_out(row[name]) if row[name] else ""
        row |= of_document
        row |= of_sentence[claim["sentence_id"]]
        claimants = claim["claimant_ids"]
        row |= _part(OF_CLAIMANT, actors.get(claimants[0], NOBODY) if claimants else NOBODY)
        row |= _part(OF_TARGET, actors.get(claim["target_id"], NOBODY))
        inside = by_claim.get(claim["claim_id"])
        row |= _places(inside, codebook, registry, entities["locations"]) if inside else NO_PLACES
        rows.append(row)
    return rows


def _places(mentions: Sequence[Row], codebook: Codebook, registry: Registry, locations: Mapping[str, Row]) -> Row:
    places = [row for row in mentions if row["kind"] == "location"]
    main = main_location(mentions, codebook)
    place = locations.get(main["location_id"], {}) if main else {}
    return {
        "actor_ids": SEPARATOR.join(unique([row["actor_id"] for row in mentions if row["actor_id"]])),
        "location_ids": SEPARATOR.join([row["location_id"] for row in places]),
        "location_labels": SEPARATOR.join([registry.location_label(row["location_id"]) or "" for row in places]),
        "location_roles": SEPARATOR.join([row["role"] for row in places]),
        "main_location_id": main["location_id"] if main else None,
        **_part(OF_MAIN_LOCATION, place),
    }


def _names(prefix: str, *names: str) -> tuple[tuple[str, str], ...]:
    """Names of columns with what they are called in `flat`."""
    return tuple((f"{prefix}{name}", name) for name in names)


OF_DOCUMENT = _names("document_", "language", "title", "date", "date_status", "rights_status")
OF_SENTENCE = _names("sentence_", "paragraph", "position", "char_start", "char_end", "text")
OF_CLAIMANT = _names("claimant_", "actor_type", "country", "wikidata_id")
OF_TARGET = _names("target_", "actor_type", "country")
OF_MAIN_LOCATION = _names("main_location_", "label", "latitude", "longitude", "iso_3166_1_id")


def _part(names: tuple[tuple[str, str], ...], row: Mapping[str, Any]) -> Row:
    return {name: row.get(there) for name, there in names}


NOBODY: Row = {}
NO_PLACES: Row = {
    "actor_ids": "",
    "location_ids": "",
    "location_labels": "",
    "location_roles": "",
    "main_location_id": None,
    **_part(OF_MAIN_LOCATION, {}),
}


def _spans(value: list[Row]) -> str:
    return SEPARATOR.join([f"{span['start']}-{span['end']}" for span in value])


def _effects(value: list[Row]) -> str:
    return SEPARATOR.join([f"{effect['effect']}:{effect['actor_id'] or effect['location_id']}" for effect in value])


def _figures(value: list[Row]) -> str:
    return SEPARATOR.join([figure["text"] for figure in value])


# Lists and structs become a text that can be taken apart again.
SPELLED_OUT: dict[str, Callable[[Any], str]] = {
    TEXTS: SEPARATOR.join,
    CATEGORIES: SEPARATOR.join,
    SPANS: _spans,
    EFFECTS: _effects,
    FIGURES: _figures,
}
LISTS = [(column.name, SPELLED_OUT[column.kind]) for column in CLAIMS.columns if column.kind in SPELLED_OUT]
