"""New files that appear together or not at all: written beside under hidden names, then given their own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO


class NewFiles:
    """Files that `commit` puts in place; without it, nothing of them is left when the block ends."""

    def __init__(self) -> None:
        self._staged: dict[Path, Path] = {}
        self._folders: list[Path] = []
        self._open: list[BinaryIO] = []

    def __enter__(self) -> NewFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for stream in self._open:
            stream.close()
        for beside in self._staged.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            with suppress(OSError):
                folder.rmdir()  # refused where somebody has put something in

    def stream(self, path: Path) -> BinaryIO:
        """A new file to write to piece by piece.

        Raises:
            OSError: it cannot be written.
        """
        missing = []
        folder = path.parent
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for new in reversed(missing):
            new.mkdir()
            self._folders.append(new)
        beside = path.with_name(f".{path.name}.new")
        self._staged[path] = beside
        stream = beside.open("wb")
        self._open.append(stream)
        return stream

    def add(self, path: Path, data: bytes) -> None:
        """A new file with this content.

        Raises:
            OSError: it cannot be written.
        """
        with self.stream(path) as stream:
            stream.write(data)
        self._open.pop()

    def commit(self) -> None:
        """Put all files in place; if that fails in the middle, those that were put are taken away again.

        Raises:
            OSError: a file cannot take its place.
        """
        for stream in self._open:
            stream.close()
        placed: list[Path] = []
        try:
            for path, beside in self._staged.items():
                new = not path.exists()
                beside.replace(path)
                if new:
                    placed.append(path)
        except OSError:
            for path in placed:
                with suppress(OSError):
                    path.unlink()
            raise
        self._folders.clear()
        self._staged.clear()
