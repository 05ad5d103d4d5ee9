"""Pairing of spans, and unitizing alpha against its published example."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_coders import claim, frames, two_coders

from aussage.agreement import AgreementError, align_claims, align_mentions, claim_units, f1, unitizing_alpha
from aussage.agreement import errors as errors_module


def units(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["category", "start", "end"])


def test_unitizing_alpha_of_krippendorff_2004() -> None:
    """Quality & Quantity 38, 787-800: observed .0144 and expected .0532 for c, 0 and .0490 for k; jointly .859."""
    one = units(("c", 75, 145), ("c", 220, 250), ("k", 30, 90), ("k", 150, 200))
    other = units(("c", 70, 150), ("c", 205, 225), ("c", 250, 270), ("k", 30, 90), ("k", 150, 200))
    of_c = [frame[frame["category"] == "c"] for frame in (one, other)]
    of_k = [frame[frame["category"] == "k"] for frame in (one, other)]
    assert unitizing_alpha(of_c[0], of_c[1], 300) == pytest.approx(1 - 0.0144 / 0.0532, abs=2e-3)
    assert unitizing_alpha(of_c[0], of_c[1], 300) == pytest.approx(0.7286, abs=1e-4)
    assert unitizing_alpha(of_k[0], of_k[1], 300) == 1
    assert unitizing_alpha(one, other, 300) == pytest.approx(0.8587, abs=1e-4)
    assert unitizing_alpha(other, one, 300) == pytest.approx(0.8587, abs=1e-4)
    assert np.isnan(unitizing_alpha(units(), units(), 300))


def test_nested_claims_are_units_of_their_own_level() -> None:
    rows = [claim("a", "s01.c1", (0, 10)), claim("a", "s01.c2", (2, 5)), claim("a", "s02.c1", (16, 20), (22, 25))]
    found = claim_units(frames(rows).claims, "a", {"d": 100})
    assert found.values.tolist() == [[0, 100, 110], [0, 116, 120], [1, 102, 105], [0, 122, 125]]


def test_claims_are_paired_and_the_others_stay() -> None:
    aligned = align_claims(two_coders().claims, "a", "b")
    assert list(aligned.columns) == ["document_id", "claim_id_a", "claim_id_b", "overlap", "exact"]
    assert aligned["claim_id_a"].tolist() == ["d/a/s01.c1", "d/a/s03.c1", "d/a/s02.c1"]
    assert aligned["claim_id_b"].isna().tolist() == [False, False, True]
    assert aligned["overlap"].tolist() == pytest.approx([2 / 3, 1, 0])
    assert aligned["exact"].tolist() == [False, True, False]
    found = f1(aligned)
    assert (found["n_a"], found["n_b"], found["n_paired"]) == (3, 2, 2)
    assert (found["exact"], found["lenient"]) == pytest.approx((2 / 5, 4 / 5))


def test_the_order_of_coders_does_not_matter_and_gold_is_left_alone() -> None:
    claims = two_coders().claims
    there, back = align_claims(claims, "a", "b"), align_claims(claims, "b", "a")
    pairs = {(a, b) for a, b in zip(there["claim_id_a"], there["claim_id_b"], strict=True) if isinstance(b, str)}
    assert pairs == {
        (b, a) for a, b in zip(back["claim_id_a"], back["claim_id_b"], strict=True) if isinstance(b, str)
    } - {("d/a/s02.c1", np.nan)}
    assert not there["claim_id_a"].str.contains("gold").any()


def test_spans_of_other_documents_never_meet() -> None:
    rows = [claim("a", "s01.c1", (0, 10)), claim("b", "s01.c1", (0, 10), document="e")]
    assert align_claims(frames(rows).claims, "a", "b")["overlap"].tolist() == [0, 0]
    empty = align_claims(frames().claims, "a", "b")
    assert empty.empty
    assert np.isnan(f1(empty)["exact"])


PIECES = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=4)


@settings(max_examples=120, deadline=None)
@given(PIECES, PIECES)
def test_no_other_pairing_shares_more(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    sides = [[(s, s + n) for s, n in side] for side in (one, other)]
    rows = [claim(c, f"s01.c{i}", span) for c, side in zip("ab", sides, strict=True) for i, span in enumerate(side)]
    aligned = align_claims(frames(rows).claims, "a", "b")
    short, long_ = sorted(sides, key=len)
    best = max(
        (sum(dice(a, b) for a, b in zip(short, order, strict=False)) for order in permutations(long_)), default=0.0
    )
    assert aligned["overlap"].sum() == pytest.approx(best, abs=1e-6)
    assert aligned["claim_id_a"].notna().sum() == len(one)
    assert aligned["claim_id_b"].dropna().is_unique


def dice(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, 2 * shared / (one[1] - one[0] + other[1] - other[0]))


def test_mentions_are_paired_by_kind() -> None:
    found = two_coders().mentions
    actors, locations = (align_mentions(found, "a", "b", kind) for kind in ("actor", "location"))
    assert actors["overlap"].tolist() == pytest.approx([0.6])
    assert locations["exact"].tolist() == [True]


def test_without_scipy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(errors_module, "import_module", missing)
    rows = [claim("a", "s01.c1", (0, 10)), *(claim("b", f"s01.c{n}", (n, 9)) for n in range(2))]
    with pytest.raises(AgreementError, match=r"aussage\[agreement\]"):
        align_claims(frames(rows).claims, "a", "b")
