"""`aussage schema`: generate what is generated."""

import sys
from pathlib import Path

import click

from aussage.cli.common import json_option, print_findings, print_json, project_argument, root_of, shown


@click.command("schema")
@project_argument
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a file is not up to date.")
@json_option
def command(project: Path, check: bool, as_json_: bool) -> None:
    """Generate codebook, tables, rules, JSON Schemas, datasheet, pictures, and parts of README.md.

    All of them follow from schema/codebook.yaml, the registries and the table definitions.
    """
    from aussage.codebook import load_codebook
    from aussage.diagnostics import Diagnostics
    from aussage.generate import datasheet_file, picture_files, readme_file, schema_files, write_files
    from aussage.registry import load_registry
    from aussage.source import Project

    root, diagnostics = root_of(project), Diagnostics()
    codebook = load_codebook(Project(root), diagnostics)
    stale: list[Path] = []
    if codebook is not None:
        registry = load_registry(Project(root), codebook, diagnostics)
        built = root / "dataset" / "corpus"
        files = schema_files(root, codebook, registry) | readme_file(root, built) | datasheet_file(root, built)
        files |= picture_files(root, built)
        stale = write_files(files, check)
    names = [shown(path) for path in stale]
    if as_json_:
        print_json(diagnostics, **{"stale" if check else "written": names})
    else:
        print_findings(diagnostics)
        for name in names:
            click.echo(f"{'not up to date' if check else 'wrote'}: {name}")
        if not names and codebook is not None:
            click.echo("everything generated is up to date")
    sys.exit(1 if diagnostics.has_errors or (check and stale) else 0)
