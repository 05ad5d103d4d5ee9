"""What cannot be packed, and the files of a folder that can."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from aussage.corpus.errors import CorpusError


class PackingError(CorpusError):
    """A folder cannot be packed; the message says what is in the way."""


def regular_files(folder: Path) -> list[str]:
    """The files in a folder and in those below it, as paths with `/` seen from it, by code points.

    Raises:
        PackingError: something is neither a file nor a folder: a link, a device, a pipe.
        OSError: a folder cannot be read.
    """
    return sorted(_walk(folder, ""))


def _walk(folder: Path, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield f"{prefix}{entry.name}"
            else:
                raise PackingError(f"{entry.path} is a link or a special file; only files and folders can be packed")
