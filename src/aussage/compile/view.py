"""The view of sentences, derived from gold claims and mentions; never coded a second time.

The check derives it once more in another way and compares (see `check`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from aussage.codebook import Codebook
from aussage.registry import Registry
from aussage.tables.schemas import gold_id

Row = dict[str, Any]


def primary(claims: Sequence[Row]) -> Row | None:
    """The primary claim: attributed before narrator, main clause before subordinate, leftmost, longest."""
    if len(claims) < 2:
        return claims[0] if claims else None
    return min(claims, key=_weight)


def _weight(claim: Row) -> tuple[bool, bool, int, int, str]:
    spans = claim["content_spans"]
    length = sum(span["end"] - span["start"] for span in spans)
    start = spans[0]["start"] if spans else 0
    return (claim["voice"] != "attributed", not claim["is_main_clause"], start, -length, claim["claim_id"])


def main_location(mentions: Iterable[Row], codebook: Codebook) -> Row | None:
    """The location mention with the finest role, then the leftmost."""
    places = [row for row in mentions if row["kind"] == "location"]
    if len(places) < 2:
        return places[0] if places else None
    return min(
        places,
        key=lambda row: (codebook.rank("role", row["role"]), row["char_start"], row["char_end"], row["mention_id"]),
    )


def view(claims: Sequence[Row], mentions: Sequence[Row], codebook: Codebook, registry: Registry) -> Row:
    """The derived columns of one sentence from the gold claims that lie in it and its gold mentions."""
    first = primary(claims) or NO_CLAIM
    place = main_location(mentions, codebook)
    voices = {claim["voice"] for claim in claims}
    actors = unique([row["actor_id"] for row in mentions if row["actor_id"]])
    locations = unique([row["location_id"] for row in mentions if row["location_id"]])
    claimant = first["claimant_ids"][0] if first["claimant_ids"] else None
    types = {claim["claim_type"] for claim in claims}
    return {
        "voice": None if not voices else "both" if len(voices) > 1 else next(iter(voices)),
        "n_claims": len(claims),
        "primary_claim_id": gold_id(first["claim_id"]) if claims else None,
        "claimant_id": claimant,
        "claimant_label": registry.actor_label(claimant),
        "claim_type": first["claim_type"],
        "modality": first["modality"],
        "target_id": first["target_id"],
        "target_label": first["target_label"],
        "issue_id": first["issue_id"],
        "issue_label": first["issue_label"],
        "agreement": first["agreement"],
        "frame": first["frame"],
        "stance": first["stance"],
        "main_location_id": place["location_id"] if place else None,
        "main_location_label": registry.location_label(place["location_id"]) if place else None,
        "main_location_role": place["role"] if place else None,
        "claimant_ids": unique([actor for claim in claims for actor in claim["claimant_ids"]]),
        "claim_types": [name for name in codebook.enumerations["type"] if name in types] if types else [],
        "actor_ids": actors,
        "actor_labels": [registry.actor_label(actor) for actor in actors],
        "location_ids": locations,
        "location_labels": [registry.location_label(location) for location in locations],
    }


NO_CLAIM: Row = {  # what a sentence without claims says in place of its primary claim
    "claimant_ids": [],
    "claim_type": None,
    "modality": None,
    "target_id": None,
    "target_label": None,
    "issue_id": None,
    "issue_label": None,
    "agreement": None,
    "frame": None,
    "stance": 0,
}


def unique(values: Iterable[str]) -> list[str]:
    """Each value once, in the order of first occurrence."""
    return list(dict.fromkeys(values))
