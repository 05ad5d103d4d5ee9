"""`aussage agree`: how far the coders of a corpus agree."""

import sys
from pathlib import Path

import click

from aussage.cli.common import json_option, project_argument, root_of, shown


@click.command("agree")
@project_argument
@click.option("--coders", default="", metavar="A,B", help="Ids of the coders to compare.  [default: all]")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also write a page of all differences.")
@json_option
def command(project: Path, coders: str, html: Path | None, as_json_: bool) -> None:
    """Say how far the coders of the built corpus of PROJECT agree.

    Compared are the documents that two of the coders have coded; gold is no coder. PROJECT may also be the folder
    of a corpus itself. Exit code 1 if there is nothing to compare.
    """
    from aussage.agreement import AgreementError, compare, frames_of
    from aussage.agreement.page import comparison_page
    from aussage.agreement.printing import comparison_text
    from aussage.corpus import CorpusError, load
    from aussage.corpus.loading import MANIFEST
    from aussage.diagnostics.printing import dumps, visible

    root = project if (project / MANIFEST).is_file() else root_of(project)
    try:
        corpus = load(root)
        frames = frames_of(corpus)
        comparison = compare(frames, [name.strip() for name in coders.split(",") if name.strip()])
        if html is not None:
            html.write_text(comparison_page(comparison, frames, corpus.codebook, corpus.title), encoding="utf-8")
    except (AgreementError, CorpusError, OSError) as error:
        if as_json_:
            click.echo(dumps({"ok": False, "error": visible(str(error)), "findings": []}))
        else:
            click.echo(f"error: {visible(str(error))}", err=True)
        sys.exit(1)
    if as_json_:
        click.echo(dumps({"ok": True, **comparison.as_record(), "findings": []}))
        return
    click.echo(comparison_text(comparison))
    if html is not None:
        click.echo(f"wrote {shown(html)}")
