"""Compares two codebooks: variables, categories, definitions, rulings, and what a change of each asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aussage.release.comparison.change import Action, Area, Change
from aussage.release.versions import Step

TABLE = "codebook"
MEANING = {"definition", "decided_by", "rules", "of", "kind", "column", "default", "optional"}
"""Fields that say what a category or variable means: changed, old codes no longer say what they said."""
BOUNDS = {"include", "exclude", "of_type", "ruling", "variables", "frame", "values", "order"}
"""Fields that say more exactly how to code, without another meaning."""
LISTS = {"variables": "name", "rulings": "id", "issues": "id", "values": "value"}
UNCOUNTED = {"version"}
Record = Mapping[str, Any]


def codebook_changes(old: Record, new: Record, issues: frozenset[str] = frozenset()) -> Iterator[Change]:
    """The changes from one `codebook.json` to another.

    The id of a change is the path of the thing (`modality`, `modality/CT+`, `rulings/R01`, `unit`), its column the
    field. An issue is left out if it is in `issues`, the ids whose change the table `issues` tells already. The
    codebook's version is no change of its own.
    """
    for key in _keys(old, new):
        if key in UNCOUNTED:
            continue
        before, after = old.get(key), new.get(key)
        if key == "variables":
            yield from _things("", key, before, after, frozenset())
        elif key in ("rulings", "issues"):
            yield from _things(f"{key}/", key, before, after, issues if key == "issues" else frozenset())
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from _fields(key, before, after)
        elif before != after:
            yield _field(TABLE, key, before, after)


def _things(prefix: str, kind: str, old: Any, new: Any, told: frozenset[str]) -> Iterator[Change]:
    """The changes of a list of things that have a name."""
    before, after = _named(kind, old), _named(kind, new)
    for name in [*before, *(name for name in after if name not in before)]:
        if name in told:
            continue
        path = f"{prefix}{name}"
        if name not in after:
            yield Change(Area.CODEBOOK, Step.MAJOR, Action.REMOVED, TABLE, path, old=_brief(before[name]))
        elif name not in before:
            yield Change(Area.CODEBOOK, Step.MINOR, Action.ADDED, TABLE, path, new=_brief(after[name]))
        else:
            yield from _fields(path, before[name], after[name])
    both = [name for name in before if name in after]
    order = [name for name in after if name in before]
    if both != order:
        yield Change(Area.CODEBOOK, Step.MINOR, Action.CHANGED, TABLE, prefix.rstrip("/") or kind, "order", both, order)


def _fields(path: str, old: Record, new: Record) -> Iterator[Change]:
    """The changes of the fields of one thing; its values are things themselves."""
    for key in _keys(old, new):
        before, after = old.get(key), new.get(key)
        if key == "values" and isinstance(before or [], list) and isinstance(after or [], list):
            yield from _things(f"{path}/", key, before, after, frozenset())
        elif before != after:
            yield _field(path, key, before, after)


def _field(path: str, key: str, before: Any, after: Any) -> Change:
    step = Step.MAJOR if key in MEANING else Step.MINOR if key in BOUNDS else Step.PATCH
    if path.startswith("issues/") and key in ("proposition", "agreement"):
        step = Step.MAJOR
    action = Action.ADDED if before is None else Action.REMOVED if after is None else Action.CHANGED
    return Change(Area.CODEBOOK, step, action, TABLE, path, key, before, after)


def _named(kind: str, things: Any) -> dict[str, Record]:
    """The things by name; what has none, or the name of another, gets a number."""
    found: dict[str, Record] = {}
    for number, thing in enumerate(things if isinstance(things, list) else ()):
        record = thing if isinstance(thing, dict) else {LISTS[kind]: thing}
        name = str(record.get(LISTS[kind]))
        found[f"{name}#{number}" if name in found else name] = record
    return found


def _brief(thing: Record) -> dict[str, Any]:
    """What a thing that came or went is."""
    kept = ("label", "title", "proposition", "definition", "ruling")
    brief = {key: thing[key] for key in kept if key in thing}
    return brief | ({"values": list(_named("values", thing["values"]))} if thing.get("values") else {})


def _keys(old: Record, new: Record) -> list[str]:
    return [*old, *(key for key in new if key not in old)]
