"""What people are told of a comparison, whatever the form: verdicts in words, values shortened to where they differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from aussage.release.comparison.change import Change
from aussage.release.comparison.comparison import Comparison
from aussage.release.versions import BELOW_ONE, Step

LONGEST = 100  # code points of a value that are shown
BEFORE = 20  # of them before the first difference
NOTHING = "nothing"


def verdict(found: Comparison) -> list[str]:
    """What the changes ask of the versions, one sentence each."""
    if not found.differ:
        return ["No cell differs.", *_renumbered(found)]
    lines = list(_asked("corpus", found.old.version, found.new.version, found.step, found.is_too_small))
    if found.is_too_small:
        lines[-1] += f" The least version is {found.least_version}."
    if found.old.version.startswith("0.") and found.step > Step.PATCH:
        lines.append(f"Note: {BELOW_ONE}.")
    if found.codebook_step:
        old, new = found.old.codebook_version, found.new.codebook_version
        lines += _asked("codebook", old, new, found.codebook_step, found.is_codebook_too_small)
    return [*lines, *_renumbered(found)]


def _renumbered(found: Comparison) -> Iterator[str]:
    """That the codebook has another version, if no change in it says so."""
    old, new = found.old.codebook_version, found.new.codebook_version
    if old != new and not found.codebook_step:
        yield f"The codebook's version went from {old or NOTHING} to {new or NOTHING}; nothing else in it differs."


def _asked(what: str, old: str, new: str, step: Step, small: bool | None) -> Iterator[str]:
    asked = f"The changes ask for a {step} step of the {what}'s version" if step else f"The {what} may keep its version"
    if small is None:
        yield f"{asked}; {old} and {new} cannot be compared, because one is no semantic version."
    elif small:
        yield f"{asked}; {old} to {new} is TOO SMALL."
    else:
        yield f"{asked}; {old} to {new} is enough."


def versions(found: Comparison) -> str:
    """Which two corpora were compared."""
    return " → ".join(f"{side.name} {side.version} ({side.edition})" for side in (found.old, found.new))


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 change`, `2,000 changes`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def derived(found: Comparison) -> list[tuple[str, int]]:
    """Columns (or rows of a table) and the number of mere consequences in them."""
    return [
        (f"{table}.{column}" if column else f"{table} (rows)", count)
        for (table, column), count in sorted(found.ledger.derived.items())
    ]


def place(change: Change) -> str:
    """Which table, row and cell: `claims fahrt/gold/s01.c1 modality`."""
    return " ".join(part for part in (change.table, change.id, change.column) if part)


def before_and_after(change: Change) -> tuple[str, str]:
    """Both values, shortened to where they differ; of a row its cells."""
    old, new = (value_text(value) for value in (change.old, change.new))
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - BEFORE) if change.old is not None and change.new is not None else 0
    return _window(old, start), _window(new, start)


def value_text(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value or "(empty text)"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value) or "(empty list)"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {value_text(item)}" for name, item in value.items())
    return json.dumps(value, ensure_ascii=False)


def _window(text: str, start: int) -> str:
    if len(text) <= LONGEST:
        return text
    end = start + LONGEST
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
