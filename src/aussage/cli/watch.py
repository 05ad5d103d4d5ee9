"""`aussage watch`: build again whenever a file of the project changes."""

import json
import stat
import sys
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aussage.cli.common import json_option, print_findings, project_argument, root_of, shown

if TYPE_CHECKING:
    from aussage.compile import BuildResult

FILES = ("aussage.toml", "schema/codebook.yaml", "dataset/withdrawn.yaml", "dataset/withdrawn.jsonl")
FOLDERS = ("seeds", "dataset/registry", "dataset/annotations")
SCHEME = ("schema/", "dataset/registry/")
CLEAR = "\x1b[2J\x1b[H"
State = dict[str, tuple[int, int]]


@click.command("watch")
@project_argument
@click.option(
    "--interval", type=click.FloatRange(0.05, 60), default=0.5, show_default=True, help="Seconds between looks."
)
@click.option("--builds", type=click.IntRange(1), hidden=True, help="Stop after so many builds.")
@json_option
def command(project: Path, interval: float, builds: int | None, as_json_: bool) -> None:
    """Build PROJECT again, and say what is wrong, whenever one of its files changes.

    A build begins when nothing has changed for one interval. After a change of codebook or registry the schemas for
    editors are made anew, so that new ids are completed. Ctrl-C ends it. With --json every build prints its record on
    a line of its own.
    """
    root = root_of(project)
    try:
        _watch(root, interval, builds, as_json_)
    except KeyboardInterrupt:
        click.echo()
    sys.exit(0)


def _watch(root: Path, interval: float, builds: int | None, as_json: bool) -> None:
    """Build at once, then after every change, until so many builds were made."""
    built: State = {}
    done = 0
    while True:
        seen = _settled(root, built, interval)
        changed = sorted(name for name in seen.keys() | built.keys() if seen.get(name) != built.get(name))
        if sys.stdout.isatty() and not as_json:
            click.echo(CLEAR, nl=False)
        if built and not as_json:
            more = f" and {len(changed) - 3:,} more" if len(changed) > 3 else ""
            click.echo(f"changed: {', '.join(changed[:3])}{more}")
        _build(root, any(name.startswith(SCHEME) for name in changed), as_json)
        built, done = seen, done + 1
        if done == builds:
            return
        if not as_json:
            click.echo(f"watching {shown(root)}; Ctrl-C ends it")


def _settled(root: Path, built: State, interval: float) -> State:
    """The state of the files once it differs from what was built and has been the same for one interval."""
    seen = _state(root)
    while built and seen == built:
        time.sleep(interval)
        seen = _state(root)
    while built:
        time.sleep(interval)
        later = _state(root)
        if later == seen:
            break
        seen = later
    return seen


def _state(root: Path) -> State:
    """Time and size of every source, by its name; hidden files, as editors make them, are none."""
    found: State = {}
    paths = [root / name for name in FILES]
    for path in chain(paths, *((root / folder).rglob("*") for folder in FOLDERS)):
        try:
            about = path.stat()
        except OSError:  # not there, or gone in the meantime
            continue
        if stat.S_ISREG(about.st_mode) and not path.name.startswith("."):
            found[path.relative_to(root).as_posix()] = (about.st_mtime_ns, about.st_size)
    return found


def _build(root: Path, scheme_changed: bool, as_json: bool) -> None:
    """Build once and say how it went; whatever fails, the watch goes on."""
    begun = time.monotonic()
    try:
        from aussage.parts import build

        result = build(root)
        if scheme_changed:
            _refresh_schemas(root)
    except Exception as error:
        click.echo(f"the build failed: {type(error).__name__}: {error}", err=True)
        return
    if as_json:
        click.echo(_line(result))
        return
    print_findings(result.diagnostics)
    took = f"in {time.monotonic() - begun:.1f} s"
    if result.folder and not result.diagnostics.has_errors:
        rows = result.rows
        parts = ", ".join(f"{name} {rows[name]:,}" for name in ("documents", "sentences", "claims"))
        click.echo(f"built {shown(result.folder)} {took}: {parts}")
    else:
        click.echo(f"nothing was built {took}; the corpus that was there is as before")


def _line(result: "BuildResult") -> str:
    """What a build found and made, as JSON in one line."""
    from aussage.diagnostics import as_json

    record = {
        "ok": not result.diagnostics.has_errors,
        "folder": shown(result.folder) if result.folder else None,
        "content_hash": result.content_hash or None,
        "rows": result.rows,
        "findings": as_json(result.diagnostics),
    }
    return json.dumps(record)


def _refresh_schemas(root: Path) -> None:
    """Make the schemas by which editors complete ids and categories anew, as far as the sources can be read."""
    from aussage.codebook import load_codebook
    from aussage.diagnostics import Diagnostics
    from aussage.generate.files import schema_files, write_files
    from aussage.registry import load_registry
    from aussage.source import Project

    found = Diagnostics()
    codebook = load_codebook(Project(root), found)
    registry = load_registry(Project(root), codebook, found) if codebook else None
    if codebook and registry and not found.has_errors:
        files = schema_files(root, codebook, registry)
        write_files({path: data for path, data in files.items() if path.name.endswith(".schema.json")})
