"""Who evaluates whom, and who holds what: counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from made_up_frames import claims_frame, empty, frames

from aussage.discourse import positions, stance


def test_stance_by_actor() -> None:
    table = stance(frames())
    assert table.drop(columns="speaker_label").values.tolist() == [
        ["council", "actor", "state", "The State", 1, 0, 0, 1, -1],
        ["mayor", "actor", "council", "The Council", 1, 1, 0, 0, 1],
        ["mayor", "actor", "state", "The State", 1, 0, 0, 1, -1],
        ["mayor", "issue", "toll", "There is a toll.", 1, 0, 0, 1, -1],
        ["stranger", "unknown", "somebody", "somebody", 1, 1, 0, 0, 1],
    ]


def test_stance_rolled_up_on_both_sides() -> None:
    table = stance(frames(), up_to="state")
    assert table[["speaker", "target_id", "claims", "balance"]].values.tolist() == [
        ["state", "state", 2, 0],  # the joint claim counts once
        ["state", "toll", 1, -1],
        ["stranger", "somebody", 1, 1],
    ]


def test_stance_by_type_keeps_issues() -> None:
    table = stance(frames(), level="type")
    assert set(zip(table["target_kind"], table["target_id"], table["target_label"], strict=True)) == {
        ("actor", "state", "state"), ("actor", "gov_body", "gov_body"), ("issue", "toll", "There is a toll."),
        ("unknown", "somebody", "somebody"),
    }  # fmt: skip


def test_stance_without_a_target_and_target_without_a_stance() -> None:
    rows = [
        {"claim_id": "a1/c1", "sentence_id": "a1/s1", "stance": -1},
        {"claim_id": "a1/c2", "sentence_id": "a1/s1", "target_id": "mayor"},
        {"claim_id": "a1/c3", "sentence_id": "a1/s1"},
    ]
    table = stance(frames(), claims=claims_frame(rows))
    assert table[["target_kind", "target_id", "positive", "neutral", "negative"]].values.tolist() == [
        ["actor", "mayor", 0, 1, 0],
        ["none", "none", 0, 0, 1],
    ]


def test_positions_by_actor() -> None:
    table = positions(frames())
    columns = ["issue_id", "frame", "speaker", "claims", "agree", "open", "disagree", "agreement", "position"]
    assert table[columns].values.tolist() == [
        ["safe", "security", "mayor", 2, 0, 0, 2, -1.0, "disagrees"],
        ["safe", "security", "council", 1, 0, 0, 1, -1.0, "disagrees"],
        ["safe", "security", "narrator", 1, 1, 0, 0, 1.0, "agrees"],
        ["safe", "security", "stranger", 1, 1, 0, 0, 1.0, "agrees"],
        ["toll", "cost", "mayor", 1, 0, 1, 0, 0.0, "open"],
    ]
    assert table["issue_label"].tolist() == ["It is safe."] * 4 + ["There is a toll."]


def test_one_who_says_both_is_divided() -> None:
    rows = [
        {"claim_id": f"a1/c{n}", "sentence_id": "a1/s1", "issue_id": "ghost", "agreement": agreement}
        for n, agreement in enumerate([1, 1, -1, 0, None])
    ]
    table = positions(frames(), claims=claims_frame(rows))
    assert table[["issue_label", "claims", "agreement", "position"]].values.tolist() == [["ghost", 4, 0.25, "divided"]]
    assert table["frame"].isna().all()


@pytest.mark.parametrize("function", [stance, positions])
def test_nothing_comes_of_nothing(function: object) -> None:
    assert callable(function)
    none = function(empty())
    assert len(none) == 0
    pd.testing.assert_series_equal(none.dtypes, function(frames()).dtypes)
