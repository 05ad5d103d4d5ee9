"""What the manifest says of the parts of a corpus, compared with the documents as they are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from aussage.tables.parts import PartFacts


class PartHashes:
    """Takes the documents in their order, with what they add to the content hash.

    `wrong_hashes` has for each part whose hash is another what it is by its rows, `wrong_ids` what first and last
    document of a part are if they are others. Documents that are not given part by part cannot be told apart: then
    nothing more is said, because their order is wrong, which is a finding of its own.
    """

    def __init__(self, parts: Sequence[PartFacts]) -> None:
        self.wrong_hashes: dict[int, str] = {}
        self.wrong_ids: dict[int, tuple[str, str]] = {}
        self._parts = enumerate(parts)
        self._current: tuple[int, PartFacts] | None = next(self._parts, None)
        self._digest, self._count, self._first = hashlib.sha256(), 0, ""

    def add(self, ids: Sequence[str], lines: bytes) -> None:
        """Add some whole documents and their lines."""
        if self._current is None or not ids:
            return
        number, part = self._current
        self._digest.update(lines)
        self._first, self._count = self._first or ids[0], self._count + len(ids)
        if self._count > part.documents:
            self._current = None
        elif self._count == part.documents:
            if self._digest.hexdigest() != part.hash:
                self.wrong_hashes[number] = self._digest.hexdigest()
            if (self._first, ids[-1]) != (part.first, part.last):
                self.wrong_ids[number] = (self._first, ids[-1])
            self._current = next(self._parts, None)
            self._digest, self._count, self._first = hashlib.sha256(), 0, ""

    def problems(self) -> Iterator[tuple[str, str]]:
        """What is wrong: the rule that is broken, and what is found."""
        for number, found in self.wrong_hashes.items():
            yield "content-hash", f"part {number}: the hash of its rows is {found[:16]}…"
        for number, (first, last) in self.wrong_ids.items():
            yield "manifest-broken", f"part {number}: its documents are those from {first} to {last}"
