"""Ids: what went and why, what came back, what stands for something else."""

from pathlib import Path
from typing import Any

import pytest
from comparison_corpora import compared, drop, only, row
from small_corpus import withdrawn

from aussage.release.comparison import Action, Alarm

CLAIM = "fahrt/coder-a/s05.c1"


def bury(rows: Any, table: str, id_: str) -> None:
    """Write a tombstone."""
    rows["withdrawn"].append(withdrawn(table, id_) | {"reason": "takedown", "note": "asked for by Anna Beck"})


def test_a_row_that_went_in_silence(tmp_path: Path) -> None:
    found = compared(tmp_path, lambda rows: drop(rows, "claims", CLAIM))
    change = only(found)
    assert (str(change.step), change.action, change.alarm) == ("major", Action.REMOVED, Alarm.NO_TOMBSTONE)
    assert change.old["content_text"] == "wie jeder weiß"
    assert found.ledger.alarms == {Alarm.NO_TOMBSTONE: 1}


@pytest.mark.parametrize(
    ("table", "id_"),
    [
        ("claims", CLAIM),
        ("sentences", "fahrt/s05"),
        ("documents", "fahrt"),
        ("coders", "coder-a"),
    ],
)
def test_a_tombstone_says_why(table: str, id_: str, tmp_path: Path) -> None:
    found = compared(tmp_path, lambda rows: (drop(rows, "claims", CLAIM), bury(rows, table, id_)))
    removed = next(change for change in found.changes() if change.action is Action.REMOVED)
    assert (removed.why, removed.alarm, str(removed.step)) == ("takedown: asked for by Anna Beck", None, "major")


def test_the_tombstone_of_a_coders_row_speaks_for_gold(tmp_path: Path) -> None:
    gold = CLAIM.replace("coder-a", "gold")
    found = compared(tmp_path, lambda rows: (drop(rows, "claims", gold), bury(rows, "claims", CLAIM)))
    assert not found.ledger.alarms


def test_a_document_that_went_is_one_change(tmp_path: Path) -> None:
    def take_down(rows: Any) -> None:
        for name in ("documents", "sentences", "claims", "mentions", "relations", "adjudications", "flat"):
            rows[name] = [found for found in rows[name] if found["document_id"] != "fahrt"]

    found = compared(tmp_path, take_down)
    change = only(found)
    assert (change.table, change.id, change.alarm) == ("documents", "fahrt", Alarm.NO_TOMBSTONE)
    assert change.old["rows"] == {
        "sentences": 6, "claims": 10, "mentions": 10, "relations": 3, "adjudications": 3,
    }  # fmt: skip
    assert "text" not in change.old


def test_a_new_document_is_minor(tmp_path: Path) -> None:
    def add(rows: Any) -> None:
        rows["documents"].append(row(rows, "documents", "nachsatz") | {"document_id": "zusatz"})
        rows["sentences"].append(
            row(rows, "sentences", "nachsatz/s01") | {"sentence_id": "zusatz/s01", "document_id": "zusatz"}
        )

    change = only(compared(tmp_path, add))
    assert (str(change.step), change.action, change.new["rows"]) == ("minor", Action.ADDED, {"sentences": 1})


def test_an_id_that_came_back(tmp_path: Path) -> None:
    found = compared(tmp_path, lambda rows: rows["actors"].append(rows["actors"][0] | {"actor_id": "old-actor"}))
    change = only(found)
    assert (change.alarm, str(change.step)) == (Alarm.RETURNED, "major")


def test_a_tombstone_that_went(tmp_path: Path) -> None:
    change = only(compared(tmp_path, lambda rows: rows["withdrawn"].pop()))
    assert (change.table, change.id, change.alarm) == ("withdrawn", "old-actor", Alarm.UNBURIED)


@pytest.mark.parametrize(
    ("table", "id_", "column", "value"),
    [
        ("documents", "nachsatz", "sha256", "2" * 64),
        ("documents", "nachsatz", "text", "Alles ist anders."),
        ("claims", CLAIM, "sentence_id", "fahrt/s01"),
        ("relations", "fahrt/gold/r01", "target_claim_id", "fahrt/gold/s01.c1"),
        ("adjudications", "fahrt/d001", "variable", "modality"),
        ("actors", "council", "wikidata_id", "Q2"),
    ],
)
def test_an_id_that_stands_for_something_else(table: str, id_: str, column: str, value: str, tmp_path: Path) -> None:
    change = only(compared(tmp_path, lambda rows: row(rows, table, id_).update({column: value})))
    assert (change.alarm, str(change.step)) == (Alarm.REUSED, "major")


def test_an_outside_id_that_was_not_known_is_no_reuse(tmp_path: Path) -> None:
    change = only(compared(tmp_path, lambda rows: row(rows, "actors", "anna-beck").update(wikidata_id="Q3")))
    assert (change.alarm, str(change.step)) == (None, "minor")


def test_rows_with_the_same_key_are_compared_in_their_order(tmp_path: Path) -> None:
    def twice(rows: Any) -> None:
        rows["claims"].append(dict(rows["claims"][-1]))

    found = compared(tmp_path, twice)
    assert only(found).action is Action.ADDED
    assert any("1 rows have the key" in warning for warning in found.warnings)
