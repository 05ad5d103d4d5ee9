"""Claims that contradict each other: pairs found by hand."""

from __future__ import annotations

import pandas as pd
from made_up_frames import claims_frame, empty, frames

from aussage.discourse import contradictions

PAIR = ["first_claim_id", "second_claim_id"]


def test_pairs_of_one_document() -> None:
    table = contradictions(frames())
    assert table[PAIR].values.tolist() == [["a1/c1", "a1/c3"], ["a2/c1", "a2/c2"]]
    first = table.iloc[0]
    assert first["issue_label"] == "It is safe."
    assert (first["first_agreement"], first["second_agreement"]) == (1, -1)
    assert first["first_speakers"] == ["narrator"]
    assert first["second_speakers"] == ["council", "mayor"]
    assert first["second_speaker_labels"] == ["The Council", "The Mayor"]
    assert (first["first_sentence_text"], first["second_sentence_text"]) == ("Satz 0", "Satz 1")
    assert (first["first_evidence"], first["second_evidence"]) == ("unstated", "cited")
    assert (first["first_supported_by"], first["first_support_texts"]) == (["a1/c2"], ["Inhalt von a1/c2"])
    assert (first["second_supported_by"], first["second_cue_text"]) == ([], "erklärten")
    assert table["same_document"].all()
    assert not table["same_speaker"].any()


def test_pairs_across_documents() -> None:
    table = contradictions(frames(), across=True)
    assert table[[*PAIR, "same_document"]].values.tolist() == [
        ["a1/c1", "a1/c3", True], ["a1/c1", "a2/c1", False], ["a1/c3", "a2/c2", False], ["a2/c1", "a2/c2", True],
    ]  # fmt: skip


def test_one_who_contradicts_himself() -> None:
    rows = [
        {
            "claim_id": f"a1/c{n}",
            "sentence_id": "a1/s1",
            "claimant_ids": [who],
            "issue_id": "toll",
            "agreement": agreement,
        }
        for n, (who, agreement) in enumerate([("mayor", -1), ("mayor", 1), ("council", 1), ("council", 0)])
    ]
    table = contradictions(frames(), claims=claims_frame(rows))
    assert table[[*PAIR, "same_speaker"]].values.tolist() == [["a1/c0", "a1/c1", True], ["a1/c0", "a1/c2", False]]


def test_nothing_comes_of_nothing() -> None:
    assert len(contradictions(empty())) == 0
    pd.testing.assert_series_equal(contradictions(empty()).dtypes, contradictions(frames()).dtypes)
