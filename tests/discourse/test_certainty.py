"""How sure the claims are, and how the article's own voice hedges: counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from made_up_frames import claims_frame, empty, frames

from aussage.discourse import certainty, hedging

DEGREES = ["claims", "certain", "probable", "possible", "uncommitted", "hedged", "negated"]


def rows(table: pd.DataFrame, key: str, columns: list[str]) -> dict[object, tuple[object, ...]]:
    return {row[0]: tuple(row[1:]) for row in table[[key, *columns]].itertuples(index=False)}


def test_certainty_by_speaker() -> None:
    table = certainty(frames())
    assert rows(table, "speaker", DEGREES) == {
        "council": (1, 1, 0, 0, 0, 0, 1),
        "mayor": (3, 1, 1, 0, 1, 2, 2),
        "narrator": (2, 1, 0, 1, 0, 1, 0),
        "stranger": (1, 1, 0, 0, 0, 0, 0),
    }
    assert rows(table, "speaker", ["hedged_share", "cited_share"])["mayor"] == (
        pytest.approx(2 / 3),
        pytest.approx(1 / 3),
    )
    assert rows(table, "speaker", ["endorsed", "neutral", "distanced", "in_own_voice"]) == {
        "council": (0, 1, 0, 0), "mayor": (1, 1, 1, 0), "narrator": (0, 0, 0, 2), "stranger": (0, 1, 0, 0),
    }  # fmt: skip


def test_a_joint_claim_counts_once_for_the_state_of_both() -> None:
    table = certainty(frames(), up_to="state")
    assert rows(table, "speaker", DEGREES)["state"] == (3, 1, 1, 0, 1, 2, 2)


def test_certainty_by_issue_and_voice() -> None:
    table = certainty(frames(), by=["voice", "issue_id"])
    assert table[["voice", "issue_id", "claims", "hedged"]].values.tolist() == [
        ["narrator", "none", 1, 1],
        ["narrator", "safe", 1, 0],
        ["attributed", "safe", 3, 1],
        ["attributed", "toll", 1, 1],
    ]


@pytest.mark.parametrize("by", [(), "voice", "issue_id", "document_id", ["evidence", "alignment"], "agreement"])
def test_every_claim_is_in_one_group(by: str | list[str]) -> None:
    table = certainty(frames(), by=by)
    assert table["claims"].sum() == 6
    assert (table["certain"] + table["hedged"] == table["claims"]).all()
    assert (table["cited"] + table["lacking"] + table["unstated"] == table["claims"]).all()


def test_nothing_comes_of_nothing() -> None:
    assert len(certainty(empty())) == 0
    pd.testing.assert_series_equal(certainty(empty()).dtypes, certainty(frames()).dtypes)
    assert certainty(empty(), by=())["claims"].tolist() == [0]
    assert certainty(empty(), by=())["hedged_share"].isna().all()


def test_another_codebook_is_not_read_as_factbank() -> None:
    claims = claims_frame().astype({"modality": "str"})
    claims.loc[0, "modality"] = "sicher"
    with pytest.raises(ValueError, match=r"modality may be CT\+.*sicher"):
        certainty(frames(), claims=claims)


def test_how_the_articles_voice_hedges() -> None:
    table = hedging(frames())
    found = {(row.of, row.variable, row.value): (row.claims, row.total) for row in table.itertuples()}
    assert found["narrator", "modality", "PS+"] == (1, 2)
    assert found["narrator", "modality", "UU"] == (0, 2)
    assert found["narrator", "condition", "given"] == (1, 2)
    assert found["attributed", "alignment", "distance"] == (1, 4)
    assert found["attributed", "cue", "given"] == (1, 4)
    assert list(table["value"][:7]) == ["CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "UU"]
    assert table.groupby(["of", "variable"])["share"].sum().round(9).eq(1).all()


def test_hedging_of_each_document() -> None:
    table = hedging(frames(), per_document=True).set_index(["document_id", "variable", "value"])
    assert table.loc[("a1", "alignment", "distance"), ["claims", "total"]].tolist() == [1, 2]
    assert table.loc[("a2", "alignment", "distance"), ["claims", "total"]].tolist() == [0, 2]
    assert table.loc[("a2", "modality", "CT+"), "total"] == 0
    assert pd.isna(table.loc[("a2", "modality", "CT+"), "share"])
    assert len(hedging(empty(), per_document=True)) == 0
