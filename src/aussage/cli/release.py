"""`aussage release`: the bundles of a version, one of them without texts."""

import sys
from pathlib import Path

import click

from aussage.cli.common import json_option, print_findings, project_argument, root_of, shown


@click.command("release")
@project_argument
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder of the bundles.  [default: dist]")
@click.option(
    "--against",
    metavar="NAME",
    help="The last release: a bundle, folder, revision or kept version.  [default: the last kept version or tag]",
)
@json_option
def command(project: Path, out: Path | None, against: str | None, as_json_: bool) -> None:
    """Make the bundles of this version of PROJECT: one with the texts, one that is proved to hold none of them.

    PROJECT is built anew and checked. The release is refused if the check finds an error, if files are not committed,
    if generated files are stale, if a released id went without a tombstone, or if the version of the corpus or of the
    codebook is too small for what changed since the last release. Notebooks are executed for each bundle, which takes
    a while. Exit code 1 if nothing was released.
    """
    from aussage.corpus.errors import CorpusError
    from aussage.diagnostics import Diagnostics, as_json
    from aussage.diagnostics.printing import dumps, visible
    from aussage.generate import write_files
    from aussage.generate.everything import generated_files
    from aussage.release.bundle import release

    root = root_of(project)

    def stale() -> list[Path]:
        return write_files(generated_files(root, Diagnostics()) or {}, check=True)

    try:
        done = release(root, out or root / "dist", stale=stale, against=against, step=_told)
    except (CorpusError, OSError) as error:
        if as_json_:
            click.echo(dumps({"ok": False, "error": visible(str(error))}))
        else:
            click.echo(f"error: {visible(str(error))}", err=True)
        sys.exit(1)
    if as_json_:
        refusals = [
            {"code": refusal.code, "message": refusal.message, "concerns": refusal.concerns, "mend": refusal.mend}
            for refusal in done.refusals
        ]
        bundles = [
            {"file": str(bundle.file), "edition": bundle.edition, "content_hash": bundle.content_hash}
            for bundle in done.bundles
        ]
        record = {"ok": done.is_done, "version": done.version, "earlier": done.earlier, "step": done.step}
        click.echo(dumps({**record, "bundles": bundles, "refusals": refusals, "findings": as_json(done.diagnostics)}))
    else:
        print_findings(done.diagnostics)
        for refusal in done.refusals:
            lines = str(refusal).split("\n")
            click.echo("refused: " + "\n".join(map(visible, lines)) + "\n", err=True)
        since = f"changes since {done.earlier}: {done.step}" if done.earlier else "the first release"
        for bundle in done.bundles:
            click.echo(f"wrote {shown(bundle.file)}, {bundle.file.stat().st_size / 1e6:,.1f} MB ({since})")
        if done.is_done:
            click.echo(f"next: aussage store add {shown(done.bundles[0].file)}; aussage deposit BUNDLE --sandbox")
        else:
            click.echo("nothing was released", err=True)
    sys.exit(0 if done.is_done else 1)


def _told(what: str) -> None:
    """Says what is being done, to who looks."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{what} …", err=True, nl=False)
