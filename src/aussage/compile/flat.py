"""The table `flat`: a gold claim with everything around it spelled out, for people who want one sheet."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aussage.codebook import Codebook
from aussage.compile.view import main_location, unique
from aussage.registry import Registry
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
    rows = []
    for claim in claims:
        inside = by_claim.get(claim["claim_id"], [])
        row = {column.name: _spelled_out(column.kind, claim[column.name]) for column in CLAIMS.columns}
        row |= _part("document_", document, "language", "title", "date", "date_status", "rights_status")
        sentence = sentences[claim["sentence_id"]]
        row |= _part("sentence_", sentence, "paragraph", "position", "char_start", "char_end", "text")
        claimant = entities["actors"].get(next(iter(claim["claimant_ids"]), ""), {})
        row |= _part("claimant_", claimant, "actor_type", "country", "wikidata_id")
        target = entities["actors"].get(claim["target_id"] or "", {})
        row |= _part("target_", target, "actor_type", "country")
        row |= _places(inside, codebook, registry, entities["locations"])
        rows.append(row)
    return rows


def _places(mentions: Sequence[Row], codebook: Codebook, registry: Registry, locations: Mapping[str, Row]) -> Row:
    places = [row for row in mentions if row["kind"] == "location"]
    main = main_location(mentions, codebook)
    place = locations.get(main["location_id"], {}) if main else {}
    return {
        "actor_ids": SEPARATOR.join(unique(row["actor_id"] for row in mentions if row["actor_id"])),
        "location_ids": SEPARATOR.join(row["location_id"] for row in places),
        "location_labels": SEPARATOR.join(registry.location_label(row["location_id"]) or "" for row in places),
        "location_roles": SEPARATOR.join(row["role"] for row in places),
        "main_location_id": main["location_id"] if main else None,
        **_part("main_location_", place, "label", "latitude", "longitude", "iso_3166_1_id"),
    }


def _part(prefix: str, row: Mapping[str, Any], *names: str) -> Row:
    return {f"{prefix}{name}": row.get(name) for name in names}


def _spelled_out(kind: str, value: Any) -> Any:
    """A value as one cell: lists and structs become a text that can be taken apart again."""
    if kind in {"texts", "categories"}:
        return SEPARATOR.join(value)
    if kind == "spans":
        return SEPARATOR.join(f"{span['start']}-{span['end']}" for span in value)
    if kind == "effects":
        return SEPARATOR.join(f"{effect['effect']}:{effect['actor_id'] or effect['location_id']}" for effect in value)
    if kind == "figures":
        return SEPARATOR.join(figure["text"] for figure in value)
    return value
