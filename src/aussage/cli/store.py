"""`aussage store`: earlier releases kept on this computer, for `aussage.load(version=…)`, `diff` and `release`."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import click

from aussage.cli.common import json_option

if TYPE_CHECKING:
    from aussage.release.store import Kept


@click.group("store")
def command() -> None:
    """Keep earlier releases on this computer; each command takes --json.

    They stand in the folder that AUSSAGE_STORE names, else in the platform's folder for the data of programs.
    `aussage.load(version="0.1.0")` loads them, `aussage diff` compares them.
    """


@command.command("list")
@json_option
def list_(as_json_: bool) -> None:
    """List the releases that are kept."""
    from aussage.release.store import kept, store_folder

    found = kept()
    if as_json_:
        _print_json(ok=True, store=str(store_folder()), kept=_records(found))
        return
    for one in found:
        click.echo(f"{one.name}@{one.version}  {one.edition:<9}  {one.content_hash[:16] or 'damaged: add it again'}")
    if not found:
        click.echo(f"nothing is kept in {store_folder()}; `aussage store add BUNDLE` adds a release")


@command.command("add")
@click.argument("bundle")
@json_option
def add(bundle: str, as_json_: bool) -> None:
    """Add the release in BUNDLE: its zip, its folder, or a git revision of the project around.

    All of the bundle is proved first. Exit code 1 if it is refused, or if the same version is kept with other contents.
    """
    from aussage.corpus import CorpusError
    from aussage.release.store import add

    try:
        release, is_new = add(bundle)
    except CorpusError as error:
        _fail(error, as_json_)
    if as_json_:
        _print_json(ok=True, new=is_new, **_record(release))
    else:
        click.echo(f"{'added' if is_new else 'kept already:'} {release.name}@{release.version} ({release.edition})")


@command.command("remove")
@click.argument("version")
@json_option
def remove(version: str, as_json_: bool) -> None:
    """Remove VERSION in all its editions: 0.1.0, or NAME@0.1.0 where several corpora are kept.

    Exit code 1 if it is not kept.
    """
    from aussage.corpus import CorpusError
    from aussage.release.store import remove

    name, _, number = version.rpartition("@")
    try:
        removed = remove(number, name or None)
    except CorpusError as error:
        _fail(error, as_json_)
    if as_json_:
        _print_json(ok=True, removed=_records(removed))
    else:
        click.echo(f"removed {removed[0].name}@{number} ({', '.join(one.edition for one in removed)})")


@command.command("forget")
@json_option
def forget(as_json_: bool) -> None:
    """Remove what was unpacked when zips were loaded; they are unpacked again when needed."""
    from aussage.corpus import CorpusError
    from aussage.release.store import forget

    try:
        count = forget()
    except CorpusError as error:
        _fail(error, as_json_)
    if as_json_:
        _print_json(ok=True, removed=count)
    else:
        click.echo(f"removed {count} unpacked {'zip' if count == 1 else 'zips'}")


def _records(found: "Sequence[Kept]") -> list[dict[str, str]]:
    return [_record(one) for one in found]


def _record(one: "Kept") -> dict[str, str]:
    return {**one._asdict(), "folder": str(one.folder)}


def _print_json(**facts: object) -> None:
    from aussage.diagnostics.printing import dumps

    click.echo(dumps(facts))


def _fail(error: Exception, as_json_: bool) -> NoReturn:
    """Print why, and end with exit code 1."""
    from aussage.diagnostics.printing import visible

    if as_json_:
        _print_json(ok=False, error=str(error), problems=getattr(error, "problems", []))
    else:
        lines = str(error).split("\n")
        click.echo("error: " + "\n".join(visible(line) for line in lines), err=True)
    sys.exit(1)
