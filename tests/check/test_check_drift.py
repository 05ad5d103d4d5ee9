"""Shares of categories are compared with those of an earlier release."""

from pathlib import Path
from typing import Any

import pytest
from small_corpus import clean, small_rows, write

from aussage.check import check
from aussage.check.drift import NoRelease


def with_modalities(folder: Path, **counts: int) -> Path:
    """A corpus whose flat table has so many claims of each modality; other rules may well find fault with it."""
    rows: dict[str, list[dict[str, Any]]] = small_rows()
    modalities = [name for name, count in counts.items() for _ in range(count)]
    signs = {"certain": "CT+", "possible": "PS+", "not": "CT-"}
    rows["flat"] = [
        rows["flat"][0] | {"claim_id": f"fahrt/gold/s01.c{number}", "modality": signs[modality]}
        for number, modality in enumerate(modalities)
    ]
    return write(folder, rows)


def drifted(corpus: Path, against: Path) -> list[tuple[str, str]]:
    report = check(corpus, against=against)
    return [(found.column, found.detail) for found in report.findings if found.rule == "distribution-drift"]


def test_shares_that_moved_are_found_with_both_values(tmp_path: Path) -> None:
    before = with_modalities(tmp_path / "before", certain=100, possible=20)
    after = with_modalities(tmp_path / "after", certain=60, possible=60)
    assert drifted(after, before) == [("modality", "distance 0.33: CT+ 83% → 50%; PS+ 17% → 50%")]


def test_a_category_that_is_new_counts(tmp_path: Path) -> None:
    before = with_modalities(tmp_path / "before", certain=100)
    after = with_modalities(tmp_path / "after", certain=100, **{"not": 20})
    assert drifted(after, before) == [("modality", "distance 0.17: CT+ 100% → 83%; CT- 0% → 17%")]


def test_small_moves_and_few_values_are_not(tmp_path: Path) -> None:
    before = with_modalities(tmp_path / "before", certain=100, possible=20)
    assert not drifted(with_modalities(tmp_path / "near", certain=95, possible=25), before)
    assert not drifted(with_modalities(tmp_path / "few", certain=1, possible=98), before)


def test_without_an_earlier_release_nothing_is_compared(tmp_path: Path) -> None:
    report = check(with_modalities(tmp_path / "alone", certain=100))
    assert "distribution-drift" not in report.passed
    assert "distribution-drift" not in report.left_out


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    corpus = clean(tmp_path / "corpus")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoRelease, match=r"no sound earlier release: manifest-missing"):
        check(corpus, against=tmp_path / "empty")
