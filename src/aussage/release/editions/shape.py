"""Which columns an edition without texts lacks, and how a table loses and regains them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from aussage.corpus.errors import CorpusError
from aussage.tables.columns import FIGURES, LABELS, TEXT, TEXTS, Column
from aussage.tables.definitions import TABLES
from aussage.tables.schemas import ARROW_TYPES

TEXT_DIGEST = "text_digest"
WITHHELD = b"aussage.withheld"
"""Key of the schema's metadata under which an edition without texts says which columns it lacks, and where."""

PLACES_OF_FIGURES = pa.list_(
    pa.field("item", pa.struct([pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False)]), False)
)
ABOUT_DIGEST = "SHA-256 (hexadecimal) over the salt of the edition and the folded sentence."
FREE_KINDS = (TEXT, TEXTS, LABELS, "outside_ids")


def quoting_columns(name: str) -> tuple[Column, ...]:
    """The columns of a table that hold words of the article."""
    return tuple(column for column in TABLES[name].columns if column.quotes)


def free_columns(name: str) -> tuple[str, ...]:
    """The columns of a table in which people may have written anything: no ids, no categories, no quotations."""
    table = TABLES[name]
    return tuple(
        column.name
        for column in table.columns
        if column.kind in FREE_KINDS and not column.quotes and not column.refers and column.name != table.key
    )


def text_free_schema(name: str, schema: pa.Schema) -> pa.Schema:
    """The schema of a table without the columns that quote the article; its metadata say which went."""
    fields, gone = [], []
    quoting = {column.name: column for column in quoting_columns(name)}
    for position, field in enumerate(schema):
        column = quoting.get(field.name)
        if column is None:
            fields.append(field)
            continue
        gone.append(_described(position, field, column.kind))
        if column.kind == FIGURES:
            fields.append(field.with_type(PLACES_OF_FIGURES))
    if name == "sentences":
        fields.append(pa.field(TEXT_DIGEST, pa.string(), False, {"description": ABOUT_DIGEST}))
    metadata = dict(schema.metadata or {})
    if gone:
        metadata[WITHHELD] = json.dumps(gone, ensure_ascii=False).encode()
    return pa.schema(fields, metadata)


def full_schema(name: str, schema: pa.Schema) -> pa.Schema:
    """The schema of a table with the columns of which its metadata say that they went.

    Raises:
        CorpusError: the metadata are damaged.
    """
    metadata = dict(schema.metadata or {})
    fields = [field for field in schema if name != "sentences" or field.name != TEXT_DIGEST]
    try:
        for gone in json.loads(metadata.pop(WITHHELD, b"[]")):
            if gone["kind"] == FIGURES:
                del fields[gone["position"]]
            kind = ARROW_TYPES[gone["kind"]]
            fields.insert(gone["position"], pa.field(gone["name"], kind, not gone["required"], gone["about"]))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise CorpusError(
            f"{name}.parquet does not say which columns it lacks ({error}); take the bundle again from its source"
        ) from None
    return pa.schema(fields, metadata)


def _described(position: int, field: pa.Field, kind: str) -> dict[str, Any]:
    about = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    return {"position": position, "name": field.name, "kind": kind, "required": not field.nullable, "about": about}


def with_columns(rows: pa.Table, schema: pa.Schema, new: Mapping[str, pa.Array]) -> pa.Table:
    """The rows as a table of the schema: columns from `new`, the others as they were."""
    arrays = [new[field.name] if field.name in new else rows.column(field.name) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def places_of_figures(figures: pa.ChunkedArray) -> pa.Array:
    """Figures without their texts."""
    kept = figures.combine_chunks()
    values = kept.values
    places = pa.StructArray.from_arrays(
        [values.field("start"), values.field("end")], fields=list(PLACES_OF_FIGURES.value_type)
    )
    return pa.ListArray.from_arrays(kept.offsets, places, type=PLACES_OF_FIGURES)


def figures_with_texts(figures: pa.ChunkedArray, texts: pa.Array) -> pa.Array:
    """Figures with these texts, one a figure in the order of all rows."""
    kept = figures.combine_chunks()
    kind = ARROW_TYPES[FIGURES]
    values = kept.values
    fields = list(kind.value_type)
    whole = pa.StructArray.from_arrays([texts, values.field("start"), values.field("end")], fields=fields)
    return pa.ListArray.from_arrays(kept.offsets, whole, type=kind)


def strings_in(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """All strings in a column, whether it holds texts, lists of them or lists of structs with them."""
    if not pa.types.is_list(cells.type):
        return cells
    items = pc.list_flatten(cells)
    if not pa.types.is_struct(items.type):
        return items
    chunks = [part for chunk in items.chunks for part in chunk.flatten() if pa.types.is_string(part.type)]
    return pa.chunked_array(chunks, pa.string())
