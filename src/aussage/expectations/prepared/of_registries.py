"""Prepared columns of the registries: parents, outside ids, names and the issue list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aussage.expectations.of_registries import FORMS
from aussage.expectations.prepared.columns import OfRow, PreparedColumns
from aussage.expectations.prepared.rows import Row, Rows, listed, some
from aussage.tables import TABLES

columns = PreparedColumns()


def _add_all() -> None:
    for name in ("actors", "locations"):
        columns.add(name, "parent_id.in_loop", "whether its parents never end", _in_loop(name))
        columns.add(name, "other_ids.malformed", "ids without the form of their vocabulary", _malformed)
        columns.add(name, "other_ids.unfounded", "ids whose status does not fit", _unfounded)
    for name in ("actors", "locations", "issues"):
        columns.add(name, "labels.label", "the English name, else the first", _name)
        for language in ("de", "en"):
            holds = "the name in this language"
            columns.add(name, f"labels.label_{language}", holds, _name_in(language))
    for column in ("frame", "plus", "minus"):
        columns.add("issues", f"{column}.listed", "what the codebook has", _listed(column))
    columns.add("issues", "labels.listed", "the propositions that the codebook has", _propositions)


def _line(rows: Rows, table: str, row: Row) -> Iterable[Row]:
    """The row, its parent, and so on; ends when a row comes back."""
    key, seen = TABLES[table].key, set()
    while row and row[key] not in seen:
        seen.add(row[key])
        yield row
        row = rows.find(table, row["parent_id"])


def _in_loop(table: str) -> OfRow:
    return lambda rows, row: bool(rows.find(table, list(_line(rows, table, row))[-1]["parent_id"]))


def _malformed(_: Rows, row: Row) -> str | None:
    forms = ((item["id"], FORMS.get(item["vocabulary"])) for item in row["other_ids"])
    return some(id_ for id_, form in forms if id_ is not None and form and not re.fullmatch(form, id_))


def _unfounded(_: Rows, row: Row) -> str | None:
    return some(
        item["vocabulary"]
        for item in row["other_ids"]
        if (item["id"] is None) != (item["status"] == "empty")
        or (item["against"] is None) == (item["status"] == "verified")
    )


def _name_in(language: str) -> OfRow:
    def make(_: Rows, row: Row) -> str | None:
        return next((item["label"] for item in row["labels"] if item["language"] == language), None)

    return make


def _name(rows: Rows, row: Row) -> str | None:
    first = next((item["label"] for item in row["labels"]), None)
    return _name_in("en")(rows, row) or first


def with_parents(rows: Rows, table: str, named: Iterable[str | None]) -> set[str]:
    """The ids that are named, and those of all their parents."""
    starts = (rows.find(table, id_) for id_ in set(named))
    key = TABLES[table].key
    return {one[key] for row in starts for one in _line(rows, table, row)}


def _listed(column: str) -> OfRow:
    def make(rows: Rows, row: Row) -> str | None:
        issue = rows.codebook.issues.get(row["issue_id"])
        if issue is None:
            return None
        value: str | None = issue.frame if column == "frame" else getattr(issue.agreement, column, None)
        return value

    return make


def _propositions(rows: Rows, row: Row) -> str:
    issue = rows.codebook.issues.get(row["issue_id"])
    labels = sorted(issue.proposition.items()) if issue else ()
    return listed({"language": language, "label": label} for language, label in labels)


_add_all()
