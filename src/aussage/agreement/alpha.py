"""Krippendorff's alpha with a bootstrap interval, raw agreement, Cohen's kappa, confusion tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from aussage.agreement.coding import MISSING, NOMINAL, Coding, Integers, Numbers, Values, coding_of
from aussage.agreement.distance import Distance, distance_of

REPLICATES, SEED, LEVEL = 2000, 20240501, 0.95
CELLS = 4_000_000  # so many numbers are held at once


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile interval; `undefined` is the share of replicates in which no value varied."""

    low: float
    high: float
    undefined: float
    replicates: int


def krippendorff_alpha(values: Values, metric: str = NOMINAL) -> float:
    """Krippendorff's alpha; NaN if it is undefined because no value varies or nothing can be paired.

    Method: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, for any number of coders and missing
    values. With `masi`, values are sets and Passonneau's (2006) distance stands for the squared difference.

    Args:
        values: A row a unit, a column a coder; None or NaN where a coder gave no value.
        metric: nominal, ordinal, interval or masi.

    Raises:
        ValueError: the metric is unknown, or the values do not suit it.
    """
    coding = coding_of(values, metric)
    if not coding.n_units:
        return float("nan")
    return float(_alphas(coding, distance_of(metric, coding.values), coding.counts[None, :].astype(np.float64))[0])


def bootstrap_interval(
    values: Values, metric: str = NOMINAL, replicates: int = REPLICATES, seed: int = SEED, level: float = LEVEL
) -> Interval:
    """The percentile interval of alpha over samples of units, drawn with replacement.

    A sample of units is drawn as a multinomial sample of their patterns, which is the same and needs no loop. The
    generator is PCG64, so equal seeds give equal intervals. Samples in which nothing varies have no alpha; they are
    left out, and their share is told. Sentences of an article resemble each other, so read the interval as a lower
    bound of the uncertainty.
    """
    coding = coding_of(values, metric)
    if not coding.n_units:
        return Interval(float("nan"), float("nan"), 1.0, replicates)
    distance = distance_of(metric, coding.values)
    generator = np.random.Generator(np.random.PCG64(seed))
    widest = max(coding.codes.size, len(coding.values), 1)
    step, found = max(1, CELLS // widest), []
    for start in range(0, replicates, step):
        size = min(step, replicates - start)
        weights = generator.multinomial(coding.n_units, coding.counts / coding.n_units, size=size)
        found.append(_alphas(coding, distance, weights.astype(np.float64)))
    alphas = np.concatenate(found)
    defined = alphas[~np.isnan(alphas)]
    if not len(defined):
        return Interval(float("nan"), float("nan"), 1.0, replicates)
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), float(1 - len(defined) / replicates), replicates)


def _alphas(coding: Coding, distance: Distance, weights: Numbers) -> Numbers:
    """Alpha of each sample; `weights` has a row a sample and a column a pattern."""
    present = coding.codes != MISSING
    per_unit = present.sum(axis=1)
    n = weights @ per_unit
    counts = _counts(coding, weights)
    observed = np.zeros(len(weights))
    for one, other in combinations(range(coding.codes.shape[1]), 2):
        both = np.flatnonzero(present[:, one] & present[:, other])
        apart = distance.between(coding.codes[both, one], coding.codes[both, other], counts)
        share = weights[:, both] / (per_unit[both] - 1)
        observed += 2 * (share @ apart[0] if len(apart) == 1 else (share * apart).sum(axis=1))
    expected = distance.total(counts)
    varies = (counts > 0).sum(axis=1) > 1
    return np.asarray(np.where(varies, 1 - (n - 1) * observed / np.where(varies, expected, 1), np.nan))


def _counts(coding: Coding, weights: Numbers) -> Numbers:
    """How often each value was given in each sample."""
    counts = np.zeros((len(weights), len(coding.values)))
    for column in coding.codes.T:
        order: Integers = np.argsort(column, kind="stable")
        codes, starts = np.unique(column[order], return_index=True)
        summed = np.add.reduceat(weights[:, order], starts, axis=1)
        known = codes != MISSING
        counts[:, codes[known]] += summed[:, known]
    return counts


def raw_agreement(values: Values, metric: str = NOMINAL) -> float:
    """The share of equal pairs among all pairs of values for a unit; NaN if nothing can be paired."""
    coding = coding_of(values, metric)
    equal = pairs = 0
    for one, other in combinations(coding.codes.T, 2):
        both = (one != MISSING) & (other != MISSING)
        equal += int(coding.counts[both & (one == other)].sum())
        pairs += int(coding.counts[both].sum())
    return equal / pairs if pairs else float("nan")


def cohen_kappa(values: Values) -> float:
    """Cohen's kappa (1960) of two coders over the units that both coded; NaN if undefined or not two coders."""
    coding = coding_of(values)
    if coding.codes.shape[1] != 2 or not coding.n_units:
        return float("nan")
    n, size = coding.n_units, len(coding.values)
    shares = [np.bincount(column, coding.counts, size) / n for column in coding.codes.T]
    expected = float(shares[0] @ shares[1])
    observed = float(coding.counts[coding.codes[:, 0] == coding.codes[:, 1]].sum()) / n
    return (observed - expected) / (1 - expected) if expected < 1 else float("nan")


def confusion(values: Values, metric: str = NOMINAL) -> pd.DataFrame:
    """Which values met which, over all pairs of coders; the first coder of a pair stands left in the table.

    Returns:
        Columns value_a, value_b, n: a row a pair of values that occurs, the most frequent first.
    """
    coding = coding_of(values, metric)
    met: dict[tuple[int, int], int] = {}
    for one, other in combinations(coding.codes.T, 2):
        for a, b, n in zip(one.tolist(), other.tolist(), coding.counts.tolist(), strict=True):
            if MISSING not in (a, b):
                met[a, b] = met.get((a, b), 0) + n
    rows = [(coding.values[a], coding.values[b], n) for (a, b), n in met.items()]
    rows.sort(key=lambda row: (-row[2], _ordering(row[0]), _ordering(row[1])))
    return pd.DataFrame(rows, columns=["value_a", "value_b", "n"])


def _ordering(value: object) -> str:
    """By what equally frequent values are ordered; how Python prints a set depends on the seed of its hashes."""
    return ", ".join(sorted(map(str, value))) if isinstance(value, (set, frozenset)) else str(value)
