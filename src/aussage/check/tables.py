"""The tables under check as data frames: cells as columns, lists as one row an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aussage.codebook import Codebook
from aussage.tables import TABLES

LISTS = {"texts", "categories", "spans", "effects", "figures", "labels", "outside_ids"}
SEPARATOR = "\x1f"
GOLD = "gold"


class Tables:
    """The tables of a corpus, or of some whole documents with the registries, and the codebook they go by.

    Frames are indexed from 0 in the order of the table, so that columns of one table always line up. They are
    shared between rules: no rule changes one.
    """

    def __init__(self, arrow: Mapping[str, pa.Table], codebook: Codebook) -> None:
        self.arrow, self.codebook = arrow, codebook
        self.frame = cache(self._frame)
        self.items = cache(self._items)
        self.lookup = cache(self._lookup)
        self.article = cache(self._article)

    def __contains__(self, name: str) -> bool:
        return name in self.arrow

    def _frame(self, name: str) -> pd.DataFrame:
        """All columns of a table that are no lists; categories as texts."""
        kept = {}
        for column in TABLES[name].columns:
            if column.kind not in LISTS:
                values = self.arrow[name][column.name]
                kept[column.name] = values.cast(pa.string()) if column.kind == "category" else values
        return pd.DataFrame(pa.table(kept).to_pandas())

    def _items(self, name: str, column: str) -> pd.DataFrame:
        """A list column with one row an item: `row` is the number of the table's row, then value or fields."""
        values = self.arrow[name][column].combine_chunks()
        rows, flat = pc.list_parent_indices(values), pc.list_flatten(values)
        if pa.types.is_struct(flat.type):
            fields = {field.name: pc.struct_field(flat, field.name) for field in flat.type}
        else:
            fields = {"value": flat}
        return pd.DataFrame(pa.table({"row": rows, **fields}).to_pandas())

    def _lookup(self, name: str, column: str) -> pd.Series[Any]:
        """A column by the table's key; of a key that stands twice the first."""
        frame = self.frame(name).drop_duplicates(TABLES[name].key)
        return frame.set_index(TABLES[name].key)[column]

    def _article(self, name: str) -> pd.Series[Any]:
        """The text of the document of each row of a table."""
        documents: pd.Series[Any] = self.frame(name)["document_id"]
        return at(documents, self.lookup("documents", "text")).fillna("")

    def flattened(self, name: str, column: str, field: str = "") -> tuple[pa.Array, pa.Array]:
        """The values of a column, or of a field of its items, and for each the number of its row."""
        values = self.arrow[name][column].combine_chunks()
        if not pa.types.is_list(values.type):
            return values, pa.array(range(len(values)), pa.int64())
        rows, values = pc.list_parent_indices(values), pc.list_flatten(values)
        return (pc.struct_field(values, field) if field else values), rows

    def ids(self, name: str, rows: pa.Array, wrong: pa.Array) -> list[str]:
        """The keys of the rows of those values that are wrong."""
        key = self.arrow[name][TABLES[name].key]
        return [str(id_) for id_ in key.take(rows.filter(wrong)).to_pylist()]

    def key(self, name: str) -> pd.Series[Any]:
        """The key of each row of a table."""
        return self.frame(name)[TABLES[name].key]

    def joined(self, name: str, column: str) -> pd.Series[Any]:
        """The texts of a list column as one text a row, for comparing whole lists."""
        return joined_items(self.items(name, column), "value", len(self.frame(name)))

    def order(self, variable: str) -> pd.Series[Any]:
        """The position of each value of a codebook variable in decision order, by value."""
        values = list(dict.fromkeys(self.codebook.enumerations[variable]))
        return pd.Series(range(len(values)), index=pd.Index(values, dtype="str"))


def at(ids: pd.Series[Any], known: pd.Series[Any]) -> pd.Series[Any]:
    """What `known` holds for each of the ids, beside them; empty for ids that it does not have."""
    return known.reindex(ids).set_axis(ids.index)


def joined_items(items: pd.DataFrame, column: str, rows: int, separator: str = SEPARATOR) -> pd.Series[Any]:
    """The texts of each `row` joined in their order; an empty text for rows without any."""
    ordered = items if items["row"].is_monotonic_increasing else items.sort_values("row", kind="stable")
    ends = np.bincount(ordered["row"].to_numpy(dtype=np.int64), minlength=rows).cumsum()
    offsets = pa.array(np.concatenate([[0], ends]), pa.int32())
    texts = pa.array(ordered[column].to_numpy(dtype=object), pa.string(), from_pandas=True)
    lists = pa.ListArray.from_arrays(offsets, texts)
    return pd.Series(pc.binary_join(lists, separator).to_pandas(), dtype="str")


def differ(left: pd.Series[Any], right: pd.Series[Any]) -> pd.Series[Any]:
    """Where two columns differ; two empty cells are equal."""
    return ~((left == right) | (left.isna() & right.isna()))


def cut(texts: Iterable[str], starts: Iterable[int], ends: Iterable[int]) -> list[str]:
    """The words of each text between two offsets; nothing for offsets that lie outside."""
    return [text[start:end] if 0 <= start < end else "" for text, start, end in zip(texts, starts, ends, strict=True)]
