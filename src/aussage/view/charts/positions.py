"""The chart of who holds which issue: a matrix of issues and speakers."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from aussage.discourse import positions
from aussage.discourse.analyses.frames import Source
from aussage.discourse.analyses.rollup import Groups
from aussage.view.charts import bars
from aussage.view.charts import material as m
from aussage.view.charts.theme import (
    BLUE,
    GREY,
    LABEL_SIZE,
    PURPLE,
    QUIET,
    SOFT,
    VERMILION,
    Layer,
    Room,
    figure,
    inline,
    message,
)
from aussage.view.charts.typography import shortened, text_width
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.corpus import Corpus

NEEDED = {
    "claims": [*m.OF_CLAIMS, "issue_id", "agreement"],
    "actors": m.ACTORS,
    "issues": ["issue_id", "label", "frame"],
    "sentences": ["sentence_id", "text"],
}
SIGNS = {"agrees": "+", "disagrees": "−", "divided": "±", "open": "○"}
COLOURS = {"agrees": BLUE, "disagrees": VERMILION, "divided": PURPLE, "open": GREY}
ROW, COLUMN, COLUMNS, WIDEST, WIDEST_ABOVE = 36, 46, 14, 330, 190
SLANT = 0.72  # of the width of a label that leans by 45 degrees, with a little room


def positions_chart(
    corpus: Corpus | Source,
    *,
    language: str = "en",
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> alt.LayerChart:
    """Issues by speakers: who holds, rejects or leaves open what, in how many claims; contested issues come first.

    Args:
        corpus: A Corpus, or a dict of the frames claims, actors, issues and sentences; the columns are those that
            `aussage.discourse.positions` needs, and claim_id, sentence_id, content_text, document_id.
        language: en or de.
        level: See `aussage.discourse.voices`.
        up_to: See `aussage.discourse.voices`.
        layer: The layer, if the frames have several.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
    """
    words = Words(language)
    found, groups, table = m.analysed(positions, corpus, words, NEEDED, level=level, up_to=up_to, layer=layer)
    if table.empty:
        return message(words("positions.head"), words("nothing"))
    issues, speakers = _order(table, "issue_id"), _order(table, "speaker")
    rows = {issue: row for row, issue in enumerate(issues["issue_id"].head(bars.MOST_ROWS))}
    columns = {speaker: column for column, speaker in enumerate(speakers["speaker"].head(COLUMNS))}
    cells = table.assign(row=table["issue_id"].map(rows), column=table["speaker"].map(columns))
    cells = cells.dropna(subset=["row", "column"]).astype({"row": "int64", "column": "int64"})
    cells = _with_examples(cells, found, groups, words)
    taken = found["claims"].dropna(subset=["issue_id", "agreement"])
    subtitle = [*m.scope(words, found["claims"]["document_id"], words.count(len(taken), "claim"))]
    for noun, ordered, shown in (("issue", issues, rows), ("speaker", speakers, columns)):
        if len(shown) < len(ordered):
            subtitle.append(words("shown", shown=len(shown), all=words.count(len(ordered), noun)))
    return _drawn(cells, issues, speakers, _title(issues, words), [*subtitle, words("positions.key")], words)


def _order(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """The issues, the contested before the others, or the speakers, each by the number of claims."""
    label = {"issue_id": "issue_label", "speaker": "speaker_label"}[key]
    summed = table.groupby(key, sort=True).agg(
        label=(label, "first"), claims=("claims", "sum"), agree=("agree", "sum"), disagree=("disagree", "sum")
    )
    summed = summed.assign(contested=(summed["agree"] > 0) & (summed["disagree"] > 0)).reset_index()
    by = ["contested", "claims"] if key == "issue_id" else ["claims"]
    return summed.sort_values(by, ascending=False, kind="stable", ignore_index=True)


def _with_examples(cells: pd.DataFrame, found: m.Tables, groups: Groups, words: Words) -> pd.DataFrame:
    """The cells with sign, colour, size, and content and sentence of their first claim."""
    claims = m.with_sentences(found["claims"], found["sentences"]).dropna(subset=["issue_id", "agreement"])
    said = m.speakers_of(claims.reset_index(drop=True), groups, words)
    first = said.drop_duplicates(["issue_id", "speaker"])[["issue_id", "speaker", "content_text", "sentence"]]
    cells = cells.merge(first, on=["issue_id", "speaker"], how="left", validate="one_to_one")
    most = int(cells["claims"].max())
    told = zip(cells["sentence"], cells["claims"], strict=True)
    return cells.assign(
        colour=cells["position"].map(COLOURS),
        size=[(22 * sqrt(max(number / most, 0.4))) ** 2 for number in cells["claims"]],
        sign=cells["position"].map(SIGNS),
        several=["" if number == 1 else words.number(number) for number in cells["claims"]],
        sentence=[text if n == 1 else words("example", sentence=text, n=words.number(n)) for text, n in told],
    )


def _drawn(
    cells: pd.DataFrame, issues: pd.DataFrame, speakers: pd.DataFrame, title: str, subtitle: list[str], words: Words
) -> alt.LayerChart:
    n_rows, n_columns = min(len(issues), bars.MOST_ROWS), min(len(speakers), COLUMNS)
    x = alt.X("column:O", scale=alt.Scale(type="point", domain=list(range(n_columns)), padding=0.5), axis=None)
    above = [shortened(text, WIDEST_ABOVE, LABEL_SIZE) for text in speakers["label"].head(n_columns)]
    slanted = [int(SLANT * text_width(text, LABEL_SIZE)) for text in above]
    grid = bars.Rows(n_rows, ROW, max(slanted) + 20)
    names, left = bars.row_labels(issues["label"].head(n_rows).tolist(), grid, WIDEST, lines=2)
    titles = {"speaker_label": "speaker", "issue_label": "issue", "content_text": "claim", "sentence": "sentence"}
    tooltip = [alt.Tooltip(f"{field}:N", title=words(name)) for field, name in titles.items()]
    data = inline(m.records(cells, ["row", "column", "colour", "size", "sign", "several", *titles]))
    heads = inline([{"column": column, "label": text} for column, text in enumerate(above)])
    layers: list[Layer] = [
        alt.Chart(inline([{"row": row} for row in range(n_rows)])).mark_rule(color=SOFT).encode(y=grid.y),
        names,
        alt.Chart(heads).mark_text(angle=315, align="left", y=grid.above - 8, baseline="middle").encode(
            x=x, text="label:N"
        ),
        alt.Chart(data).mark_point(filled=True, opacity=1).encode(
            x=x, y=grid.y, color=alt.Color("colour:N", scale=None), size=alt.Size("size:Q", scale=None), tooltip=tooltip
        ),
        alt.Chart(data).mark_text(baseline="middle", color="white", fontWeight="bold").encode(
            x=x, y=grid.y, text="sign:N"
        ),
        alt.Chart(data).mark_text(baseline="middle", align="left", dx=15, fontSize=11, color=QUIET).encode(
            x=x, y=grid.y, text="several:N"
        ),
    ]  # fmt: skip
    overhang = max(width - COLUMN * (n_columns - 1 - column) for column, width in enumerate(slanted))
    room = Room(COLUMN * n_columns, grid.height, left=left, right=max(20, overhang))
    return figure(layers, room, title, subtitle)


def _title(issues: pd.DataFrame, words: Words) -> str:
    n_contested = int(issues["contested"].sum())
    if not n_contested:
        return words("positions.none", all=words.count(len(issues), "issue"))
    return words.part("positions.contested", n_contested, len(issues), "issue", issue=issues["label"].iloc[0])
