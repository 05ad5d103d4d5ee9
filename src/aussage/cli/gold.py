"""`aussage gold`: write gold.yaml."""

import sys
from pathlib import Path

import click

from aussage.cli.common import json_option, print_findings, print_json, project_argument, root_of, shown


@click.command("gold")
@project_argument
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a file is not up to date.")
@json_option
def command(project: Path, check: bool, as_json_: bool) -> None:
    """Write gold.yaml of every document from the coders' layers.

    Gold is always derived: a build derives it by itself, and this command writes it down for people to read.
    """
    from aussage.compile.build import read_sources
    from aussage.compile.gold_file import gold_files
    from aussage.diagnostics import Diagnostics
    from aussage.generate import write_files
    from aussage.source import Project

    root, diagnostics = root_of(project), Diagnostics()
    sources = read_sources(Project(root), diagnostics)
    stale: list[Path] = []
    if sources and not diagnostics.has_errors:
        files = {path: text.encode() for path, text in gold_files(Project(root), sources.layers).items()}
        stale = write_files(files, check)
    names = [shown(path) for path in stale]
    if as_json_:
        print_json(diagnostics, **{"stale" if check else "written": names})
    else:
        print_findings(Diagnostics() if not diagnostics.has_errors else diagnostics)
        for name in names:
            click.echo(f"{'not up to date' if check else 'wrote'}: {name}")
        if not names and not diagnostics.has_errors:
            click.echo("gold is up to date")
    sys.exit(1 if diagnostics.has_errors or (check and stale) else 0)
