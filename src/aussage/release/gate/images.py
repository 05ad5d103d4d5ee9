"""Takes images apart as far as they hold text: comments, metadata, profiles, what stands behind their end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from aussage.release.gate.part import Budget, Data, Inner, Part, Text, Trouble, Window

_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_XMP_HEAD = len(_XMP) + 32 + 8
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers of JPEG that have no length


def png_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """The chunks of a PNG that hold text, packed or not, and those that are not known."""
    place = 8
    while place + 12 <= len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind = bytes(data[place + 4 : place + 8])
        chunk = bytes(data[place + 8 : place + 8 + length])
        name = f"chunk {kind.decode('latin-1')}"
        place += 12 + length
        if place > len(data):
            yield Trouble(name, "it ends too early")
            return
        yield from _png_chunk(name, kind, chunk, budget)
        if kind == b"IEND":
            if place < len(data):
                yield Inner("behind the end", bytes(data[place:]))
            return
    yield Trouble("", "the image ends too early")


def _png_chunk(name: str, kind: bytes, chunk: bytes, budget: Budget) -> Iterator[Part]:
    if kind in {b"IDAT", b"fdAT", b"IHDR", b"PLTE"}:
        return
    if kind in {b"zTXt", b"iCCP"}:
        keyword, _, packed = chunk.partition(b"\0")
        yield Inner(name, keyword + b"\n" + _inflated(packed[1:], budget))
    elif kind == b"iTXt":
        keyword, _, rest = chunk.partition(b"\0")
        language, _, tail = rest[2:].partition(b"\0")
        translated, _, value = tail.partition(b"\0")
        value = _inflated(value, budget) if rest[:1] == b"\1" else value
        yield Inner(name, b"\n".join((keyword, language, translated, value)))
    elif kind == b"tEXt":
        yield Text(name, "Latin-1", chunk.decode("latin-1"))
        yield Inner(name, chunk)
    else:
        yield Inner(name, chunk)


def _inflated(packed: bytes, budget: Budget) -> bytes:
    stream, source = zlib.decompressobj(), Window(packed)
    unpacked = budget.unpacked(lambda size: _piece(stream, source, size), len(packed))
    if not stream.eof:
        raise zlib.error("a packed text ends too early")
    return bytes(unpacked[:])


def _piece(stream: zlib._Decompress, source: Window, size: int) -> bytes:
    while not stream.eof:
        given = stream.unconsumed_tail or source.read(1 << 16)
        if not given:
            return b""
        if piece := stream.decompress(given, size):
            return piece
    return b""


def jpeg_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """The comments and application segments of a JPEG, each alone and those of a kind joined."""
    joined: dict[str, list[bytes]] = {}
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in _ALONE:
            place += 2
            continue
        if marker in {0xD9, 0xDA}:  # the end, or the picture itself, of which all is seen as bytes
            break
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        segment = bytes(data[place + 4 : place + 2 + length])
        place += 2 + length
        if place > len(data):
            yield Trouble("", "the image ends too early")
            return
        if marker == 0xFE or 0xE0 <= marker <= 0xEF:
            name = "comment" if marker == 0xFE else f"segment APP{marker - 0xE0}"
            segment = segment[_XMP_HEAD:] if segment.startswith(_XMP) else segment
            joined.setdefault(name, []).append(segment)
            yield Inner(name, segment)
    if data.rfind(b"\xff\xd9") < 0:
        yield Trouble("", "the image ends too early")
    yield from (Inner(f"{name}, joined", b"".join(parts)) for name, parts in joined.items() if len(parts) > 1)


def gif_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """The comments and application blocks of a GIF."""
    place = 13 + _colours(data[10])
    while place < len(data):
        introducer = data[place]
        if introducer == 0x3B:
            if place + 1 < len(data):
                yield Inner("behind the end", bytes(data[place + 1 :]))
            return
        if introducer == 0x21:
            label = data[place + 1]
            block, place = _sub_blocks(data, place + 2)
            if label != 0xF9:
                yield Inner("comment" if label == 0xFE else f"block {label:02x}", block)
        elif introducer == 0x2C:
            place += 10 + _colours(data[place + 9])
            _, place = _sub_blocks(data, place + 1)
        else:
            break
    yield Trouble("", "the image is damaged or ends too early")


def _colours(flags: int) -> int:
    """The size of the table of colours that the flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _sub_blocks(data: Data, place: int) -> tuple[bytes, int]:
    """Blocks of at most 255 bytes joined, and the place behind them; IndexError if they do not end."""
    joined = bytearray()
    while length := data[place]:
        joined += data[place + 1 : place + 1 + length]
        place += 1 + length
    return bytes(joined), place + 1
