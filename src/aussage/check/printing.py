"""A report as a person reads it in a terminal: a summary, then the findings by rule, then the second opinion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from aussage.check.report import Finding, Report
from aussage.check.rules import RULES
from aussage.check.verdicts import VERDICTS, SecondOpinion
from aussage.diagnostics.printing import visible

MOST_SHOWN = 5
LONGEST = 200  # code points of an id; JSON and Parquet have it whole


def report_text(report: Report, folder: str, rest: str, second: SecondOpinion | None = None) -> str:
    """The whole report.

    Args:
        report: What the check found.
        folder: The folder of the corpus, as it is shown.
        rest: A sentence that says where all ids are; it is given if any were left out.
        second: The verdicts of another engine, if it was asked.
    """
    return "\n".join(_lines(report, folder, rest, second))


def by_rule(findings: Iterable[Finding]) -> Iterator[tuple[Finding, list[Finding]]]:
    """The findings of each rule and level, with the first of them; in the order of a report."""
    for _, group in groupby(findings, key=lambda found: (found.level, found.rule)):
        together = list(group)
        yield together[0], together


def summary(report: Report) -> str:
    """What was run, on how much, whether the content hash is right, and how many findings there are."""
    counts = ", ".join(f"{count} {level}{'' if count == 1 else 's'}" for level, count in report.counts.items())
    verified = f"content hash {report.content_hash[:16]}… verified"
    hashed = verified if report.is_hash_verified else "content hash NOT verified"
    return f"{report.rules_run} rules, {report.rows_checked:,} rows; {hashed}; {counts}"


def shortened(text: str) -> str:
    """A text of the corpus, cut off where nobody would read on."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _lines(report: Report, folder: str, rest: str, second: SecondOpinion | None) -> Iterator[str]:
    yield visible(f"checked {folder}: {summary(report)}")
    if report.left_out:
        yield f"{len(report.left_out)} rules were not run, because what they need cannot be read"
    for first, group in by_rule(report.findings):
        yield f"\n{first.level}[{first.rule}]: {visible(first.message)}"
        yield f"   = why: {visible(RULES[first.rule].why)}"
        yield from (f"   = {_place(found)}" for found in group)
        if first.reason:
            yield f"   = level set by the project: {visible(first.reason)}"
    if any(found.rows > MOST_SHOWN for found in report.findings):
        yield f"\n{visible(rest)}"
    if second:
        yield from _second_lines(second)


def _place(found: Finding) -> str:
    """Where, how many rows, the first of their ids, how many more, and what else is known."""
    where = f"{found.where}, {found.rows:,} row{'' if found.rows == 1 else 's'}: " if found.table else ""
    where = where or (f"{found.where}: " if found.where else "")
    ids = ", ".join(shortened(id_) for id_ in found.ids[:MOST_SHOWN])
    more = f" (+{found.rows - MOST_SHOWN:,} more)" if found.rows > MOST_SHOWN else ""
    detail = f" ({found.detail})" if found.detail else ""
    return visible(f"{where}{ids}{more}{detail}")


def _second_lines(second: SecondOpinion) -> Iterator[str]:
    yield f"\n{second.summary}"
    for verdict in second.verdicts:
        if verdict.agrees and verdict.passes:
            continue
        both = f"the check {VERDICTS[verdict.passes]}, {second.engine} {VERDICTS[verdict.passes_there]}"
        if verdict.agrees:
            yield f"   {verdict.rule}: {both}"
            continue
        yield f"error: the engines disagree on {verdict.rule}: {both}"
        yield from (f"   = {visible(reason)}" for reason in verdict.reasons)
