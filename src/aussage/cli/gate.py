"""`aussage gate`: proves that no withheld text of a project is in files that are to be passed on."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from aussage.cli.common import json_option, root_of, shown

SHOWN = 100


@click.command("gate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--against",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Project (or folder of a full corpus) whose texts must not be in the files.  [default: the one around]",
)
@click.option("--restricted-only", is_flag=True, help="Let texts pass whose rights are cleared and under no embargo.")
@json_option
def command(paths: tuple[Path, ...], against: Path, restricted_only: bool, as_json_: bool) -> None:
    """Prove that no withheld text is in files or folders.

    Every byte of PATHS is read in every way (archives, tables, pages, notebooks and metadata of images are taken
    apart), and five or more words in a row of an article of the project are a finding; so is whatever cannot be read
    wholly. What is drawn in an image is not seen.

    Exit code 0: nothing was found; 1: there are findings; 2: the command cannot be run as it was given.
    """
    from aussage.corpus.errors import CorpusError
    from aussage.diagnostics.printing import dumps, visible
    from aussage.release.gate import WithheldText, judge, withheld_texts

    is_corpus = (against / "manifest.json").is_file()
    folder = against if is_corpus else root_of(against) / "dataset" / "corpus"
    try:
        withheld = WithheldText(withheld_texts(folder, every=not restricted_only))
        verdict = judge(paths, withheld, progress=_progress())
    except (CorpusError, OSError) as error:
        if as_json_:
            click.echo(dumps({"ok": False, "error": str(error)}))
        else:
            click.echo(f"error: {visible(str(error))}", err=True)
        sys.exit(1)
    if as_json_:
        click.echo(dumps(verdict.as_record()))
    else:
        for finding in verdict.findings[:SHOWN]:
            click.echo(visible(finding.message), err=True)
        if len(verdict.findings) > SHOWN:
            click.echo(f"… and {len(verdict.findings) - SHOWN:,} more; --json shows all", err=True)
        files = "file" if verdict.files == 1 else "files"
        held = f"withheld: {verdict.documents:,} texts of {shown(folder)}"
        read = f"{verdict.files:,} {files}, {verdict.size:,} bytes ({held})"
        if verdict.passed:
            click.echo(f"passed: no five words in a row of a withheld text in {read}")
        else:
            click.echo(
                f"failed: {len(verdict.leaks):,} runs of withheld words, {len(verdict.unread):,} parts not read, "
                f"in {read}. "
                "Reword or leave out what was found where it is written, and build the file anew; "
                "ship what cannot be read in another form",
                err=True,
            )
    sys.exit(0 if verdict.passed else 1)


def _progress() -> Callable[[str, int], None] | None:
    """Shows on standard error what is being read when that takes over two seconds; nothing if nobody looks."""
    import time

    if not sys.stderr.isatty():
        return None
    begun = last = time.monotonic()
    read = 0

    def show(path: str, size: int) -> None:
        nonlocal last, read
        read += size
        now = time.monotonic()
        if now - begun > 2 and now - last > 0.2:
            last = now
            click.echo(f"\r\x1b[Kreading {path[-70:]!r} ({read / 1e6:,.0f} MB so far)", err=True, nl=False)

    return show
