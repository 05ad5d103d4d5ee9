"""What commands share: the project argument, printing of findings, progress."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from aussage.diagnostics import Diagnostics, as_json, as_text, summary
from aussage.diagnostics.printing import dumps

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
SHOWN = 200
WIDTH = 110  # of a line that is written over, so that nothing of a longer one is left


class PathOrAddress(click.Path):
    """A local path, or an address as `s3://bucket/folder`."""

    name = "path"

    def __init__(self, **given: Any) -> None:
        super().__init__(path_type=Path, **given)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; wrong use if there is no such path, or no such file system."""
        from aussage.remote import Unreachable, is_address, path_of

        if not is_address(value):
            return super().convert(value, param, ctx)
        try:
            path = path_of(value)
        except Unreachable as error:
            self.fail(str(error), param, ctx)
        return super().convert(path, param, ctx) if isinstance(path, Path) else path


def project_or_address_argument(function: F) -> F:
    """The argument PROJECT, which may also be an address."""
    return click.argument("project", default=".", type=PathOrAddress(exists=True, file_okay=False))(function)


def project_argument(function: F) -> F:
    """The argument PROJECT: a folder, by default the project around the current one."""
    return click.argument("project", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))(
        function
    )


def json_option(function: F) -> F:
    """The option --json."""
    return click.option("--json", "as_json_", is_flag=True, help="Print one JSON record for machines.")(function)


def root_of(project: Path) -> Path:
    """The root of the project; a usage error if there is none. A remote folder is looked into by who reads it."""
    from aussage.project import FILE, find_project
    from aussage.remote import is_remote

    if is_remote(project):
        return project

    root = find_project(project)
    if not (root / FILE).is_file() and not (root / "schema").is_dir():
        raise click.UsageError(
            f"{project} is no corpus project: neither it nor a folder above has {FILE}. "
            "Name the project's folder: aussage COMMAND PROJECT."
        )
    return root


def shown(path: Path) -> str:
    """A path as a person would write it: relative to the current folder where that is shorter."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def print_findings(diagnostics: Diagnostics) -> None:
    """Print all findings for people, on standard error."""
    for number, found in enumerate(diagnostics):
        if number == SHOWN:
            break
        click.echo(as_text(found) + "\n", err=True)
    if diagnostics.total > SHOWN:
        click.echo(f"… and {diagnostics.total - min(SHOWN, len(diagnostics)):,} more; --json shows more", err=True)
    if len(diagnostics):
        click.echo(summary(diagnostics), err=True)


def print_json(diagnostics: Diagnostics, **more: Any) -> None:
    """Print one JSON record: whether it went well, the findings, and what the command adds."""
    click.echo(dumps({"ok": not diagnostics.has_errors, **more, "findings": as_json(diagnostics)}))


def progress_of_rows(label: str, what: str = "rows") -> Callable[[int, int], None]:
    """Shows a bar with rate and time left on standard error when work takes over two seconds and somebody looks."""
    import time

    begun, looked_at = time.monotonic(), sys.stderr.isatty()

    def show(done: int, total: int) -> None:
        passed = time.monotonic() - begun
        if looked_at and total and passed > 2:
            bar = "#" * int(done / total * 30)
            pace = f", {done / passed:,.0f} a second, {_duration((total - done) * passed / done)} left" if done else ""
            line = f"{label} [{bar:<30}] {done:,} of {total:,} {what}{pace}"
            click.echo(f"\r{line:<{WIDTH}}", err=True, nl=done >= total)

    return show


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def progress(label: str) -> Callable[[list[T]], Iterable[T]]:
    """Wraps a list to show a bar on standard error when the work takes over two seconds and somebody looks."""

    def wrap(items: list[T]) -> Iterator[T]:
        import time

        begun, looked_at = time.monotonic(), sys.stderr.isatty()
        for number, item in enumerate(items, start=1):
            yield item
            if looked_at and time.monotonic() - begun > 2:
                share = number / len(items)
                bar = "#" * int(share * 30)
                click.echo(f"\r{label} [{bar:<30}] {number:,} of {len(items):,}", err=True, nl=number == len(items))

    return wrap
