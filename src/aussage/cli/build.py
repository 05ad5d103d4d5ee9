"""`aussage build`: compile a project."""

import sys
from pathlib import Path

import click

from aussage.cli.common import (
    json_option,
    print_findings,
    print_json,
    progress,
    project_argument,
    root_of,
    shown,
)


@click.command("build")
@project_argument
@click.option("--out", type=click.Path(path_type=Path), help="Folder to build into.  [default: PROJECT/dataset/corpus]")
@json_option
def command(project: Path, out: Path | None, as_json_: bool) -> None:
    """Compile PROJECT into Parquet tables.

    Every mistake in the sources is reported with file, line and column, all of them at once. The corpus is
    written beside the old one and takes its place only when it is complete.
    """
    from aussage.compile import build

    result = build(root_of(project), out, progress("compiling"))
    folder = shown(result.folder) if result.folder else None
    if as_json_:
        print_json(result.diagnostics, folder=folder, content_hash=result.content_hash or None, rows=result.rows)
    else:
        print_findings(result.diagnostics)
        if folder:
            rows = result.rows
            click.echo(
                f"built {folder}: documents {rows['documents']:,}, sentences {rows['sentences']:,}, "
                f"claims {rows['flat']:,} in gold and {rows['claims'] - rows['flat']:,} in coders' layers; "
                f"content hash {result.content_hash[:16]}…"
            )
        else:
            click.echo("nothing was built", err=True)
    sys.exit(0 if result.folder and not result.diagnostics.has_errors else 1)
