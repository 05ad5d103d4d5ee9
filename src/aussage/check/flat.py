"""Rules on `flat`: exactly the gold claims, and every cell as the other tables have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from aussage.check.derived import main_places
from aussage.check.rule import Failing, Group
from aussage.check.tables import GOLD, LISTS, Tables, at, joined_items
from aussage.tables import TABLES

derived = Group("derived")
BETWEEN = "; "
ALL = "flat claims documents sentences mentions actors locations"


@derived.rule(
    "flat-claims",
    "`flat` does not hold exactly the gold claims, in their order.",
    "Whoever opens one sheet must see the same claims as whoever joins the tables.",
    "flat claims",
    "claim_id",
)
def flat_claims(tables: Tables) -> Iterator[Failing]:
    """The same ids in the same order."""
    claims, flat = tables.frame("claims"), tables.key("flat")
    gold = claims.loc[claims["layer"] == GOLD, "claim_id"].reset_index(drop=True)
    yield Failing("flat", flat[~flat.isin(gold)])
    yield Failing("flat", gold[~gold.isin(flat)])
    if len(flat) == len(gold) and set(flat) == set(gold):
        yield Failing("flat", flat[flat != gold])


@derived.rule(
    "flat-cells",
    "A cell of `flat` is not what the other tables say.",
    "`flat` is a copy for reading; a copy that differs is a second truth.",
    ALL,
    " ".join(column.name for column in TABLES["flat"].columns),
)
def flat_cells(tables: Tables) -> Iterator[Failing]:
    """Every column worked out anew: lists joined by `; `, columns of document, sentence, claimant, target, places."""
    flat, claims = tables.frame("flat"), tables.key("claims").drop_duplicates()
    numbers = at(flat["claim_id"], pd.Series(claims.index, index=claims))
    known = numbers.notna()
    expected = pd.DataFrame({**_of_claims(tables), **_joined(tables), **_of_mentions(tables)})
    expected = expected.loc[numbers[known].astype(int)].set_axis(flat.index[known])
    given = flat.loc[known, list(expected.columns)]
    wrong = ~((given == expected) | (given.isna() & expected.isna()))
    for name in wrong.columns[wrong.any()]:
        yield Failing("flat", flat.loc[known, "claim_id"][wrong[name]], name)


def _of_claims(tables: Tables) -> dict[str, pd.Series[Any]]:
    """The columns of `claims` themselves, lists as one text."""
    frame, found = tables.frame("claims"), {}
    for column in TABLES["claims"].columns:
        if column.kind not in LISTS:
            found[column.name] = frame[column.name]
        else:
            items = tables.items("claims", column.name)
            items = items.assign(cell=CELLS[column.kind](items))
            found[column.name] = joined_items(items, "cell", len(frame), BETWEEN)
    return found


CELLS: dict[str, Callable[[pd.DataFrame], pd.Series[Any]]] = {
    "texts": lambda items: items["value"],
    "categories": lambda items: items["value"],
    "figures": lambda items: items["text"],
    "spans": lambda items: items["start"].astype("str") + "-" + items["end"].astype("str"),
    "effects": lambda items: items["effect"] + ":" + items["actor_id"].fillna(items["location_id"]).fillna(""),
}


def _joined(tables: Tables) -> dict[str, pd.Series[Any]]:
    """The columns that come from the claim's document and sentence, first claimant and target."""
    claims = tables.frame("claims")
    first = tables.items("claims", "claimant_ids").drop_duplicates("row").set_index("row")["value"]
    sources = {
        ("document_", "documents", "language title date date_status rights_status"): claims["document_id"],
        ("sentence_", "sentences", "paragraph position char_start char_end text"): claims["sentence_id"],
        ("claimant_", "actors", "actor_type country wikidata_id"): first.reindex(claims.index),
        ("target_", "actors", "actor_type country"): claims["target_id"],
    }
    return {
        f"{prefix}{name}": at(ids, tables.lookup(table, name))
        for (prefix, table, names), ids in sources.items()
        for name in names.split()
    }


def _of_mentions(tables: Tables) -> dict[str, pd.Series[Any]]:
    """Actors (each once) and locations (each mention, with its role) that lie in the claim, and the main location."""
    claims, mentions = tables.frame("claims"), tables.frame("mentions")
    numbers = pd.Series(claims.index, index=claims["claim_id"]).groupby(level=0).first()
    inside = tables.items("mentions", "claim_ids").rename(columns={"row": "mention"})
    inside = inside.assign(row=at(inside["value"], numbers)).dropna(subset=["row"]).astype({"row": int})
    inside = mentions.loc[inside["mention"]].assign(row=inside["row"].to_numpy())
    actors = inside[inside["actor_id"].notna()].drop_duplicates(["row", "actor_id"])
    places = inside[inside["location_id"].notna()]
    places = places.assign(label=at(places["location_id"], tables.lookup("locations", "label")).fillna(""))
    main = main_places(tables, places)["location_id"].reindex(claims.index)
    cells = {"location_ids": "location_id", "location_labels": "label", "location_roles": "role"}
    named = places.fillna({"role": ""})
    found = {name: joined_items(named, column, len(claims), BETWEEN) for name, column in cells.items()}
    found["actor_ids"] = joined_items(actors, "actor_id", len(claims), BETWEEN)
    found["main_location_id"] = main
    for name in ("label", "latitude", "longitude", "iso_3166_1_id"):
        found[f"main_location_{name}"] = at(main, tables.lookup("locations", name))
    return found
