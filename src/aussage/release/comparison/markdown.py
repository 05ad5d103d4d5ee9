"""A comparison as Markdown for a changelog: a heading for each class, each change a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aussage.diagnostics.printing import visible
from aussage.release.comparison.change import Action, Change
from aussage.release.comparison.comparison import Comparison
from aussage.release.comparison.telling import NOTHING, before_and_after, counted, derived, place, verdict


def comparison_markdown(found: Comparison) -> Iterator[str]:
    """The lines; every change is listed. What stands in the corpora is set as code, so that it does nothing."""
    yield f"## {code(found.new.version)}, changes since {code(found.old.version)}"
    yield ""
    yield from (f"{_plain(line)}  " for line in verdict(found))
    for warning in found.warnings:
        yield f"\nWarning: {code(warning)}"
    if found.ledger.alarms:
        yield "\n### Attention\n"
        for change in found.ledger.alarming():
            yield f"- {code(place(change))}: {change.alarm}"
    for area in found.counts:
        yield f"\n### {area[0].upper()}{area[1:]}\n"
        for pile in found.ledger.piles:
            if pile[1] is area:
                yield from map(_line, found.ledger.changes(pile))
    if found.derived:
        yield f"\n### Derived\n\n{counted(found.derived, 'consequence')} of the changes above:\n"
        yield from (f"- {code(name)}: {count:,}" for name, count in derived(found))


def code(text: str) -> str:
    """A text as a span of code that it cannot end, on one line."""
    shown = visible(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    space = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{space}{shown}{space}{fence}"


def _plain(line: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~&!@])", r"\\\1", visible(line))


def _line(change: Change) -> str:
    old, new = (text if text == NOTHING else code(text) for text in before_and_after(change))
    why = f" ({code(change.why)})" if change.why else ""
    said = {Action.ADDED: "", Action.REMOVED: "", Action.CHANGED: f": {old} → {new}"}[change.action]
    if change.column and change.action is not Action.CHANGED:
        said = f": {new if change.action is Action.ADDED else old}"
    return f"- {change.step}, {change.action} {code(place(change))}{said}{why}"
