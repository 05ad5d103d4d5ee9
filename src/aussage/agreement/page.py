"""A comparison of coders as one HTML file that loads nothing: disagreement first, then the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from aussage.agreement.comparison import Comparison
from aussage.agreement.differences import as_text
from aussage.agreement.layers import Frames
from aussage.agreement.page_differences import difference_blocks
from aussage.agreement.page_style import POLICY, STYLE
from aussage.agreement.printing import VARIABLE_HEAD, cells, documents_line, number, records
from aussage.agreement.verdict import CRITERIA, SCALE_SOURCE
from aussage.diagnostics.closed_page import Sections, closed_page, table, words

MOST_VALUES = 15


def comparison_page(comparison: Comparison, frames: Frames, codebook: Mapping[str, Any], title: str) -> str:
    """The page: every difference in its sentence with definitions and decisions, then tables of agreement.

    Args:
        comparison: What `compare` gives.
        frames: The tables that were compared; `adjudications`, if there are some, give the decisions.
        codebook: The codebook of the corpus, for the definitions of the values.
        title: The title of the corpus.
    """
    return "\n".join(_page(comparison, frames, codebook, title)) + "\n"


def _page(comparison: Comparison, frames: Frames, codebook: Mapping[str, Any], title: str) -> Iterator[str]:
    sentences = _variables("What the claims of a sentence say, all coders", comparison.sentences)
    sections: Sections = {
        "differences": ("Differences", difference_blocks(comparison.differences, frames, codebook)),
        "sentences": ("Sentences", sentences),
        "claims": ("Claims", _pairs(comparison.claims, comparison.claim_variables, "claims")),
        "mentions": ("Mentions", _pairs(comparison.mentions, comparison.mention_variables, "mentions")),
        "confusion": ("Confusion tables", _confusions(comparison)),
        "method": ("Method", _method(comparison)),
    }
    below = f"{title}. {documents_line(comparison)}"
    return closed_page(comparison.chosen.heading, sections, POLICY, STYLE, "differences", below)


def _variables(caption: str, frame: pd.DataFrame) -> Iterator[str]:
    yield from table(caption, VARIABLE_HEAD, (cells(row) for row in records(frame)))


def _pairs(matches: pd.DataFrame, variables: pd.DataFrame, what: str) -> Iterator[str]:
    head = ["coders", "a", "b", "paired", "F1 exact", "F1 lenient", "mean overlap"]
    with_boundaries = "boundaries" in matches
    rows = []
    for row in records(matches):
        first = f"{row['coder_a']} / {row['coder_b']}" + (f": {row['kind']}s" if "kind" in row else "")
        counts = [f"{row[name]:,}" for name in ("n_a", "n_b", "n_paired")]
        shares = [number(row[name]) for name in ("exact", "lenient", "overlap")]
        rows.append([first, *counts, *shares, *([number(row["boundaries"])] if with_boundaries else [])])
    yield from table(f"Pairing of {what}", [*head, *(["unitizing alpha"] if with_boundaries else [])], rows)
    keys = ["coder_a", "coder_b", *(["kind"] if "kind" in variables else [])]
    for names, frame in variables.groupby(keys, sort=False):
        kind = f" ({names[2]}s)" if len(names) > 2 else ""
        yield from _variables(f"Variables of paired {what}{kind}: {names[0]} and {names[1]}", frame)


def _confusions(comparison: Comparison) -> Iterator[str]:
    yield '<p class="note">Number of sentences. Rows: the coder whose name comes first; columns: the other.'
    yield " With more than two coders all pairs are added up.</p>"
    for variable, frame in comparison.confusions.items():
        yield from _confusion(variable, frame.assign(a=frame["value_a"].map(_name), b=frame["value_b"].map(_name)))


def _confusion(variable: str, frame: pd.DataFrame) -> Iterator[str]:
    values = sorted({*frame["a"], *frame["b"]})
    if not values:
        return
    if len(values) > MOST_VALUES:
        unequal = frame[frame["a"] != frame["b"]].head(MOST_VALUES)
        rows = ([row["a"], row["b"], f"{row['n']:,}"] for row in records(unequal))
        yield from table(f"{variable}: the most frequent confusions", ("one", "other", "sentences"), rows)
        return
    met = {(row["a"], row["b"]): int(row["n"]) for row in records(frame)}
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="Confusion of {words(variable)}">'
    yield f'<table class="confusion"><caption>{words(variable)}</caption><thead><tr><td></td>'
    yield "".join(f'<th scope="col">{words(value)}</th>' for value in values) + "</tr></thead><tbody>"
    for one in values:
        yield f'<tr><th scope="row">{words(one)}</th>'
        for other in values:
            yield f"<td{' class=same' if one == other else ''}>{met.get((one, other), 0) or '·'}</td>"
        yield "</tr>"
    yield "</tbody></table></div>"


def _method(comparison: Comparison) -> Iterator[str]:
    yield "<ul>"
    for line in (
        f"Scale: {SCALE_SOURCE}.",
        CRITERIA,
        "Alpha: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; sets with MASI (Passonneau 2006).",
        "Raw: the share of equal pairs of values. Kappa: Cohen (1960), for two coders, for reference.",
        f"Interval: percentile bootstrap over the units, {comparison.replicates:,} samples, seed {comparison.seed}, "
        "generator PCG64. Sentences of one article resemble each other, so the true uncertainty is larger.",
        "More for ±.1: how many more units the interval needs to be ±0.1 wide, if its width falls with the square root "
        "of their number.",
        "A sentence without claims has the value “no claim”; set variables are empty there.",
        "Claims and mentions are paired so that the sum of their overlaps (Dice on characters) is greatest. Exact: "
        "equal spans; lenient: overlap above 0.5. Variables are compared on the lenient pairs.",
        "Boundaries: unitizing alpha after Krippendorff (2004); nested claims lie on levels of their own.",
    ):
        yield f"<li>{words(line)}</li>"
    yield "</ul>"


def _name(value: Any) -> str:
    return as_text(value) or "none"
