"""The records of a zip, read strictly: what two programs could read in two ways is a fault.

The records must fill the file without gap or overlap: entries from the first byte to the directory, the directory to
the closing record, that to the last byte (APPNOTE.TXT 6.3.10, sections 4.3 to 4.5).
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from aussage.release.opening.budget import MOST_DIRECTORY, MOST_ENTRIES

CLOSING, CLOSING_64, LOCATOR_64 = struct.Struct("<4s4H2IH"), struct.Struct("<4sQ2H2I4Q"), struct.Struct("<4sIQI")
CENTRAL, LOCAL = struct.Struct("<4s2B3HI3I5H2I"), struct.Struct("<4s5H3I2H")
ALL_16, ALL_32 = 0xFFFF, 0xFFFFFFFF
STORED, DEFLATED = 0, 8
ENCRYPTED, STREAMED, PATCHED, STRONG, UTF_8, MASKED = 1, 1 << 3, 1 << 5, 1 << 6, 1 << 11, 1 << 13
ZIP64, OTHER_NAME = 0x0001, 0x7075  # extra fields
WINDOWS_FOLDER, WINDOWS_LINK, WINDOWS_DEVICE = 0x10, 0x400, 0x40
METHODS = {STORED: "stored", DEFLATED: "deflated"}


class NoZip(Exception):
    """The file is no zip, or its records do not hold together."""


@dataclass(slots=True)
class Entry:
    """One entry: its name, whether it is a folder, where its data stand; `faults` is what its records say wrongly."""

    name: str
    is_folder: bool
    method: int
    crc: int
    packed: int
    size: int
    header: int
    flags: int
    raw_name: bytes
    data: int = 0
    end: int = 0
    faults: list[str] = field(default_factory=list)


def read_entries(file: BinaryIO, size: int) -> list[Entry]:
    """The entries of a zip of `size` bytes, in the order of their data.

    Raises:
        NoZip: the file is no zip, cut off, has bytes before, between or after its records, or too many entries.
    """
    start, end, count = _find_directory(file, size)
    if count > MOST_ENTRIES or end - start > MOST_DIRECTORY:
        raise NoZip(f"it has {count:,} entries in a directory of {end - start:,} bytes, more than are read")
    file.seek(start)
    entries = sorted(_directory(file.read(end - start), count), key=lambda entry: entry.header)
    place = 0
    for number, entry in enumerate(entries):
        following = entries[number + 1].header if number + 1 < len(entries) else start
        if entry.header > place:
            where = "before the first entry (prepended data)" if not number else f"before {entry.name}"
            raise NoZip(f"{entry.header - place:,} bytes stand {where} that belong to no entry")
        if entry.header < place:
            raise NoZip(f"{entries[number - 1].name} and {entry.name} overlap")
        _read_local(file, entry, following)
        place = entry.end
    if place > start:
        raise NoZip(f"{entries[-1].name} and the directory overlap")
    if place < start:
        raise NoZip(f"{start - place:,} bytes stand before the directory that belong to no entry")
    return entries


def _find_directory(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """Where the directory begins and ends, and how many entries it has."""
    if size < CLOSING.size:
        raise NoZip("it is too short for a zip, or cut off")
    closing = CLOSING.unpack(_at(file, size - CLOSING.size, CLOSING.size))
    if closing[0] != b"PK\5\6" or closing[7]:
        tail = _at(file, max(size - 70_000, 0), min(size, 70_000))
        found = tail.rfind(b"PK\5\6") >= 0
        raise NoZip("data or a comment stand after its end" if found else "it has no end: it is cut off, or no zip")
    _, disk, first_disk, here, count, length, start, _ = closing
    end = size - CLOSING.size
    locator = LOCATOR_64.unpack(_at(file, end - LOCATOR_64.size, LOCATOR_64.size)) if end >= LOCATOR_64.size else (b"",)
    if locator[0] == b"PK\6\7":
        place = end - LOCATOR_64.size - CLOSING_64.size
        large = CLOSING_64.unpack(_at(file, place, CLOSING_64.size)) if place >= 0 else (b"",)
        if large[0] != b"PK\6\6" or locator[2] != place or large[1] != CLOSING_64.size - 12:
            raise NoZip("its ZIP64 records do not hold together")
        wide = large[4:10]
        for given, real, most in zip(closing[1:7], wide, (ALL_16,) * 4 + (ALL_32,) * 2, strict=True):
            if given not in (real, most):
                raise NoZip("its ZIP64 records disagree with its closing record")
        disk, first_disk, here, count, length, start = wide
        end = place
    if disk or first_disk or here != count:
        raise NoZip("it is one part of a zip of several")
    if start + length != end:
        raise NoZip(f"its directory does not end where its closing record begins ({start:,} + {length:,}, not {end:,})")
    return start, end, count


def _at(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    found = file.read(length)
    if len(found) < length:
        raise NoZip("it is cut off")
    return found


def _directory(data: bytes, count: int) -> Iterator[Entry]:
    place = 0
    for _ in range(count):
        if place + CENTRAL.size > len(data):
            raise NoZip("its directory is cut off")
        signature, _, _, _, flags, method, _, crc, packed, size, name, extra, comment, disk, _, attributes, header = (
            CENTRAL.unpack_from(data, place)
        )
        if signature != b"PK\1\2":
            raise NoZip("its directory is damaged")
        place += CENTRAL.size
        raw, about = data[place : place + name], data[place + name : place + name + extra]
        place += name + extra + comment
        if place > len(data):
            raise NoZip("its directory is cut off")
        faults: list[str] = []
        fields = dict(_extra_fields(about, faults))
        size, packed, header = _widened(fields, (size, packed, header), faults)
        text = _decoded(raw, flags, faults)
        entry = Entry(text.removesuffix("/"), text.endswith("/"), method, crc, packed, size, header, flags, raw)
        entry.faults = faults
        _examine(entry, fields, attributes, disk)
        yield entry
    if place != len(data):
        raise NoZip(f"its directory has {len(data) - place:,} bytes that belong to no entry")


def _decoded(raw: bytes, flags: int, faults: list[str]) -> str:
    try:
        return raw.decode("utf-8" if flags & UTF_8 else "ascii")
    except UnicodeDecodeError:
        faults.append("its name is not in UTF-8, or does not say so")
        return raw.decode("utf-8", errors="backslashreplace")


def _extra_fields(data: bytes, faults: list[str]) -> Iterator[tuple[int, bytes]]:
    place, seen = 0, set()
    while place + 4 <= len(data):
        tag, length = struct.unpack_from("<2H", data, place)
        if place + 4 + length > len(data):
            break
        if tag in seen:
            faults.append("it has an extra field twice")
        seen.add(tag)
        yield tag, data[place + 4 : place + 4 + length]
        place += 4 + length
    if place != len(data):
        faults.append("its extra fields are damaged")


def _widened(fields: dict[int, bytes], values: tuple[int, ...], faults: list[str]) -> list[int]:
    """The values, those that are too large for 32 bits taken from the ZIP64 field, in its order."""
    wide, place = fields.get(ZIP64, b""), 0
    found: list[int] = []
    for value in values:
        if value == ALL_32:
            if place + 8 > len(wide):
                faults.append("its ZIP64 field is missing or too short")
                return [*found, *values[len(found) :]]
            value = struct.unpack_from("<Q", wide, place)[0]
            place += 8
        found.append(value)
    return found


def _examine(entry: Entry, fields: dict[int, bytes], attributes: int, disk: int) -> None:
    """Note what the directory says of an entry that no honest bundle says."""
    if entry.flags & (ENCRYPTED | STRONG | MASKED):
        entry.faults.append("it is encrypted")
    elif entry.method not in METHODS:
        entry.faults.append(f"it is packed in a way that is not read (method {entry.method})")
    if entry.flags & PATCHED:
        entry.faults.append("it is a patch of another file")
    if OTHER_NAME in fields:
        entry.faults.append("it has a second name")
    if disk:
        entry.faults.append("it stands in another part of the zip")
    kind = stat.S_IFMT(attributes >> 16)
    if kind not in (0, stat.S_IFDIR if entry.is_folder else stat.S_IFREG):
        what = {stat.S_IFLNK: "a symbolic link", stat.S_IFDIR: "a folder that is named as a file"}
        entry.faults.append(f"it is {what.get(kind, 'a special file')}")
    elif attributes & (WINDOWS_LINK | WINDOWS_DEVICE) or (attributes & WINDOWS_FOLDER and not entry.is_folder):
        entry.faults.append("it is a link, a device or a folder that is named as a file")
    if entry.is_folder and entry.size:
        entry.faults.append("it is a folder and has content")
    if entry.method == STORED and entry.packed != entry.size:
        entry.faults.append("it is not packed, and yet has two sizes")


def _read_local(file: BinaryIO, entry: Entry, following: int) -> None:
    """Find the data of an entry, and note where its own header disagrees with the directory."""
    signature, _, flags, method, _, _, crc, packed, size, name, extra = LOCAL.unpack(
        _at(file, entry.header, LOCAL.size)
    )
    if signature != b"PK\3\4":
        raise NoZip(f"{entry.name} has no header where the directory says")
    raw, about = _at(file, entry.header + LOCAL.size, name), _at(file, entry.header + LOCAL.size + name, extra)
    entry.data = entry.header + LOCAL.size + name + extra
    entry.end = entry.data + entry.packed
    faults: list[str] = []
    fields = dict(_extra_fields(about, faults))
    size, packed = _widened(fields, (size, packed), faults)
    if raw != entry.raw_name or OTHER_NAME in fields:
        faults.append(f"its own header has another name ({raw.decode(errors='backslashreplace')!r})")
    given, wanted = [flags, method, crc, packed, size], [entry.flags, entry.method, entry.crc, entry.packed, entry.size]
    if flags & STREAMED:
        given[2:] = [real if stated == 0 else stated for stated, real in zip(given[2:], wanted[2:], strict=True)]
        entry.end += _descriptor(file, entry, following)
    if given != wanted:
        faults.append("its own header disagrees with the directory of the zip (flags, method, checksum or sizes)")
    entry.faults += [fault for fault in faults if fault not in entry.faults]


def _descriptor(file: BinaryIO, entry: Entry, following: int) -> int:
    """How many bytes stand after the data to say its checksum and sizes; nothing if they are not there."""
    for form in ("<4s3I", "<4sI2Q", "<3I", "<I2Q"):
        length = struct.calcsize(form)
        if entry.end + length == following:
            found = struct.unpack(form, _at(file, entry.end, length))
            facts = found[1:] if form.startswith("<4s") else found
            signed = not form.startswith("<4s") or found[0] == b"PK\7\10"
            if signed and facts == (entry.crc, entry.packed, entry.size):
                return length
    entry.faults.append("what stands after its data disagrees with the directory of the zip")
    return max(following - entry.end, 0)
