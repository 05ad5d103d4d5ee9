"""How voices, issues and certainty move through an article: counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from made_up_frames import claims_frame, empty, frames

from aussage.discourse import article_positions, course

CELLS = ["window", "value", "claims", "total", "cumulative_claims", "cumulative_total"]


def test_where_claims_stand() -> None:
    table = article_positions(frames(), windows=2)
    assert table["place"].tolist() == [0.125, 0.125, 0.375, 0.875, 0.25, 0.75]
    assert table["window"].tolist() == [1, 1, 1, 2, 1, 2]


def test_a_sentence_on_the_border_lies_in_the_later_window() -> None:
    table = article_positions(frames(), windows=4, claims=claims_frame().iloc[[4, 5]])
    assert table[["place", "window"]].values.tolist() == [[0.25, 2], [0.75, 4]]


def test_voices_move() -> None:
    table = course(frames(), windows=2)
    one = table[table["document_id"] == "a1"]
    assert one[CELLS].values.tolist() == [
        [1, "council", 1, 3, 1, 3],
        [1, "mayor", 1, 3, 1, 3],
        [1, "narrator", 2, 3, 2, 3],
        [2, "council", 0, 1, 1, 4],
        [2, "mayor", 1, 1, 2, 4],
        [2, "narrator", 0, 1, 2, 4],
    ]
    assert one[["start", "end", "sentences"]].drop_duplicates().values.tolist() == [[0, 0.5, 2], [0.5, 1, 2]]
    assert one["label"].tolist()[:3] == ["The Council", "The Mayor", "narrator"]
    assert one["share"].tolist()[2:5] == [pytest.approx(2 / 3), 0, 1]
    assert one["cumulative_share"].tolist()[5] == 0.5


def test_certainty_moves_in_its_own_order() -> None:
    table = course(frames(), of="certainty", windows=2)
    assert table.loc[table["claims"] > 0, ["document_id", "window", "value", "claims"]].values.tolist() == [
        ["a1", 1, "certain", 2], ["a1", 1, "possible", 1], ["a1", 2, "probable", 1],
        ["a2", 1, "uncommitted", 1], ["a2", 2, "certain", 1],
    ]  # fmt: skip
    assert table.loc[table["document_id"] == "a2", "value"].tolist() == ["certain", "uncommitted"] * 2


def test_articles_together() -> None:
    table = course(frames(), of="issue_id", windows=2, per_document=False)
    assert table[CELLS].values.tolist() == [
        [1, "none", 1, 4, 1, 4], [1, "safe", 3, 4, 3, 4], [1, "toll", 0, 4, 0, 4],
        [2, "none", 0, 2, 1, 6], [2, "safe", 1, 2, 4, 6], [2, "toll", 1, 2, 1, 6],
    ]  # fmt: skip
    assert table["sentences"].tolist() == [3] * 6
    assert "document_id" not in table


@pytest.mark.parametrize("of", ["certainty", "issue_id", "voice", "agreement", "evidence", "stance"])
@pytest.mark.parametrize("windows", [1, 3, 10])
def test_every_claim_is_in_one_cell(of: str, windows: int) -> None:
    table = course(frames(), of=of, windows=windows)
    assert table["claims"].sum() == 6
    last = table[table["window"] == windows]
    assert last.groupby("document_id")["cumulative_claims"].sum().to_dict() == {"a1": 4, "a2": 2}
    assert last.groupby("document_id")["cumulative_share"].sum().round(9).eq(1).all()


def test_more_windows_than_sentences_leave_some_empty() -> None:
    table = course(frames(), windows=5)
    empty_ones = table[(table["document_id"] == "a2") & (table["sentences"] == 0)]
    assert set(empty_ones["window"]) == {1, 3, 5}
    assert empty_ones["share"].isna().all()


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(ValueError, match="sentences of claims are not there: a1/s4"):
        course(frames(), sentences=frames()["sentences"].drop(index=3))
    with pytest.raises(ValueError, match="windows is 0"):
        course(frames(), windows=0)
    with pytest.raises(ValueError, match="no column topic"):
        course(frames(), of="topic")


@pytest.mark.parametrize("function", [course, article_positions])
def test_nothing_comes_of_nothing(function: object) -> None:
    assert callable(function)
    assert len(function(empty())) == 0
    pd.testing.assert_series_equal(function(empty()).dtypes, function(frames()).dtypes)
