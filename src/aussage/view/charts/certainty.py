"""The chart of how sure the claims are, by who advances them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from aussage.discourse import certainty
from aussage.discourse.analyses.certainty import DEGREES
from aussage.discourse.analyses.frames import Source
from aussage.discourse.analyses.rollup import NARRATOR
from aussage.view.charts import bars
from aussage.view.charts import material as m
from aussage.view.charts.theme import BLUE, GREY, INK, ORANGE, SKY, SOFT, Layer, Room, figure, message
from aussage.view.charts.typography import text_width
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.corpus import Corpus

NEEDED = {
    "claims": [*m.OF_CLAIMS, "modality", "evidence", "alignment"],
    "actors": m.ACTORS,
    "sentences": ["sentence_id", "text"],
}
COLOURS = {"certain": BLUE, "probable": SKY, "possible": ORANGE, "uncommitted": GREY}
PARTS = ["row", "degree", "colour", "speaker_label", "modality", "content_text", "sentence", "number", "start", "end"]
WIDTH, GAP, NARROWEST = 440, 26, 70


def certainty_chart(
    corpus: Corpus | Source,
    *,
    language: str = "en",
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> alt.LayerChart:
    """How many claims of each speaker are certain, probable, possible and uncommitted, each in a column of its own.

    Args:
        corpus: A Corpus, or a dict of the frames claims, actors and sentences; the columns are those that
            `aussage.discourse.certainty` needs, and claim_id, sentence_id, content_text, document_id.
        language: en or de.
        level: See `aussage.discourse.voices`.
        up_to: See `aussage.discourse.voices`.
        layer: The layer, if the frames have several.

    Raises:
        ValueError: a frame or column is missing, an option is none, or a modality is none of the codebook.
    """
    words = Words(language)
    found, groups, table = m.analysed(certainty, corpus, words, NEEDED, level=level, up_to=up_to, layer=layer)
    if table.empty:
        return message(words("certainty.head"), words("nothing"))
    table = table.sort_values(["claims", "speaker"], ascending=[False, True], ignore_index=True)
    shown = table.head(bars.MOST_ROWS)
    order = {speaker: row for row, speaker in enumerate(shown["speaker"])}
    rows = m.speakers_of(m.with_sentences(found["claims"], found["sentences"]), groups, words)
    rows = rows.assign(row=rows["speaker"].map(order), degree=rows["modality"].astype("str").str[:2].map(DEGREES))
    rows = rows.dropna(subset="row").astype({"row": "int64"})
    rows = rows.assign(colour=rows["degree"].map(COLOURS), modality=rows["modality"].astype("str"))
    rows = bars.stacked(rows, ["row", "degree"], ["colour", "speaker_label", "modality"], words)
    subtitle = m.scope(words, found["claims"]["document_id"], words.count(len(found["claims"]), "claim"))
    if len(shown) < len(table):
        subtitle.append(words("shown", shown=len(shown), all=words.number(len(table))))
    return _drawn(rows, shown, _title(found, words), subtitle, words)


def _drawn(rows: pd.DataFrame, shown: pd.DataFrame, title: str, subtitle: list[str], words: Words) -> alt.LayerChart:
    starts, unit = _columns(shown, words)
    rows = rows.assign(**{end: rows["degree"].map(starts) + rows[end] * unit for end in ("start", "end")})
    x, grid = alt.Scale(domain=[0, WIDTH], nice=False, zero=False), bars.Rows(len(shown))
    names, left = bars.row_labels(shown["speaker_label"].tolist(), grid)
    titles = {"speaker_label": "speaker", "modality": "modality", "content_text": "claim", "sentence": "sentence"}
    tooltip = [alt.Tooltip(f"{field}:N", title=words(name)) for field, name in titles.items()]
    ends = [
        {"row": row, "x": starts[degree] + count * unit, "label": words.number(int(count))}
        for degree in starts
        for row, count in enumerate(shown[degree])
        if count
    ]
    hedged = [
        {"row": row, "x": WIDTH, "label": words.percent(int(part), int(whole))}
        for row, (part, whole) in enumerate(zip(shown["hedged"], shown["claims"], strict=True))
    ]
    layers: list[Layer] = [
        bars.upright(list(starts.values()), x, grid, SOFT),
        bars.bar_layer(m.records(rows, PARTS), grid, x, tooltip),
        bars.placed_text(ends, x, grid, align="left", dx=5),
        bars.placed_text(hedged, x, grid, align="right", dx=64, color=INK),
        bars.heading([{"x": start, "label": words(degree)} for degree, start in starts.items()], x, grid, align="left"),
        bars.heading([{"x": WIDTH, "label": words("certainty.hedged")}], x, grid, align="right", dx=64),
        names,
    ]
    return figure(layers, Room(WIDTH, grid.height, left=left, right=70), title, subtitle)


def _columns(shown: pd.DataFrame, words: Words) -> tuple[dict[str, float], float]:
    """Where the column of each degree begins, and how wide one claim is, so that all columns have one scale."""
    most = {degree: int(shown[degree].max()) for degree in DEGREES.values() if shown[degree].max() > 0}
    least = {degree: max(NARROWEST, text_width(words(degree), 12)) for degree in most}
    free = WIDTH - sum(least.values()) - GAP * len(most)
    unit = (free + sum(least.values())) / sum(most.values())
    while sum(max(least[degree], count * unit) for degree, count in most.items()) > WIDTH - GAP * len(most):
        unit *= 0.97
    starts, at = {}, 0.0
    for degree, count in most.items():
        starts[degree] = at
        at += max(least[degree], count * unit) + GAP
    return starts, unit


def _title(found: m.Tables, words: Words) -> str:
    table = certainty(found, by="voice").set_index("voice")
    hedged, claims = table["hedged"], table["claims"]
    title = words.part("certainty.title", int(hedged.sum()), int(claims.sum()), "claim")
    if not {NARRATOR, "attributed"} <= set(table.index[claims > 0]):
        return title
    counts = {
        "a": hedged[NARRATOR], "b": claims[NARRATOR], "c": hedged["attributed"], "d": claims["attributed"],
    }  # fmt: skip
    return title + words("certainty.split", **{name: words.number(int(value)) for name, value in counts.items()})
