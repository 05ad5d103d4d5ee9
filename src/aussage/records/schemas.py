"""JSON Schemas of the records, with the codebook's categories and the registry's ids filled in."""

from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Protocol, Union, get_args, get_origin, get_type_hints

import msgspec

from aussage.records.fields import Record

PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
MOST_SCHEMAS = 64
DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Choice(Protocol):
    """A category as a schema needs it."""

    value: str | int
    definition: str


Choices = Mapping[str, Sequence[Choice]]
"""The categories of each variable of the codebook."""


def json_schema(
    record: type[Record], choices: Choices, known: Mapping[str, Sequence[str]] | None = None, title: str = ""
) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record type.

    `choices` gives the categories that become enumerations; without them any text passes. With `known` (ids by
    registry: actors, locations, issues, coders, documents, targets) an editor completes ids; an id that is not
    among them is still valid here, because the compiler says more about it than a schema can.
    """
    definitions: dict[str, Any] = {}
    schema = {**_shape_of(record, definitions), "$defs": definitions}
    filled: dict[str, Any] = {"$schema": DRAFT}
    if title:
        filled["title"] = title
    filled.update(_fill(schema, choices, known or {}))
    return filled


_made: dict[tuple[type[Record], int], tuple[Choices, dict[str, Any]]] = {}


def schema_of(record: type[Record], choices: Choices) -> dict[str, Any]:
    """The JSON Schema of a record type for a codebook: the same object each time, so that it is compiled once."""
    key = (record, id(choices))
    if key not in _made or _made[key][0] is not choices:
        if len(_made) >= MOST_SCHEMAS:
            _made.clear()
        _made[key] = (choices, json_schema(record, choices))
    return _made[key][1]


def _shape_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field's type; records are put into `definitions` and referred to."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        base = _shape_of(arguments[0], definitions)
        for constraint in arguments[1:]:
            base |= constraint.keywords(base.get("type", ""))
        return base
    if origin in {Union, UnionType}:
        return {"anyOf": [_shape_of(part, definitions) for part in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _shape_of(arguments[0], definitions)}
    if origin is dict:
        keys, values = (_shape_of(part, definitions) for part in arguments)
        named = {"propertyNames": keys} if "pattern" in keys else {}
        return {"type": "object", "additionalProperties": values, **named}
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _reference(kind, definitions)
    return {} if kind is Any else {"type": PLAIN[kind]}


def _reference(record: type[msgspec.Struct], definitions: dict[str, Any]) -> dict[str, Any]:
    name = record.__name__
    if name not in definitions:
        definitions[name] = {}  # so that a record may refer to itself
        kinds = get_type_hints(record, include_extras=True)
        fields = msgspec.structs.fields(record)
        definitions[name] = {
            "title": name,
            "description": (record.__doc__ or "").strip(),
            "type": "object",
            "properties": {field.encode_name: _shape_of(kinds[field.name], definitions) for field in fields},
            "required": [field.encode_name for field in fields if field.required],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def _fill(schema: Any, choices: Choices, known: Mapping[str, Sequence[str]]) -> Any:
    if isinstance(schema, list):
        return [_fill(part, choices, known) for part in schema]
    if not isinstance(schema, dict):
        return schema
    filled = {key: _fill(part, choices, known) for key, part in schema.items() if not key.startswith("x-")}
    if schema.get("x-variable") in choices:
        categories = choices[schema["x-variable"]]
        filled["enum"] = [category.value for category in categories]
        filled["markdownEnumDescriptions"] = [category.definition for category in categories]
        filled["description"] = f"{schema['x-variable']}: a category of the codebook"
    if schema.get("x-refers-to") in known:
        filled["anyOf"] = [{"enum": list(known[schema["x-refers-to"]])}, {"type": "string"}]
    return filled
