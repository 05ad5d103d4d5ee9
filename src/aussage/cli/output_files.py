"""Files that a command writes where it is told: refused beforehand if they cannot be, and never written by half."""

import os
from contextlib import suppress
from pathlib import Path

import click

from aussage.cli.common import shown


def examine_output(option: str, path: Path, *corpora: Path | None) -> None:
    """Raise a usage error if a file cannot be written, or would stand in the folder of a corpus."""
    try:
        folder = path.absolute().parent
        if path.is_dir():
            raise click.UsageError(f"{option}: {shown(path)} is a folder; give the name of a file.")
        if path.exists() and not path.is_file():
            raise click.UsageError(f"{option}: {shown(path)} is no regular file.")
        if not folder.is_dir():
            raise click.UsageError(f"{option}: there is no folder {shown(folder)}.")
        if not os.access(folder, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
            raise click.UsageError(f"{option}: you may not write to {shown(path)}.")
        if any(folder.resolve().is_relative_to(corpus.resolve()) for corpus in corpora if corpus):
            raise click.UsageError(
                f"{option}: {shown(path)} lies in the folder of a corpus, where nothing else belongs."
            )
    except OSError as error:
        raise click.UsageError(f"{option}: cannot write {shown(path)}: {error.strerror}") from None


def write_output(option: str, path: Path, data: bytes) -> None:
    """Write a file whole or not at all; a usage error if the system refuses."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise click.UsageError(f"{option}: cannot write {shown(path)}: {error.strerror}") from None
