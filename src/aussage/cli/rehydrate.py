"""`aussage rehydrate`: the texts of an edition without them, put back from a user's own copies."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aussage.cli.common import json_option, progress, shown

if TYPE_CHECKING:
    from aussage.release.editions.rehydration import Rehydrated

TEXTS = click.Path(exists=True, path_type=Path)


@click.command("rehydrate")
@click.argument("bundle")
@click.argument("more", nargs=-1, type=TEXTS, metavar="")
@click.option(
    "--text",
    "texts",
    multiple=True,
    required=True,
    type=TEXTS,
    metavar="FILE…",
    help="Your copies of the articles: files, or folders of files.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write.  [default: NAME-VERSION-full in the current folder]",
)
@json_option
def command(bundle: str, more: tuple[Path, ...], texts: tuple[Path, ...], out: Path | None, as_json_: bool) -> None:
    """Put the texts back into BUNDLE, an edition without texts, from your own copies of the articles.

    BUNDLE is a zip, a folder, or a version in the local store. A copy is named after its document (DOCUMENT.txt), or
    is known by what is in it. Line ends, Unicode form, quotation marks, dashes and further text around the sentences
    may differ; words may not. Every sentence is verified, and all differences are shown at once.
    Nothing is written unless every article is whole; then OUT is the full edition, with the same content hash.
    Exit code 1 if a copy is missing or differs, or BUNDLE cannot be used.
    """
    from aussage.corpus.errors import CorpusError
    from aussage.diagnostics.printing import dumps, visible
    from aussage.release.editions.rehydration import CopiesDiffer

    try:
        done = _done(bundle, [*texts, *more], out)
    except CorpusError as error:
        if as_json_:
            click.echo(dumps({"ok": False, "error": str(error), **_details(error)}))
        else:
            notes = error.notes if isinstance(error, CopiesDiffer) else []
            click.echo("\n".join(visible(line) for line in f"error: {error}".splitlines()), err=True)
            click.echo("".join(f"note: {visible(note)}\n" for note in notes), err=True, nl=False)
        sys.exit(1)
    if as_json_:
        facts = {"folder": str(done.folder), "content_hash": done.content_hash, "rows": done.rows, "notes": done.notes}
        click.echo(dumps({"ok": True, **facts}))
        return
    click.echo("".join(f"note: {visible(note)}\n" for note in done.notes), err=True, nl=False)
    articles = done.rows["documents"]
    noun = "article" if articles == 1 else "articles"
    click.echo(
        f"wrote {shown(done.folder)}: {articles:,} {noun}, every sentence verified; "
        f"content hash {done.content_hash[:16]} of the full edition\nload it: aussage.load({shown(done.folder)!r})"
    )


def _done(bundle: str, texts: list[Path], out: Path | None) -> Rehydrated:
    from aussage.corpus.manifest import read_manifest
    from aussage.release.editions.rehydration import rehydrate
    from aussage.release.opening import opened

    with opened(bundle) as edition:
        manifest = read_manifest(edition)
        return rehydrate(edition, texts, out or default_folder(manifest.name, manifest.version), progress=_bar())


def default_folder(name: str, version: str) -> Path:
    """The folder that is written by default: names are those of a manifest that a stranger may have written."""
    plain = "".join(sign if sign.isalnum() or sign in "._+-" else "-" for sign in f"{name}-{version}")
    return Path.cwd() / f"{plain.lstrip('.') or 'corpus'}-full"


def _bar() -> Any:
    return progress("putting texts back")


def _details(error: Exception) -> dict[str, Any]:
    from aussage.release.editions.rehydration import CopiesDiffer

    if not isinstance(error, CopiesDiffer):
        return {}
    from dataclasses import asdict

    differences = [asdict(difference) for difference in error.differences]
    return {"differences": differences, "problems": error.problems, "notes": error.notes}
