"""Tables of a corpus as record sets of Croissant: every column a field with its type, source and references."""

from typing import Any

import pyarrow as pa

from aussage.release.metadata.croissant_enumerations import Enumeration, Enumerations
from aussage.release.metadata.facts import ColumnFacts, TableFacts

Json = dict[str, Any]
EFFECTS, OUTSIDE_IDS = "effects", "outside_ids"
PARTS: dict[str, str] = {
    "start": "First code point in the article, counted from 0.",
    "end": "Code point after the last.",
    "text": "The words.",
    "effect": "Whether it harms or helps.",
    "actor_id": "The actor; empty for a location.",
    "location_id": "The location; empty for an actor.",
    "language": "The language (ISO 639).",
    "label": "The name in that language.",
    "vocabulary": "The vocabulary that the id is from.",
    "id": "The id; empty if there is none.",
    "status": "How far the id can be trusted.",
    "against": "What the id was verified against.",
}
"""What the parts of lists of structs hold."""
PART_REFERS = {"actor_id": "actors", "location_id": "locations"}


def record_set(table: TableFacts, keys: dict[str, str], enumerations: Enumerations, rows: Json) -> Json:
    """A table as a record set.

    Args:
        table: the table.
        keys: the name of the key column of each table of the corpus.
        enumerations: the enumerations that columns refer to.
        rows: the file object or file set with the rows.
    """
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"One row is {table.row}. {table.rows} rows.",
        "key": {"@id": f"{table.name}/{table.key}"},
        "field": [_field(table, column, keys, enumerations, rows) for column in table.columns],
    }


def _field(table: TableFacts, column: ColumnFacts, keys: dict[str, str], known: Enumerations, rows: Json) -> Json:
    id_ = f"{table.name}/{column.name}"
    field: Json = {"@type": "cr:Field", "@id": id_, "name": column.name, "description": column.description}
    source: Json = {**rows, "extract": {"column": column.name}}
    value_type = column.type
    if pa.types.is_list(value_type):
        field |= {"isArray": True, "arrayShape": "-1"}
        value_type = value_type.value_type
    if pa.types.is_struct(value_type):
        parts = (value_type.field(i) for i in range(value_type.num_fields))
        field["subField"] = [_part(id_, part, column, keys, known, source) for part in parts]
        return field
    field |= {"dataType": data_type(value_type), "source": source}
    enumeration = known.of_column(column)
    targets = [enumeration.key] if enumeration else [f"{name}/{keys[name]}" for name in column.refers if name in keys]
    return field | _references(field, targets)


def _part(
    parent: str, part: pa.Field, column: ColumnFacts, keys: dict[str, str], known: Enumerations, source: Json
) -> Json:
    """A part of the structs that a column lists; it is taken out of each of them by its name."""
    enumeration: Enumeration | None = None
    if column.kind == EFFECTS and part.name == "effect":
        enumeration = known.of_column(column)
    elif column.kind == OUTSIDE_IDS and part.name == "status":
        enumeration = known.of_variable("id_status")
    field: Json = {
        "@type": "cr:Field",
        "@id": f"{parent}/{part.name}",
        "name": part.name,
        "description": PARTS.get(part.name, f"The part »{part.name}« of {column.name}."),
        "dataType": data_type(part.type),
        "source": source | {"transform": {"jsonPath": part.name}},
    }
    target = PART_REFERS.get(part.name, "") if column.kind == EFFECTS else ""
    targets = [enumeration.key] if enumeration else [f"{target}/{keys[target]}"] if target in keys else []
    return field | _references(field, targets)


def _references(field: Json, targets: list[str]) -> Json:
    """Annotations of a field that say whose values it holds: a category of an enumeration, a row of another table.

    They stand beside the field and not in it, because mlcroissant joins the tables of each reference that it finds
    there when it loads records; it cannot do so for lists, circles, several references or several targets.
    """
    annotations = [
        {
            "@type": "cr:Field",
            "@id": f"{field['@id']}/in-{target.rpartition('/')[0].replace('/', '-')}",
            "name": f"{field['name']} in {target.rpartition('/')[0]}",
            "description": f"What {field['name']} names in {target.rpartition('/')[0]}.",
            "dataType": field["dataType"],
            "source": field["source"],
            "references": {"field": {"@id": target}},
        }
        for target in targets
    ]
    return {"cr:annotation": annotations} if annotations else {}


def data_type(type_: pa.DataType) -> str:
    """The data type of Croissant for an Arrow type that is neither a list nor a struct."""
    if pa.types.is_boolean(type_):
        return "sc:Boolean"
    if pa.types.is_integer(type_):
        return "sc:Integer"
    return "sc:Float" if pa.types.is_floating(type_) else "sc:Text"
