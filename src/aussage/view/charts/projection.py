"""Where a place is in the picture: the map projections of the charts, as Vega draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, atan, cos, degrees, exp, log, pi, radians, sin, sqrt, tan
from typing import Any

EQUAL_EARTH, MERCATOR = "equalEarth", "mercator"
# Šavrič, Patterson and Jenny (2018), The Equal Earth map projection, doi:10.1080/13658816.2018.1504949
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
POLE = 80.0  # beyond it a Mercator map has no room
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """A map in the picture: its projection, and its frame in pixels (left, top, right, bottom)."""

    kind: str
    scale: float
    x: float
    y: float
    frame: tuple[float, float, float, float]

    def at(self, longitude: float, latitude: float) -> Point:
        """The pixels of a place."""
        across, up = _raw(self.kind, longitude, latitude)
        return self.x + self.scale * across, self.y - self.scale * up

    @property
    def projection(self) -> dict[str, Any]:
        """The same as a projection of Vega."""
        left, top, right, bottom = self.frame
        return {
            "type": self.kind, "scale": self.scale, "translate": [self.x, self.y],
            "clipExtent": [[left, top], [right, bottom]],
        }  # fmt: skip

    def kilometres(self, longitude: float, latitude: float, wide: float) -> float:
        """How many pixels so many kilometres are at a place, upwards."""
        degrees_up = wide / 111.2
        sign = 1 if latitude < 0 else -1
        return abs(self.at(longitude, latitude)[1] - self.at(longitude, latitude + sign * degrees_up)[1])


def world(frame: tuple[float, float, float, float]) -> View:
    """The whole earth in a frame, without the Antarctic."""
    left, top, right, _ = frame
    scale = (right - left) / (2 * _raw(EQUAL_EARTH, 180, 0)[0])
    return View(
        EQUAL_EARTH, round(scale, 3), (left + right) / 2, round(top + scale * _raw(EQUAL_EARTH, 0, 84)[1], 3), frame
    )


def around(points: Sequence[Point], frame: tuple[float, float, float, float], least: float) -> View:
    """The part of the earth with these places (longitude, latitude), at least so many degrees wide."""
    flat = [_raw(MERCATOR, *point) for point in points]
    across, up = zip(*flat, strict=True)
    west, east, south, north = min(across), max(across), min(up), max(up)
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    span = max(east - west, radians(least), (north - south) * width / height) * 1.35
    scale = width / span
    x = frame[0] + width / 2 - scale * (west + east) / 2
    y = frame[1] + height / 2 + scale * (south + north) / 2
    return View(MERCATOR, round(scale, 3), round(x, 3), round(y, 3), frame)


def outline(view: View) -> list[Point]:
    """The corners of what a Mercator view shows, as longitude and latitude."""
    left, top, right, bottom = view.frame
    west, east = ((x - view.x) / view.scale for x in (left, right))
    north, south = (_latitude((view.y - y) / view.scale) for y in (top, bottom))
    return [(degrees(west), north), (degrees(east), north), (degrees(east), south), (degrees(west), south)]


def _latitude(up: float) -> float:
    return degrees(2 * atan(exp(up)) - pi / 2)


def _raw(kind: str, longitude: float, latitude: float) -> Point:
    """The place on a map of scale 1, counted from the middle, upwards."""
    across, up = radians(longitude), radians(max(-POLE, min(POLE, latitude)) if kind == MERCATOR else latitude)
    if kind == MERCATOR:
        return across, log(tan(pi / 4 + up / 2))
    tilt = asin(sqrt(3) / 2 * sin(up))
    square = tilt * tilt
    sixth = square**3
    below = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    return across * cos(tilt) / (sqrt(3) / 2 * below), tilt * (A1 + A2 * square + sixth * (A3 + A4 * square))
