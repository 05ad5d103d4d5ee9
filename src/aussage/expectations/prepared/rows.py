"""The rows of a corpus as plain Python values, and how a row finds the rows that it belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from aussage.codebook import Codebook
from aussage.tables import TABLES

Row = Mapping[str, Any]
Found = TypeVar("Found")
GOLD = "gold"
NO_ROW: Row = {}


class Rows:
    """The rows of the tables that could be read, by table, and the codebook they go by."""

    def __init__(self, tables: Mapping[str, list[Row]], codebook: Codebook) -> None:
        self.tables, self.codebook = tables, codebook
        self._kept: dict[Any, Any] = {}

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]

    def once(self, name: object, make: Callable[[], Found]) -> Found:
        """What `make` gives, made only once for a name."""
        if name not in self._kept:
            self._kept[name] = make()
        found: Found = self._kept[name]
        return found

    def by_id(self, table: str) -> dict[str, Row]:
        """The rows of a table by their key; of a key that stands twice the first."""
        key = TABLES[table].key
        return self.once(("by_id", table), lambda: {row[key]: row for row in reversed(self[table])})

    def find(self, table: str, id_: str | None) -> Row:
        """The row with this key; one without any cells if there is none."""
        return self.by_id(table).get(id_, NO_ROW) if id_ is not None else NO_ROW

    def grouped(self, table: str, column: str) -> dict[Any, list[Row]]:
        """The rows of a table by the value of a column."""

        def make() -> dict[Any, list[Row]]:
            groups: dict[Any, list[Row]] = {}
            for row in self[table]:
                groups.setdefault(row[column], []).append(row)
            return groups

        return self.once(("grouped", table, column), make)

    def article(self, row: Row) -> str:
        """The text of the document to which a row belongs."""
        text: str = self.find("documents", row["document_id"]).get("text", "")
        return text

    def touched(self, row: Row, spans: Iterable[Row]) -> list[str]:
        """The ids of the sentences of the row's document that share a character with one of the spans, in order."""
        if not self.find("documents", row["document_id"]):
            return []
        spans, sentences = list(spans), self.grouped("sentences", "document_id").get(row["document_id"], [])
        return [one["sentence_id"] for one in sentences if any(touch(one, span) for span in spans)]

    def rank(self, variable: str, value: str | None) -> int:
        """The place of a value in the codebook's order; after all others if it is not listed."""
        values = self.codebook.enumerations[variable]
        return values.index(value) if value in values else len(values)


def touch(sentence: Row, span: Row) -> bool:
    """Whether a span shares a character with a sentence."""
    return bool(span["start"] < sentence["char_end"] and sentence["char_start"] < span["end"])


def cut(text: str, start: int, end: int) -> str:
    """The words between two offsets; none for offsets that are turned round or begin before the text."""
    return text[start:end] if 0 <= start < end else ""


def listed(items: Iterable[Any]) -> str:
    """A list as one text, so that two lists can be compared."""
    return json.dumps(list(items), ensure_ascii=False)


def some(items: Iterable[Any]) -> str | None:
    """A list as one text; nothing for an empty list."""
    found = list(items)
    return listed(found) if found else None
