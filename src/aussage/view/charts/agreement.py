"""The chart of how far coders agree: alpha of each variable with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from aussage.agreement.verdict import GIVEN, NOTHING, RELIABLE, TENTATIVE
from aussage.view.charts import bars
from aussage.view.charts import material as m
from aussage.view.charts.theme import BLUE, GREY, ORANGE, PAPER, RULE, VERMILION, Layer, Room, figure, inline, message
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.agreement import Comparison

WIDTH = 440
FIELDS = ["row", "from", "to", "alpha", "colour", "fill", "variable", "interval", "n_units", "words"]


def agreement_chart(comparison: Comparison, *, of: str = "sentences", language: str = "en") -> alt.LayerChart:
    """Krippendorff's alpha of each variable with its interval, on a scale with the limits .667 and .800.

    Args:
        comparison: What `aussage.agreement.compare` gives.
        of: sentences, or claims for the variables of paired claims; of several pairs of coders each has its rows.
        language: en or de.

    Raises:
        ValueError: `of` or the language is none.
    """
    words = Words(language)
    if of not in ("sentences", "claims"):
        raise ValueError(f"of is {of!r}; it may be sentences, claims")
    table = comparison.sentences if of == "sentences" else comparison.claim_variables
    named = _named(table)
    rows = named[named["verdict"] != NOTHING].dropna(subset=["alpha"]).reset_index(drop=True)
    if rows.empty:
        return message(words("agreement.head"), words("nothing"))
    kinds = comparison.chosen.kinds
    coders = words.listed([f"{name} ({words.value(kinds.get(name, '?'))})" for name in comparison.chosen.coders])
    articles = words.count(len(comparison.chosen.documents), "article")
    counted = f"{articles}, {comparison.n_sentences} {words('of_sentences')}; {words(f'of_{of}')}."
    subtitle = [f"{words('agreement.coders', who=coders)} {counted}", words("agreement.key")]
    return _drawn(_shown(rows, words), _title(rows, words), subtitle, words)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with a label; where there are several pairs of coders, the pair is a part of it."""
    if "coder_a" not in table or len(table[["coder_a", "coder_b"]].drop_duplicates()) < 2:
        return table.assign(label=table["variable"])
    return table.assign(label=table["variable"] + ": " + table["coder_a"] + ", " + table["coder_b"])


def _shown(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    given = rows["verdict"] == GIVEN
    colour = [BLUE if alpha >= RELIABLE else ORANGE if alpha >= TENTATIVE else VERMILION for alpha in rows["alpha"]]
    low, high = rows["low"].fillna(rows["alpha"]), rows["high"].fillna(rows["alpha"])
    between = [f"{words.decimal(a, 3)} – {words.decimal(b, 3)}" for a, b in zip(low, high, strict=True)]
    shown = rows.assign(colour=colour, interval=between, low=low, high=high, row=rows.index)
    shown["colour"] = shown["colour"].where(given, GREY)
    shown["fill"] = shown["colour"].where(given, PAPER)
    return shown.assign(**{"from": low, "to": high})


def _drawn(shown: pd.DataFrame, title: str, subtitle: list[str], words: Words) -> alt.LayerChart:
    least = min(0.0, float(shown["from"].min()))
    x, grid = alt.Scale(domain=[least, 1], nice=False, zero=False), bars.Rows(len(shown))
    titles = {
        "variable": "variable",
        "interval": "agreement.interval",
        "n_units": "number",
        "words": "agreement.verdict",
    }
    tooltip = [alt.Tooltip(f"{field}:N", title=words(name)) for field, name in titles.items()]
    data = inline(m.records(shown, FIELDS))
    names, left = bars.row_labels(shown["label"].tolist(), grid)
    numbers = [
        {"row": row, "x": 1, "label": f"{words.decimal(alpha, 3)}   n = {words.number(int(n))}"}
        for row, alpha, n in zip(shown["row"], shown["alpha"], shown["n_units"], strict=True)
    ]
    limits = [{"x": limit, "label": words.decimal(limit, 3)} for limit in (TENTATIVE, RELIABLE)]
    across = {"x": alt.X("from:Q", scale=x, axis=None), "x2": "to:Q", "y": grid.y}
    colour = alt.Color("colour:N", scale=None)
    layers: list[Layer] = [
        bars.upright([TENTATIVE, RELIABLE], x, grid, RULE),
        alt.Chart(data).mark_rule(strokeWidth=2).encode(**across, color=colour),
        alt.Chart(data).mark_point(size=90, opacity=1, strokeWidth=2).encode(
            x=alt.X("alpha:Q", scale=x, axis=None), y=grid.y, stroke=alt.Stroke("colour:N", scale=None),
            fill=alt.Fill("fill:N", scale=None), tooltip=tooltip,
        ),
        bars.placed_text(numbers, x, grid, align="left", dx=16),
        bars.heading(limits, x, grid),
        names,
    ]  # fmt: skip
    return figure(layers, Room(WIDTH, grid.height, left=left, right=110), title, subtitle)


def _title(rows: pd.DataFrame, words: Words) -> str:
    given = rows["verdict"] == GIVEN
    reached = int((given & (rows["alpha"] >= RELIABLE)).sum())
    title = words.part("agreement.title", reached, len(rows), "variable")
    few = int((~given).sum())
    return words("agreement.few", title=title, m=words.number(few)) if few else title
