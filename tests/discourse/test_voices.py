"""Who speaks, who is spoken of, and through whom: counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from made_up_frames import actors_frame, claims_frame, empty, frames, mentions_frame

from aussage.discourse import attribution_chains, spoken_of, voices

COUNTS = ["claims", "statements", "mentions", "mentions_in_claims", "by_narrator", "by_others", "by_itself"]
SPEAKS = ["claims", "statements", "passes_on", "addressed"]


def by_speaker(table: pd.DataFrame, columns: list[str]) -> dict[str, tuple[object, ...]]:
    return {row[0]: tuple(row[1:]) for row in table[["speaker", *columns]].itertuples(index=False)}


def test_voices_by_actor() -> None:
    table = voices(frames())
    assert by_speaker(table, [*COUNTS, "part"]) == {
        "mayor": (3, 3, 3, 3, 2, 1, 1, "both"),  # its third mention is in the joint claim, its own and the council's
        "narrator": (2, 2, 0, 0, 0, 0, 0, "speaks"),
        "council": (1, 1, 2, 1, 0, 1, 0, "both"),
        "stranger": (1, 1, 0, 0, 0, 0, 0, "speaks"),
        "state": (0, 0, 1, 1, 0, 1, 0, "spoken of"),
        "gazette": (0, 0, 0, 0, 0, 0, 0, "neither"),
    }
    assert list(table["speaker"]) == ["mayor", "narrator", "council", "stranger", "state", "gazette"]
    assert by_speaker(table, SPEAKS)["gazette"] == (0, 0, 1, 0)
    assert by_speaker(table, SPEAKS)["council"] == (1, 1, 0, 1)
    assert by_speaker(table, ["speaker_label"])["stranger"] == ("stranger",)
    assert by_speaker(table, ["claims_share"])["mayor"] == (0.5,)


def test_voices_rolled_up_to_the_state() -> None:
    table = voices(frames(), up_to="state")
    assert by_speaker(table, [*COUNTS, "part"]) == {
        "state": (3, 4, 6, 6 - 1, 2, 0, 3, "both"),
        "narrator": (2, 2, 0, 0, 0, 0, 0, "speaks"),
        "stranger": (1, 1, 0, 0, 0, 0, 0, "speaks"),
        "gazette": (0, 0, 0, 0, 0, 0, 0, "neither"),
    }


@pytest.mark.parametrize(
    ("level", "claims"),
    [
        ("top", {"state": 3, "narrator": 2, "stranger": 1, "gazette": 0}),
        ("type", {"person": 3, "narrator": 2, "gov_body": 1, "none": 1, "state": 0, "media": 0}),
        ("country", {"DE": 3, "narrator": 2, "none": 1}),
    ],
)
def test_voices_at_other_levels(level: str, claims: dict[str, int]) -> None:
    table = voices(frames(), level=level)
    assert dict(zip(table["speaker"], table["claims"], strict=True)) == claims


@pytest.mark.parametrize("options", [{"level": "top"}, {"level": "type"}, {"level": "country"}, {"up_to": "gov_body"}])
def test_rolled_up_sums_equal_unrolled(options: dict[str, str]) -> None:
    columns = ["statements", "mentions", "mentions_in_claims", "addressed"]
    assert voices(frames(), **options)[columns].sum().to_dict() == voices(frames())[columns].sum().to_dict()


def test_the_nearest_parent_of_a_type_is_taken_and_others_stay() -> None:
    table = voices(frames(), up_to=("gov_body", "state"))
    assert dict(zip(table["speaker"], table["statements"], strict=True)) == {
        "council": 4, "narrator": 2, "stranger": 1, "state": 0, "gazette": 0,
    }  # fmt: skip


@pytest.mark.parametrize("options", [{"level": "top"}, {"up_to": "bloc"}])
def test_parents_in_a_circle_come_to_an_end(options: dict[str, str]) -> None:
    actors = actors_frame()
    actors["parent_id"] = ["council", "mayor", "nobody-known", "gazette"]
    table = voices(frames(), actors=actors, **options)
    assert {"mayor", "council", "gazette"} <= set(table["speaker"])


def test_an_actor_whose_parents_are_of_no_such_type_stays_by_itself() -> None:
    table = voices(frames(), up_to="bloc")
    assert dict(zip(table["speaker"], table["statements"], strict=True)) == {
        "mayor": 3, "narrator": 2, "council": 1, "stranger": 1, "state": 0, "gazette": 0,
    }  # fmt: skip


def test_a_claimant_who_is_given_twice_counts_once() -> None:
    rows = [{"claim_id": "a1/c1", "sentence_id": "a1/s1", "claimant_ids": ["mayor", "mayor"]}]
    table = voices(frames(), claims=claims_frame(rows), mentions=mentions_frame([]))
    assert table[["speaker", "claims", "statements"]].values.tolist() == [["mayor", 1, 1]]


def test_claims_without_claimant_are_the_narrators_or_of_the_unnamed() -> None:
    rows = [
        {"claim_id": "a1/c1", "sentence_id": "a1/s1"},
        {"claim_id": "a1/c2", "sentence_id": "a1/s1", "voice": "attributed"},
    ]
    table = voices(frames(), claims=claims_frame(rows), mentions=mentions_frame([]))
    assert dict(zip(table["speaker"], table["claims"], strict=True)) == {"narrator": 1, "unnamed": 1}


def test_who_speaks_of_whom() -> None:
    table = spoken_of(frames())
    assert table.drop(columns=["speaker_label", "actor_label"]).values.tolist() == [
        ["narrator", "mayor", 2, 2],
        ["council", "mayor", 1, 1],
        ["council", "state", 1, 1],
        ["mayor", "council", 1, 1],
        ["mayor", "mayor", 1, 1],
        ["mayor", "state", 1, 1],
    ]
    assert table["actor_label"][0] == "The Mayor"


def test_attribution_chains() -> None:
    table = attribution_chains(frames())
    assert table.drop(columns="path_labels").values.tolist() == [
        ["narrator > gazette > mayor", 2, "gazette", "mayor", 1, 1],
        ["narrator > mayor", 1, "mayor", "mayor", 2, 2],
        ["narrator > council", 1, "council", "council", 1, 1],
        ["narrator > stranger", 1, "stranger", "stranger", 1, 1],
        ["narrator", 0, "narrator", "narrator", 2, 1],
    ]
    assert table["path_labels"][0] == "narrator > The Gazette > The Mayor"


def test_several_tellers_keep_their_order() -> None:
    rows = [{"claim_id": "a1/c1", "sentence_id": "a1/s1", "claimant_ids": ["mayor"], "chain": ["state", "gazette"]}]
    assert attribution_chains(frames(), claims=claims_frame(rows))["path"].tolist() == [
        "narrator > state > gazette > mayor"
    ]


@pytest.mark.parametrize("function", [voices, spoken_of, attribution_chains])
def test_nothing_comes_of_nothing(function: object) -> None:
    assert callable(function)
    full, none = function(frames()), function(empty())
    assert len(none) == 0
    pd.testing.assert_series_equal(none.dtypes, full.dtypes)


def test_the_frames_are_not_changed() -> None:
    given = frames()
    voices(given)
    for name, frame in frames().items():
        pd.testing.assert_frame_equal(given[name], frame)


def test_layers_are_not_counted_together() -> None:
    given = frames()
    given["claims"] = pd.concat([claims_frame().assign(layer=layer) for layer in ("gold", "coder-a")])
    with pytest.raises(ValueError, match=r"several layers \(coder-a, gold\)"):
        voices(given)
    pd.testing.assert_frame_equal(voices(given, layer="gold"), voices(frames()))
    with pytest.raises(ValueError, match="no layer 'glod'"):
        voices(given, layer="glod")


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(ValueError, match="claims has no column chain"):
        voices(frames(), claims=claims_frame().drop(columns="chain"))
    with pytest.raises(ValueError, match="frame actors is needed"):
        voices(claims=claims_frame(), mentions=mentions_frame())
    with pytest.raises(TypeError, match="claims=frame"):
        voices(claims_frame())
    with pytest.raises(ValueError, match="level is 'bloc'"):
        voices(frames(), level="bloc")
    with pytest.raises(ValueError, match="not both"):
        voices(frames(), level="top", up_to="state")
    with pytest.raises(ValueError, match="id narrator"):
        voices(frames(), actors=actors_frame().replace("gazette", "narrator"))
