"""Alpha, kappa and MASI against published values, against another program, and by their properties."""

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aussage.agreement import (
    bootstrap_interval,
    cohen_kappa,
    confusion,
    krippendorff_alpha,
    masi_distance,
    raw_agreement,
)

N = None
# K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: section A (binary, two observers), B (nominal, two
# observers), C to E (four observers, missing data).
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
TWO = [list("aabbdcccedda"), list("babbbcccedda"[:11] + "d")]
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


def units(coders: list[list[Any]]) -> list[list[Any]]:
    return [list(row) for row in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "metric", "published"),
    [
        (BINARY, "nominal", 0.095),
        (TWO, "nominal", 0.692),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
    ],
)
def test_alpha_of_krippendorff_2011(coders: list[list[Any]], metric: str, published: float) -> None:
    assert krippendorff_alpha(units(coders), metric) == pytest.approx(published, abs=5e-4)


def test_kappa_of_a_published_table() -> None:
    """The example of grants in the article Cohen's kappa of Wikipedia: 20, 5, 10, 15 give kappa .40."""
    rows = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohen_kappa(rows) == pytest.approx(0.40)
    assert raw_agreement(rows) == pytest.approx(0.70)
    table = confusion(rows)
    assert table.iloc[0].tolist() == ["yes", "yes", 20]
    assert table["n"].sum() == 50
    assert np.isnan(cohen_kappa(units(FOUR)))


def test_masi_of_passonneau_2006() -> None:
    """Jaccard times 1, 2/3, 1/3 or 0; NLTK documents {1,2} against {1,2,3,4} as .665 (it rounds 2/3 to .67)."""
    assert masi_distance({1, 2}, {1, 2}) == 0
    assert masi_distance({1, 2}, {1, 2, 3, 4}) == pytest.approx(0.665, abs=0.002)
    assert masi_distance({1, 2}, {2, 3}) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi_distance({1}, {2}) == 1
    assert masi_distance(set(), set()) == 0
    assert masi_distance(set(), {1}) == 1


def by_definition(rows: list[list[Any]], distance: Any) -> float:
    """Alpha as a sum over pairs of values, straight from its definition."""
    kept = [[v for v in row if v is not None] for row in rows]
    kept = [row for row in kept if len(row) > 1]
    values = [v for row in kept for v in row]
    observed = sum(distance(a, b) / (len(row) - 1) for row in kept for a in row for b in row)
    expected = sum(distance(a, b) for a in values for b in values)
    return 1 - (len(values) - 1) * observed / expected if expected else float("nan")


SETS = st.one_of(st.none(), st.frozensets(st.integers(0, 9), max_size=9))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(SETS, min_size=3, max_size=3), min_size=1, max_size=12))
def test_masi_alpha_is_the_sum_over_all_pairs(rows: list[list[Any]]) -> None:
    expected = by_definition(rows, masi_distance)
    assert krippendorff_alpha(rows, "masi") == pytest.approx(expected, nan_ok=True, abs=1e-9)


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval"])
def test_alpha_equals_that_of_another_program(metric: str) -> None:
    krippendorff = pytest.importorskip("krippendorff", reason="the package krippendorff is not installed")
    random = np.random.default_rng(7)
    for _ in range(40):
        data = random.integers(-2, 4, (int(random.integers(2, 6)), int(random.integers(4, 40)))).astype(float)
        data[random.random(data.shape) < 0.2] = np.nan
        other = krippendorff.alpha(data, level_of_measurement=metric)
        assert krippendorff_alpha(data.T, metric) == pytest.approx(other, abs=1e-9)


LABELS = st.one_of(st.none(), st.sampled_from("abcd"))
TABLES = st.lists(st.lists(LABELS, min_size=3, max_size=3), min_size=1, max_size=20)


@settings(max_examples=100, deadline=None)
@given(TABLES, st.permutations("wxyz"), st.permutations(range(3)), st.randoms())
def test_names_of_labels_and_order_of_coders_and_units_do_not_matter(
    rows: list[list[Any]], names: list[str], coders: list[int], random: Any
) -> None:
    renamed = dict(zip("abcd", names, strict=True))
    others = [[renamed.get(row[coder]) for coder in coders] for row in rows]
    random.shuffle(others)
    assert krippendorff_alpha(others) == pytest.approx(krippendorff_alpha(rows), nan_ok=True, abs=1e-12)
    assert raw_agreement(others) == pytest.approx(raw_agreement(rows), nan_ok=True)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=30), st.integers(2, 4))
def test_equal_layers_have_alpha_1_unless_nothing_varies(values: list[str], coders: int) -> None:
    rows = [[value] * coders for value in values]
    alpha = krippendorff_alpha(rows)
    assert np.isnan(alpha) if len(set(values)) == 1 else alpha == 1


def test_shuffled_labels_have_alpha_about_0() -> None:
    random = np.random.default_rng(3)
    values = random.choice(list("abcd"), 20_000, p=[0.7, 0.2, 0.05, 0.05])
    assert abs(krippendorff_alpha(np.column_stack([values, random.permutation(values)]))) < 0.02


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "masi"])
def test_missing_and_empty_are_handled(metric: str) -> None:
    for rows in ([], [[None, None], [None, None]], [[None, float("nan")]]):
        table = pd.DataFrame(rows, columns=["a", "b"], dtype=object)
        assert np.isnan(krippendorff_alpha(table, metric))
        assert np.isnan(raw_agreement(table, metric))
        assert bootstrap_interval(table, metric).undefined == 1
        assert confusion(table, metric).empty


def test_wrong_use_is_said() -> None:
    with pytest.raises(ValueError, match="the metrics are nominal"):
        krippendorff_alpha([[1, 2]], "ratio")
    with pytest.raises(ValueError, match="masi compares sets"):
        krippendorff_alpha([["a", "b"]], "masi")
    with pytest.raises(ValueError, match="ordinal compares numbers"):
        krippendorff_alpha([["a", "b"]], "ordinal")


def test_bootstrap_is_deterministic_and_samples_units() -> None:
    random = np.random.default_rng(5)
    data = random.integers(0, 3, (60, 2))
    data[:40, 1] = data[:40, 0]
    first = bootstrap_interval(data, seed=1)
    assert first == bootstrap_interval(data, seed=1)
    assert first != bootstrap_interval(data, seed=2)
    drawn = [krippendorff_alpha(data[random.integers(0, 60, 60)]) for _ in range(1000)]
    assert [first.low, first.high] == pytest.approx(list(np.quantile(drawn, [0.025, 0.975])), abs=0.03)
    assert first.low < krippendorff_alpha(data) < first.high


def test_pairs_of_sets_stand_in_the_same_order_whatever_seed_hashes_have() -> None:
    code = (
        "import pandas as pd; from aussage.agreement.alpha import confusion; "
        "sets = [frozenset(pair) for pair in [('ASSESS', 'DEMAND'), ('COMMIT', 'REPORT'), ('DENIAL', 'THREAT')]]; "
        "table = confusion(pd.DataFrame({'a': sets, 'b': sets[::-1]}), 'masi'); "
        "print([sorted(v) for v in table.value_a])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in map(str, range(8))
    }
    assert len(printed) == 1
