"""Where a corpus is cut into parts: a matter of ids and sizes nearby, so that a change moves no other cut.

Content-defined chunking (Muthitacharoen, Chen and Mazières, A Low-bandwidth Network File System, SOSP 2001), over
documents instead of bytes: a document begins a new part by its own hash, once the part before has the least size, and
the more likely the larger it is. Which files the documents stand in, and how many processes compile them, has no part
in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

USUAL = 16_000_000  # bytes of records in a part


@dataclass(slots=True)
class Cutter:
    """Tells for one document after another, in the order of ids, whether a new part begins with it.

    A part has half the usual size at least and twice that size at most, unless a single document is larger.
    """

    usual: int = USUAL
    _size: int = field(default=0, init=False)

    @property
    def most(self) -> int:
        """How many bytes a part may have; a corpus that has no more is one part."""
        return 2 * self.usual

    def begins(self, document: str, size: int) -> bool:
        """Whether a document whose records have so many bytes is the first of a new part."""
        cut = bool(self._size) and (
            self._size + size > self.most or (self._size >= self.usual // 2 and self._chosen(document, size))
        )
        self._size = size if cut else self._size + size
        return cut

    def _chosen(self, document: str, size: int) -> bool:
        share = int.from_bytes(hashlib.sha256(document.encode(errors="replace")).digest()[:8]) / 2**64
        return share * (self.usual // 2) < size
