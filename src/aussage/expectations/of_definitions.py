"""Expectations that follow from the table definitions: columns, empty cells, keys, references, enumerations."""

from __future__ import annotations

from collections.abc import Iterator

from aussage.codebook import Codebook
from aussage.expectations.expectation import (
    Expectation,
    Judgement,
    all_listed,
    all_of,
    among,
    columns_are,
    empty,
    equal,
    expect,
    given,
    increasing,
    is_,
    is_not,
    matches,
    not_among,
    of_type,
    unique,
)
from aussage.tables import TABLES
from aussage.tables.columns import Column, Table
from aussage.tables.schemas import values_of

TYPES = {
    "text": ("str",),
    "integer": ("int32",),
    "scale": ("int8",),
    "number": ("float64",),
    "flag": ("bool",),
}
WITH_EMPTY_CELLS = {"integer": ("float64",), "scale": ("float64",)}  # what pandas makes of whole numbers with gaps
SHAPES = {
    "texts": "text",
    "categories": "text",
    "spans": "start, end",
    "effects": "effect, actor_id, location_id",
    "figures": "text, start, end",
    "labels": "language, label",
    "outside_ids": "vocabulary, id, status, against",
}
CLOSED_ITEMS = {"categories", "effects", "outside_ids"}
NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
FORMS = {
    "documents": NAME,
    "sentences": f"{NAME}/s[0-9]+",
    "claims": rf"{NAME}/{NAME}/s[0-9]+\.c[0-9]+",
    "mentions": rf"{NAME}/{NAME}/s[0-9]+\.[al][0-9]+",
    "relations": rf"{NAME}/{NAME}/(?:r[0-9]+|s[0-9]+\.c[0-9]+-contradicts-s[0-9]+\.c[0-9]+)",
    "adjudications": f"{NAME}/d[0-9]+",
    "actors": NAME,
    "locations": NAME,
    "issues": NAME,
    "coders": NAME,
}
LAYERED = ("claims", "mentions", "relations")


def expectations(codebook: Codebook) -> Iterator[Expectation]:
    """The expectations of the kinds schema, keys, references and enumerations."""
    for name, table in TABLES.items():
        yield from expect("columns", name, columns_are(column.name for column in table.columns))
        for column in table.columns:
            yield from _of_column(name, column, codebook)
        yield from _of_key(table)
    yield from _of_ids()
    yield from _of_layers()
    yield from expect("withdrawn-table", "withdrawn", among("table", TABLES))
    yield from _of_issues(codebook)


def _of_column(name: str, column: Column, codebook: Codebook) -> Iterator[Expectation]:
    known = values_of(column, codebook.enumerations)
    if column.kind != "category":  # a category is known by its values
        yield from expect("columns", name, _type_of(column))
    if column.required:
        yield from expect("empty-value", name, given(column.name))
    if name != "flat" and column.kind == "text":
        yield from expect("empty-value", name, not_among(column.name, [""]))
    if name != "flat" and column.kind == "texts":
        yield from expect("empty-value", name, empty(f"{column.name}.empty_items"))
    if column.refers:
        yield from expect("broken-reference", name, empty(f"{column.name}.lost"))
    if column.kind == "effects":
        yield from expect("broken-reference", name, empty(f"{column.name}.lost"))
    if column.kind in CLOSED_ITEMS:
        yield from expect("unknown-value", name, empty(f"{column.name}.unknown"))
    elif known:
        values = [int(value) for value in known] if column.kind == "scale" else known
        yield from expect("unknown-value", name, among(column.name, values))


def _type_of(column: Column) -> Judgement:
    if column.kind in SHAPES:
        return among(f"{column.name}.shape", [SHAPES[column.kind]])
    gaps = () if column.required else WITH_EMPTY_CELLS.get(column.kind, ())
    return of_type(column.name, *TYPES[column.kind], *gaps)


def _of_key(table: Table) -> Iterator[Expectation]:
    name, key = table.name, table.key
    yield from expect("key-not-unique", name, unique("table", key) if name == "withdrawn" else unique(key))
    yield from expect("row-order", name, increasing("row.place"))
    if name != "withdrawn":
        yield from expect("withdrawn-reused", name, among(f"{key}.is_withdrawn", [False]))
    if name in FORMS:
        yield from expect("id-form", name, matches(key, FORMS[name]))


def _of_ids() -> Iterator[Expectation]:
    """The parts of composed ids are what stands in the row beside them."""
    parts = {"sentences": "document_id", "claims": "document_id layer sentence_id"}
    parts |= {"mentions": "document_id layer sentence_id kind", "relations": "document_id layer"}
    for name, columns in parts.items():
        for column in columns.split():
            yield from expect("id-parts", name, equal(f"{TABLES[name].key}.{column}", column))


def _of_layers() -> Iterator[Expectation]:
    yield from expect("layers-of-document", "documents", equal("layers.given", "layers.in_order"))
    coder = is_not("layer", "gold")
    for name in LAYERED:
        yield from expect("unknown-layer", name, empty("layer.lost"))
        if name == "relations":
            coded = is_("is_derived", False)
            yield from expect("layer-coder", name, empty("coder_id", is_("is_derived", True)))
            yield from expect("layer-coder", name, given("coder_id", coded))
            yield from expect("layer-coder", name, equal("coder_id", "layer", all_of(coded, coder)))
        else:
            yield from expect("layer-coder", name, given("coder_id"), equal("coder_id", "layer", coder))


def _of_issues(codebook: Codebook) -> Iterator[Expectation]:
    yield from expect("issue-list", "issues", all_listed("issue_id", codebook.issues))
    for column in ("frame", "plus", "minus"):
        yield from expect("issue-list", "issues", equal(column, f"{column}.listed"))
    yield from expect("issue-list", "issues", equal("labels.given", "labels.listed"))
