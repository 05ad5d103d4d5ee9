"""JSON Schemas of the records, with the codebook's categories and the registry's ids filled in."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

from aussage.records.fields import Record

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

    `choices` gives the categories that become enumerations. With `known` (ids by registry: actors, locations,
    issues, coders, documents, targets) an editor completes ids; an id that is not among them is still valid
    here, because the compiler says more about it than a schema can.
    """
    schema = msgspec.json.schema(record)
    filled: dict[str, Any] = {"$schema": DRAFT}
    if title:
        filled["title"] = title
    filled.update(_fill(schema, choices, known or {}))
    return filled


def _fill(schema: Any, choices: Choices, known: Mapping[str, Sequence[str]]) -> Any:
    if isinstance(schema, list):
        return [_fill(part, choices, known) for part in schema]
    if not isinstance(schema, dict):
        return schema
    filled = {key: _fill(part, choices, known) for key, part in schema.items() if not key.startswith("x-")}
    if "x-variable" in schema:
        categories = choices.get(schema["x-variable"], ())
        filled["enum"] = [category.value for category in categories]
        filled["markdownEnumDescriptions"] = [category.definition for category in categories]
        filled["description"] = f"{schema['x-variable']}: a category of the codebook"
    if schema.get("x-refers-to") in known:
        filled["anyOf"] = [{"enum": list(known[schema["x-refers-to"]])}, {"type": "string"}]
    return filled
