"""What may be said of one variable: alpha with its interval, or why a number would mean nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import ceil, isnan
from typing import Any

import numpy as np

from aussage.agreement.alpha import (
    REPLICATES,
    SEED,
    bootstrap_interval,
    cohen_kappa,
    krippendorff_alpha,
    raw_agreement,
)
from aussage.agreement.coding import MISSING, NOMINAL, Coding, Values, coding_of

TENTATIVE, RELIABLE = 0.667, 0.800
SCALE_SOURCE = (
    "K. Krippendorff, Content Analysis: An Introduction to Its Methodology, chapter Reliability: rely on variables "
    "with alpha of at least .800, draw only tentative conclusions from .667 to .800, and none below"
)
FEWEST_UNITS, FEWEST_RARE, WIDEST, WANTED = 20, 5, 0.5, 0.1
CRITERIA = (
    f"too few: fewer than {FEWEST_UNITS} units, or fewer than {FEWEST_RARE} units with another value than the most "
    f"frequent, or an interval wider than {WIDEST} or that holds both .667 and .800, or more than 5 % of the samples "
    "without an alpha. These limits are Aussage's own."
)
NOTHING, CONSTANT, FEW, GIVEN = "nothing to pair", "does not vary", "too few", "given"


@dataclass(frozen=True, slots=True)
class Estimate:
    """The agreement on one variable.

    `verdict` is "given", "too few", "does not vary" or "nothing to pair"; `words` says it in words. `more_units` is
    how many more units an interval of ±0.1 would need (None if that cannot be said).
    """

    metric: str
    n_units: int
    n_values: int
    raw: float
    kappa: float
    alpha: float
    low: float
    high: float
    verdict: str
    words: str
    more_units: int | None

    def as_record(self) -> dict[str, Any]:
        """The fields as plain values; None where a number is undefined."""
        return {
            name: None if isinstance(value, float) and isnan(value) else value for name, value in asdict(self).items()
        }


def estimate(values: Values, metric: str = NOMINAL, replicates: int = REPLICATES, seed: int = SEED) -> Estimate:
    """The agreement of coders on one variable, with a verdict whether the number may be relied on.

    Args:
        values: A row a unit, a column a coder; None or NaN where a coder gave no value.
        metric: nominal, ordinal, interval or masi.
        replicates: Number of bootstrap samples.
        seed: Seed of the bootstrap.

    Raises:
        ValueError: the metric is unknown, or the values do not suit it.
    """
    coding = coding_of(values, metric)
    alpha = krippendorff_alpha(values, metric)
    raw = raw_agreement(values, metric)
    kappa = cohen_kappa(values) if metric == NOMINAL else float("nan")
    n_values = len(np.unique(coding.codes[coding.codes != MISSING]))
    low = high = float("nan")
    if not coding.n_units:
        verdict, words = NOTHING, "no unit has values of two coders"
    elif isnan(alpha):
        verdict, words = CONSTANT, f"all values are {_shown(coding)}; alpha is undefined"
    else:
        interval = bootstrap_interval(values, metric, replicates, seed)
        low, high = interval.low, interval.high
        reason = _too_few(coding, low, high, interval.undefined)
        verdict, words = (FEW, reason) if reason else (GIVEN, scale(alpha, low, high))
    more = more_units(coding.n_units, low, high)
    return Estimate(metric, coding.n_units, n_values, raw, kappa, alpha, low, high, verdict, words, more)


def scale(alpha: float, low: float, high: float) -> str:
    """A plain word for alpha after Krippendorff's limits, and for the lower end of its interval if that is worse."""
    words = _word(alpha)
    if low == high:
        return f"{words}; no disagreement was seen, so there is no interval"
    return words if _word(low) == words else f"{words}, but the interval reaches down to {_word(low)}"


def more_units(n_units: int, low: float, high: float, wanted: float = WANTED) -> int | None:
    """How many more units an interval of ± `wanted` needs, if the values go on to be distributed as they are.

    Method: the standard error of a bootstrap over units falls with the square root of their number, so the number
    needed is n x (half width / wanted) squared.

    Returns:
        The number, 0 if there are enough, None if the interval is undefined or a single point (no disagreement was
        seen, so nothing is known of how it would scatter).
    """
    half = (high - low) / 2
    return None if isnan(half) or half <= 0 else max(0, ceil(n_units * (half / wanted) ** 2 - n_units))


def _word(alpha: float) -> str:
    return "reliable" if alpha >= RELIABLE else "tentative" if alpha >= TENTATIVE else "not reliable"


def _too_few(coding: Coding, low: float, high: float, undefined: float) -> str:
    """Why the units are too few for a number that means something; empty if they are enough."""
    rare = _units_with_rarer_values(coding)
    if coding.n_units < FEWEST_UNITS:
        return f"{coding.n_units} units, fewer than {FEWEST_UNITS}"
    if rare < FEWEST_RARE:
        return f"another value than the most frequent occurs in {rare} units, fewer than {FEWEST_RARE}"
    if undefined > 0.05:
        return f"in {undefined:.0%} of the samples nothing varies"
    if high - low > WIDEST:
        return f"the interval is {high - low:.2f} wide, more than {WIDEST}"
    if low < TENTATIVE and high >= RELIABLE:
        return "the interval reaches from not reliable to reliable"
    return ""


def _units_with_rarer_values(coding: Coding) -> int:
    given = coding.codes[coding.codes != MISSING]
    weights = np.repeat(coding.counts, (coding.codes != MISSING).sum(axis=1))
    commonest = int(np.bincount(given, weights).argmax())
    other = ((coding.codes != commonest) & (coding.codes != MISSING)).any(axis=1)
    return int(coding.counts[other].sum())


def _shown(coding: Coding) -> str:
    value = coding.values[int(coding.codes[coding.codes != MISSING][0])]
    return ("{" + ", ".join(sorted(map(str, value))) + "}") if isinstance(value, frozenset) else repr(value)
