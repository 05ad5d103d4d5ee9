"""A report as one HTML file that loads nothing: what was looked at, the findings by rule, the second opinion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aussage.check.printing import by_rule, shortened
from aussage.check.report import Finding, Report
from aussage.check.report_page_style import POLICY, STYLE
from aussage.check.rules import RULES
from aussage.check.verdicts import VERDICTS, SecondOpinion
from aussage.diagnostics.closed_page import closed_page, table, words


def report_page(report: Report, corpus: str, rest: str, second: SecondOpinion | None = None) -> str:
    """The page; what stands in the corpus is escaped and its control signs are made visible.

    Args:
        report: What the check found.
        corpus: What the corpus is called in the heading.
        rest: A sentence that says where all ids are; it is given if any were left out.
        second: The verdicts of another engine, if it was asked.
    """
    return "\n".join(_page(report, corpus, rest, second)) + "\n"


def _page(report: Report, corpus: str, rest: str, second: SecondOpinion | None) -> Iterator[str]:
    heading = f"Check of {corpus}"
    sections = {"summary": ("Summary", _summary(report, second)), "findings": ("Findings", _findings(report, rest))}
    if second:
        sections["second"] = (second.engine, _second(second))
    if report.left_out:
        sections["left-out"] = ("Rules not run", _left_out(report))
    if report.passed:
        sections["passed"] = ("Rules that found nothing", _passed(report))
    return closed_page(heading, sections, POLICY, STYLE, "findings")


def _summary(report: Report, second: SecondOpinion | None) -> Iterator[str]:
    errors = "There are errors." if report.has_errors else "There are no errors."
    yield f'<p class="verdict">{errors}{" The two engines disagree." if second and second.disagreeing else ""}</p>'
    rows = [(f"{level}s", f"{count:,}") for level, count in report.counts.items()]
    rows += [("rules run", f"{report.rules_run:,}"), ("rows checked", f"{report.rows_checked:,}")]
    rows.append(("content hash", report.content_hash or "could not be computed"))
    rows.append(("content hash verified", "yes" if report.is_hash_verified else "no"))
    if second:
        rows.append(("second opinion", second.summary))
    yield from table("What was looked at, and the number of findings", (), rows)


def _findings(report: Report, rest: str) -> Iterator[str]:
    if not report.findings:
        yield "<p>No rule found anything.</p>"
    for first, group in by_rule(report.findings):
        yield f'<article class="finding {first.level}">'
        yield f'<h3><span class="level">{first.level}</span> <code>{words(first.rule)}</code></h3>'
        yield f"<p>{words(first.message)}</p>"
        yield f'<p class="why">{words(RULES[first.rule].why)}</p>'
        if first.reason:
            yield f'<p class="why">Level set by the project: <bdi>{words(first.reason)}</bdi></p>'
        for found in group:
            yield from _place(found)
        yield "</article>"
    if any(found.rows > len(found.ids) for found in report.findings):
        yield f"<p>{words(rest)}</p>"


def _place(found: Finding) -> Iterator[str]:
    rows = f", {found.rows:,} row{'' if found.rows == 1 else 's'}" if found.table else ""
    yield f'<p class="place"><code>{words(found.where or "files")}</code>{rows}</p>'
    yield '<ul class="ids">' + "".join(f"<li><bdi>{words(shortened(id_))}</bdi></li>" for id_ in found.ids) + "</ul>"
    if found.rows > len(found.ids):
        yield f"<p>and {found.rows - len(found.ids):,} more</p>"
    if found.detail:
        yield f"<p><bdi>{words(found.detail)}</bdi></p>"


def _second(second: SecondOpinion) -> Iterator[str]:
    yield f"<p>{words(second.summary)}.</p>"
    if second.not_compared:
        codes = words(", ".join(second.not_compared))
        yield f"<p>Not compared, because one of the engines could not run them: {codes}.</p>"
    rows = (
        (
            verdict.rule,
            VERDICTS[verdict.passes],
            VERDICTS[verdict.passes_there],
            "yes" if verdict.agrees else "no: an error",
            "; ".join(verdict.reasons),
        )
        for verdict in second.verdicts
    )
    yield from table("Both verdicts", ("rule", "check", second.engine, "agree", "what is wrong there"), rows)


def _left_out(report: Report) -> Iterator[str]:
    yield "<p>What they need cannot be read, so that the corpus is not proved.</p>"
    yield from table("Rules not run", ("rule", "what it finds"), _described(report.left_out))


def _passed(report: Report) -> Iterator[str]:
    yield f"<details><summary>{len(report.passed):,} rules</summary>"
    yield from table("Rules that found nothing", ("rule", "what it finds"), _described(report.passed))
    yield "</details>"


def _described(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((code, RULES[code].message) for code in codes)
