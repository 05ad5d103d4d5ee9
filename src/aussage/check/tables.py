"""The tables under check: columns as numbers, places and codes, and what was worked out of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.rule import Failing
from aussage.codebook import Codebook
from aussage.tables import TABLES
from aussage.tables.schemas import values_of

Numbers = npt.NDArray[np.int64]
Decimals = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
LISTS = {"texts", "categories", "spans", "effects", "figures", "labels", "outside_ids"}
SEPARATOR = "\x1f"
GOLD = "gold"
NOTHING, UNKNOWN = -1, -2


@dataclass(frozen=True, slots=True)
class Lists:
    """A list column, flat: `rows` has the table's row of each item, in order, `items` the items, texts or structs.

    `offsets` says where the list of each row begins; it has one number more than there are rows.
    """

    rows: Numbers
    offsets: Numbers
    items: Any

    @property
    def lengths(self) -> Numbers:
        """How many items each row has."""
        return np.diff(self.offsets)

    def field(self, name: str) -> Any:
        """One field of all items, as an Arrow array."""
        return pc.struct_field(self.items, name)

    def number(self, name: str) -> Numbers:
        """One whole-number field of all items."""
        return numbers_of(self.field(name))

    def any(self, wrong: Mask) -> Mask:
        """Which rows have an item for which something holds."""
        found = np.zeros(len(self.offsets) - 1, bool)
        found[self.rows[wrong]] = True
        return found


Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
OfTables = Callable[Concatenate["Tables", Asked], Answer]


def kept(of_tables: OfTables[Asked, Answer]) -> OfTables[Asked, Answer]:
    """Keep what a function or method gives for some tables and arguments as long as the tables are there, no longer.

    functools.cache would hold the tables themselves, so that a part of the corpus stayed until the garbage collector
    came by. For the same reason no answer may hold its tables.
    """

    @wraps(of_tables)
    def answer(tables: Tables, /, *asked: Asked.args, **named: Asked.kwargs) -> Answer:
        key = (of_tables, asked, tuple(named.items()))
        if key not in tables.kept:
            tables.kept[key] = of_tables(tables, *asked, **named)
        found: Answer = tables.kept[key]
        return found

    return answer


class Tables:
    """The tables of some whole documents with the registries, and the codebook they go by.

    `own` names those tables that are looked at here; the others are there to be looked up in. What is given of a
    column is in the order of the table, so that columns of one table always line up. It is shared between rules: no
    rule changes it. In a run over the whole corpus the tables of documents are not there; what was counted of their
    columns is, by `counts`.
    """

    def __init__(
        self,
        arrow: Mapping[str, pa.Table],
        codebook: Codebook,
        own: Collection[str] | None = None,
        counted: Mapping[tuple[str, str], pd.Series[Any]] | None = None,
        earlier: Mapping[tuple[str, str], pd.Series[Any]] | None = None,
        documents: pd.DataFrame | None = None,
    ) -> None:
        self.arrow, self.codebook = arrow, codebook
        self.own = tuple(name for name in TABLES if name in (arrow if own is None else own))
        self._counted, self.earlier, self.documents = counted or {}, earlier, documents
        self.kept: dict[tuple[Any, ...], Any] = {}  # by the decorator of this name

    def count(self, name: str) -> int:
        """The number of rows."""
        return int(self.arrow[name].num_rows)

    def failing(self, name: str, wrong: Mask, column: str = "", detail: str = "") -> Failing:
        """The rows of a table for which something is wrong."""
        if not wrong.any():
            return Failing(name, (), column, detail)
        return Failing(name, self.texts(name, TABLES[name].key).filter(pa.array(wrong)), column, detail)

    @kept
    def values(self, name: str, column: str) -> Any:
        """A column as one Arrow array; texts may be a dictionary."""
        values = self.arrow[name][column]
        return values.chunk(0) if values.num_chunks == 1 else values.unify_dictionaries().combine_chunks()

    @kept
    def texts(self, name: str, column: str) -> Any:
        """A column of texts or categories as an Arrow array of texts."""
        values = self.values(name, column)
        return values.cast(pa.string()) if pa.types.is_dictionary(values.type) else values

    @kept
    def given(self, name: str, column: str) -> Mask:
        """Which cells hold something."""
        return mask_of(pc.is_valid(self.values(name, column)))

    @kept
    def numbers(self, name: str, column: str) -> Numbers:
        """A column of whole numbers or flags; 0 where there is nothing."""
        return numbers_of(self.values(name, column))

    @kept
    def decimals(self, name: str, column: str) -> Decimals:
        """A column of numbers with decimals; not a number where there is nothing."""
        return np.asarray(self.values(name, column).to_numpy(zero_copy_only=False), dtype=np.float64)

    @kept
    def lists(self, name: str, column: str) -> Lists:
        """A list column."""
        values = self.values(name, column)
        lengths = numbers_of(pc.list_value_length(values))
        offsets = np.concatenate([[0], lengths.cumsum()])
        return Lists(np.repeat(np.arange(len(lengths)), lengths), offsets, pc.list_flatten(values))

    @kept
    def codes(self, name: str, column: str) -> Numbers:
        """A column of categories as positions in the order of the codebook; `NOTHING`, or `UNKNOWN` to it."""
        known = values_of(TABLES[name].column(column), self.codebook.enumerations)
        return positions_in(self.values(name, column), pa.array(known, pa.string()))

    def code(self, name: str, column: str, value: str) -> int:
        """The position of a category among those of its column; `UNKNOWN` - 1 if the codebook does not have it."""
        known = values_of(TABLES[name].column(column), self.codebook.enumerations)
        return known.index(value) if value in known else UNKNOWN - 1

    @kept
    def places(self, name: str, column: str, into: str) -> Numbers:
        """The rows of another table whose ids a column holds: the first of that id, `NOTHING` or `UNKNOWN`.

        Of a list column one number for each item.
        """
        values = self.values(name, column)
        return self.place(self.lists(name, column).items if pa.types.is_list(values.type) else values, into)

    def place(self, ids: Any, into: str) -> Numbers:
        """The rows of a table with these ids."""
        return positions_in(ids, self.texts(into, TABLES[into].key))

    @kept
    def is_gold(self, name: str) -> Mask:
        """Which rows of a table belong to the gold layer."""
        return equal_to(self.values(name, "layer"), GOLD)

    def counts(self, name: str, column: str) -> pd.Series[Any]:
        """How often each value stands in a column (items, in a list column), over all rows of the corpus."""
        return self._counted.get((name, column), pd.Series([], index=pd.Index([], dtype="str"), dtype="int64"))

    def __contains__(self, name: str) -> bool:
        return name in self.arrow


def numbers_of(values: Any) -> Numbers:
    """Whole numbers or flags of an Arrow array; 0 where there is nothing."""
    array = values.fill_null(False if pa.types.is_boolean(values.type) else 0) if values.null_count else values
    return np.asarray(array.to_numpy(zero_copy_only=False)).astype(np.int64)


def mask_of(values: Any) -> Mask:
    """Flags of an Arrow array; not where there is nothing."""
    array = values.fill_null(False) if values.null_count else values
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=bool)


def positions_in(values: Any, known: Any) -> Numbers:
    """The first position of each value among the known ones, `NOTHING` for nothing and `UNKNOWN` for others."""
    if pa.types.is_dictionary(values.type):
        table = np.append(positions_in(values.dictionary, known), NOTHING)
        indices = values.indices
        if indices.null_count:
            indices = indices.cast(pa.int32()).fill_null(len(table) - 1)
        return np.take(table, np.asarray(indices))
    found = pc.index_in(values, known, skip_nulls=True)
    if not found.null_count:
        return np.asarray(found, dtype=np.int64)
    places = np.asarray(found.fill_null(UNKNOWN)).astype(np.int64)
    return np.where(mask_of(pc.is_null(values)), NOTHING, places) if values.null_count else places


def equal_to(values: Any, text: str) -> Mask:
    """Which texts are this one."""
    if pa.types.is_dictionary(values.type):
        return np.equal(positions_in(values, pa.array([text])), 0)
    return mask_of(pc.equal(values, text))


def taken(values: Any, places: Numbers) -> Any:
    """What stands at the places of an Arrow array; nothing where the place is `NOTHING` or `UNKNOWN`."""
    return pc.take(values, pa.array(places, mask=places < 0))


def unlike(left: Any, right: Any) -> Mask:
    """Where two Arrow arrays differ; nothing equals nothing."""
    same = pc.fill_null(pc.equal(left, right), False)
    if left.null_count and right.null_count:
        same = pc.or_(same, pc.and_(pc.is_null(left), pc.is_null(right)))
    return ~mask_of(same)


def joined_texts(texts: Any, rows: Numbers, count: int, separator: str) -> Any:
    """The texts of each row, whose numbers must not fall, as one Arrow text; an empty one for rows without any."""
    offsets = np.concatenate([[0], np.bincount(rows, minlength=count).cumsum()]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), pc.fill_null(texts, "")), separator)
