"""The chart of who speaks and who is only spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from aussage.discourse import voices
from aussage.discourse.analyses.frames import Source, present
from aussage.discourse.analyses.rollup import NARRATOR, Groups
from aussage.view.charts import bars
from aussage.view.charts import material as m
from aussage.view.charts.theme import BLUE, GREY, ORANGE, RULE, Layer, Room, figure, message
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.corpus import Corpus

NEEDED = {
    "claims": [*m.OF_CLAIMS, "chain", "addressee_id"],
    "mentions": ["kind", "actor_id", "claim_ids", "text", "sentence_id", "document_id"],
    "actors": m.ACTORS,
    "sentences": ["sentence_id", "text"],
}
PARTS = ["row", "side", "colour", "speaker_label", "content_text", "sentence", "number", "start", "end"]
WIDTH = 420
FITS = 4  # so many times the longest other bar may that of the article itself be


def voices_chart(
    corpus: Corpus | Source,
    *,
    language: str = "en",
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> alt.LayerChart:
    """Who speaks (claims, to the right) and who is spoken of (mentions, to the left).

    Args:
        corpus: A Corpus, or a dict of the frames claims, mentions, actors and sentences; the columns are those that
            `aussage.discourse.voices` needs, and sentence_id, content_text, document_id, and text of mentions and
            sentences.
        language: en or de.
        level: See `aussage.discourse.voices`.
        up_to: See `aussage.discourse.voices`.
        layer: The layer, if the frames have several.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
    """
    words = Words(language)
    found, groups, table = m.analysed(voices, corpus, words, NEEDED, level=level, up_to=up_to, layer=layer)
    if table.empty:
        return message(words("voices.head"), words("nothing"))
    shown = table.head(bars.MOST_ROWS).reset_index(drop=True)
    rows, narrator_fits = _parts(found, shown, groups, words), _narrator_fits(shown)
    if not narrator_fits:
        rows = _cut(rows, shown)
    subtitle = m.scope(words, found["claims"]["document_id"], words.count(len(found["claims"]), "claim"))
    if len(shown) < len(table):
        subtitle.append(words("shown", shown=len(shown), all=words.number(len(table))))
    return _drawn(rows, shown, _title(table, len(found["claims"]), words), subtitle, words, narrator_fits)


def _parts(found: m.Tables, shown: pd.DataFrame, groups: Groups, words: Words) -> pd.DataFrame:
    """The single claims and mentions of the speakers that are shown, as parts of their bars."""
    order = {speaker: row for row, speaker in enumerate(shown["speaker"])}
    said = m.speakers_of(m.with_sentences(found["claims"], found["sentences"]), groups, words)
    said = said.assign(side="claims", colour=said["speaker"].map({NARRATOR: GREY}).fillna(BLUE))
    named = m.with_sentences(found["mentions"], found["sentences"])
    named = named[(named["kind"] == "actor") & present(named["actor_id"])].rename(columns={"text": "content_text"})
    named = named.assign(side="mentions", colour=ORANGE, speaker=groups.of(named["actor_id"]))
    named["speaker_label"] = m.labels(named["speaker"], groups, words)
    both = pd.concat([said, named], ignore_index=True)[["side", "colour", "speaker", *PARTS[3:6]]]
    both = both.assign(row=both["speaker"].map(order)).dropna(subset="row").astype({"row": "int64"})
    rows = bars.stacked(both, ["row", "side"], ["colour", "speaker", "speaker_label"], words)
    left = rows["side"] == "mentions"
    rows.loc[left, ["start", "end"]] = -rows.loc[left, ["start", "end"]].to_numpy()
    return rows


def _narrator_fits(shown: pd.DataFrame) -> bool:
    """Whether the bar of the article itself leaves the others room to be compared."""
    others = shown.loc[shown["speaker"] != NARRATOR, ["claims", "mentions"]].to_numpy()
    return not len(others) or shown["claims"].max() <= FITS * others.max()


def _cut(rows: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """The rows with one paler bar for the article itself, as long as the longest of the others."""
    own = rows["speaker"] == NARRATOR
    longest = int(shown.loc[shown["speaker"] != NARRATOR, ["claims", "mentions"]].to_numpy().max())
    return pd.concat([rows[own].head(1).assign(start=0, end=longest, colour=RULE), rows[~own]], ignore_index=True)


def _drawn(
    rows: pd.DataFrame, shown: pd.DataFrame, title: str, subtitle: list[str], words: Words, narrator_fits: bool
) -> alt.LayerChart:
    grid, most = bars.Rows(len(shown)), [int(shown["mentions"].max()), int(rows["end"].max())]
    edge = max(sum(most), 1) * 0.08
    x = alt.Scale(domain=[-most[0] - edge, most[1] + edge], nice=False, zero=False)
    tooltip = [
        alt.Tooltip(f"{field}:N", title=words(name))
        for field, name in (("speaker_label", "speaker"), ("content_text", "claim"), ("sentence", "sentence"))
    ]
    names, left = bars.row_labels(shown["speaker_label"].tolist(), grid)
    left_ends = [{"row": row, "x": -n, "label": words.number(n)} for row, n in enumerate(shown["mentions"]) if n]
    right_ends = [
        {"row": row, "x": min(n, most[1]), "label": words.number(n)} for row, n in enumerate(shown["claims"]) if n
    ]
    if not narrator_fits:
        right_ends[0]["label"] = words("voices.not_to_scale", n=right_ends[0]["label"])
    heads = [{"x": 0, "label": f"{words('voices.left')} ←"}, {"x": 0, "label": f"→ {words('voices.right')}"}]
    layers: list[Layer] = [
        bars.bar_layer(m.records(rows, PARTS), grid, x, tooltip),
        bars.upright([0], x, grid),
        bars.placed_text(right_ends, x, grid, align="left", dx=5),
        bars.placed_text(left_ends, x, grid, align="right", dx=-5),
        bars.heading(heads[:1], x, grid, align="right", dx=-6),
        bars.heading(heads[1:], x, grid, align="left", dx=6),
        names,
    ]
    return figure(layers, Room(WIDTH, grid.height, left=left, right=10 if narrator_fits else 120), title, subtitle)


def _title(table: pd.DataFrame, n_claims: int, words: Words) -> str:
    own = int(table.loc[table["speaker"] == NARRATOR, "claims"].sum())
    others = table[(table["speaker"] != NARRATOR) & (table["claims"] > 0)]
    finding = []
    if own:
        claims = words.count(n_claims, "claim")
        finding.append(words("voices.own", n=words.number(own), all=claims))
    if len(others):
        first = others[others["claims"] == others["claims"].max()]
        who = words.listed(first["speaker_label"].head(2).tolist())
        if len(first) > 2:
            who += " …"
        number = words.number(int(first["claims"].iloc[0]))
        counted = f"({number})" if len(first) == 1 else words("voices.each", n=number)
        finding.append(words("voices.others" if own else "voices.most", who=f"{who} {counted}") + ".")
    only = table[table["part"] == "spoken of"].head(1)
    if len(only):
        mentions = words.count(int(only["mentions"].iloc[0]), "mention")
        finding.append(words("voices.only", who=only["speaker_label"].iloc[0], mentions=mentions) + ".")
    return " ".join(finding) or words("voices.head")
