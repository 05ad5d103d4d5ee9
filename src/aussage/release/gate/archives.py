"""Takes archives and compressed files apart: zip, tar, gzip, bzip2, xz, zstd, lz4."""

from __future__ import annotations

import bz2
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from aussage.release.gate.part import Budget, Data, Inner, Part, Text, Trouble, Window

_LOCAL = b"PK\x03\x04"
_KNOWN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}


def zip_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """The members of a zip, their names and comments, and whether bytes lie between them that nothing lists."""
    archive = zipfile.ZipFile(Window(data))
    members = archive.infolist()
    yield Text("names", "names of members", "\n".join(member.filename for member in members))
    yield Text("comments", "comments", _as_text(archive.comment, *(member.comment for member in members)))
    yield Text("extra fields", "extra fields", _as_text(*(member.extra for member in members)))
    listed = {member.header_offset for member in members}
    for member in members:
        if member.flag_bits & 1:
            yield Trouble(member.filename, "it is encrypted")
        elif member.compress_type not in _KNOWN:
            yield Trouble(member.filename, f"its compression (method {member.compress_type}) is not known")
        elif not member.is_dir() or member.file_size:
            yield from _zip_member(archive, member, budget)
    yield from _unlisted(data, members, listed)


def _zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> Iterator[Part]:
    try:
        with archive.open(member) as stream:
            yield Inner(member.filename, budget.unpacked(stream.read, member.compress_size))
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        yield Trouble(member.filename, f"it is damaged: {error}")


def _unlisted(data: Data, members: list[zipfile.ZipInfo], listed: set[int]) -> Iterator[Part]:
    """Entries that lie in the file although its directory does not list them."""
    spans = sorted((member.header_offset, member.header_offset + 30 + member.compress_size) for member in members)
    at, span = data.find(_LOCAL), 0
    while at >= 0:
        while span < len(spans) and spans[span][1] <= at:
            span += 1
        inside = span < len(spans) and spans[span][0] <= at
        if at not in listed and not inside:
            yield Trouble(f"byte {at:,}", "an entry begins here that the directory of the zip does not list")
            return
        at = data.find(_LOCAL, max(at + 1, spans[span][1] if inside else 0))


def tar_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """The members of a tar, with all that their headers say."""
    with tarfile.open(fileobj=Window(data), mode="r:") as archive:
        headers: list[str] = []
        for member in archive:
            headers += [member.name, member.linkname, member.uname, member.gname]
            headers += [str(value) for _, value in sorted(member.pax_headers.items())]
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is not None:
                inner = budget.unpacked(stream.read, member.size)
                if len(inner) != member.size:
                    raise tarfile.ReadError(f"{member.name} ends too early")
                yield Inner(member.name, inner)
        yield Text("headers", "headers of members", "\n".join(headers))


def gzip_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """What gzip members hold."""
    yield from _streams(data, budget, lambda: zlib.decompressobj(31), zlib.error)


def bzip2_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """What bzip2 streams hold."""
    yield from _streams(data, budget, bz2.BZ2Decompressor, OSError)


def xz_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """What xz streams hold."""
    yield from _streams(data, budget, lzma.LZMADecompressor, lzma.LZMAError)


def zstd_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """What zstd frames hold."""
    yield from _arrow_stream(data, budget, "zstd")


def lz4_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """What lz4 frames hold."""
    yield from _arrow_stream(data, budget, "lz4")


def _streams(data: Data, budget: Budget, make: Callable[[], Any], error: type[Exception]) -> Iterator[Part]:
    """Compressed streams one after another; what follows the last one is handed on as it is."""
    source, number = Window(data), 0
    rest = source.read(1 << 16)
    while rest:
        begin = source.tell() - len(rest)
        stream = Stream(source, rest, make())
        try:
            inner = budget.unpacked(stream.read, len(data) - begin)
        except error:
            if number == 0:
                raise
            yield Inner("rest", bytes(data[begin:]))
            return
        if not stream.whole:
            raise EOFError("it ends too early")
        number += 1
        yield Inner(f"stream {number}" if number > 1 or stream.rest else "content", inner)
        rest = stream.rest.lstrip(b"\0") or source.read(1 << 16)


class Stream:
    """One compressed stream, read piece by piece; afterwards `rest` is what follows it in what was read."""

    def __init__(self, source: Window, first: bytes, decompressor: Any) -> None:
        self._source, self._next, self._decompressor = source, first, decompressor

    def read(self, size: int) -> bytes:
        """At most about `size` bytes; nothing at the end."""
        while not self._decompressor.eof:
            given, self._next = self._next, b""
            if not given and getattr(self._decompressor, "needs_input", True):
                given = getattr(self._decompressor, "unconsumed_tail", b"") or self._source.read(1 << 16)
                if not given:
                    return b""
            if piece := self._decompressor.decompress(given, size):
                if tail := getattr(self._decompressor, "unconsumed_tail", b""):
                    self._next = tail
                return bytes(piece)
            self._next = getattr(self._decompressor, "unconsumed_tail", b"")
        return b""

    @property
    def whole(self) -> bool:
        """Whether the stream ended as it should."""
        return bool(self._decompressor.eof)

    @property
    def rest(self) -> bytes:
        """What was read beyond the end of the stream."""
        return bytes(self._decompressor.unused_data)


def _arrow_stream(data: Data, budget: Budget, compression: str) -> Iterator[Part]:
    import pyarrow as pa

    with pa.CompressedInputStream(pa.BufferReader(pa.py_buffer(data)), compression) as stream:
        yield Inner("content", budget.unpacked(stream.read, len(data)))


def _as_text(*values: bytes) -> str:
    return "\n".join(value.decode("utf-8", "replace") for value in values)
