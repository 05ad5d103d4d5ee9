"""What stands in an entry of a zip, unpacked piece by piece and never beyond what its records say."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from aussage.release.opening.budget import MOST_RATIO, MOST_UNPACKED, PIECE, SMALL
from aussage.release.opening.zip_records import STORED, Entry


class Damaged(Exception):
    """The data of an entry are not what its records say."""


def size_problems(entries: list[Entry]) -> Iterator[str]:
    """Entries that say that they unpack to more than any honest bundle would."""
    for entry in entries:
        if entry.size > SMALL and entry.size > MOST_RATIO * max(entry.packed, 1):
            ratio = entry.size // max(entry.packed, 1)
            yield f"{entry.name} unpacks to {ratio:,} times its size ({entry.size:,} bytes): a zip bomb"
    total = sum(entry.size for entry in entries)
    if total > MOST_UNPACKED:
        yield f"it unpacks to {total:,} bytes, at most {MOST_UNPACKED:,} are unpacked: a zip bomb"


def unpacked(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The bytes of an entry, in pieces of at most `PIECE`.

    Raises:
        Damaged: they end too early or late, or have another checksum than the records say; raised at the latest
            after the last piece. No more bytes are given than the records say.
        OSError: the zip cannot be read.
    """
    count = crc = 0
    for piece in _stored(file, entry) if entry.method == STORED else _inflated(file, entry):
        count += len(piece)
        if count > entry.size:
            raise Damaged(f"it unpacks to more than the {entry.size:,} bytes that the zip says")
        crc = zlib.crc32(piece, crc)
        yield piece
    if count < entry.size:
        raise Damaged(f"it unpacks to {count:,} bytes, not the {entry.size:,} that the zip says")
    if crc != entry.crc:
        raise Damaged("it has another checksum (CRC-32) than the zip says")


def _stored(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    for place in range(0, entry.packed, PIECE):
        file.seek(entry.data + place)
        yield file.read(min(PIECE, entry.packed - place))


def _inflated(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _stored(file, entry):
            waiting = packed
            while waiting and not decoder.eof:
                yield decoder.decompress(waiting, PIECE)
                waiting = decoder.unconsumed_tail
            if decoder.unused_data or (waiting and decoder.eof):
                raise Damaged("bytes stand after the end of its packed data")
        while not decoder.eof and (piece := decoder.decompress(b"", PIECE)):
            yield piece
    except zlib.error as error:
        raise Damaged(f"its packed data are damaged ({error})") from None
    if not decoder.eof:
        raise Damaged("its packed data end too early")
