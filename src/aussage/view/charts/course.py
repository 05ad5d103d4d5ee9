"""The chart of how voices, issues or certainty move from the beginning of an article to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from aussage.discourse import article_positions, course
from aussage.discourse.analyses.certainty import DEGREES
from aussage.discourse.analyses.frames import Source, present
from aussage.discourse.analyses.rollup import NARRATOR
from aussage.view.charts import bars
from aussage.view.charts import material as m
from aussage.view.charts.certainty import COLOURS
from aussage.view.charts.theme import BLUE, GREY, PAPER, QUIET, SOFT, Layer, Room, figure, inline, message
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.corpus import Corpus

NEEDED = {
    "claims": [*m.OF_CLAIMS, "modality", "issue_id"],
    "sentences": ["sentence_id", "document_id", "position", "text"],
    "actors": m.ACTORS,
    "issues": ["issue_id", "label"],
}
OF = ("speaker", "certainty", "issue")
WIDTH, WINDOWS, WIDEST = 600, 10, 300


def course_chart(
    corpus: Corpus | Source,
    *,
    of: str = "speaker",
    language: str = "en",
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> alt.LayerChart:
    """Where in the article each voice speaks, each issue comes up, or claims are how certain.

    One article with few claims is drawn claim by claim, others in tenths of the articles.

    Args:
        corpus: A Corpus, or a dict of the frames claims, sentences, actors and issues; the columns are those that
            `aussage.discourse.course` needs, and claim_id, content_text, modality and issue_id of claims, text of
            sentences.
        of: speaker, certainty or issue.
        language: en or de.
        level: The level of the speakers; see `aussage.discourse.voices`.
        up_to: The level of the speakers; see `aussage.discourse.voices`.
        layer: The layer, if the frames have several.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
    """
    words = Words(language)
    if of not in OF:
        raise ValueError(f"of is {of!r}; it may be {', '.join(OF)}")
    found = m.tables(corpus, layer, words, NEEDED)
    rows = _rows(found, of, level, up_to, words)
    if rows.empty:
        return message(words("course.head"), words("nothing"))
    subtitle = m.scope(words, found["claims"]["document_id"], words.count(rows["claim_id"].nunique(), "claim"))
    order = _order(rows, of)
    if len(order) < rows["value"].nunique():
        subtitle.append(words("shown", shown=len(order), all=words.number(rows["value"].nunique())))
    title = _title(rows, of, words)
    if rows["document_id"].nunique() == 1 and len(rows) <= bars.SINGLE:
        return _claim_by_claim(rows, order, title, [*subtitle, words("course.units")], words)
    name = {"issue": "issue_id"}.get(of, of)
    table = course(found, of=name, windows=WINDOWS, per_document=False, level=level, up_to=up_to)
    return _in_windows(table, order, title, [*subtitle, words("course.windows")], words)


def _rows(found: m.Tables, of: str, level: str, up_to: str | Sequence[str] | None, words: Words) -> pd.DataFrame:
    """The claims with place, value (by which they are told apart), its label and colour."""
    claims = m.with_sentences(found["claims"], found["sentences"])
    claims = claims.assign(place=article_positions(found)["place"])
    sentences = found["sentences"]
    claims["position"] = claims["sentence_id"].map(
        dict(zip(sentences["sentence_id"], sentences["position"], strict=True))
    )
    claims["of_document"] = claims["document_id"].map(sentences.groupby("document_id")["position"].max())
    groups = m.groups(found, level, up_to)
    rows = m.speakers_of(claims, groups, words)
    if of == "speaker":
        colour = rows["speaker"].map({NARRATOR: GREY}).fillna(BLUE)
        return rows.assign(value=rows["speaker"], label=rows["speaker_label"], colour=colour)
    rows = rows.drop_duplicates("claim", ignore_index=True)
    if of == "certainty":
        degree = rows["modality"].astype("str").str[:2].map(DEGREES)
        return rows.assign(value=degree, label=degree.map(words), colour=degree.map(COLOURS))
    rows = rows[present(rows["issue_id"])].reset_index(drop=True)
    known = dict(zip(found["issues"]["issue_id"], found["issues"]["label"], strict=True))
    issue = rows["issue_id"].astype("str")
    return rows.assign(value=issue, label=issue.map(known).astype("str").fillna(issue), colour=BLUE)


def _order(rows: pd.DataFrame, of: str) -> pd.DataFrame:
    """The values that are shown with their labels: the most frequent, by their first place in the article."""
    if of == "certainty":
        labels = rows.drop_duplicates("value").set_index("value")["label"]
        return labels.reindex([name for name in DEGREES.values() if name in labels.index]).reset_index()
    summed = rows.groupby("value", sort=True).agg(label=("label", "first"), n=("value", "size"), place=("place", "min"))
    shown = summed.sort_values("n", ascending=False, kind="stable").head(bars.MOST_ROWS).reset_index()
    shown["beyond"] = shown["value"] != NARRATOR
    by = ["beyond", "place"] if rows["document_id"].nunique() == 1 else ["beyond"]
    return shown.sort_values(by, kind="stable", ignore_index=True)


def _claim_by_claim(
    rows: pd.DataFrame, order: pd.DataFrame, title: str, subtitle: list[str], words: Words
) -> alt.LayerChart:
    """A part of a row for each claim; claims of one sentence share its width."""
    numbers = {value: row for row, value in enumerate(order["value"])}
    rows = rows.assign(row=rows["value"].map(numbers)).dropna(subset="row").astype({"row": "int64"})
    slot = rows.groupby(["row", "position"])["claim"]
    first, size = slot.cumcount(), slot.transform("size")
    rows = rows.assign(start=rows["position"] - 1 + first / size, end=rows["position"] - 1 + (first + 1) / size)
    last = int(rows["of_document"].iloc[0])
    x = alt.Scale(domain=[0, last], nice=False)
    grid = bars.Rows(len(order))
    titles = {"speaker_label": "speaker", "content_text": "claim", "sentence": "sentence", "modality": "modality"}
    rows["modality"] = rows["modality"].astype("str")
    tooltip = [alt.Tooltip(f"{field}:N", title=words(name)) for field, name in titles.items()]
    names, left = bars.row_labels(order["label"].tolist(), grid, WIDEST)
    counts = rows.groupby("row").size()
    ends = [{"row": row, "x": last, "label": words.number(int(counts[row]))} for row in range(len(order))]
    layers: list[Layer] = [
        alt.Chart(inline([{"row": row} for row in range(len(order))])).mark_rule(color=SOFT).encode(y=grid.y),
        bars.bar_layer(m.records(rows, ["row", "start", "end", "colour", *titles]), grid, x, tooltip),
        bars.placed_text(ends, x, grid, align="left", dx=8),
        *_ends(x, last, grid, words),
        names,
    ]
    return figure(layers, Room(WIDTH, grid.height, left=left, right=30), title, subtitle)


def _in_windows(
    table: pd.DataFrame, order: pd.DataFrame, title: str, subtitle: list[str], words: Words
) -> alt.LayerChart:
    """A cell for each value and tenth of the articles; the darker, the nearer to the largest share of the row."""
    numbers = {value: row for row, value in enumerate(order["value"])}
    cells = table[table["value"].isin(list(numbers))]
    cells = cells.assign(most=cells.groupby("value")["share"].transform("max"))
    labels = dict(zip(order["value"], order["label"], strict=True))
    cells = cells.assign(
        row=cells["value"].map(numbers), label=cells["value"].map(labels),
        colour=[_mixed(a / b if a > 0 else 0.0) for a, b in zip(cells["share"], cells["most"], strict=True)],
        told=[f"{words.number(int(a))} / {words.number(int(b))} = {words.percent(int(a), int(b))}"
              for a, b in zip(cells["claims"], cells["total"], strict=True)],
    )  # fmt: skip
    x, grid = alt.Scale(domain=[0, 1], nice=False), bars.Rows(len(order))
    rows = m.records(cells, ["row", "start", "end", "colour", "label", "told"])
    tooltip = [alt.Tooltip("label:N", title=words("speaker")), alt.Tooltip("told:N", title=words("number"))]
    names, left = bars.row_labels(order["label"].tolist(), grid, WIDEST)
    layers: list[Layer] = [bars.bar_layer(rows, grid, x, tooltip), *_ends(x, 1, grid, words), names]
    return figure(layers, Room(WIDTH, grid.height, left=left, right=30), title, subtitle)


def _mixed(share: float) -> str:
    """Blue on paper, so much of it."""
    ends = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (PAPER, BLUE)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*ends, strict=True))


def _ends(x: alt.Scale, last: float, grid: bars.Rows, words: Words) -> list[alt.Chart]:
    return [
        bars.heading([{"x": 0, "label": words("course.begin")}], x, grid, align="left", color=QUIET),
        bars.heading([{"x": last, "label": words("course.end")}], x, grid, align="right", color=QUIET),
    ]


def _title(rows: pd.DataFrame, of: str, words: Words) -> str:
    halves = [rows[rows["place"] <= 0.5], rows[rows["place"] > 0.5]]
    if of == "issue":
        first = [half["label"].mode().head(1).tolist() for half in halves]
        named = [f"»{texts[0]}«" if texts else words("none") for texts in first]
        return words("course.issue", first=named[0], second=named[1])
    counted = "certain" if of == "certainty" else NARRATOR
    counts = [(half.loc[half["value"] == counted, "claim"].nunique(), half["claim"].nunique()) for half in halves]
    (a, b), (c, d) = counts
    return words(f"course.{of}", a=words.number(a), b=words.count(b, "claim"), c=words.number(c), d=words.number(d))
