"""The columns that quote an article, made again from the article and the places that the tables keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from aussage.release.editions.reading import Part
from aussage.release.editions.shape import figures_with_texts, full_schema, quoting_columns, with_columns
from aussage.tables.columns import FIGURES
from aussage.tables.definitions import TABLES

TEXT_ENDING, SPANS_ENDING = "_text", "_spans"
OF_THE_SENTENCE = "sentence_text"  # in flat
SEPARATOR = "; "


def with_passages(part: Part, articles: Mapping[str, str]) -> Part:
    """The tables of some documents with all their columns; `articles` holds the text of each document.

    Raises:
        IndexError: never; places beyond the end of an article give shorter texts, which the content hash finds.
    """
    whole: Part = {}
    for name, rows in part.items():
        if not quoting_columns(name):
            whole[name] = rows
            continue
        schema = full_schema(name, rows.schema)
        new = _flat(rows, schema, whole) if name == "flat" else _columns(name, rows, schema, articles)
        whole[name] = with_columns(rows, schema, new)
    return whole


def _columns(name: str, rows: pa.Table, schema: pa.Schema, articles: Mapping[str, str]) -> dict[str, pa.Array]:
    texts = [articles[document] for document in rows.column("document_id").to_pylist()]
    if name == "documents":
        return {"text": pa.array(texts, pa.string())}
    if name != "claims":
        bounds = zip(texts, rows.column("char_start").to_pylist(), rows.column("char_end").to_pylist(), strict=True)
        return {"text": pa.array([text[start:end] for text, start, end in bounds], pa.string())}
    new = {}
    for column in quoting_columns(name):
        if column.kind == FIGURES:
            pieces = _pieces(texts, rows.column(column.name))
            found = [piece for row in pieces for piece in row]
            new[column.name] = figures_with_texts(rows.column(column.name), pa.array(found, pa.string()))
        else:
            spans = rows.column(column.name.removesuffix(TEXT_ENDING) + SPANS_ENDING)
            none = None if schema.field(column.name).nullable else ""
            new[column.name] = pa.array([" ".join(row) or none for row in _pieces(texts, spans)], pa.string())
    return new


def _pieces(texts: list[str], spans: pa.ChunkedArray) -> list[list[str]]:
    """The pieces of an article that each row's spans name."""
    rows = spans.to_pylist()
    return [
        [text[span["start"] : span["end"]] for span in row] if row else []
        for text, row in zip(texts, rows, strict=True)
    ]


def _flat(rows: pa.Table, schema: pa.Schema, whole: Part) -> dict[str, pa.Array]:
    """The columns of `flat` that quote, taken from the claims and sentences of the same documents."""
    sentences = _lookup(whole, "sentences", "text")
    new = {}
    for column in quoting_columns("flat"):
        if column.name == OF_THE_SENTENCE:
            values = [sentences.get(id_) for id_ in rows.column("sentence_id").to_pylist()]
        else:
            known = _lookup(whole, "claims", column.name)
            values = [_spelled_out(known.get(id_)) for id_ in rows.column("claim_id").to_pylist()]
        new[column.name] = pa.array(values, schema.field(column.name).type)
    return new


def _lookup(whole: Part, name: str, column: str) -> dict[str, Any]:
    if name not in whole:
        return {}
    rows = whole[name]
    return dict(zip(rows.column(TABLES[name].key).to_pylist(), rows.column(column).to_pylist(), strict=True))


def _spelled_out(value: Any) -> Any:
    return SEPARATOR.join(figure["text"] for figure in value) if isinstance(value, list) else value
