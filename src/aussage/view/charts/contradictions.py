"""The chart of claims that contradict each other, where they stand in the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from aussage.discourse import contradictions
from aussage.discourse.analyses.frames import Source
from aussage.view.charts import material as m
from aussage.view.charts.theme import (
    LABEL_SIZE,
    QUIET,
    RULE,
    SIGN_COLOURS,
    Layer,
    Room,
    figure,
    haloed,
    inline,
    message,
)
from aussage.view.charts.typography import shortened
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.corpus import Corpus

NEEDED = {
    "claims": [
        *m.OF_CLAIMS, "issue_id", "agreement", "modality", "evidence", "alignment", "source_text", "cue_text",
    ],
    "sentences": ["sentence_id", "document_id", "position", "text"],
    "relations": ["source_claim_id", "target_claim_id", "relation"],
    "actors": m.ACTORS,
    "issues": ["issue_id", "label"],
}  # fmt: skip
WIDTH, ROW, LINES = 760, 26, 26
BESIDE = 16  # between a sign and its words
OF_CLAIM = ("claim_id", "document_id", "sentence_id", "sentence_text", "speaker_labels", "content_text", "agreement")
SIGNS = {1: "+", -1: "−"}


def contradictions_chart(corpus: Corpus | Source, *, language: str = "en", layer: str | None = None) -> alt.LayerChart:
    """The claims of each issue that oppose each other within an article, with a line between any two of them.

    Args:
        corpus: A Corpus, or a dict of the frames claims, sentences, relations, actors and issues; the columns are those
            that `aussage.discourse.contradictions` needs, and document_id and position of sentences.
        language: en or de.
        layer: The layer, if the frames have several.

    Raises:
        ValueError: a frame or column is missing, or the language is none.
    """
    words = Words(language)
    found = m.tables(corpus, layer, words, NEEDED)
    pairs = contradictions(found)
    if pairs.empty:
        return message(words("contradictions.none"), words("nothing"))
    claims = _claims(pairs, found["sentences"], words)
    lines = _lines(claims)
    shown = lines[lines["line"] < LINES]
    n_issues = int(pairs["issue_id"].nunique())
    counted = {"pairs": words.count(len(pairs), "pair"), "issues": words.count(n_issues, "issue")}
    title = words("contradictions.title", **counted, first=claims["issue_label"].iloc[0])
    subtitle = m.scope(words, found["claims"]["document_id"], words.count(len(found["claims"]), "claim"))
    if len(shown) < len(lines):
        subtitle.append(words("shown", shown=len(shown), all=words.count(len(lines), "claim")))
    subtitle.append(words("contradictions.key"))
    heading = words("contradictions.title_verb", title=title)
    return _drawn(shown, pairs, heading, subtitle, words, several=claims["document_id"].nunique() > 1)


def _claims(pairs: pd.DataFrame, sentences: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Each claim of a pair once: issue, document, place in the article, and what is shown of it."""
    sides = [
        pairs[["issue_id", "issue_label", *(f"{side}_{name}" for name in OF_CLAIM)]] for side in ("first", "second")
    ]
    both = pd.concat(
        [side.rename(columns=lambda name: name.removeprefix("first_").removeprefix("second_")) for side in sides]
    )
    claims = both.drop_duplicates("claim_id").reset_index(drop=True)
    size = sentences.groupby("document_id")["position"].transform("max")
    place = dict(zip(sentences["sentence_id"], (sentences["position"] - 0.5) / size, strict=True))
    who = [words.listed([words(name) if name in ("narrator", "unnamed") else name for name in names])
           for names in claims["speaker_labels"]]  # fmt: skip
    claims = claims.assign(
        place=claims["sentence_id"].map(place).astype("float64"), speaker=who, sign=claims["agreement"].map(SIGNS),
        colour=claims["agreement"].map(SIGN_COLOURS),
    )  # fmt: skip
    per_issue = pairs.groupby("issue_id").size()
    claims["pairs"] = claims["issue_id"].map(per_issue)
    return claims.sort_values(
        ["pairs", "issue_id", "document_id", "place", "claim_id"], ascending=[False, True, True, True, True],
        ignore_index=True,
    )  # fmt: skip


def _lines(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims with the line on which each stands; a line for the issue comes before those of its claims."""
    group = claims.groupby(["issue_id", "document_id"], sort=False).ngroup()
    return claims.assign(group=group, line=claims.index + group + 1)


def _drawn(
    shown: pd.DataFrame, pairs: pd.DataFrame, title: str, subtitle: list[str], words: Words, several: bool
) -> alt.LayerChart:
    n_lines = int(shown["line"].max()) + 1
    x = alt.Scale(domain=[0, WIDTH], nice=False)
    y = alt.Scale(domain=[n_lines, 0], nice=False, zero=False)
    at = shown.assign(x=shown["place"] * WIDTH, y=shown["line"] + 0.5)
    at["label"] = [
        shortened(f"{speaker}: {text}", max(place, WIDTH - place) - BESIDE, LABEL_SIZE)
        for speaker, text, place in zip(at["speaker"], at["content_text"], at["x"], strict=True)
    ]
    right = at["x"] <= WIDTH / 2
    titles = {"speaker": "speaker", "content_text": "claim", "sentence_text": "sentence"}
    tooltip = [alt.Tooltip(f"{field}:N", title=words(name)) for field, name in titles.items()]
    first = at.drop_duplicates("group")
    heads = [
        {"y": float(line) - 0.5, "label": shortened(f"{issue} ({document})" if several else issue, WIDTH, LABEL_SIZE)}
        for issue, document, line in zip(first["issue_label"], first["document_id"], first["line"], strict=True)
    ]
    shared = {"x": alt.X("x:Q", scale=x, axis=None), "y": alt.Y("y:Q", scale=y, axis=None)}
    data = inline(m.records(at, ["x", "y", "colour", "sign", *titles]))
    layers: list[Layer] = [
        alt.Chart(inline(heads)).mark_text(align="left", baseline="middle", x=0, fontWeight="bold").encode(
            y=shared["y"], text="label:N"
        ),
        alt.Chart(inline(_links(at, pairs))).mark_rule(color=RULE, strokeWidth=1.5).encode(
            **shared, x2="x_to:Q", y2="y_to:Q"
        ),
        alt.Chart(data).mark_point(filled=True, size=260, opacity=1).encode(
            **shared, color=alt.Color("colour:N", scale=None), tooltip=tooltip
        ),
        alt.Chart(data).mark_text(color="white", fontWeight="bold", baseline="middle").encode(**shared, text="sign:N"),
        *haloed(alt.Chart(inline(m.records(at[right], ["x", "y", "label"]))), shared, align="left", dx=BESIDE),
        *haloed(alt.Chart(inline(m.records(at[~right], ["x", "y", "label"]))), shared, align="right", dx=-BESIDE),
        _ends(x, words),
    ]  # fmt: skip
    return figure(layers, Room(WIDTH, ROW * n_lines, right=10, left=10, below=20), title, subtitle)


def _links(at: pd.DataFrame, pairs: pd.DataFrame) -> list[dict[str, Any]]:
    """The lines between the claims of each pair that is shown."""
    ends = at.set_index("claim_id")[["x", "y"]]
    known = pairs[pairs["first_claim_id"].isin(ends.index) & pairs["second_claim_id"].isin(ends.index)]
    first, second = (ends.loc[known[f"{side}_claim_id"]].to_numpy().tolist() for side in ("first", "second"))
    return [{"x": a[0], "y": a[1], "x_to": b[0], "y_to": b[1]} for a, b in zip(first, second, strict=True)]


def _ends(x: alt.Scale, words: Words) -> alt.Chart:
    """The words under the two ends of the article."""
    rows = [{"x": 20, "label": f"← {words('course.begin')}"}, {"x": WIDTH - 20, "label": f"{words('course.end')} →"}]
    layer: alt.Chart = (
        alt.Chart(inline(rows))
        .mark_text(baseline="bottom", color=QUIET, y="height", dy=16)
        .encode(x=alt.X("x:Q", scale=x, axis=None), text="label:N")
    )
    return layer
