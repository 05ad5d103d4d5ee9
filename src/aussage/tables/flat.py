"""The table `flat`: what other tables say of a gold claim, and what is derived for it, side by side as one row."""

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from aussage.tables.columns import CATEGORIES, EFFECTS, FIGURES, SPANS, TEXTS, Table
from aussage.tables.definitions import FLAT
from aussage.tables.of_documents import CLAIMS, GOLD

SEPARATOR = "; "
REPEATED = {"document_": "documents", "sentence_": "sentences"}
"""The tables whose columns `flat` repeats beside those of claims, by the prefix of the names in `flat`."""
OF_CLAIM = {column.name: column.kind for column in CLAIMS.columns}
DERIVED = Table(
    FLAT.name,
    FLAT.row,
    tuple(
        column for column in FLAT.columns if column.name not in OF_CLAIM and not column.name.startswith((*REPEATED,))
    ),
)
"""The columns of `flat` that repeat no cell of a table of documents; rows of `flat` come with these."""


def flat_table(tables: Mapping[str, pa.Table], derived: pa.Table, schema: pa.Schema) -> pa.Table:
    """`flat` from tables that hold whole documents, and from its derived columns.

    Row by row these belong to the gold claims, in their order.
    """
    claims = tables["claims"].filter(pc.equal(tables["claims"]["layer"], GOLD))
    columns = {}
    for name, kind in OF_CLAIM.items():
        columns[name] = SPELLED_OUT[kind](claims[name].combine_chunks()) if kind in SPELLED_OUT else claims[name]
    for prefix, name in REPEATED.items():
        table, key = tables[name], f"{prefix}id"
        places = pc.index_in(claims[key], table[key].combine_chunks())
        for column in FLAT.columns:
            if column.name.startswith(prefix) and column.name not in OF_CLAIM:
                columns[column.name] = table[column.name.removeprefix(prefix)].take(places)
    for name in derived.column_names:
        columns[name] = derived[name]
    return pa.Table.from_arrays([columns[name] for name in schema.names], schema=schema)


def _texts(lists: Any) -> Any:
    return _joined(lists, lists.values)


def _spans(lists: Any) -> Any:
    ends = [pc.cast(pc.struct_field(lists.values, name), pa.string()) for name in ("start", "end")]
    return _joined(lists, pc.binary_join_element_wise(*ends, "-"))


def _effects(lists: Any) -> Any:
    effect, actor, location = (pc.struct_field(lists.values, name) for name in ("effect", "actor_id", "location_id"))
    return _joined(lists, pc.binary_join_element_wise(effect, pc.coalesce(actor, location, ""), ":"))


def _figures(lists: Any) -> Any:
    return _joined(lists, pc.struct_field(lists.values, "text"))


def _joined(lists: Any, items: Any) -> Any:
    """Lists as one text each; `items` are the texts of all their items, one after another."""
    return pc.binary_join(pa.ListArray.from_arrays(lists.offsets, items), SEPARATOR)


# Lists and structs become a text that can be taken apart again.
SPELLED_OUT: dict[str, Callable[[Any], Any]] = {
    TEXTS: _texts,
    CATEGORIES: _texts,
    SPANS: _spans,
    EFFECTS: _effects,
    FIGURES: _figures,
}
