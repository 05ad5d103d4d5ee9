"""What a reader takes out of a container: texts, bytes, or the news that something cannot be read."""

from __future__ import annotations

import io
import mmap
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aussage.release.gate.finding import Limits

Data = bytes | mmap.mmap
ROWS_AGAIN = "values across rows"
"""How the text of a table is read that holds the values of its columns once more, row by row."""
_PIECE, _IN_MEMORY = 1 << 20, 64 << 20


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a container holds: where in it, read as what."""

    name: str
    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Inner:
    """Bytes that a container holds and that may be of any kind themselves."""

    name: str
    data: Data


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a container that cannot be read."""

    name: str
    reason: str


Part = Text | Inner | Trouble


class TooMuch(Exception):
    """More would be unpacked than the limits allow; the message says what."""


class Budget:
    """Counts what is unpacked from one file, and stops it at the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._left = limits.unpacked

    def spend(self, size: int) -> None:
        """Count so many unpacked bytes.

        Raises:
            TooMuch: it would be more than the limits allow.
        """
        self._left -= size
        if self._left < 0:
            raise TooMuch(f"more than {self.limits.unpacked:,} bytes would be unpacked from this file")

    def unpacked(self, read: Callable[[int], bytes], packed: int) -> Data:
        """All that `read` gives until it gives nothing; what is large lies in a temporary file.

        Raises:
            TooMuch: it is too large, or too many times as large as its `packed` bytes.
        """
        pieces, size, file = io.BytesIO(), 0, None
        while piece := read(_PIECE):
            size += len(piece)
            self.spend(len(piece))
            if size > max(self.limits.harmless, self.limits.ratio * packed):
                raise TooMuch(f"{packed:,} bytes unpack to more than {size - len(piece):,}, as only a bomb does")
            if file is None and size > _IN_MEMORY:
                file = tempfile.TemporaryFile()  # noqa: SIM115 (closed below, when it is mapped)
                file.write(pieces.getvalue())
                pieces = io.BytesIO()
            (file or pieces).write(piece)
        if file is None:
            return pieces.getvalue()
        with file:
            file.flush()
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class Window(io.RawIOBase):
    """Bytes as a file that can be read."""

    def __init__(self, data: Data) -> None:
        self._data, self._place = data, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The place that is read next."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, counted from the begin, from here, or from the end."""
        base = (0, self._place, len(self._data))[whence]
        if base + offset < 0:
            raise OSError("a place before the begin")
        self._place = base + offset
        return self._place

    def read(self, size: int | None = -1) -> bytes:
        """So many bytes from here, or all that are left."""
        stop = len(self._data) if size is None or size < 0 else min(self._place + size, len(self._data))
        piece = bytes(self._data[self._place : stop])
        self._place += len(piece)
        return piece


Reader = Callable[[Data, Budget], Iterator[Part]]
"""Takes a container apart; raises what the libraries for it raise if it is damaged, TooMuch if it is too large."""
