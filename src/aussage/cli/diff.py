"""`aussage diff`: what changed between two versions of a corpus."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aussage.cli.common import json_option, progress_of_rows, root_of, shown
from aussage.cli.output_files import examine_output, write_output
from aussage.diagnostics import visible

if TYPE_CHECKING:
    from aussage.release.comparison import Comparison

FILE = click.Path(path_type=Path)


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@click.option("--html", type=FILE, help="Also write the comparison as a page.")
@click.option("--markdown", is_flag=True, help="Print Markdown for the changelog, with every change.")
@click.option("--all", "show_all", is_flag=True, help="Print every change, not only the first of each kind.")
@json_option
def command(old: str, new: str | None, html: Path | None, markdown: bool, show_all: bool, as_json_: bool) -> None:
    """Compare two versions of a corpus, row by row and cell by cell.

    OLD and NEW may be the folder of a corpus or of a project, a bundle, a git revision, or a version in the local
    store; NEW is by default the built corpus of the project around the current folder. Says what changed, sorted by
    weight, and which step of the version that asks for. Below 1.0.0 the second number counts for minor and major.

    Exit code 0: nothing differs; 1: something differs; 2: the command cannot be run as it was given, or one of the
    two cannot be read.
    """
    if markdown and as_json_:
        raise click.UsageError("--markdown and --json: only one can be printed.")
    found = _compared(old, new, html)
    if html is not None:
        from aussage.release.comparison.page import comparison_page

        write_output("--html", html, comparison_page(found).encode())
    if as_json_:
        from aussage.release.comparison.record import comparison_json

        for piece in comparison_json(found):
            click.echo(piece, nl=False)
    elif markdown:
        from aussage.release.comparison.markdown import comparison_markdown

        for line in comparison_markdown(found):
            click.echo(line)
    else:
        _print(found, show_all)
        if html is not None:
            click.echo(f"wrote {shown(html)}")
    sys.exit(1 if found.differ else 0)


def _compared(old: str, new: str | None, html: Path | None) -> "Comparison":
    """The comparison of what the two names stand for."""
    from aussage.corpus.errors import CorpusError
    from aussage.release.comparison import compare
    from aussage.release.opening import opened

    around = Path.cwd()
    newer = str(root_of(around)) if new is None else new
    try:
        with ExitStack() as stack:
            folders = [stack.enter_context(opened(name, around)) for name in (old, newer)]
            if html is not None:
                examine_output("--html", html, *folders)
            return compare(*folders, progress=progress_of_rows("comparing"))
    except CorpusError as error:
        raise click.UsageError("\n".join(map(visible, str(error).split("\n")))) from None


def _print(found: "Comparison", show_all: bool) -> None:
    from aussage.release.comparison.printing import SHOWN, comparison_text

    for line in comparison_text(found, sys.maxsize if show_all else SHOWN):
        click.echo(line)
