"""Rules on the registries: parents, names, outside ids and how far they are trusted, coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.rule import Failing, Group
from aussage.check.tables import (
    NOTHING,
    UNKNOWN,
    Lists,
    Mask,
    Numbers,
    Tables,
    equal_to,
    mask_of,
    positions_in,
    taken,
    unlike,
)
from aussage.registry.countries import ALPHA_2
from aussage.registry.registry import OUTSIDE_IDS
from aussage.tables import TABLES

registry = Group("registry")
PARENTED = ("actors", "locations")
NAMED = ("actors", "locations", "issues")
VOCABULARIES = {"actors": ("wikidata",), "locations": ("wikidata", "geonames", "iso_3166_1", "iso_3166_2")}


@registry.rule(
    "parent-loop",
    "An entry is its own ancestor.",
    "Rolling up by parent would never end.",
    "actors locations",
    "parent_id",
)
def parent_loop(tables: Tables) -> Iterator[Failing]:
    """Taking away what has no parent, then its children, leaves the circles and what hangs on them."""
    for name in PARENTED:
        key, parent = tables.texts(name, TABLES[name].key), tables.texts(name, "parent_id")
        left = positions_in(parent, key) >= 0
        while (rest := left & (positions_in(parent, key.filter(pa.array(left))) >= 0)).sum() < left.sum():
            left = rest
        yield tables.failing(name, left, "parent_id")


@registry.rule(
    "country-code",
    "A code is no country of ISO 3166-1.",
    "Joins with other country data go by these codes.",
    "actors locations",
    "country iso_3166_1_id",
)
def country_code(tables: Tables) -> Iterator[Failing]:
    """Alpha-2 codes in capitals."""
    for name, column in (("actors", "country"), ("locations", "iso_3166_1_id")):
        wrong = positions_in(tables.values(name, column), pa.array(sorted(ALPHA_2))) == UNKNOWN
        yield tables.failing(name, wrong, column)


@dataclass(frozen=True, slots=True)
class _Outside:
    """Outside ids of a table: those of one vocabulary, one in each row, or those of a list column (`lists`)."""

    table: str
    column: str
    vocabularies: list[str]
    ids: Any
    statuses: Any
    against: Any
    lists: Lists | None = None

    def failing(self, tables: Tables, wrong: Mask) -> Failing:
        """The rows of those ids that are wrong."""
        return tables.failing(self.table, self.lists.any(wrong) if self.lists else wrong, self.column)


def _outside(tables: Tables) -> Iterator[_Outside]:
    """The outside ids of actors and locations."""
    for name, vocabularies in VOCABULARIES.items():
        for vocabulary in vocabularies:
            fields = (tables.values(name, f"{vocabulary}_{field}") for field in ("id", "status", "against"))
            yield _Outside(name, f"{vocabulary}_id", [vocabulary] * tables.count(name), *fields)
        lists = tables.lists(name, "other_ids")
        named, ids, status, against = map(lists.field, ("vocabulary", "id", "status", "against"))
        yield _Outside(name, "other_ids", named.to_pylist(), ids, status, against, lists)


@registry.rule(
    "outside-form",
    "An outside id does not have the form of its vocabulary.",
    "Q, number or code: anything else leads nowhere.",
    "actors locations",
    "wikidata_id geonames_id iso_3166_1_id iso_3166_2_id other_ids",
)
def outside_form(tables: Tables) -> Iterator[Failing]:
    """Wikidata, GeoNames, ISO 3166-1 and 3166-2; other vocabularies have no form here."""
    for outside in _outside(tables):
        wrong = [
            id_ is not None and vocabulary in OUTSIDE_IDS and not OUTSIDE_IDS[vocabulary].fullmatch(id_)
            for vocabulary, id_ in zip(outside.vocabularies, outside.ids.to_pylist(), strict=True)
        ]
        yield outside.failing(tables, np.array(wrong, bool))


@registry.rule(
    "outside-trust",
    "The status of an outside id does not fit what is given.",
    "A guessed id is worse than none: each says how it is known, and verified says against what.",
    "actors locations",
    "wikidata_status geonames_status iso_3166_1_status iso_3166_2_status other_ids",
)
def outside_trust(tables: Tables) -> Iterator[Failing]:
    """An id has a status; `empty` has no id, the others have one; `verified`, and only that, says against what."""
    for outside in _outside(tables):
        there, has_status = mask_of(pc.is_valid(outside.ids)), mask_of(pc.is_valid(outside.statuses))
        wrong = there != (has_status & ~equal_to(outside.statuses, "empty"))
        wrong |= mask_of(pc.is_valid(outside.against)) != equal_to(outside.statuses, "verified")
        yield outside.failing(tables, wrong)


@registry.rule(
    "coordinates",
    "Coordinates are incomplete, not on the Earth, or do not say how they are known.",
    "A point without precision and status looks more exact than it is.",
    "locations",
    "latitude longitude precision coordinates_status coordinates_against",
)
def coordinates(tables: Tables) -> Iterator[Failing]:
    """Latitude, longitude, precision and status together or not at all; in range; verified says against what."""
    given = partial(tables.given, "locations")
    latitude, longitude = tables.decimals("locations", "latitude"), tables.decimals("locations", "longitude")
    there = ~np.isnan(latitude)
    others = {"longitude": ~np.isnan(longitude)} | {name: given(name) for name in ("precision", "coordinates_status")}
    for column, is_given in others.items():
        yield tables.failing("locations", there != is_given, column)
    for column, degrees, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        yield tables.failing("locations", np.abs(degrees) > most, column)
    is_verified = equal_to(tables.values("locations", "coordinates_status"), "verified")
    yield tables.failing("locations", given("coordinates_against") != is_verified, "coordinates_against")


@registry.rule(
    "name-of-entry",
    "The name of an entry is none of its labels.",
    "The same entry would have two names.",
    "actors locations issues",
    "label label_de label_en labels",
)
def name_of_entry(tables: Tables) -> Iterator[Failing]:
    """The English label, else the first by language code; label_de and label_en are of these languages."""
    for name in NAMED:
        labels = tables.lists(name, "labels")
        listed, languages = labels.field("label"), labels.field("language")
        by_language = {code: taken(listed, _first(labels, equal_to(languages, code))) for code in ("de", "en")}
        for code, label in by_language.items():
            yield tables.failing(name, unlike(tables.texts(name, f"label_{code}"), label), f"label_{code}")
        first = taken(listed, _first(labels, np.ones(len(labels.rows), bool)))  # the list is sorted by language
        expected = pc.coalesce(by_language["en"], first)
        yield tables.failing(name, unlike(tables.texts(name, "label"), expected), "label")


def _first(lists: Lists, chosen: Mask) -> Numbers:
    """For each row the number of its first chosen item, or `NOTHING`."""
    first = np.full(len(lists.lengths), NOTHING)
    items = np.flatnonzero(chosen)[::-1]
    first[lists.rows[items]] = items
    return first
