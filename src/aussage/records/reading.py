"""A source against the shape of its record: every misfit becomes a finding, what fits becomes typed records."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any, Generic, TypeVar

import msgspec

from aussage.diagnostics import Diagnostics, nearest
from aussage.records.fields import Record
from aussage.records.misfits import Misfit, Validator
from aussage.source import Path, Source
from aussage.source.bytes import LARGEST_RECORD
from aussage.source.good_lines import good_record
from aussage.source.json_lines import DEEPEST, good_source, read_json_line

R = TypeVar("R", bound=Record)

TYPE_NAMES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
PRUNED = ("claims", "actors", "locations", "relations", "sentences", "coders", "withdrawn")


@dataclass(frozen=True, slots=True)
class Read(Generic[R]):
    """A record and the source that it came from, so that later findings have a place."""

    record: R
    source: Source
    complete: bool = True


def read_record(source: Source, record: type[R], schema: dict[str, Any], diagnostics: Diagnostics) -> Read[R] | None:
    """The source as a typed record.

    Misfits are findings. List items that have one (a claim, say) are left out of the record, so that the rest
    can be examined in the same run; `complete` is then false. Nothing comes back if the record itself misfits.
    """
    data = source.root.plain()
    problems = _validator(schema).misfits(data)
    if not problems:
        try:
            return Read(msgspec.convert(data, record), source)
        except msgspec.ValidationError as error:
            # The schema and the type say the same; should they ever differ, the user still gets a finding.
            diagnostics.add("wrong-type", source.place(), str(error))
            return None
    for problem in problems:
        _report(problem, source, diagnostics)
    paths: list[Path] = [problem.path for problem in problems]
    if not all(_item_around(path) for path in paths):
        return None
    _prune(source, paths)
    try:
        return Read(msgspec.convert(source.root.plain(), record), source, complete=False)
    except (msgspec.ValidationError, TypeError):
        return None


def read_line(
    line: str,
    number: int,
    name: str,
    record: type[R],
    schema: dict[str, Any],
    diagnostics: Diagnostics,
    misfits: list[Any] | None = None,
) -> Read[R] | None:
    """A line of JSON Lines (without its line end, `number` counted from 0) as a typed record.

    The same as `read_json_line` and then `read_record`, but a line without any finding takes a small part of the time.
    `line` is part of what `decode` let pass; a blank one gives nothing and no finding. What a line holds that is JSON
    but does not fit is added to `misfits`.
    """
    if (read := _read_good_line(line, number, name, record, schema)) is not None:
        return read
    source = read_json_line(line, number, name, diagnostics)
    if source is None:
        return None
    slowly_read = read_record(source, record, schema, diagnostics)
    if slowly_read is None and misfits is not None:
        misfits.append(source.root.plain())
    return slowly_read


def _read_good_line(line: str, number: int, name: str, record: type[R], schema: dict[str, Any]) -> Read[R] | None:
    """The record of a line that surely has no finding; nothing if that is not sure."""
    validator = _validator(schema)
    if validator.deepest > DEEPEST or len(line) > LARGEST_RECORD:
        return None
    try:
        data = good_record(line.encode())
        if data is not None and validator.fits(data):
            return Read(msgspec.convert(data, record), good_source(line, number, name))
    except (UnicodeEncodeError, msgspec.ValidationError):
        pass
    return None


MOST_VALIDATORS = 64
_validators: dict[int, tuple[dict[str, Any], Validator]] = {}


def _validator(schema: dict[str, Any]) -> Validator:
    """The validator of a schema, which is compiled once, however many records are held against it."""
    key = id(schema)
    if key not in _validators or _validators[key][0] is not schema:
        if len(_validators) >= MOST_VALIDATORS:
            _validators.clear()
        _validators[key] = (schema, Validator(schema))
    return _validators[key][1]


def _report(error: Misfit, source: Source, diagnostics: Diagnostics) -> None:
    path: Path = error.path
    name = f"»{path[-1]}«" if path and isinstance(path[-1], str) else "the value"
    value = error.instance
    if error.keyword == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        for key in value:
            if key not in known:
                source.report(
                    diagnostics,
                    "unknown-field",
                    (*path, key),
                    f"there is no field »{key}« here",
                    key=True,
                    expected=", ".join(known),
                    nearest=nearest(key, known),
                )
    elif error.keyword == "required":
        for key in error.wanted:
            if key not in value:
                source.report(diagnostics, "missing-field", path, f"the field »{key}« is missing")
    elif error.keyword == "enum":
        values = [str(choice) for choice in error.wanted]
        source.report(
            diagnostics,
            "unknown-category",
            path,
            f"»{value}« is no category of {name}",
            expected=", ".join(values),
            nearest=nearest(str(value), values),
        )
    elif error.keyword == "pattern":
        _report_form(error, source, diagnostics)
    elif error.keyword in {"type", "anyOf"}:
        source.report(diagnostics, "wrong-type", path, f"{name} is {_named(value)}", expected=_expected(error.schema))
    elif str(error.keyword).startswith("min") and error.keyword != "minimum":
        message = f"{name} is empty"
        source.report(
            diagnostics, "wrong-value", path, message, expected=f"{_expected(error.schema)} that is not empty"
        )
    else:
        bound = {"minimum": "at least", "maximum": "at most"}.get(error.keyword, error.keyword)
        expected = f"{bound} {error.wanted}"
        source.report(diagnostics, "wrong-value", path, f"{name} is {value}", expected=expected)


def _report_form(error: Misfit, source: Source, diagnostics: Diagnostics) -> None:
    """Report a text that has not the form of its field: an id, a date, a checksum, or the key of a mapping."""
    path: Path = error.path
    expected = str(error.schema.get("description", error.wanted))
    if error.of_key:
        message = f"»{error.instance}« is no key here"
        source.report(diagnostics, "wrong-value", (*path, error.instance), message, key=True, expected=expected)
    elif expected.startswith(("the id of", "an id:")):
        source.report(diagnostics, "bad-id", path, f"»{error.instance}« is no id", expected=expected)
    else:
        message = f"»{error.instance}« has not the form of »{path[-1] if path else 'the value'}«"
        source.report(diagnostics, "wrong-value", path, message, expected=expected)


def _named(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, date | time):
        return "a date or time"
    return "a text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a mapping"


def _expected(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        parts = [_expected(part) for part in schema["anyOf"]]
        return " or ".join(dict.fromkeys(part for part in parts if part and part != "nothing"))
    if "$ref" in schema:
        return "a mapping"
    kind = schema.get("type")
    return TYPE_NAMES.get(kind, "") if isinstance(kind, str) else ""


def _prune(source: Source, paths: list[Path]) -> None:
    """Take the list items in which something misfits out of the source's tree; innermost records only."""
    doomed = {item for path in paths if (item := _item_around(path))}
    for path in sorted(doomed, key=lambda path: [(isinstance(step, int), step) for step in path], reverse=True):
        node = source.root
        for step in path[:-1]:
            node = node.child(step) or node
        del node.items[int(path[-1])]


def _item_around(path: Path) -> Path | None:
    for end in range(len(path), 1, -1):
        if isinstance(path[end - 1], int) and path[end - 2] in PRUNED:
            return path[:end]
    return None
