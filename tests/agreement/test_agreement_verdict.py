"""When a number is given, when not, and how many more units would help."""

import numpy as np
import pytest

from aussage.agreement import bootstrap_interval, estimate, more_units
from aussage.agreement.verdict import CONSTANT, FEW, GIVEN, NOTHING, scale


def test_a_constant_variable_has_no_alpha() -> None:
    found = estimate([["past", "past"]] * 50)
    assert (found.verdict, found.raw) == (CONSTANT, 1)
    assert "'past'" in found.words
    assert found.as_record()["alpha"] is None


def test_too_few_says_why() -> None:
    assert estimate([]).verdict == NOTHING
    few = estimate([["a", "a"], ["b", "b"]] * 5)
    assert (few.verdict, few.words) == (FEW, "10 units, fewer than 20")
    rare = estimate([["a", "a"]] * 40 + [["b", "b"]] * 3)
    assert rare.verdict == FEW
    assert "occurs in 3 units" in rare.words
    wide = estimate([["a", "a"]] * 12 + [["b", "b"]] * 5 + [["a", "b"]] * 4)
    assert wide.verdict == FEW
    assert "wide" in wide.words or "from not reliable to reliable" in wide.words


def test_a_number_is_given_with_a_word() -> None:
    good = estimate([["a", "a"], ["b", "b"], ["c", "c"]] * 100 + [["a", "b"]] * 6)
    assert good.verdict == GIVEN
    assert good.words == "reliable"
    assert good.low < good.alpha < good.high
    equal = estimate([["a", "a"], ["b", "b"]] * 30)
    assert "no disagreement was seen" in equal.words
    assert equal.more_units is None
    assert scale(0.82, 0.7, 0.9) == "reliable, but the interval reaches down to tentative"
    assert scale(0.5, 0.4, 0.6) == "not reliable"


def test_the_number_of_further_units_gives_the_interval_that_was_wanted() -> None:
    """Simulated from the observed table: with that many units the interval is about ±0.1."""
    rows = [["a", "a"]] * 20 + [["b", "b"]] * 15 + [["a", "b"]] * 4 + [["b", "a"]] * 3
    found = estimate(rows)
    assert found.more_units
    n = len(rows) + found.more_units
    simulated = np.array(rows)[np.random.default_rng(1).integers(0, len(rows), n)]
    interval = bootstrap_interval(simulated)
    assert (interval.high - interval.low) / 2 == pytest.approx(0.1, abs=0.03)
    assert more_units(1000, 0.79, 0.81) == 0
    assert more_units(10, float("nan"), 1.0) is None
