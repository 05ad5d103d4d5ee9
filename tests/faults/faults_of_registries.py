"""Faults of the registries: parents, codes, outside ids, coordinates, names."""

from __future__ import annotations

from typing import Any

from faults.draft import Draft
from faults.fault import Register, Row

register = Register()


for _table in ("actors", "locations"):
    register.change(
        f"parent-of-itself-in-{_table}", "An entry is its own parent", _table, "parent_id", "parent-loop",
        lambda row, key=f"{_table[:-1]}_id": {"parent_id": row[key]},
    )  # fmt: skip


def _circle(table: str, length: int) -> None:
    @register.fault(
        f"circle-of-{length}-{table}", f"{length} entries are each other's parents", table, "parent_id",
        "parent-loop", needs=f"{length} rows",
    )  # fmt: skip
    def spoil(draft: Draft) -> list[str]:
        rows = [draft.first(table) for _ in range(length)]
        for row, parent in zip(rows, [*rows[1:], rows[0]], strict=True):
            row["parent_id"] = draft.key(table, parent)
        return [draft.key(table, row) for row in rows]


_circle("actors", 2)
_circle("locations", 2)
_circle("locations", 3)

for _code, _what, _table, _value in (
    ("country-that-is-none", "The country of an actor does not exist", "actors", "XX"),
    ("country-in-small-letters", "The country of an actor is in small letters", "actors", "de"),
    ("country-of-three-letters", "A location has a code of three letters", "locations", "DEU"),
):
    _column = "country" if _table == "actors" else "iso_3166_1_id"
    _more = {} if _table == "actors" else {"iso_3166_1_status": "recalled", "iso_3166_1_against": None}
    register.change(
        _code, _what, _table, _column, "country-code", {_column: _value, **_more},
        bulk_too=_value == "XX",
    )  # fmt: skip

for _table, _vocabulary, _value in (
    ("actors", "wikidata", "q42"), ("locations", "wikidata", "Q"), ("locations", "geonames", "12a"),
    ("locations", "iso_3166_1", "D1"), ("locations", "iso_3166_2", "DE_BE"), ("locations", "geonames", "12\n"),
    ("locations", "wikidata", "Q１"),
):  # fmt: skip
    _how = " with a line feed" if "\n" in _value else " with a full-width digit" if not _value.isascii() else ""
    register.change(
        f"outside-id-{_table}-{_vocabulary}{_how.replace(' ', '-')}",
        f"An outside id has another form{_how}",
        _table,
        f"{_vocabulary}_id",
        "outside-form",
        {f"{_vocabulary}_id": _value, f"{_vocabulary}_status": "recalled", f"{_vocabulary}_against": None},
        bulk_too=_value == "Q",
    )
    if not _how:
        _names = {name: f"{_vocabulary}_{name}" for name in ("id", "status", "against")}
        for _code, _what, _cells in (
            ("without-status", "An outside id has no status",
             {_names["id"]: "Q1", _names["status"]: None, _names["against"]: None}),
            ("recalled-against", "A recalled outside id names what it was verified against",
             {_names["id"]: "Q1", _names["status"]: "recalled", _names["against"]: "memory"}),
            ("verified-against-nothing", "A verified outside id does not say against what",
             {_names["id"]: "Q1", _names["status"]: "verified", _names["against"]: None}),
            ("missing", "A status stands where no outside id is",
             {_names["id"]: None, _names["status"]: "recalled", _names["against"]: None}),
        ):  # fmt: skip
            register.change(
                f"outside-id-{_code}-{_table}-{_vocabulary}", _what, _table, f"{_vocabulary}_id", "outside-trust",
                _cells,
                bulk_too=(_code, _table) == ("without-status", "actors"),
            )  # fmt: skip
for _table in ("actors", "locations"):
    register.change(
        f"other-id-untrusted-{_table}", "Another id is verified against nothing", _table, "other_ids",
        "outside-trust",
        {"other_ids": [{"vocabulary": "gnd", "id": "1", "status": "verified", "against": None}]},
    )  # fmt: skip


def _pointed(row: Row) -> bool:
    return row["latitude"] is not None


_COORDINATES: dict[str, tuple[str, str, Any]] = {
    "longitude-lost": ("A location has a latitude and no longitude", "longitude", {"longitude": None}),
    "latitude-lost": ("A location has a longitude and no latitude", "longitude", {"latitude": None}),
    "precision-lost": ("Coordinates do not say how exact they are", "precision", {"precision": None}),
    "status-lost": ("Coordinates do not say how they are known", "coordinates_status",
                    {"coordinates_status": None, "coordinates_against": None}),
    "latitude-too-high": ("A latitude is beyond the pole", "latitude", {"latitude": 90.5}),
    "longitude-too-low": ("A longitude is beyond the date line", "longitude", {"longitude": -180.5}),
    "latitude-infinite": ("A latitude is infinite", "latitude", {"latitude": float("inf")}),
    "latitude-not-a-number": ("A latitude is not a number", "longitude", {"latitude": float("nan")}),
    "verified-against-nothing": ("Verified coordinates do not say against what", "coordinates_against",
                                 {"coordinates_status": "verified", "coordinates_against": None}),
    "recalled-against-something": ("Recalled coordinates name what they were verified against", "coordinates_against",
                                   {"coordinates_status": "recalled", "coordinates_against": "memory"}),
}  # fmt: skip
for _code, (_what, _column, _put) in _COORDINATES.items():
    register.change(
        f"coordinates-{_code}", _what, "locations", _column, "coordinates", _put, _pointed,
        needs="a location with coordinates", bulk_too=_code == "latitude-too-high",
    )  # fmt: skip

for _table in ("actors", "locations", "issues"):
    register.change(
        f"name-differs-in-{_table}", "The name of an entry is none of its labels", _table, "label", "name-of-entry",
        {"label": "Another"}, bulk_too=_table == "actors",
    )  # fmt: skip
    register.change(
        f"german-name-differs-in-{_table}", "The German name is not the German label", _table, "label_de",
        "name-of-entry", {"label_de": "Anders"},
    )  # fmt: skip
    register.change(
        f"labels-lost-in-{_table}", "An entry has no labels", _table, "label", "name-of-entry", {"labels": []},
    )  # fmt: skip
