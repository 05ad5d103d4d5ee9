"""The cache of a project: listings, plans and compiled parts by what they were made of, never half written."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

KEPT = 14 * 24 * 3600  # seconds for which something is kept that no build has used
NOTE = "Made by `aussage build`. Everything here can be made again; delete the folder to save room.\n"


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of files and folders by name; several processes may use it at a time."""

    folder: Path

    @property
    def desk(self) -> Path:
        """A folder on this machine for what is only worked with here."""
        return self.folder

    def path(self, name: str) -> Path:
        """Where something of that name stands, whether it is there or not."""
        return self.folder / name

    def has(self, name: str) -> bool:
        """Whether something of that name is there; if so it counts as used."""
        path = self.path(name)
        with suppress(OSError):
            os.utime(path)
            return True
        return path.exists()

    def local(self, name: str) -> Path:
        """Where a file of that name stands on this machine.

        Raises:
            OSError: it is not in the cache.
        """
        return self.path(name)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A new file that has its name only once it is written whole."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            try:
                yield cast("BinaryIO", file)
                file.flush()
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise

    def take(self, name: str, file: Path) -> None:
        """Give a file that stands in this folder its name."""
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        file.replace(self.path(name))

    @contextmanager
    def filling(self, name: str) -> Iterator[Path]:
        """A new folder that has its name only once it is filled; one that was there gives way."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=path.parent, prefix="."))
        try:
            yield new
            new.chmod(0o755)
            for _ in range(2):
                try:
                    new.rename(path)
                    break
                except OSError:  # somebody else was faster, or a damaged one is there
                    shutil.rmtree(path, ignore_errors=True)
        finally:
            shutil.rmtree(new, ignore_errors=True)

    def is_whole(self, name: str, files: Mapping[str, str]) -> bool:
        """Whether a folder has these files (name to SHA-256) as they were written; it counts as used."""
        self.has(name)
        return all(sha256_of(self.path(name) / file) == sha256 for file, sha256 in files.items())

    def prepare(self) -> None:
        """Make the folder, with a note on what it is, hidden from version control."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("README", NOTE), (".gitignore", "*\n")):
            if not self.path(name).exists():
                self.path(name).write_text(text, encoding="utf-8")

    def sweep(self) -> None:
        """Remove what no build has used for two weeks, and what a build that was cut off left behind."""
        long_ago = time.time() - KEPT
        for path in self.folder.glob("*/*"):
            with suppress(OSError):
                if path.stat().st_mtime < long_ago:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
