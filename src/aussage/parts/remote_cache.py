"""The cache of a project on a remote file system, which many machines may use at a time.

Nothing is renamed there: a folder is written on this machine, its files are sent, and last a file that says what was
sent. Nothing is ever removed there either, because nobody can know which machine still needs it; a rule of the bucket
may do that.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from aussage.parts.cache import NOTE, Cache, sha256_of
from aussage.remote import is_remote, remote
from aussage.remote.copying import carrying

SENT = "sent.json"
"""The file that is sent last into a folder: what else was sent."""


class Sent(msgspec.Struct, frozen=True):
    """A file that was sent: its SHA-256, and the state (size, and ETag or time) that it has where it arrived."""

    sha256: str
    state: str


@dataclass(frozen=True, slots=True, weakref_slot=True)
class RemoteCache(Cache):
    """A cache at an address; `place` is a folder of this machine for what was fetched, and for what is to be sent."""

    place: Path

    @property
    def desk(self) -> Path:
        """A folder on this machine for what is only worked with here."""
        return self.place

    def has(self, name: str) -> bool:
        """Whether something of that name is there."""
        return self.path(name).exists()

    def local(self, name: str) -> Path:
        """A file of that name on this machine, fetched if it is not here yet.

        Raises:
            OSError: it is not in the cache.
        """
        here = Cache(self.place)
        if not here.path(name).exists():
            with here.writing(name) as file, self.path(name).open("rb") as source:
                shutil.copyfileobj(source, file, 1 << 23)
        return here.path(name)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A new file that is sent once it is written whole."""
        here = Cache(self.place)
        with here.writing(name) as file:
            yield file
        remote(self.path(name)).put(here.path(name))
        here.path(name).unlink()

    def take(self, name: str, file: Path) -> None:
        """Send a file, and keep it here under its name."""
        Cache(self.place).take(name, file)
        remote(self.path(name)).put(self.place / name)

    @contextmanager
    def filling(self, name: str) -> Iterator[Path]:
        """A new folder on this machine whose files are sent once it is filled."""
        with tempfile.TemporaryDirectory(dir=self.place, prefix=".") as made:
            new, target = Path(made), self.path(name)
            yield new
            names = sorted(path.name for path in new.iterdir())
            with carrying() as carry:
                for file in names:
                    carry(new / file, target / file)
            states = _states(target)
            sent = {file: Sent(sha256_of(new / file), states.get(file, "")) for file in names}
            (target / SENT).write_bytes(msgspec.json.encode(sent))

    def is_whole(self, name: str, files: Mapping[str, str]) -> bool:
        """Whether a folder has these files (name to SHA-256) as they were sent.

        They are not read: that would cost as much as the whole corpus. That size and ETag (or time of writing) are
        still those that they had when they had just been sent is taken for enough.
        """
        try:
            sent = msgspec.json.decode(self.path(f"{name}/{SENT}").read_bytes(), type=dict[str, Sent])
        except (OSError, msgspec.MsgspecError):
            return False
        states = _states(self.path(name))
        is_as_sent = all(states.get(file) == known.state for file, known in sent.items())
        return is_as_sent and all(file in sent and sent[file].sha256 == sha256 for file, sha256 in files.items())

    def prepare(self) -> None:
        """Leave a note on what it is."""
        note = self.path("README")
        if not note.exists():
            note.write_text(NOTE, encoding="utf-8")

    def sweep(self) -> None:
        """Do nothing, see above."""


def cache_of(folder: Path, desk: Path | None = None) -> Cache:
    """The cache in a folder; of a remote one with a folder of this machine, a new one if `desk` is not there.

    A new one is removed when nobody uses the cache any more.
    """
    if not is_remote(folder):
        return Cache(folder)
    if desk is not None and desk.is_dir():
        return RemoteCache(folder, desk)
    made = Path(tempfile.mkdtemp(prefix="aussage-"))
    cache = RemoteCache(folder, made)
    weakref.finalize(cache, shutil.rmtree, made, ignore_errors=True)
    return cache


def _states(folder: Path) -> dict[str, str]:
    """The states of the files in a remote folder, by name."""
    return {path.name: path.stat().state for path in remote(folder).rglob("*")}
