"""Bars that are made of single claims, each with its sentence, as long as there are few enough to tell apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from aussage.view.charts.theme import LABEL_SIZE, PAPER, QUIET, RULE, inline
from aussage.view.charts.typography import text_width, wrapped
from aussage.view.charts.words import Words

SINGLE = 300  # more rows than that are drawn as whole bars
MOST_ROWS, WIDEST_LABEL = 20, 260


@dataclass(frozen=True, slots=True)
class Rows:
    """So many rows of so many pixels, below the room for headings."""

    number: int
    pixels: int = 24
    above: int = 24

    @property
    def height(self) -> int:
        """The height of headings and rows in pixels."""
        return self.above + self.number * self.pixels

    @property
    def y(self) -> alt.Y:
        """The encoding of the field row."""
        places: dict[str, Any] = {"range": [self.above, self.height], "paddingInner": 0.25, "paddingOuter": 0.1}
        return alt.Y("row:O", scale=alt.Scale(domain=list(range(self.number)), **places), axis=None)


def stacked(rows: pd.DataFrame, within: Sequence[str], by: Sequence[str], words: Words) -> pd.DataFrame:
    """The rows put one after the other within each group `within`, from start to end.

    Few rows stay single. Many are put together by `by`; such a bar tells one sentence as an example.

    Args:
        rows: Columns `within`, `by`, content_text, sentence.
        within: What a bar is.
        by: What its parts are.
        words: The language.

    Returns:
        Columns `within`, `by`, content_text, sentence, number, start, end.
    """
    keys = [*within, *(name for name in by if name not in within)]
    ordered = rows.sort_values(keys, kind="stable", ignore_index=True)
    if len(ordered) > SINGLE:
        counted = ordered.groupby(keys, sort=True, observed=True)
        parts = counted.agg(
            number=("sentence", "size"), content_text=("content_text", "first"), sentence=("sentence", "first")
        )
        ordered = parts.reset_index()
        told = zip(ordered["sentence"], ordered["number"], strict=True)
        ordered["sentence"] = [words("example", sentence=text, n=words.number(n)) for text, n in told]
    else:
        ordered = ordered.assign(number=1)
    end = ordered.groupby(list(within), sort=False, observed=True)["number"].cumsum()
    return ordered.assign(start=end - ordered["number"], end=end)


def bar_layer(
    rows: Sequence[Mapping[str, Any]], within: Rows, x: alt.Scale, tooltip: Sequence[alt.Tooltip]
) -> alt.Chart:
    """The parts of bars; rows have row, start, end and colour."""
    single = len(rows) <= SINGLE
    layer: alt.Chart = (
        alt.Chart(inline(rows))
        .mark_bar(stroke=PAPER, strokeWidth=1 if single else 0)
        .encode(
            x=alt.X("start:Q", scale=x, axis=None),
            x2="end:Q",
            y=within.y,
            color=alt.Color("colour:N", scale=None),
            tooltip=list(tooltip),
        )
    )
    return layer


def row_labels(
    texts: Sequence[str], within: Rows, widest: float = WIDEST_LABEL, lines: int = 1
) -> tuple[alt.LayerChart, int]:
    """The labels left of the rows, of one line or two, and the room that they need."""
    shown = [wrapped(text, widest, LABEL_SIZE, lines=lines) for text in texts]
    layers = [
        _label_lines(
            [{"row": row, "label": found[line]} for row, found in enumerate(shown) if len(found) == n_lines],
            within, 15 * line - 7.5 * (n_lines - 1),
        )
        for n_lines in range(1, lines + 1)
        for line in range(n_lines)
    ]  # fmt: skip
    room = max((text_width(line, LABEL_SIZE) for found in shown for line in found), default=0)
    stacked_up: alt.LayerChart = alt.layer(*layers)  # type: ignore[assignment]
    return stacked_up, int(room) + 14


def _label_lines(rows: Sequence[Mapping[str, Any]], within: Rows, down: float) -> alt.Chart:
    layer: alt.Chart = (
        alt.Chart(inline(rows))
        .mark_text(align="right", baseline="middle", dy=down)
        .encode(x=alt.value(-10), y=within.y, text="label:N")
    )
    return layer


def placed_text(rows: Sequence[Mapping[str, Any]], x: alt.Scale, within: Rows, **mark: Any) -> alt.Chart:
    """Texts at a row and a value: row, x, label."""
    style: dict[str, Any] = {"baseline": "middle", "color": QUIET} | mark
    layer: alt.Chart = (
        alt.Chart(inline(rows))
        .mark_text(**style)
        .encode(
            x=alt.X("x:Q", scale=x, axis=None),
            y=within.y,
            text="label:N",
        )
    )
    return layer


def heading(texts: Sequence[Mapping[str, Any]], x: alt.Scale, within: Rows, **mark: Any) -> alt.Chart:
    """Texts above the rows at values: x, label."""
    style: dict[str, Any] = {"baseline": "bottom", "color": QUIET, "y": within.above - 5} | mark
    chart: alt.Chart = alt.Chart(inline(texts)).mark_text(**style)
    return chart.encode(x=alt.X("x:Q", scale=x, axis=None), text="label:N")


def upright(values: Sequence[float], x: alt.Scale, within: Rows, color: str = RULE) -> alt.Chart:
    """Upright lines at values, as high as the rows."""
    layer: alt.Chart = (
        alt.Chart(inline([{"x": value} for value in values]))
        .mark_rule(color=color, y=within.above, y2=within.height)
        .encode(x=alt.X("x:Q", scale=x, axis=None))
    )
    return layer
