"""Where things happen: counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from made_up_frames import empty, frames

from aussage.discourse import places

COUNTS = ["mentions", "claims", "documents"]


def test_places_by_role() -> None:
    table = places(frames())
    assert table[["location_id", "role", *COUNTS, "label"]].values.tolist() == [
        ["atlantis", "venue", 1, 0, 1, "atlantis"],
        ["bridge", "theatre", 1, 1, 1, "Bridge"],
        ["neudorf", "venue", 2, 3, 2, "Neudorf"],  # the codebook has the venue first
        ["neudorf", "theatre", 1, 0, 1, "Neudorf"],
    ]
    about = table.loc[2, ["latitude", "longitude", "precision", "sovereignty"]].tolist()
    assert about == [50.5, -7.25, "settlement", "disputed"]
    assert table.loc[:1, ["latitude", "precision"]].isna().all(axis=None)


def test_places_as_a_whole_count_a_document_and_a_claim_once() -> None:
    table = places(frames(), by=())
    assert table[["location_id", *COUNTS]].values.tolist() == [
        ["atlantis", 1, 0, 1], ["bridge", 1, 1, 1], ["neudorf", 3, 3, 2],
    ]  # fmt: skip


def test_places_rolled_up() -> None:
    table = places(frames(), by=(), up_to="settlement")
    assert table[["location_id", *COUNTS]].values.tolist() == [["atlantis", 1, 0, 1], ["neudorf", 4, 3, 2]]


@pytest.mark.parametrize("by", [(), "role", "document_id", ["document_id", "role"]])
@pytest.mark.parametrize("up_to", [None, "settlement", "country"])
def test_sums_are_those_of_the_mentions(by: str | list[str], up_to: str | None) -> None:
    assert places(frames(), by=by, up_to=up_to)["mentions"].sum() == 5


def test_a_place_without_a_role_is_kept() -> None:
    given = frames()
    given["mentions"].loc[9, "role"] = None
    table = places(given)
    assert table.loc[table["location_id"] == "bridge", "role"].tolist() == ["none"]


def test_nothing_comes_of_nothing() -> None:
    assert len(places(empty())) == 0
    pd.testing.assert_series_equal(places(empty()).dtypes, places(frames()).dtypes)
