"""`aussage add`: take an article into the project."""

import sys
from pathlib import Path

import click

from aussage.cli.common import json_option, print_findings, print_json, root_of, shown


@click.command("add")
@click.argument("article", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--project", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Project.")
@click.option("--id", "document_id", help="Id of the document.  [default: made from the file's name]")
@click.option("--language", help="Language of the article.  [default: the project's first]")
@click.option("--title", help="Title, if there is one.")
@click.option("--date", help="Date as EDTF, as 2024-10-28 or 2024-10.")
@click.option("--url", help="Where the article was found.")
@click.option("--publisher", help="Who published it.")
@click.option("--author", help="Who wrote it.")
@json_option
def command(
    article: Path, project: Path, document_id: str | None, language: str | None, as_json_: bool, **facts: str | None
) -> None:
    """Take the plain text ARTICLE into the project.

    It is copied byte for byte to seeds/, its record is written beside it, and its sentences are split and
    frozen there. What is not known is left empty.
    """
    from aussage.diagnostics import Diagnostics
    from aussage.intake import Facts, take_in
    from aussage.project import read_project
    from aussage.source import Project

    root, diagnostics = root_of(project), Diagnostics()
    known = read_project(Project(root), diagnostics)
    written = None
    if known is not None:
        given = Facts(language or known.corpus.languages[0], document_id, **facts)
        written = take_in(Project(root), article, given, diagnostics)
    if as_json_:
        print_json(diagnostics, record=shown(written) if written else None)
    else:
        print_findings(diagnostics)
        if written:
            click.echo(f"wrote {shown(written)}; look over its facts, above all the rights")
    sys.exit(0 if written else 1)
