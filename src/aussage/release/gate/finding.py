"""What the gate finds: withheld words, or something that it could not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

INSIDE = " › "
"""Stands between a container and what is in it, in the path of a finding."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A run of five or more words of a withheld text.

    `path` leads to the part of the file in which it stands (container › member › column …), `how` says as what the
    part was read, `start` and `end` are code points of the text of `document`, `words` is the run as it stands there.
    """

    path: str
    how: str
    document: str
    start: int
    end: int
    words: str

    @property
    def message(self) -> str:
        """The finding for a person."""
        return (
            f"{self.path}: holds words {self.start}-{self.end} of {self.document}, read as {self.how}: {self.words!r}"
        )

    def as_record(self) -> dict[str, Any]:
        """The finding for a machine."""
        return {
            "kind": "leak",
            "path": self.path,
            "how": self.how,
            "document": self.document,
            "start": self.start,
            "end": self.end,
            "words": self.words,
        }


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that could not be read wholly, so that nothing is proved of it."""

    path: str
    reason: str

    @property
    def message(self) -> str:
        """The finding for a person."""
        return f"{self.path}: could not be read wholly: {self.reason}"

    def as_record(self) -> dict[str, Any]:
        """The finding for a machine."""
        return {"kind": "unread", "path": self.path, "reason": self.reason}


Finding = Leak | Unread


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the gate unpacks before it refuses.

    `depth` is the number of containers inside each other, `unpacked` the bytes of all that is unpacked from one file,
    `ratio` how many times larger than its packed form a part may be once it is larger than `harmless` bytes, `shown`
    the number of leaks of one part that are listed.
    """

    depth: int = 12
    unpacked: int = 16 << 30
    ratio: int = 500
    harmless: int = 64 << 20
    shown: int = 1000
