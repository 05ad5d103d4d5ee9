"""What is to be deposited: the files with their checksums, and the metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from aussage.release.deposit.answers import RemoteFile

PIECE = 1 << 20
Sent = Callable[[str, int, int], object]


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file to be deposited: a path, or bytes; size and MD5 (what Zenodo computes) are known before it is sent."""

    name: str
    size: int
    md5: str
    source: Path | bytes

    @classmethod
    def of(cls, name: str, source: Path | bytes) -> LocalFile:
        """Read a file once for its size and checksum."""
        digest, size = hashlib.md5(usedforsecurity=False), 0
        with _opened(source) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
        return cls(name, size, digest.hexdigest(), source)

    def pieces(self, sent: Sent) -> Iterator[bytes]:
        """The bytes, piece by piece; `sent` is told the name, how many are gone, and how many there are."""
        done = 0
        with _opened(self.source) as file:
            while piece := file.read(PIECE):
                yield piece
                done += len(piece)
                sent(self.name, done, self.size)

    def equals(self, remote: RemoteFile) -> bool:
        """Whether a file that Zenodo has is this one, by name, size and checksum."""
        return (self.name, self.size, self.md5) == (remote.name, remote.size, remote.md5)


@dataclass(frozen=True, slots=True)
class Plan:
    """One deposit: corpus, version, edition, the metadata as the API takes them, and the files."""

    name: str
    version: str
    edition: str
    metadata: Mapping[str, Any]
    files: tuple[LocalFile, ...]

    @property
    def title(self) -> str:
        """The title, by which with the version a draft is known again."""
        return str(self.metadata["title"])

    def amiss(self, files: tuple[RemoteFile, ...]) -> list[str]:
        """What of the files of a deposit is not as it should be, one sentence each."""
        remote = {file.name: file for file in files}
        wanted = {file.name: file for file in self.files}
        problems = [f"{name} does not belong to it" for name in sorted(remote.keys() - wanted.keys())]
        for name, file in wanted.items():
            found = remote.get(name)
            if found is None:
                problems.append(f"{name} is missing")
            elif not file.equals(found):
                has = f"{found.size:,} bytes, MD5 {found.md5 or 'unknown'}"
                problems.append(f"{name} has {has}; sent were {file.size:,} bytes, MD5 {file.md5}")
        return problems


def _opened(source: Path | bytes) -> BinaryIO:
    return source.open("rb") if isinstance(source, Path) else BytesIO(source)
