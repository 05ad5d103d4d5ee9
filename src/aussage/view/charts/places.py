"""The map of the places that are named: coasts, no borders."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from aussage.discourse import places
from aussage.discourse.analyses.frames import Source
from aussage.view.charts import material as m
from aussage.view.charts.placing import Box, Mark, placed
from aussage.view.charts.projection import View, around, outline, world
from aussage.view.charts.theme import (
    BLUE,
    INK,
    PAPER,
    QUIET,
    RULE,
    SMALL_SIZE,
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
    "mentions": ["document_id", "sentence_id", "kind", "location_id", "claim_ids", "role", "text"],
    "locations": [
        "location_id", "label", "location_type", "latitude", "longitude", "precision", "coordinates_status",
        "sovereignty", "parent_id",
    ],
    "sentences": ["sentence_id", "text"],
}  # fmt: skip
SHAPE = ("shapes", "land-110m.json")
HEIGHT, MOST = 274, 80
WHOLE, PART = (0.0, 0.0, 640.0, 274.0), (656.0, 0.0, 980.0, 274.0)
LAND, SEA, LABEL = "#e2dccf", "#f6f4ee", SMALL_SIZE
# How far round its point a place may lie, in kilometres: rough sizes, to draw a ring.
RINGS = {"exact": 0, "settlement": 10, "region": 120, "country": 450, "supraregion": 1500}
NEAR = 14.0  # places within so many degrees of one another belong to the part that is enlarged
LEAST = 24.0  # what is enlarged is at least so many degrees wide: the coasts are too coarse for less
TOLD = ["label", "roles", "mentions", "precision", "sentence", "sovereignty"]


def places_chart(
    corpus: Corpus | Source,
    *,
    language: str = "en",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> alt.LayerChart:
    """A map of the places that are named, with how often, in what role, and how exact their points are.

    Only coasts are drawn. The package's borders would give Crimea to Russia; see shapes/README.md.

    Args:
        corpus: A Corpus, or a dict of the frames mentions, locations and sentences; the columns are those that
            `aussage.discourse.places` needs, and parent_id of locations, sentence_id and text.
        language: en or de.
        up_to: See `aussage.discourse.places`.
        layer: The layer, if the frames have several.

    Raises:
        ValueError: a frame or column is missing, or the language is none.
    """
    words = Words(language)
    found = m.tables(corpus, layer, words, NEEDED)
    table = places(found, up_to=up_to)
    if table.empty:
        return message(words("places.head"), words("nothing"))
    points = _points(table, found, words)
    drawn = points.dropna(subset=["latitude", "longitude"]).reset_index(drop=True)
    subtitle = m.scope(words, found["mentions"]["document_id"], words.count(int(points["mentions"].sum()), "mention"))
    if len(drawn) < len(points):
        without = points.loc[points["latitude"].isna() | points["longitude"].isna(), "label"].head(5).tolist()
        subtitle.append(words("places.without", who=words.listed(without)))
    first = [f"{label} ({words.number(int(n))})" for label, n in zip(points["label"], points["mentions"], strict=True)]
    title = words("places.title", who=words.listed(first[:2]))
    if drawn.empty:
        return message(title, subtitle[-1])
    if len(drawn) > MOST:
        subtitle.append(words("shown", shown=MOST, all=words.count(len(drawn), "place")))
    return _drawn(drawn.head(MOST), title, subtitle, words)


def _points(table: pd.DataFrame, found: m.Tables, words: Words) -> pd.DataFrame:
    """A row a place, the most mentioned first: its roles, and a sentence that names it."""
    roles = [
        f"{words.value(role)} {words.number(int(n))}" for role, n in zip(table["role"], table["mentions"], strict=True)
    ]
    known = ["label", "latitude", "longitude", "precision", "sovereignty"]
    by_place = table.assign(roles=roles, precision=table["precision"].astype("str")).groupby("location_id", sort=True)
    points = by_place.agg(
        mentions=("mentions", "sum"), roles=("roles", ", ".join), **{name: (name, "first") for name in known}
    ).reset_index()
    named = m.with_sentences(found["mentions"], found["sentences"])
    first = named[named["kind"] == "location"].drop_duplicates("location_id").set_index("location_id")["sentence"]
    points["sentence"] = points["location_id"].map(first).astype("str").fillna("")
    points["sovereignty"] = points["sovereignty"].astype("str").fillna("")
    return points.sort_values(["mentions", "location_id"], ascending=[False, True], ignore_index=True)


def _drawn(drawn: pd.DataFrame, title: str, subtitle: list[str], words: Words) -> alt.LayerChart:
    whole, crowd = world(WHOLE), _crowd(drawn)
    layers: list[Layer] = _land(whole)
    if len(crowd) > 1:
        part = around(list(zip(crowd["longitude"], crowd["latitude"], strict=True)), PART, LEAST)
        inside = pd.Series([_inside(part, *place) for place in drawn[["longitude", "latitude"]].to_numpy().tolist()])
        frame = _frame(whole, part)
        layers += [_outlined(frame), *_places(whole, drawn[~inside], words, [frame])]
        layers += [*_land(part), *_places(part, drawn[inside], words)]
        subtitle = [*subtitle, words("places.part")]
    else:
        layers += _places(whole, drawn, words)
    width = PART[2] if len(crowd) > 1 else WHOLE[2]
    subtitle = [*subtitle, words("places.size"), words("places.borders")]
    return figure(layers, Room(int(width), HEIGHT), title, subtitle)


def _places(view: View, rows: pd.DataFrame, words: Words, avoided: Sequence[Box] = ()) -> list[Layer]:
    return [*_rings(view, rows), *_dots(view, rows, words, avoided)] if len(rows) else []


def _crowd(drawn: pd.DataFrame) -> pd.DataFrame:
    """The places around the one that has the most others near it; points that locate nothing do not count."""
    exact = drawn[drawn["precision"] != "supraregion"]
    near = [
        exact[((exact["longitude"] - x) ** 2 + (exact["latitude"] - y) ** 2) ** 0.5 <= NEAR]
        for x, y in zip(exact["longitude"], exact["latitude"], strict=True)
    ]
    return max(near, key=lambda rows: (len(rows), int(rows["mentions"].sum())), default=exact)


def _inside(view: View, longitude: float, latitude: float) -> bool:
    x, y = view.at(longitude, latitude)
    left, top, right, bottom = view.frame
    return left <= x <= right and top <= y <= bottom


@cache
def land() -> str:
    """The coasts as TopoJSON: one object, `land`. A text, as Altair copies and checks all that is in a list."""
    return files("aussage.view.charts").joinpath(*SHAPE).read_text(encoding="utf-8")


def _land(view: View) -> list[Layer]:
    """The frame of a view, and the land in it."""
    left, top, right, bottom = view.frame
    edge = alt.Chart(inline([{}])).mark_rect(x=left, y=top, x2=right, y2=bottom, fill=SEA, stroke=RULE)
    shape = alt.InlineData(values=land(), format=alt.TopoDataFormat(type="topojson", feature="land"))
    return [
        edge,
        alt.Chart(shape).mark_geoshape(fill=LAND, stroke="#cfc7b6", strokeWidth=0.5).project(**view.projection),
    ]


def _pixels() -> dict[str, Any]:
    """The encodings of fields that hold pixels."""
    return {
        "x": alt.X("x:Q", scale=alt.Scale(domain=[0, 1000], range=[0, 1000], nice=False), axis=None),
        "y": alt.Y("y:Q", scale=alt.Scale(domain=[0, 1000], range=[0, 1000], nice=False), axis=None),
    }


def _at(view: View, rows: pd.DataFrame) -> list[tuple[float, float]]:
    return [view.at(x, y) for x, y in zip(rows["longitude"], rows["latitude"], strict=True)]


def _rings(view: View, rows: pd.DataFrame) -> list[Layer]:
    """A ring round each point, as wide as the point is inexact; it ends at the frame."""
    left, top, right, bottom = view.frame
    rings = []
    where = zip(_at(view, rows), rows["longitude"], rows["latitude"], rows["precision"], strict=True)
    for (x, y), longitude, latitude, precision in where:
        radius = view.kilometres(longitude, latitude, RINGS.get(precision, 0))
        radius = min(radius, x - left, right - x, y - top, bottom - y)
        if radius > 4:
            rings.append({"x": round(x, 1), "y": round(y, 1), "size": round((2 * radius) ** 2, 1)})
    return [
        alt.Chart(inline(rings)).mark_point(
            filled=False, stroke=QUIET, strokeWidth=0.8, strokeDash=[3, 3], opacity=0.7
        ).encode(**_pixels(), size=alt.Size("size:Q", scale=None))
    ]  # fmt: skip


def _dots(view: View, rows: pd.DataFrame, words: Words, avoided: Sequence[Box]) -> list[Layer]:
    """The points with their labels, and lines to labels that stand further off."""
    most = float(rows["mentions"].max())
    radii = [3 + 6 * sqrt(float(n) / max(most, 4.0)) for n in rows["mentions"]]
    at = _at(view, rows)
    names = [shortened(f"{label}, {words.number(int(n))}", 150, LABEL)
             for label, n in zip(rows["label"], rows["mentions"], strict=True)]  # fmt: skip
    marks = [Mark(x, y, radius, name) for (x, y), radius, name in zip(at, radii, names, strict=True)]
    labels = placed(marks, view.frame, LABEL, avoided)
    told = rows.assign(
        x=[round(x, 1) for x, _ in at], y=[round(y, 1) for _, y in at],
        size=[round((2 * radius) ** 2, 1) for radius in radii], precision=rows["precision"].map(words.value),
    )  # fmt: skip
    titles = ("place", "role", "number", "precision", "sentence", "sovereignty")
    tooltip = [alt.Tooltip(f"{field}:N", title=words(name)) for field, name in zip(TOLD, titles, strict=True)]
    led = [
        {"x": mark.x, "y": mark.y, "x_to": label.x, "y_to": label.y}
        for mark, label in zip(marks, labels, strict=True)
        if label is not None and label.led
    ]
    texts = [{"x": label.x, "y": label.y, "label": label.text} for label in labels if label is not None]
    return [
        alt.Chart(inline(led)).mark_rule(color=QUIET, strokeWidth=0.6).encode(**_pixels(), x2="x_to:Q", y2="y_to:Q"),
        alt.Chart(inline(m.records(told, ["x", "y", "size", *TOLD]))).mark_point(
            filled=True, fill=BLUE, opacity=1, stroke=PAPER, strokeWidth=1
        ).encode(**_pixels(), size=alt.Size("size:Q", scale=None), tooltip=tooltip),
        *haloed(alt.Chart(inline(texts)), _pixels(), SEA, fontSize=LABEL),
    ]  # fmt: skip


def _frame(whole: View, part: View) -> Box:
    """What the part shows, in the pixels of the whole."""
    across, down = zip(*(whole.at(*corner) for corner in outline(part)), strict=True)
    return (round(min(across), 1), round(min(down), 1), round(max(across), 1), round(max(down), 1))


def _outlined(frame: Box) -> alt.Chart:
    left, top, right, bottom = frame
    chart: alt.Chart = alt.Chart(inline([{}])).mark_rect(
        x=left, y=top, x2=right, y2=bottom, filled=False, stroke=INK, strokeWidth=0.8
    )
    return chart
