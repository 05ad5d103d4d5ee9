"""Expectations on the registries: parents, outside ids, coordinates and names."""

from __future__ import annotations

from collections.abc import Iterator

from aussage.expectations.expectation import (
    Condition,
    Expectation,
    among,
    any_of,
    between,
    empty,
    equal,
    expect,
    given,
    is_,
    is_empty,
    is_given,
    is_not,
    matches,
    not_among,
)
from aussage.registry.countries import ALPHA_2

OUTSIDE = {"actors": ("wikidata",), "locations": ("wikidata", "geonames", "iso_3166_1", "iso_3166_2")}
FORMS = {
    "wikidata": "[LPQ][1-9][0-9]*",
    "geonames": "[1-9][0-9]*",
    "iso_3166_1": "[A-Z][A-Z]",
    "iso_3166_2": "[A-Z][A-Z]-[0-9A-Z]{1,3}",
}


def expectations() -> Iterator[Expectation]:
    """The expectations of the kind registry that no gazetteer is needed for."""
    for name, vocabularies in OUTSIDE.items():
        yield from expect("parent-loop", name, among("parent_id.in_loop", [False]))
        for vocabulary in vocabularies:
            yield from _of_outside_id(name, vocabulary)
        yield from expect("outside-form", name, empty("other_ids.malformed"))
        yield from expect("outside-trust", name, empty("other_ids.unfounded"))
    yield from expect("country-code", "actors", among("country", sorted(ALPHA_2)))
    yield from expect("country-code", "locations", among("iso_3166_1_id", sorted(ALPHA_2)))
    yield from _of_coordinates()
    for name in ("actors", "locations", "issues"):
        for column in ("label", "label_de", "label_en"):
            yield from expect("name-of-entry", name, equal(column, f"labels.{column}"))


def _unverified(status: str) -> Condition:
    return any_of(is_empty(status), is_not(status, "verified"))


def _of_outside_id(name: str, vocabulary: str) -> Iterator[Expectation]:
    id_, status, against = (f"{vocabulary}_{part}" for part in ("id", "status", "against"))
    yield from expect("outside-form", name, matches(id_, FORMS[vocabulary]))
    rule = "outside-trust"
    yield from expect(rule, name, among(status, ["empty"], is_empty(id_)))
    yield from expect(rule, name, given(status, is_given(id_)), not_among(status, ["empty"], is_given(id_)))
    yield from expect(rule, name, given(against, is_(status, "verified")), empty(against, _unverified(status)))


def _of_coordinates() -> Iterator[Expectation]:
    rule, name = "coordinates", "locations"
    for column in ("longitude", "precision", "coordinates_status"):
        yield from expect(rule, name, given(column, is_given("latitude")), empty(column, is_empty("latitude")))
    yield from expect(rule, name, between("latitude", -90, 90), between("longitude", -180, 180))
    against, status = "coordinates_against", "coordinates_status"
    yield from expect(rule, name, given(against, is_(status, "verified")), empty(against, _unverified(status)))
