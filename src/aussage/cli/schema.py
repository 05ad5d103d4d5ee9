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
    """Generate codebook, tables, rules, JSON Schemas, datasheet, citation metadata, pictures, and parts of README.md.

    All of them follow from schema/codebook.yaml, the registries, the table definitions, aussage.toml, and the built
    corpus. Citation metadata (CITATION.cff, .zenodo.json, dataset/metadata) is made where dataset/metadata is there.
    """
    from aussage.corpus.errors import CorpusError
    from aussage.diagnostics import Diagnostics, as_json
    from aussage.diagnostics.printing import dumps, visible
    from aussage.generate import write_files
    from aussage.generate.everything import generated_files

    root, diagnostics = root_of(project), Diagnostics()
    try:
        files = generated_files(root, diagnostics)
        stale = write_files(files or {}, check)
    except (CorpusError, OSError) as error:
        if as_json_:
            click.echo(dumps({"ok": False, "error": visible(str(error)), "findings": as_json(diagnostics)}))
        else:
            print_findings(diagnostics)
            click.echo(f"error: {visible(str(error))}", err=True)
        sys.exit(1)
    names = [shown(path) for path in stale]
    if as_json_:
        print_json(diagnostics, **{"stale" if check else "written": names})
    else:
        print_findings(diagnostics)
        for name in names:
            click.echo(f"{'not up to date' if check else 'wrote'}: {name}")
        if not names and files is not None:
            click.echo("everything generated is up to date")
    sys.exit(1 if diagnostics.has_errors or (check and stale) else 0)
