"""A comparison of coders as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from aussage.agreement.comparison import Comparison
from aussage.agreement.verdict import CONSTANT, CRITERIA, FEW, GIVEN, SCALE_SOURCE
from aussage.diagnostics.printing import visible

SHOWN = 10
VARIABLE_HEAD = ("variable", "units", "raw", "kappa", "alpha", "95 % interval", "verdict", "more for ±.1")


def comparison_text(comparison: Comparison) -> str:
    """Heading, documents, one table each for sentences, claims and mentions, then how to read them."""
    return "\n".join(visible(line) for line in _lines(comparison))


def number(value: Any) -> str:
    """A coefficient with three digits and no leading zero; a dash if it is undefined."""
    if value is None or pd.isna(value):
        return "-"
    text = f"{float(value):.3f}"
    return text.replace("0.", ".", 1) if abs(float(value)) < 1 else text


def cells(row: dict[str, Any]) -> list[str]:
    """A row of a variable: units, raw, kappa, alpha, interval, verdict, more units; no number that means nothing."""
    given = row["verdict"] == GIVEN
    alpha = number(row["alpha"]) if given else row["verdict"]
    scatters = row["verdict"] in (GIVEN, FEW) and row["low"] < row["high"]
    interval = f"{number(row['low'])} to {number(row['high'])}" if scatters else "-"
    more = row["more_units"]
    words = "alpha is undefined" if row["verdict"] == CONSTANT else row["words"]
    shown = "-" if more is None or pd.isna(more) else f"{int(more):,}"
    kappa = number(row["kappa"]) if given else "-"
    return [row["variable"], f"{row['n_units']:,}", number(row["raw"]), kappa, alpha, interval, words, shown]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dicts."""
    return [{str(name): value for name, value in row.items()} for row in frame.astype(object).to_dict("records")]


def documents_line(comparison: Comparison) -> str:
    """Which documents are compared and which are not."""
    chosen = comparison.chosen
    line = f"Documents that at least two of them coded: {_few(list(chosen.documents))} "
    line += f"({len(chosen.documents):,}, with {comparison.n_sentences:,} sentences)"
    if chosen.left_out:
        listed = [f"{name} ({', '.join(coders)})" for name, coders in chosen.left_out.items()]
        line += f"; left out, because only one of them coded it: {_few(listed)}"
    return line


def _lines(comparison: Comparison) -> Iterator[str]:
    yield comparison.chosen.heading
    yield documents_line(comparison)
    yield from ("", "Sentences (what the claims of a sentence say, all coders)")
    yield from _table([VARIABLE_HEAD, *(cells(row) for row in records(comparison.sentences))])
    for row in records(comparison.claims):
        pair = (row["coder_a"], row["coder_b"])
        yield from ("", f"Claims of {pair[0]} ({row['n_a']:,}) and {pair[1]} ({row['n_b']:,})")
        yield f"  paired {row['n_paired']:,}; {_f1(row)}"
        yield f"  boundaries: unitizing alpha {number(row['boundaries'])}; mean overlap {number(row['overlap'])}"
        yield from _table([VARIABLE_HEAD, *(cells(r) for r in records(_of(comparison.claim_variables, pair)))])
        for found in records(_of(comparison.mentions, pair)):
            yield ""
            yield f"Mentions ({found['kind']}s) of {pair[0]} ({found['n_a']:,}) and {pair[1]} ({found['n_b']:,})"
            yield f"  paired {found['n_paired']:,}; {_f1(found)}"
            rows = _of(comparison.mention_variables, pair)
            yield from _table([VARIABLE_HEAD, *(cells(r) for r in records(rows[rows["kind"] == found["kind"]]))])
    yield from ("", f"{len(comparison.differences):,} differences; --html FILE shows each in its sentence")
    yield f"Scale: {SCALE_SOURCE}."
    yield f"{CRITERIA}"
    yield (
        f"Interval: percentile bootstrap over the units, {comparison.replicates:,} samples, seed {comparison.seed}. "
        "A sentence without claims has the value 'no claim'."
    )


def _f1(row: dict[str, Any]) -> str:
    return f"F1 exact {number(row['exact'])}, lenient {number(row['lenient'])}"


def _of(frame: pd.DataFrame, pair: tuple[str, str]) -> pd.DataFrame:
    return frame[(frame["coder_a"] == pair[0]) & (frame["coder_b"] == pair[1])]


def _table(rows: list[Any]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield ("  " + "  ".join(padded)).rstrip()


def _few(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else "")
