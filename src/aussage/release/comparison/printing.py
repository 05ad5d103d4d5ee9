"""A comparison as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from aussage.diagnostics.printing import visible
from aussage.release.comparison.change import Action, Change
from aussage.release.comparison.comparison import Comparison
from aussage.release.comparison.telling import before_and_after, counted, derived, place, verdict, versions

SHOWN = 10  # changes of one pile, and columns of consequences
SIGNS = {Action.ADDED: "+", Action.REMOVED: "-", Action.CHANGED: "~"}


def comparison_text(found: Comparison, shown: int = SHOWN) -> Iterator[str]:
    """The lines: versions and verdict, warnings, counts, alarms, then the changes, the heaviest first.

    Args:
        found: The comparison.
        shown: How many changes of each pile (step and class) are shown.
    """
    yield visible(versions(found))
    yield from map(visible, verdict(found))
    for warning in found.warnings:
        yield f"warning: {visible(warning)}"
    if not found.differ:
        return
    yield ""
    for area, actions in found.counts.items():
        said = ", ".join(f"{count:,} {action}" for action, count in actions.items() if count)
        yield f"{area + ':':<14} {said}"
    if found.derived:
        yield f"{'derived:':<14} {counted(found.derived, 'consequence')}, not counted above"
    yield from _alarms(found, shown)
    for step, area in found.ledger.piles:
        total = sum(count for (s, a, _), count in found.ledger.counts.items() if (s, a) == (step, area))
        yield f"\n{step.name} {area}: {counted(total, 'change')}"
        yield from map(_line, islice(found.ledger.changes((step, area)), shown))
        yield from _rest(total, shown)
    if found.derived:
        yield "\nderived, as consequences of the changes above"
        columns = derived(found)
        yield from (f"  {visible(name)}: {count:,}" for name, count in columns)


def _alarms(found: Comparison, shown: int) -> Iterator[str]:
    if not found.ledger.alarms:
        return
    yield "\nATTENTION: what was cited by id is no longer there, or is something else"
    for alarm, count in sorted(found.ledger.alarms.items()):
        yield f"  {alarm}: {count:,}"
    total = found.ledger.alarms.total()
    for change in islice(found.ledger.alarming(), shown):
        yield f"  ! {visible(place(change))}: {change.alarm}"
    yield from _rest(total, shown)


def _line(change: Change) -> str:
    old, new = before_and_after(change)
    said = {Action.ADDED: new, Action.REMOVED: old, Action.CHANGED: f"{old} → {new}"}[change.action]
    why = f" ({change.why})" if change.why else ""
    return f"  {SIGNS[change.action]} {visible(place(change))}: {visible(said)}{visible(why)}"


def _rest(total: int, shown: int) -> Iterator[str]:
    if total > shown:
        yield f"  … and {total - shown:,} more; --all shows all, --json and --markdown list them"
