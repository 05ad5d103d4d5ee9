"""The chart of who evaluates whom, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from aussage.discourse import stance
from aussage.discourse.analyses.frames import WITHOUT, Source, present
from aussage.discourse.analyses.rollup import Groups
from aussage.view.charts import bars
from aussage.view.charts import material as m
from aussage.view.charts.theme import SIGN_COLOURS, Layer, Room, figure, message
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.corpus import Corpus

NEEDED = {
    "claims": [*m.OF_CLAIMS, "stance", "target_id"],
    "actors": m.ACTORS,
    "issues": ["issue_id", "label"],
    "sentences": ["sentence_id", "text"],
}
PARTS = ["row", "sign", "colour", "speaker_label", "target_label", "content_text", "sentence", "number", "start", "end"]
WIDTH, WIDEST = 280, 470


def stance_chart(
    corpus: Corpus | Source,
    *,
    language: str = "en",
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> alt.LayerChart:
    """Who evaluates whom or what: negative to the left, positive to the right, neutral last on the right.

    Args:
        corpus: A Corpus, or a dict of the frames claims, actors, issues and sentences; the columns are those that
            `aussage.discourse.stance` needs, and claim_id, sentence_id, content_text, document_id.
        language: en or de.
        level: See `aussage.discourse.voices`.
        up_to: See `aussage.discourse.voices`.
        layer: The layer, if the frames have several.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
    """
    words = Words(language)
    found, groups, table = m.analysed(stance, corpus, words, NEEDED, level=level, up_to=up_to, layer=layer)
    if table.empty:
        return message(words("stance.head"), words("nothing"))
    table["target_label"] = table["target_label"].mask(table["target_kind"] == WITHOUT, words("stance.none"))
    shown = table.head(bars.MOST_ROWS)
    rows = _parts(found, shown, groups, words)
    evaluations = words.count(int(table["claims"].sum()), "evaluation")
    subtitle = m.scope(words, found["claims"]["document_id"], evaluations)
    if len(shown) < len(table):
        subtitle.append(words("shown", shown=len(shown), all=words.number(len(table))))
    return _drawn(rows, shown, _title(table, words), subtitle, words)


def _parts(found: m.Tables, shown: pd.DataFrame, groups: Groups, words: Words) -> pd.DataFrame:
    """The single evaluations of the pairs that are shown, as parts of their bars."""
    claims, issues = found["claims"], found["issues"]["issue_id"]
    chosen = claims[present(claims["target_id"]) | (claims["stance"].fillna(0) != 0)].reset_index(drop=True)
    rows = m.speakers_of(m.with_sentences(chosen, found["sentences"]), groups, words)
    target, given = rows["target_id"].astype("str"), present(rows["target_id"])
    is_actor = target.isin(found["actors"]["actor_id"])
    kind = target.isin(issues).map({True: "issue", False: "unknown"}).mask(is_actor, "actor").where(given, WITHOUT)
    target = target.where(~is_actor, groups.of(target)).where(given, WITHOUT)
    rows = rows.assign(target_kind=kind, target_id=target, sign=rows["stance"].fillna(0).astype("int64"))
    keys = ["speaker", "target_kind", "target_id"]
    places = shown[[*keys, "target_label"]].rename_axis("row").reset_index()
    rows = rows.merge(places, on=keys)
    rows = rows.assign(colour=rows["sign"].map(SIGN_COLOURS), negative=rows["sign"] < 0, neutral=rows["sign"] == 0)
    rows = bars.stacked(
        rows, ["row", "negative"], ["neutral", "sign", "colour", "speaker_label", "target_label"], words
    )
    left = rows["negative"]
    rows.loc[left, ["start", "end"]] = -rows.loc[left, ["start", "end"]].to_numpy()
    return rows


def _drawn(rows: pd.DataFrame, shown: pd.DataFrame, title: str, subtitle: list[str], words: Words) -> alt.LayerChart:
    grid, right = bars.Rows(len(shown)), shown["positive"] + shown["neutral"]
    most = [int(shown["negative"].max()), int(right.max())]
    edge, fewest = max(sum(most), 1) * 0.15, 4  # few evaluations make short bars
    x = alt.Scale(domain=[-max(most[0], fewest) - edge, max(most[1], fewest) + edge], nice=False, zero=False)
    pairs = zip(shown["speaker_label"], shown["target_label"], strict=True)
    names, left = bars.row_labels([f"{speaker} → {target}" for speaker, target in pairs], grid, WIDEST)
    titles = {"speaker_label": "speaker", "target_label": "target", "content_text": "claim", "sentence": "sentence"}
    tooltip = [alt.Tooltip(f"{field}:N", title=words(name)) for field, name in titles.items()]
    negative = [
        {"row": row, "x": -count, "label": words.number(count)} for row, count in enumerate(shown["negative"]) if count
    ]
    positive = [{"row": row, "x": count, "label": _right(shown.iloc[row], words)} for row, count in enumerate(right)]
    layers: list[Layer] = [
        bars.bar_layer(m.records(rows, PARTS), grid, x, tooltip),
        bars.upright([0], x, grid),
        bars.placed_text(negative, x, grid, align="right", dx=-5, color=SIGN_COLOURS[-1]),
        bars.placed_text(positive, x, grid, align="left", dx=5),
        bars.heading(
            [{"x": 0, "label": f"{words('stance.negative')} ←"}], x, grid, align="right", dx=-6, color=SIGN_COLOURS[-1]
        ),
        bars.heading(
            [{"x": 0, "label": f"→ {words('stance.positive')}"}], x, grid, align="left", dx=6, color=SIGN_COLOURS[1]
        ),
        names,
    ]
    return figure(layers, Room(WIDTH, grid.height, left=left, right=60), title, subtitle)


def _right(pair: pd.Series[int], words: Words) -> str:
    """The numbers at the right end of a bar: positive, and neutral where there are such."""
    numbers = [words.number(int(pair["positive"]))] if pair["positive"] else []
    if pair["neutral"]:
        numbers.append(f"{words.number(int(pair['neutral']))} {words('stance.neutral')}")
    return ", ".join(numbers)


def _title(table: pd.DataFrame, words: Words) -> str:
    negative = int(table["negative"].sum())
    title = words.part("stance.title", negative, int(table["claims"].sum()), "evaluation")
    by_target = table[table["target_kind"] != WITHOUT].groupby(["target_kind", "target_id"], sort=True)
    sums = by_target.agg(claims=("claims", "sum"), label=("target_label", "first"))
    if sums.empty:
        return title
    first = sums.sort_values("claims", ascending=False, kind="stable").iloc[0]
    return words("stance.most", title=title, who=first["label"], n=words.number(int(first["claims"])))
