"""`aussage check`: verify a corpus."""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aussage.cli.common import json_option, project_argument, root_of, shown

if TYPE_CHECKING:
    from aussage.check import Finding, Report

MOST_SHOWN = 5


@click.command("check")
@project_argument
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the corpus.  [default: PROJECT/dataset/corpus]",
)
@json_option
def command(project: Path, corpus: Path | None, as_json_: bool) -> None:
    """Verify a built corpus without trusting the compiler.

    Every file is proved against the manifest, every row against the rules, and all that is derived is derived
    once more. PROJECT may be the folder of a corpus itself; then it is checked without a project.
    """
    from aussage.check import check
    from aussage.diagnostics.printing import dumps
    from aussage.tables.writer import MANIFEST

    alone = corpus is None and (project / MANIFEST).is_file()
    root = None if alone else root_of(project)
    folder = project if root is None else corpus or root / "dataset" / "corpus"
    if not folder.is_dir():
        raise click.UsageError(f"There is no corpus in {shown(folder)}. Build one first: aussage build {project}")
    report = check(folder, root)
    if as_json_:
        click.echo(dumps({**report.as_record(), "folder": shown(folder)}))
    else:
        for line in _lines(report, folder):
            click.echo(line)
    sys.exit(1 if report.has_errors else 0)


def _lines(report: "Report", folder: Path) -> Iterator[str]:
    """The report as a person reads it: a summary, then the findings by rule, notes in one line each."""
    from aussage.diagnostics import Severity
    from aussage.diagnostics.printing import visible

    counts = ", ".join(f"{count} {level}{'' if count == 1 else 's'}" for level, count in report.counts.items())
    hashed = (
        f"content hash {report.content_hash[:16]}… verified"
        if report.is_hash_verified
        else ("content hash NOT verified")
    )
    yield f"checked {shown(folder)}: {report.rules_run} rules, {report.rows_checked:,} rows; {hashed}; {counts}"
    if report.left_out:
        yield f"{len(report.left_out)} rules were not run, because what they need cannot be read"
    for code, group in groupby(report.findings, key=lambda found: found.rule):
        findings = list(group)
        first = findings[0]
        if first.level is Severity.NOTE:
            yield f"note[{code}]: {visible(first.message)} " + "; ".join(_place(found) for found in findings)
            continue
        yield f"\n{first.level}[{code}]: {visible(first.message)}"
        yield from (f"   = {_place(found)}" for found in findings)
        if first.reason:
            yield f"   = level changed by the project: {visible(first.reason)}"


def _place(found: "Finding") -> str:
    from aussage.diagnostics.printing import visible

    ids = ", ".join(visible(id_) for id_ in found.ids[:MOST_SHOWN])
    more = ", …" if found.rows > MOST_SHOWN else ""
    detail = f" ({visible(found.detail)})" if found.detail else ""
    rows = f" {found.rows:,}:" if found.rows > 1 or found.table else ""
    return f"{found.where}{rows} {ids}{more}{detail}".strip()
