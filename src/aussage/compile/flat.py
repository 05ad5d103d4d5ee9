"""What `flat` says of a gold claim beside what the other tables of documents say: whom it names, and which places.

The table itself puts all side by side, for people who want one sheet (see `tables.flat`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aussage.codebook import Codebook
from aussage.compile.view import main_location, unique
from aussage.registry import Registry
from aussage.tables.flat import SEPARATOR

Row = dict[str, Any]
NOBODY: Row = {}
NO_PLACES: Row = {
    "actor_ids": "",
    "location_ids": "",
    "location_labels": "",
    "location_roles": "",
    "main_location_id": None,
    "main_location_label": None,
    "main_location_latitude": None,
    "main_location_longitude": None,
    "main_location_iso_3166_1_id": None,
}


def flat_rows(
    claims: Iterable[Row],
    mentions: Sequence[Row],
    codebook: Codebook,
    registry: Registry,
    entities: Mapping[str, Mapping[str, Row]],
) -> list[Row]:
    """The derived cells of each claim of a document; `entities` holds the rows of `actors` and `locations` by id."""
    by_claim: dict[str, list[Row]] = {}
    for mention in mentions:
        for claim_id in mention["claim_ids"]:
            by_claim.setdefault(claim_id, []).append(mention)
    actors = entities["actors"]
    rows = []
    for claim in claims:
        claimants, target_id = claim["claimant_ids"], claim["target_id"]
        claimant = actors.get(claimants[0], NOBODY) if claimants else NOBODY
        target = actors.get(target_id, NOBODY) if target_id else NOBODY
        inside = by_claim.get(claim["claim_id"])
        rows.append(
            {
                "claimant_actor_type": claimant.get("actor_type"),
                "claimant_country": claimant.get("country"),
                "claimant_wikidata_id": claimant.get("wikidata_id"),
                "target_actor_type": target.get("actor_type"),
                "target_country": target.get("country"),
                **(_places(inside, codebook, registry, entities["locations"]) if inside else NO_PLACES),
            }
        )
    return rows


def _places(mentions: Sequence[Row], codebook: Codebook, registry: Registry, locations: Mapping[str, Row]) -> Row:
    actor_ids = SEPARATOR.join(unique([row["actor_id"] for row in mentions if row["actor_id"]]))
    places = [row for row in mentions if row["kind"] == "location"]
    main = main_location(places, codebook)
    if main is None:
        return {**NO_PLACES, "actor_ids": actor_ids}
    place = locations.get(main["location_id"], NOBODY)
    return {
        "actor_ids": actor_ids,
        "location_ids": SEPARATOR.join([row["location_id"] for row in places]),
        "location_labels": SEPARATOR.join([registry.location_label(row["location_id"]) or "" for row in places]),
        "location_roles": SEPARATOR.join([row["role"] for row in places]),
        "main_location_id": main["location_id"],
        "main_location_label": place.get("label"),
        "main_location_latitude": place.get("latitude"),
        "main_location_longitude": place.get("longitude"),
        "main_location_iso_3166_1_id": place.get("iso_3166_1_id"),
    }
