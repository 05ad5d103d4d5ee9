"""Compares which tables and columns two corpora have, and of which type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from aussage.release.comparison.change import Action, Area, Change
from aussage.release.versions import Step

Schemas = Mapping[str, pa.Schema]
OF_THE_RELEASE = {b"aussage.corpus", b"aussage.version", b"aussage.table", b"aussage.content_hash", b"ARROW:schema"}
DESCRIPTION = b"description"
REFERS = b"refers_to"


def schema_changes(old: Schemas, new: Schemas) -> Iterator[Change]:
    """The changes of tables and columns: gone or of another type major, new minor, order and descriptions patch."""
    for table in [*old, *(name for name in new if name not in old)]:
        if table not in new:
            yield Change(Area.SCHEMA, Step.MAJOR, Action.REMOVED, table, "", old=old[table].names)
        elif table not in old:
            yield Change(Area.SCHEMA, Step.MINOR, Action.ADDED, table, "", new=new[table].names)
        else:
            yield from _columns(table, old[table], new[table])
            yield from _metadata(table, old[table], new[table])


def _columns(table: str, old: pa.Schema, new: pa.Schema) -> Iterator[Change]:
    before, after = ({field.name: field for field in schema} for schema in (old, new))
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in after:
            yield _change(Step.MAJOR, Action.REMOVED, table, name, _type(before[name]), None)
        elif name not in before:
            yield _change(Step.MINOR, Action.ADDED, table, name, None, _type(after[name]))
        else:
            yield from _field(table, before[name], after[name])
    kept, order = [name for name in before if name in after], [name for name in after if name in before]
    if kept != order:
        yield Change(Area.SCHEMA, Step.PATCH, Action.CHANGED, table, "", "", kept, order)


def _field(table: str, old: pa.Field, new: pa.Field) -> Iterator[Change]:
    if _value_type(old.type) != _value_type(new.type):
        yield _change(Step.MAJOR, Action.CHANGED, table, old.name, _type(old), _type(new))
    elif old.nullable != new.nullable:
        step = Step.MINOR if new.nullable else Step.PATCH  # who counted on a value may now find none
        yield _change(step, Action.CHANGED, table, old.name, _type(old), _type(new))
    before, after = old.metadata or {}, new.metadata or {}
    for key in (DESCRIPTION, REFERS):
        if before.get(key) != after.get(key):
            what = f"{old.name}: {key.decode().replace('_', ' ')}"
            yield _change(Step.PATCH, Action.CHANGED, table, what, _text(before.get(key)), _text(after.get(key)))


def _metadata(table: str, old: pa.Schema, new: pa.Schema) -> Iterator[Change]:
    """What the file says of itself, but for what every release says anew."""
    before, after = old.metadata or {}, new.metadata or {}
    for key in sorted({*before, *after} - OF_THE_RELEASE):
        if before.get(key) != after.get(key):
            old_text, new_text, name = _text(before.get(key)), _text(after.get(key)), key.decode(errors="replace")
            if name == "aussage.description":
                yield _change(Step.PATCH, Action.CHANGED, table, "description", old_text, new_text)
            else:
                yield Change(Area.TOOL, Step.PATCH, Action.CHANGED, table, "", name, old_text, new_text)


def _change(step: Step, action: Action, table: str, column: str, old: Any, new: Any) -> Change:
    return Change(Area.SCHEMA, step, action, table, "", column, old, new)


def _value_type(kind: pa.DataType) -> str:
    """The type without what only concerns storage: the width of codes, wide offsets."""
    if pa.types.is_dictionary(kind):
        return f"category of {_value_type(kind.value_type)}"
    return str(kind).replace("large_", "")


def _type(field: pa.Field) -> str:
    return _value_type(field.type) + ("" if field.nullable else ", never empty")


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode(errors="replace")
