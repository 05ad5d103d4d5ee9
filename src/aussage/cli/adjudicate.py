"""`aussage adjudicate`: list the differences between coders."""

import sys
from pathlib import Path

import click

from aussage.cli.common import json_option, print_findings, print_json, project_argument, root_of, shown


@click.command("adjudicate")
@project_argument
@click.option("--adjudicator", help="Id of the coder who decides, for a new adjudication.yaml.")
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a file does not list every difference.")
@json_option
def command(project: Path, adjudicator: str | None, check: bool, as_json_: bool) -> None:
    """List every difference between the coders of PROJECT in adjudication.yaml, to be decided there.

    Decisions that were made are kept, unless a coder now says something else. `aussage gold` then writes what holds.
    """
    from aussage.adjudicate import adjudication_files
    from aussage.agreement import AgreementError
    from aussage.compile.build import read_sources
    from aussage.diagnostics import Diagnostics
    from aussage.generate import write_files
    from aussage.source import Project

    root, diagnostics = root_of(project), Diagnostics()
    sources = read_sources(Project(root), diagnostics)
    files: dict[Path, bytes] = {}
    if sources and not diagnostics.has_errors:
        try:
            decider = adjudicator or (next(iter(sources.registry.coders), None) if check else None)
            texts = adjudication_files(Project(root), sources, decider, diagnostics)
        except AgreementError as error:
            raise click.ClickException(str(error)) from error
        files = {path: text.encode() for path, text in texts.items()}
    written = [] if diagnostics.has_errors else write_files(files, check)
    names = [shown(path) for path in written]
    if as_json_:
        print_json(diagnostics, documents=len(files), **{"stale" if check else "written": names})
    else:
        if diagnostics.has_errors or ("unadjudicated-layers" in {found.code for found in diagnostics} and not files):
            print_findings(diagnostics)
        for name in names:
            click.echo(f"{'does not list every difference' if check else 'wrote'}: {name}")
        if not files and not diagnostics.has_errors:
            click.echo("no document has several layers in YAML")
        elif not names and not diagnostics.has_errors:
            click.echo("every difference is listed")
    sys.exit(1 if diagnostics.has_errors or (check and names) else 0)
