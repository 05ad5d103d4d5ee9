"""Where things happen: the places that articles name, by their role, with coordinates to draw them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from aussage.discourse.analyses.frames import Source, frames_of, groupable, present
from aussage.discourse.analyses.rollup import groups_along_parents

if TYPE_CHECKING:
    from aussage.corpus import Corpus

ABOUT = ("label", "location_type", "latitude", "longitude", "precision", "coordinates_status", "sovereignty")


def places(
    corpus: Corpus | Source | None = None,
    *,
    mentions: pd.DataFrame | None = None,
    locations: pd.DataFrame | None = None,
    by: str | Sequence[str] = "role",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> pd.DataFrame:
    """The places that are named, with how often and in what role.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        mentions: Columns document_id, kind, location_id, claim_ids, and those of `by`.
        locations: Columns location_id, label, location_type, latitude, longitude, precision, coordinates_status,
            sovereignty, and parent_id for `up_to`.
        by: Columns of the mentions by which a place is split: "role", ("role", "document_id"), or () for none.
        up_to: Location types, as "country" or ("region", "country"): a place counts for the nearest of these among
            itself and the places in which it lies; one without such a place stays by itself.
        layer: The layer to count, if the frame has several.

    Returns:
        A row a place and value of `by`: location_id, the columns of `by` (`none` where there is no value), mentions,
        claims (different claims whose content names the place), documents, label, location_type, latitude, longitude,
        precision (how near the point is to the place; a supraregion locates nothing), coordinates_status, sovereignty
        (a note where control is disputed). What the registry does not know is missing; the label is then the id.
        The sum of mentions is the same for every `by` and `up_to`. Sorted by location_id and `by`.

    Raises:
        ValueError: a frame or column is missing.
    """
    names = [by] if isinstance(by, str) else list(by)
    named, registry = frames_of(
        corpus, layer, {"mentions": mentions, "locations": locations},
        {
            "mentions": ["document_id", "kind", "location_id", "claim_ids", *names],
            "locations": ["location_id", *ABOUT, *(["parent_id"] if up_to else [])],
        },
    )  # fmt: skip
    groups = groups_along_parents(registry, "location_id", "location_type", up_to)
    chosen = named[(named["kind"] == "location") & present(named["location_id"])].reset_index(drop=True)
    keys = [groups.of(chosen["location_id"]), *(groupable(chosen[name]) for name in names)]
    counted = _counted(chosen, keys).sort_values(["location_id", *names], ignore_index=True)
    known = registry.drop_duplicates("location_id").set_index("location_id")[list(ABOUT)]
    about = known.reindex(counted["location_id"]).reset_index(drop=True)
    about["label"] = about["label"].astype("str").fillna(counted["location_id"])
    return pd.concat([counted, about], axis="columns")


def _counted(mentions: pd.DataFrame, keys: list[pd.Series[Any]]) -> pd.DataFrame:
    grouping = {"observed": True, "dropna": False, "sort": True}
    counted = mentions.groupby(keys, **grouping).agg(  # type: ignore[call-overload]
        mentions=("kind", "size"), documents=("document_id", "nunique")
    )
    within = mentions["claim_ids"].astype(object).explode()
    numbers = within.index.to_numpy("int64")
    spread = [key.take(numbers).reset_index(drop=True) for key in keys]
    claims = within.reset_index(drop=True).groupby(spread, **grouping).nunique()
    counted.insert(1, "claims", claims.reindex(counted.index))
    table: pd.DataFrame = counted.astype("int64").reset_index()
    return table
