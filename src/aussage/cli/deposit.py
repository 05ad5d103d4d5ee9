"""`aussage deposit`: bring a bundle to Zenodo."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aussage.cli.common import json_option, shown

if TYPE_CHECKING:
    from aussage.release.deposit.deposit import Outcome
    from aussage.release.deposit.preparation import Prepared
    from aussage.release.deposit.states import Confirmed

EXTRA = "Depositing needs httpx: pip install 'aussage[deposit]'"


@click.command("deposit")
@click.argument("bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sandbox", is_flag=True, help="Rehearse on sandbox.zenodo.org; its DOIs are not kept.")
@click.option("--publish", is_flag=True, help="Publish the draft when it is complete; this cannot be undone.")
@click.option("--yes", is_flag=True, help="With --publish: do not ask to type the version.")
@json_option
def command(bundle: Path, sandbox: bool, publish: bool, yes: bool, as_json_: bool) -> None:
    """Deposit BUNDLE, a zip that `aussage release` made, at Zenodo, and verify what arrived.

    Without --publish it ends with a complete draft. Run again, it goes on where it stopped. The token comes from
    ZENODO_TOKEN (ZENODO_SANDBOX_TOKEN with --sandbox) or the keyring.

    Exit code 0: done; 1: refused, or not brought to its end; 2: the command cannot be run as it was given.
    """
    from aussage.corpus.errors import CorpusError
    from aussage.diagnostics.printing import dumps

    _examine(publish, yes, as_json_)
    done: list[str] = []
    try:
        outcome = _deposit(bundle, sandbox, publish, yes, lambda line: _say(line, done))
    except CorpusError as error:
        if as_json_:
            click.echo(dumps({"ok": False, "state": "unfinished", "done": done, "error": _lines(error)}))
        else:
            click.echo("error: " + "\n".join(_lines(error)), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("aussage: stopped; what was done is kept, and the same command goes on from there", err=True)
        sys.exit(1)
    refused = publish and outcome.state != "published"
    after = _next(outcome, bundle, sandbox)
    if as_json_:
        click.echo(dumps({"ok": not refused, **_record(outcome), "done": done, "next": after}))
    else:
        click.echo(f"{outcome.state}: {outcome.page}" + (f"\nDOI: {outcome.doi}" if outcome.doi else ""))
        click.echo(after)
    sys.exit(1 if refused else 0)


def _examine(publish: bool, yes: bool, as_json_: bool) -> None:
    from importlib.util import find_spec

    if yes and not publish:
        raise click.UsageError("--yes is for --publish; without it nothing is published.")
    if publish and not yes and (as_json_ or not _somebody_is_there()):
        raise click.UsageError("--publish asks to type the version, and nobody is there: add --yes.")
    if find_spec("httpx") is None or find_spec("tomlkit") is None:
        raise click.UsageError(EXTRA)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


def _deposit(bundle: Path, sandbox: bool, publish: bool, yes: bool, say: Callable[[str], None]) -> "Outcome":
    from datetime import date

    from aussage.release.deposit.preparation import prepare

    return _run(prepare(bundle, sandbox=sandbox, today=date.today()), bundle, sandbox, publish, yes, say)


def _run(
    ready: "Prepared", bundle: Path, sandbox: bool, publish: bool, yes: bool, say: Callable[[str], None]
) -> "Outcome":
    from aussage.project.dois import write_dois
    from aussage.release.deposit.connection import connected
    from aussage.release.deposit.deposit import Depositing, note_of

    def keep(doi: str, concept: str) -> None:
        if ready.project is not None:
            write_dois(ready.project, ready.plan.version, doi, concept)
            say(f"{ready.project.name}: the DOI {doi} is written to [dois]")

    def confirm(page: str) -> "Confirmed | None":
        from aussage.release.deposit.states import Confirmed

        if yes:
            return Confirmed(ready.plan.version)
        click.echo(f"The draft is complete: {page}\nTo publish it, which cannot be undone, type its version", err=True)
        return Confirmed.typed(click.prompt(f"({ready.plan.version})", default="", show_default=False), ready.plan)

    with connected(ready, say) as zenodo:
        note = note_of(bundle, ready.base)
        depositing = Depositing(zenodo, ready.plan, ready.known, note, say, _progress(), keep, joins=sandbox)
        return depositing.run(confirm if publish else None)


def _record(outcome: "Outcome") -> dict[str, Any]:
    names = ("state", "number", "page", "doi", "concept_doi")
    return {name: getattr(outcome, name) for name in names}


def _next(outcome: "Outcome", bundle: Path, sandbox: bool) -> str:
    words = ["aussage", "deposit", shown(bundle), *(["--sandbox"] if sandbox else [])]
    if outcome.state != "published":
        return f"Not published. Look at the draft, then: {shlex.join([*words, '--publish'])}"
    if sandbox:
        return "This was the sandbox; in earnest: " + shlex.join(["aussage", "deposit", shown(bundle), "--publish"])
    return (
        "aussage.toml has the DOI now. Write it into what is generated, and commit: "
        "aussage schema && git commit --all -m 'DOI of the release'"
    )


def _lines(error: Exception) -> list[str]:
    from aussage.diagnostics import visible

    return [visible(line) for line in str(error).split("\n")]


def _say(line: str, done: list[str]) -> None:
    from aussage.diagnostics import visible

    done.append(visible(line))
    click.echo(visible(line), err=True)


def _progress() -> Callable[[str, int, int], None]:
    """A bar for each upload on standard error, with bytes and rate; nothing if nobody looks."""
    import time

    begun: dict[str, float] = {}
    looked_at = sys.stderr.isatty()

    def show(name: str, sent: int, size: int) -> None:
        from aussage.diagnostics import visible

        now = time.monotonic()
        rate = sent / max(now - begun.setdefault(name, now), 0.001) / 1e6
        if looked_at and size:
            bar = "#" * int(sent / size * 30)
            text = f"\r{visible(name)} [{bar:<30}] {sent / 1e6:,.1f} of {size / 1e6:,.1f} MB, {rate:,.1f} MB/s  "
            click.echo(text, err=True, nl=sent >= size)

    return show
