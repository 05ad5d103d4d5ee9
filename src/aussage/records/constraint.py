"""What a field allows beyond its type, as an annotation that JSON Schemas are made from.

The library's own `msgspec.Meta` would do the same, but with it interpreters crash at their exit now and then
(msgspec issue 717, open since 2024), so the types carry plain Python objects.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LENGTHS = {"array": "minItems", "object": "minProperties"}


@dataclass(frozen=True)
class Constraint:
    """Keywords of a field's schema; `marks` are filled in later (categories, known ids) and never shown."""

    pattern: str | None = None
    description: str | None = None
    min_length: int | None = None
    ge: int | None = None
    marks: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def keywords(self, kind: str) -> dict[str, Any]:
        """The constraint as keywords of JSON Schema 2020-12, for a value of the given type of JSON."""
        given = {
            "description": self.description,
            "pattern": self.pattern,
            LENGTHS.get(kind, "minLength"): self.min_length,
            "minimum": self.ge,
        }
        return {name: value for name, value in given.items() if value is not None} | dict(self.marks)
