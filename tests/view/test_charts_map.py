"""The map: its coasts, no borders, and that places are where Vega puts them."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import altair as alt
import pytest
from made_up_charts import frames, locations_frame, mentions_frame

from aussage.view.charts import places_chart, svg
from aussage.view.charts.places import PART, WHOLE, land
from aussage.view.charts.placing import Mark, placed
from aussage.view.charts.projection import around, world
from aussage.view.charts.theme import inline
from aussage.view.charts.typography import text_width

Ring = list[tuple[float, float]]


def rings() -> list[Ring]:
    topology = json.loads(land())
    (across, up), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * across + left, y * up + low))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for numbers in polygon:
                parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
                found.append([point for part in parts for point in part])
    return found


def is_land(x: float, y: float) -> bool:
    inside = False
    for ring in rings():
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def test_the_shapes_are_land_and_nothing_else() -> None:
    assert list(json.loads(land())["objects"]) == ["land"]
    assert all(is_land(x, y) for x, y in ((34.3, 45.2), (30.5, 50.4), (37.6, 55.7)))  # Crimea is drawn, and is nobody's
    assert not is_land(34.0, 43.0)  # the Black Sea
    assert not is_land(-40.0, 30.0)


def test_no_border_crosses_the_land() -> None:
    """A border would be an arc with land on both sides."""
    west, east, north = 35.0, 39.0, 50.0
    for ring in rings():
        for (ax, ay), (bx, by) in pairwise(ring):
            crossing = (ay > north) != (by > north) and west < ax + (bx - ax) * (north - ay) / (by - ay) < east
            assert not crossing


def test_the_map_says_that_it_draws_no_borders() -> None:
    subtitle = " ".join(places_chart(frames()).to_dict()["title"]["subtitle"])
    assert "no borders are drawn" in subtitle
    german = " ".join(places_chart(frames(), language="de").to_dict()["title"]["subtitle"])
    assert "Grenzen und Kontrolle sind nicht dargestellt" in german


@pytest.mark.parametrize("place", [(34.3, 45.2), (-77.0, 38.9), (133.0, -27.0)])
@pytest.mark.parametrize("kind", ["whole", "part"])
def test_places_are_where_vega_puts_them(kind: str, place: tuple[float, float]) -> None:
    view = world(WHOLE) if kind == "whole" else around([place, (place[0] + 5, place[1] + 5)], PART, 24)
    geometry: dict[str, Any] = {"type": "Feature", "geometry": {"type": "Point", "coordinates": list(place)}}
    chart = alt.layer(alt.Chart(inline([geometry])).mark_geoshape().project(**view.projection))
    whole = chart.properties(width=980, height=274, autosize=alt.AutoSizeParams(type="none"), padding=0)
    found = re.search(r' d="M([-\d.]+),([-\d.]+)m0,', svg(whole).decode())
    assert found
    x, y = view.at(*place)
    assert (float(found[1]), float(found[2])) == (pytest.approx(x, abs=0.01), pytest.approx(y, abs=0.01))


def test_a_place_without_coordinates_is_named_below_the_title() -> None:
    locations = locations_frame()
    locations.loc[1, ["latitude", "longitude"]] = None
    drawn = places_chart(frames(locations=locations)).to_dict()
    assert "Not on the map, as they have no coordinates: Town hall." in drawn["title"]["subtitle"]


def test_a_place_on_the_other_side_of_the_world_is_drawn_too() -> None:
    locations = locations_frame()
    locations.loc[1, ["latitude", "longitude"]] = [-89.0, 179.9]
    texts = svg(places_chart(frames(locations=locations, mentions=mentions_frame()))).decode()
    assert "Neudorf, 1" in texts


def test_labels_lie_on_no_other_label_and_stay_in_the_frame() -> None:
    marks = [Mark(100 + 7 * n, 100 + 3 * n, 4, f"Ort {n}") for n in range(12)]
    labels = [label for label in placed(marks, (0, 0, 300, 200), 11) if label is not None]
    half = [text_width(label.text, 11) / 2 for label in labels]
    boxes = [(label.x - w, label.y - 6, label.x + w, label.y + 6) for label, w in zip(labels, half, strict=True)]
    assert len(boxes) >= 6
    for number, one in enumerate(boxes):
        assert one[0] >= 0
        assert one[2] <= 300
        for other in boxes[number + 1 :]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
