"""A comparison as one HTML file that loads nothing: verdict, counts, alarms, then the changes, the heaviest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from aussage.check.report_page_style import POLICY, STYLE
from aussage.diagnostics.closed_page import closed_page, table, words
from aussage.release.comparison.change import Change
from aussage.release.comparison.comparison import Comparison
from aussage.release.comparison.telling import before_and_after, counted, derived, place, verdict, versions
from aussage.release.versions import Step

SHOWN = 2_000  # changes of one pile; a page with more cannot be read
LOOKS = {Step.MAJOR: "error", Step.MINOR: "warning", Step.PATCH: "note", Step.NONE: "note"}


def comparison_page(found: Comparison, shown: int = SHOWN) -> str:
    """The page; what stands in the corpora is escaped and its control signs are made visible.

    Args:
        found: The comparison.
        shown: How many changes of each pile (step and class) the page has.
    """
    return "\n".join(_page(found, shown)) + "\n"


def _page(found: Comparison, shown: int) -> Iterator[str]:
    heading = f"Comparison of {versions(found)}"
    sections = {"summary": ("Summary", _summary(found))}
    if found.ledger.alarms:
        sections["alarms"] = ("What citations do not survive", _alarms(found, shown))
    if found.ledger.counts:
        sections["changes"] = ("Changes", _changes(found, shown))
    if found.derived:
        sections["derived"] = ("Consequences", _derived(found))
    return closed_page(heading, sections, POLICY, STYLE, "summary")


def _summary(found: Comparison) -> Iterator[str]:
    for line in verdict(found):
        yield f'<p class="verdict">{words(line)}</p>'
    for warning in found.warnings:
        yield f"<p>Warning: <bdi>{words(warning)}</bdi></p>"
    rows = [(area, *(f"{count:,}" for count in actions.values())) for area, actions in found.counts.items()]
    if rows:
        yield from table("Changes by class", ("class", "removed", "changed", "added"), rows)
    yield f"<p>{counted(found.derived, 'cell')} or rows are mere consequences and not counted here.</p>"
    sides = [("old", found.old), ("new", found.new)]
    cells = [(name, s.version, s.codebook_version, s.content_hash) for name, s in sides]
    yield from table("The two corpora", ("", "version", "codebook", "content hash"), cells)


def _alarms(found: Comparison, shown: int) -> Iterator[str]:
    rows = ((place(change), str(change.alarm), change.step.name) for change in islice(found.ledger.alarming(), shown))
    yield from table("Rows whose ids do not say what they said", ("row", "what happened", "step"), rows)
    yield from _rest(found.ledger.alarms.total(), shown)


def _changes(found: Comparison, shown: int) -> Iterator[str]:
    for step, area in found.ledger.piles:
        total = sum(count for (s, a, _), count in found.ledger.counts.items() if (s, a) == (step, area))
        yield f'<article class="finding {LOOKS[step]}">'
        yield f'<h3><span class="level">{step}</span> {words(area)}: {counted(total, "change")}</h3>'
        rows = map(_row, islice(found.ledger.changes((step, area)), shown))
        yield from table(f"{step} changes, {area}", ("what", "happened", "old", "new", "why"), rows)
        yield from _rest(total, shown)
        yield "</article>"


def _row(change: Change) -> tuple[str, ...]:
    return (place(change), change.action, *before_and_after(change), change.why)


def _derived(found: Comparison) -> Iterator[str]:
    rows = ((name, f"{count:,}") for name, count in derived(found))
    yield from table("Cells that repeat or sum up what changed", ("column", "cells"), rows)


def _rest(total: int, shown: int) -> Iterator[str]:
    if total > shown:
        yield f"<p>and {total - shown:,} more: <code>aussage diff --json</code> lists all</p>"
