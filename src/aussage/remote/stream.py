"""Bytes of remote files: one file read from its beginning, or ranges of it that are fetched together."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from aussage.remote.unreachable import asking

if TYPE_CHECKING:
    from aussage.remote.path import RemotePath

GAP = 256_000  # bytes between two ranges that are fetched with them: faster than to ask twice
LARGEST = 4_000_000  # bytes of ranges that are fetched in one
AT_A_TIME = 16  # requests


class RemoteFile(io.RawIOBase):
    """A remote file as a stream of bytes in which one can seek."""

    def __init__(self, path: RemotePath, block: int) -> None:
        self.path = path
        with asking(path):
            self._file: Any = path.system.open(path.key, "rb", block_size=block)

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """So many bytes, or all that are left."""
        with asking(self.path):
            return bytes(self._file.read(-1 if size is None else size))

    def readall(self) -> bytes:
        """All bytes that are left."""
        return self.read()

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there are bytes."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to an offset."""
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        """The offset of the next byte."""
        return int(self._file.tell())

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()


def read_ranges(path: RemotePath, ranges: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """The bytes of ranges (offset and length), which are in order; neighbours are fetched together, many at a time."""
    blocks = _blocks(ranges)
    while some := list(islice(blocks, AT_A_TIME)):
        starts = [block[0][0] for block in some]
        ends = [max(offset + length for offset, length in block) for block in some]
        with asking(path):
            found = path.system.cat_ranges([path.key] * len(some), starts, ends, on_error="raise")
        for start, block, data in zip(starts, some, found, strict=True):
            yield from (bytes(data[offset - start : offset - start + length]) for offset, length in block)


def _blocks(ranges: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    block: list[tuple[int, int]] = []
    for offset, length in ranges:
        end = block[-1][0] + block[-1][1] if block else 0
        if block and (offset - end > GAP or offset + length - block[0][0] > LARGEST):
            yield block
            block = []
        block.append((offset, length))
    if block:
        yield block
