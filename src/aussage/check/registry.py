"""Rules on the registries: parents, names, outside ids and how far they are trusted, coordinates."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from aussage.check.rule import Failing, Group
from aussage.check.tables import Tables
from aussage.registry.countries import ALPHA_2
from aussage.registry.registry import OUTSIDE_IDS

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
        key, parent = tables.key(name), tables.frame(name)["parent_id"]
        left = parent.isin(key)
        while (rest := left & parent.isin(key[left])).sum() < left.sum():
            left = rest
        yield Failing(name, key[left], "parent_id")


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
        values = tables.frame(name)[column]
        yield Failing(name, tables.key(name)[values.notna() & ~values.isin(list(ALPHA_2))], column)


def _outside(tables: Tables) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Table, column and, for each outside id: the row's key, vocabulary, id, status, against."""
    for name, vocabularies in VOCABULARIES.items():
        frame, key = tables.frame(name), tables.key(name)
        for vocabulary in vocabularies:
            columns = {field: frame[f"{vocabulary}_{field}"] for field in ("id", "status", "against")}
            yield name, f"{vocabulary}_id", pd.DataFrame({"key": key, "vocabulary": vocabulary, **columns})
        items = tables.items(name, "other_ids")
        yield name, "other_ids", items.assign(key=key[items["row"]].to_numpy())


@registry.rule(
    "outside-form",
    "An outside id does not have the form of its vocabulary.",
    "Q, number or code: anything else leads nowhere.",
    "actors locations",
    "wikidata_id geonames_id iso_3166_1_id iso_3166_2_id other_ids",
)
def outside_form(tables: Tables) -> Iterator[Failing]:
    """Wikidata, GeoNames, ISO 3166-1 and 3166-2; other vocabularies have no form here."""
    for name, column, ids in _outside(tables):
        pairs = zip(ids["vocabulary"], ids["id"], ids["id"].notna(), strict=True)
        wrong = [
            there and vocabulary in OUTSIDE_IDS and not OUTSIDE_IDS[vocabulary].fullmatch(id_)
            for vocabulary, id_, there in pairs
        ]
        yield Failing(name, ids.loc[pd.Series(wrong, index=ids.index, dtype=bool), "key"], column)


@registry.rule(
    "outside-trust",
    "The status of an outside id does not fit what is given.",
    "A guessed id is worse than none: each says how it is known, and verified says against what.",
    "actors locations",
    "wikidata_status geonames_status iso_3166_1_status iso_3166_2_status other_ids",
)
def outside_trust(tables: Tables) -> Iterator[Failing]:
    """An id has a status; `empty` has no id, the others have one; `verified`, and only that, says against what."""
    for name, column, ids in _outside(tables):
        there, status, against = ids["id"].notna(), ids["status"], ids["against"].notna()
        wrong = there != (status.notna() & (status != "empty"))
        wrong |= against != (status == "verified")
        yield Failing(name, ids.loc[wrong, "key"], column)


@registry.rule(
    "coordinates",
    "Coordinates are incomplete, not on the Earth, or do not say how they are known.",
    "A point without precision and status looks more exact than it is.",
    "locations",
    "latitude longitude precision coordinates_status coordinates_against",
)
def coordinates(tables: Tables) -> Iterator[Failing]:
    """Latitude, longitude, precision and status together or not at all; in range; verified says against what."""
    locations = tables.frame("locations")
    there = locations["latitude"].notna()
    for column in ("longitude", "precision", "coordinates_status"):
        yield Failing("locations", locations.loc[there != locations[column].notna(), "location_id"], column)
    for column, most in (("latitude", 90), ("longitude", 180)):
        far = locations[column].notna() & ~locations[column].between(-most, most)
        yield Failing("locations", locations.loc[far, "location_id"], column)
    wrong = locations["coordinates_against"].notna() != (locations["coordinates_status"] == "verified")
    yield Failing("locations", locations.loc[wrong, "location_id"], "coordinates_against")


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
        frame, items = tables.frame(name), tables.items(name, "labels")
        by_language = {
            language: items[items["language"] == language].drop_duplicates("row").set_index("row")["label"]
            for language in ("de", "en")
        }
        for language, labels in by_language.items():
            expected = labels.reindex(frame.index)
            column = frame[f"label_{language}"]
            wrong = ~((column == expected) | (column.isna() & expected.isna()))
            yield Failing(name, tables.key(name)[wrong], f"label_{language}")
        english = by_language["en"].reindex(frame.index)
        first = items.drop_duplicates("row")  # the list is sorted by language
        first_label = pd.MultiIndex.from_frame(first[["row", "label"]])
        listed = pd.MultiIndex.from_arrays([frame.index, frame["label"]]).isin(first_label)
        right = (frame["label"] == english) | (english.isna() & listed)
        yield Failing(name, tables.key(name)[~right], "label")
