"""Readings of texts that have a structure: JSON, notebooks, tables as text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

_SAMPLE, _ROWS, _TAIL = 20, 1 << 16, 400
_DELIMITERS = "\t,;|"


def structured_views(text: str) -> Iterator[tuple[str, str]]:
    """The readings of a text as JSON (or one JSON record a line) and as a table, where it is one."""
    start = text[:1000].lstrip("\ufeff \t\r\n")[:1]
    if start and start in '{["':
        records = _records(text)
        if records:
            yield from _json_views(records)
            return
    yield from _table_views(text)


def _records(text: str) -> list[Any]:
    """The JSON records of a text: one, or one a line; none if it is no JSON."""
    try:
        return [json.loads(text.lstrip("\ufeff"), object_pairs_hook=_Pairs)]
    except (ValueError, RecursionError):
        pass
    records = []
    for line in text.splitlines():
        try:
            records.append(json.loads(line, object_pairs_hook=_Pairs))
        except (ValueError, RecursionError):
            continue
    return records


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON with every key, also those that it has twice."""


def _json_views(records: list[Any]) -> Iterator[tuple[str, str]]:
    """All strings in order, without keys, and those under each key; each parted by a line and not parted at all."""
    keys: list[str] = []
    values: list[str] = []
    by_key: dict[str, list[str]] = {}
    waiting: list[tuple[str, Any]] = [("", record) for record in reversed(records)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, _Pairs):
            keys += [key for key, _ in value]
            waiting += reversed(value)
        elif isinstance(value, list):
            waiting += [(name, item) for item in reversed(value)]
        elif isinstance(value, str):
            values.append(value)
            by_key.setdefault(name, []).append(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            values.append(str(value))
    yield "JSON, all strings in order", "\n".join(values)
    yield "JSON, all keys in order", "\n".join(keys)
    for name, found in by_key.items():
        if 1 < len(found) < len(values):
            yield f"JSON, all strings under {name!r}", "\n".join(found)
    yield "JSON, all strings without a gap", "".join(values)


def _table_views(text: str) -> Iterator[tuple[str, str]]:
    """The cells of each column, if the text is a table with a delimiter."""
    lines = text[:20_000].splitlines()[:_SAMPLE]
    for delimiter in _DELIMITERS:
        if sum(delimiter in line for line in lines) >= max(2, len(lines) // 2):
            yield from _columns(text, delimiter)


def _columns(text: str, delimiter: str) -> Iterator[tuple[str, str]]:
    """The cells of each column, a batch of rows after another, each with the end of the one before."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    columns: list[list[str]] = []
    try:
        for number, row in enumerate(rows, start=1):
            while len(columns) < len(row) <= 10_000:
                columns.append([])
            for column, cell in zip(columns, row, strict=False):
                column.append(cell)
            if number % _ROWS == 0:
                yield from _joined(columns, delimiter)
                columns = [column[-_TAIL:] for column in columns]
    except csv.Error:
        return
    yield from _joined(columns, delimiter)


def _joined(columns: list[list[str]], delimiter: str) -> Iterator[tuple[str, str]]:
    for number, column in enumerate(columns, start=1):
        yield f"table parted by {delimiter!r}, column {number}", "\n".join(column)
