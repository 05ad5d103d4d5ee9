"""Rules on `flat`: exactly the gold claims, and every cell as the other tables have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.derived import main_places
from aussage.check.row_numbers import differing, distinct, first_items, firsts, followed, items_of, numbered
from aussage.check.rule import Failing, Group
from aussage.check.tables import LISTS, Numbers, Tables, joined_texts, taken
from aussage.tables import TABLES

derived = Group("derived")
BETWEEN = "; "
ALL = "flat claims documents sentences mentions actors locations"
Cells = Iterator[tuple[str, Any]]


@derived.rule(
    "flat-claims",
    "`flat` does not hold exactly the gold claims, in their order.",
    "Whoever opens one sheet must see the same claims as whoever joins the tables.",
    "flat claims",
    "claim_id",
)
def flat_claims(tables: Tables) -> Iterator[Failing]:
    """The same ids in the same order."""
    gold = tables.texts("claims", "claim_id").filter(pa.array(tables.is_gold("claims")))
    flat = tables.texts("flat", "claim_id")
    if flat.equals(gold):
        return
    strange, missing = (one.filter(pc.invert(pc.is_in(one, other))) for one, other in ((flat, gold), (gold, flat)))
    yield Failing("flat", strange)
    yield Failing("flat", missing)
    if not len(strange) and not len(missing):
        yield Failing(
            "flat", flat.filter(pc.not_equal(flat, gold)) if len(flat) == len(gold) else _repeated(flat, gold)
        )


def _repeated(flat: pa.Array, gold: pa.Array) -> list[str]:
    """The ids that do not stand as often in one column as in the other."""
    often, expected = Counter(flat.to_pylist()), Counter(gold.to_pylist())
    return [id_ for id_ in often if often[id_] != expected[id_]]


@derived.rule(
    "flat-cells",
    "A cell of `flat` is not what the other tables say.",
    "`flat` is a copy for reading; a copy that differs is a second truth.",
    ALL,
    " ".join(column.name for column in TABLES["flat"].columns),
)
def flat_cells(tables: Tables) -> Iterator[Failing]:
    """Every column worked out anew: lists joined by `; `, columns of document, sentence, claimant, target, places."""
    places = tables.places("flat", "claim_id", "claims")
    known = places >= 0
    rows, claims = pa.array(np.flatnonzero(known)), places[known]
    for name, expected in chain(_of_claims(tables, claims), _joined(tables, claims), _of_mentions(tables, claims)):
        given = tables.values("flat", name)
        wrong = np.zeros(len(known), bool)
        wrong[known] = differing(given if known.all() else given.take(rows), expected)
        yield tables.failing("flat", wrong, name)


def _of_claims(tables: Tables, claims: Numbers) -> Cells:
    """The columns of `claims` themselves, lists as one text."""
    for column in TABLES["claims"].columns:
        if column.kind not in LISTS:
            yield column.name, taken(tables.values("claims", column.name), claims)
        else:
            lists = tables.lists("claims", column.name)
            places, items = items_of(lists, claims)
            cells = CELLS[column.kind](lists.items.take(pa.array(items)))
            yield column.name, joined_texts(cells, places, len(claims), BETWEEN)


def _spans(items: Any) -> Any:
    start, end = (pc.struct_field(items, name).cast(pa.string()) for name in ("start", "end"))
    return pc.binary_join_element_wise(start, end, "-")


def _effects(items: Any) -> Any:
    effect, actor, location = (pc.struct_field(items, name) for name in ("effect", "actor_id", "location_id"))
    return pc.binary_join_element_wise(effect, pc.coalesce(actor, location, ""), ":")


CELLS: dict[str, Callable[[Any], Any]] = {
    "texts": lambda items: items,
    "categories": lambda items: items,
    "figures": lambda items: pc.struct_field(items, "text"),
    "spans": _spans,
    "effects": _effects,
}


def _joined(tables: Tables, claims: Numbers) -> Cells:
    """The columns that come from the claim's document and sentence, first claimant and target."""
    first = first_items(tables.lists("claims", "claimant_ids"))[claims]
    sources = (
        ("document_", "documents", "language title date date_status rights_status", "document_id", claims),
        ("sentence_", "sentences", "paragraph position char_start char_end text", "sentence_id", claims),
        ("claimant_", "actors", "actor_type country wikidata_id", "claimant_ids", first),
        ("target_", "actors", "actor_type country", "target_id", claims),
    )
    for prefix, table, names, column, rows in sources:
        places = followed(tables.places("claims", column, table), rows)
        for name in names.split():
            yield f"{prefix}{name}", taken(tables.values(table, name), places)


def _of_mentions(tables: Tables, claims: Numbers) -> Cells:
    """Actors (each once) and locations (each mention, with its role) that lie in the claim, and the main location."""
    count = len(claims)
    row_of_claim = firsts(claims, np.arange(count), tables.count("claims"))
    rows = row_of_claim[claims]  # another than its own only where a claim stands twice
    mention, row = _inside(tables, row_of_claim)
    located = tables.given("mentions", "location_id")[mention]
    place, place_row = mention[located], row[located]
    locations = tables.places("mentions", "location_id", "locations")
    cells = {
        "location_ids": taken(tables.texts("mentions", "location_id"), place),
        "location_labels": taken(tables.texts("locations", "label"), locations[place]),
        "location_roles": taken(tables.texts("mentions", "role"), place),
    }
    for name, texts in cells.items():
        yield name, joined_texts(texts, place_row, count, BETWEEN).take(pa.array(rows))
    yield "actor_ids", _actors(tables, mention, row, count).take(pa.array(rows))
    main = main_places(tables, place, place_row, count)[rows]
    yield "main_location_id", taken(tables.values("mentions", "location_id"), main)
    for name in ("label", "latitude", "longitude", "iso_3166_1_id"):
        yield f"main_location_{name}", taken(tables.values("locations", name), followed(locations, main))


def _inside(tables: Tables, row_of_claim: Numbers) -> tuple[Numbers, Numbers]:
    """The mentions that lie in a claim with a row, and that row: in the order of rows, then of mentions."""
    mention = tables.lists("mentions", "claim_ids").rows
    row = followed(row_of_claim, tables.places("mentions", "claim_ids", "claims"))
    kept = np.flatnonzero(row >= 0)
    order = kept[np.argsort(row[kept], kind="stable")]
    return mention[order], row[order]


def _actors(tables: Tables, mention: Numbers, row: Numbers, count: int) -> Any:
    """The ids of the actors that are mentioned in each row, each once, as one text."""
    named = tables.given("mentions", "actor_id")[mention]
    mention, row = mention[named], row[named]
    values = tables.values("mentions", "actor_id").take(pa.array(mention))
    once = distinct(row, numbered(values))
    return joined_texts(values.take(pa.array(once)).cast(pa.string()), row[once], count, BETWEEN)
