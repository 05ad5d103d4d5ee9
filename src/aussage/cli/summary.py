"""`aussage summary`: what is in a built corpus."""

import sys
from pathlib import Path

import click

from aussage.cli.common import json_option, project_argument, root_of


@click.command("summary")
@project_argument
@json_option
def command(project: Path, as_json_: bool) -> None:
    """Say what is in the built corpus of PROJECT, how far it can be used, and how to load it.

    PROJECT may also be the folder of a corpus itself. Exit code 1 if there is no corpus that can be read.
    """
    from aussage.corpus import CorpusError, load
    from aussage.corpus.loading import MANIFEST
    from aussage.corpus.summary import facts_of, summary_text, written
    from aussage.diagnostics.printing import dumps, visible

    root = project if (project / MANIFEST).is_file() else root_of(project)
    try:
        corpus = load(root)
        facts = facts_of(corpus, written(corpus.folder))
    except CorpusError as error:
        if as_json_:
            click.echo(dumps({"ok": False, "error": visible(str(error)), "findings": []}))
        else:
            click.echo(f"error: {visible(str(error))}", err=True)
        sys.exit(1)
    click.echo(dumps({"ok": True, **facts, "findings": []}) if as_json_ else summary_text(facts))
