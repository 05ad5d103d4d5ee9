"""A report as one HTML file that loads nothing: what was looked at, the findings by rule, the second opinion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from aussage.check.printing import by_rule, shortened
from aussage.check.report import Finding, Report
from aussage.check.report_page_style import POLICY, STYLE
from aussage.check.rules import RULES
from aussage.check.verdicts import VERDICTS, SecondOpinion
from aussage.diagnostics.printing import visible


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
    heading = f"Check of {_words(corpus)}"
    sections = {"summary": ("Summary", _summary(report, second)), "findings": ("Findings", _findings(report, rest))}
    if second:
        sections["second"] = (_words(second.engine), _second(second))
    if report.left_out:
        sections["left-out"] = ("Rules not run", _left_out(report))
    if report.passed:
        sections["passed"] = ("Rules that found nothing", _passed(report))
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{heading}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f'<a class="skip" href="#findings">Skip to the findings</a>\n<header>\n<h1>{heading}</h1>'
    yield '<nav aria-label="Sections"><ul>'
    yield "".join(f'<li><a href="#{name}">{label}</a></li>' for name, (label, _) in sections.items())
    yield "</ul></nav>\n</header>\n<main>"
    for name, (label, body) in sections.items():
        yield f'<section id="{name}" aria-labelledby="{name}-title">\n<h2 id="{name}-title">{label}</h2>'
        yield from body
        yield "</section>"
    yield "</main>\n</body>\n</html>"


def _words(text: str) -> str:
    return escape(visible(text))


def _summary(report: Report, second: SecondOpinion | None) -> Iterator[str]:
    errors = "There are errors." if report.has_errors else "There are no errors."
    yield f'<p class="verdict">{errors}{" The two engines disagree." if second and second.disagreeing else ""}</p>'
    rows = [(f"{level}s", f"{count:,}") for level, count in report.counts.items()]
    rows += [("rules run", f"{report.rules_run:,}"), ("rows checked", f"{report.rows_checked:,}")]
    rows.append(("content hash", report.content_hash or "could not be computed"))
    rows.append(("content hash verified", "yes" if report.is_hash_verified else "no"))
    if second:
        rows.append(("second opinion", second.summary))
    yield from _table("What was looked at, and the number of findings", (), rows)


def _findings(report: Report, rest: str) -> Iterator[str]:
    if not report.findings:
        yield "<p>No rule found anything.</p>"
    for first, group in by_rule(report.findings):
        yield f'<article class="finding {first.level}">'
        yield f'<h3><span class="level">{first.level}</span> <code>{_words(first.rule)}</code></h3>'
        yield f"<p>{_words(first.message)}</p>"
        yield f'<p class="why">{_words(RULES[first.rule].why)}</p>'
        if first.reason:
            yield f'<p class="why">Level set by the project: <bdi>{_words(first.reason)}</bdi></p>'
        for found in group:
            yield from _place(found)
        yield "</article>"
    if any(found.rows > len(found.ids) for found in report.findings):
        yield f"<p>{_words(rest)}</p>"


def _place(found: Finding) -> Iterator[str]:
    rows = f", {found.rows:,} row{'' if found.rows == 1 else 's'}" if found.table else ""
    yield f'<p class="place"><code>{_words(found.where or "files")}</code>{rows}</p>'
    yield '<ul class="ids">' + "".join(f"<li><bdi>{_words(shortened(id_))}</bdi></li>" for id_ in found.ids) + "</ul>"
    if found.rows > len(found.ids):
        yield f"<p>and {found.rows - len(found.ids):,} more</p>"
    if found.detail:
        yield f"<p><bdi>{_words(found.detail)}</bdi></p>"


def _second(second: SecondOpinion) -> Iterator[str]:
    yield f"<p>{_words(second.summary)}.</p>"
    if second.not_compared:
        codes = _words(", ".join(second.not_compared))
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
    yield from _table("Both verdicts", ("rule", "check", second.engine, "agree", "what is wrong there"), rows)


def _left_out(report: Report) -> Iterator[str]:
    yield "<p>What they need cannot be read, so that the corpus is not proved.</p>"
    yield from _table("Rules not run", ("rule", "what it finds"), _described(report.left_out))


def _passed(report: Report) -> Iterator[str]:
    yield f"<details><summary>{len(report.passed):,} rules</summary>"
    yield from _table("Rules that found nothing", ("rule", "what it finds"), _described(report.passed))
    yield "</details>"


def _described(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((code, RULES[code].message) for code in codes)


def _table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table that can be scrolled by keyboard; the first cell of a row is its heading. Cells are text."""
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{_words(caption)}"><table>'
    yield f"<caption>{_words(caption)}</caption>"
    if titles := "".join(f'<th scope="col">{_words(cell)}</th>' for cell in head):
        yield f"<thead><tr>{titles}</tr></thead>"
    yield "<tbody>"
    for first, *others in rows:
        cells = "".join(f"<td>{_words(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{_words(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"
