"""Where a record does not fit its schema: the findings of the validator, the same for every choice of shapes.

The validator is jsonschema-rs: it compiles a schema once, and where the format extras of the pure Python validator
are installed (JupyterLab brings them) importing that one takes two seconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from math import inf
from typing import Any, cast

Path = tuple[str | int, ...]
Schema = dict[str, Any]


@dataclass(frozen=True)
class Misfit:
    """One keyword that a value does not satisfy.

    `path` is where the value stands, `keyword` and `wanted` what the schema asks for, `schema` the schema that asks,
    `instance` the value (for keys of a mapping the key), `of_key` whether a key is meant.
    """

    path: Path
    keyword: str
    wanted: Any
    schema: Schema
    instance: Any
    of_key: bool = False
    branches: list[list["Misfit"]] = field(default_factory=list)


class Validator:
    """A compiled schema."""

    def __init__(self, schema: Schema) -> None:
        from jsonschema_rs import Draft202012Validator

        self._schema = schema
        self._compiled = Draft202012Validator(schema)

    def fits(self, data: Any) -> bool:
        """Whether the data, as JSON knows it, has no misfit."""
        return bool(self._compiled.is_valid(data))

    @cached_property
    def deepest(self) -> float:
        """How many levels of lists and mappings data can have that fit; infinite if nothing bounds them."""
        return _levels(self._schema, self._schema.get("$defs", {}), ())

    def misfits(self, data: Any) -> list[Misfit]:
        """Every misfit, in the order of the record; of a choice between shapes, those of the shape that was meant."""
        errors = self._compiled.iter_errors(_plain(data))
        found = [part for error in errors for part in _innermost(self._misfit(error, data))]
        # A value of another type is no category either; one finding says it.
        mistyped = {misfit.path for misfit in found if misfit.keyword == "type"}
        found = [misfit for misfit in found if misfit.keyword != "enum" or misfit.path not in mistyped]
        return sorted(found, key=lambda misfit: [str(step).zfill(9) for step in misfit.path])

    def _misfit(self, error: Any, data: Any) -> Misfit:
        path: Path = tuple(error.instance_path)
        steps = list(error.schema_path)
        schema = cast("Schema", _at(self._schema, steps[:-1]))
        of_key = "propertyNames" in steps
        instance = error.kind.error.instance if of_key else _at(data, path)
        branches = [[self._misfit(inner, data) for inner in branch] for branch in getattr(error.kind, "context", [])]
        keyword = str(steps[-1])
        return Misfit(path, keyword, schema.get(keyword), schema, instance, of_key, branches)


def _levels(schema: Schema, definitions: Schema, within: tuple[str, ...]) -> float:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return inf if name in within else _levels(definitions[name], definitions, (*within, name))
    if "anyOf" in schema:
        return max(_levels(part, definitions, within) for part in schema["anyOf"])
    if schema.get("type") == "array":
        return 1 + _levels(schema["items"], definitions, within)
    if schema.get("type") == "object":
        parts = [*schema.get("properties", {}).values()]
        if schema["additionalProperties"] is not False:
            parts.append(schema["additionalProperties"])
        return 1 + max((_levels(part, definitions, within) for part in parts), default=0)
    return 0 if "type" in schema or "enum" in schema else inf


def _at(value: Any, steps: Any) -> Any:
    for step in steps:
        value = value[step]
    return value


def _plain(data: Any) -> Any:
    """The data as JSON knows it: dates, which only TOML has, become something that fits nowhere."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return NOWHERE if isinstance(data, date | time) else data


NOWHERE = {"a date or time": True}


def _innermost(misfit: Misfit) -> Iterator[Misfit]:
    """Of a choice between shapes, the misfits of the shape that was meant; else the choice itself."""
    meant = [
        branch
        for branch in misfit.branches
        if not any(inner.keyword == "type" and inner.path == misfit.path for inner in branch)
    ]
    if len(meant) != 1:
        yield misfit
        return
    for inner in meant[0]:
        yield from _innermost(inner)
