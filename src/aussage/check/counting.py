"""What is counted over all documents for the rules that need the whole corpus: values of columns, documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.rule import Rule
from aussage.tables import TABLES

IDENTITY = ["document_id", "sha256"]


class Counts:
    """Counts the values of those columns that rules of scope `corpus` name, part by part."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        wanted = {
            (name, column): None
            for rule in rules.values()
            if rule.scope == "corpus"
            for name in rule.tables
            if TABLES[name].local
            for column in rule.columns
            if any(column == known.name for known in TABLES[name].columns)
        }
        self._counters: dict[tuple[str, str], Counter[Any]] = {place: Counter() for place in wanted}
        self._documents: list[pa.Table] = []

    def add(self, part: Mapping[str, pa.Table]) -> None:
        """Count the rows of some documents."""
        for (name, column), counter in self._counters.items():
            if name in part:
                counter.update(_counted(part[name][column]))
        if "documents" in part:
            self._documents.append(part["documents"].select(IDENTITY))

    def absorb(self, other: Counts) -> None:
        """Add what was counted of documents that come after those that were counted here."""
        for place, counter in other._counters.items():
            self._counters[place].update(counter)
        self._documents += other._documents

    @property
    def documents(self) -> pd.DataFrame | None:
        """Id and SHA-256 of all documents in their order; nothing if they cannot be read."""
        return pd.DataFrame(pa.concat_tables(self._documents).to_pandas()) if self._documents else None

    def series(self) -> dict[tuple[str, str], pd.Series[Any]]:
        """By table and column: how often each value stands there, sorted by value."""
        return {
            place: pd.Series(
                [counter[value] for value in sorted(counter)], index=pd.Index(sorted(counter)), dtype="int64"
            )
            for place, counter in self._counters.items()
        }


def _counted(values: Any) -> dict[Any, int]:
    """How often each value stands in a column, or in its lists; nothing is no value."""
    flat = pc.list_flatten(values) if pa.types.is_list(values.type) else values
    if pa.types.is_dictionary(flat.type):
        flat = flat.cast(pa.string())
    counted = pc.value_counts(flat.drop_null())
    return dict(zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True))
