"""Zips record by record, so that each record can say something else than the others."""

import struct
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Part:
    """An entry; `own` and `listed` override what its own header and the directory say of it."""

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    attributes: int = 0o100644 << 16
    data: bytes | None = None
    own: dict[str, Any] = field(default_factory=dict)
    listed: dict[str, Any] = field(default_factory=dict)
    after: bytes = b""
    place: int | None = None

    def packed(self) -> bytes:
        if self.data is not None:
            return self.data
        if self.method != 8:
            return self.content
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        return packer.compress(self.content) + packer.flush()


def parts_of(path: Path) -> list[Part]:
    """The entries of an honest zip."""
    with zipfile.ZipFile(path) as found:
        return [Part(entry.filename.encode(), found.read(entry), flags=entry.flag_bits) for entry in found.infolist()]


def changed(parts: list[Part], end: str, **changes: Any) -> list[Part]:
    """The entries, that whose name ends so with other facts."""
    assert sum(part.name.endswith(end.encode()) for part in parts) == 1
    return [replace(part, **changes) if part.name.endswith(end.encode()) else part for part in parts]


def zipped(parts: list[Part], before: bytes = b"", after: bytes = b"", comment: bytes = b"") -> bytes:
    """The bytes of a zip."""
    out, directory = bytearray(before), bytearray()
    for part in parts:
        data = part.packed()
        facts = {
            "flags": part.flags, "method": part.method, "crc": zlib.crc32(part.content), "packed": len(data),
            "size": len(part.content), "name": part.name, "extra": b"", "comment": b"",
        }  # fmt: skip
        own, listed = facts | part.own, facts | part.listed
        place = len(out) if part.place is None else part.place
        out += struct.pack(
            "<4s5H3I2H", b"PK\3\4", 20, own["flags"], own["method"], 0, 33, own["crc"], own["packed"], own["size"],
            len(own["name"]), len(own["extra"]),
        )  # fmt: skip
        out += own["name"] + own["extra"] + data + part.after
        directory += struct.pack(
            "<4s2B3HI3I5H2I", b"PK\1\2", 20, 3, 20, listed["flags"], listed["method"], 33 << 16, listed["crc"],
            listed["packed"], listed["size"], len(listed["name"]), len(listed["extra"]), len(listed["comment"]),
            listed.get("disk", 0), 0, listed.get("attributes", part.attributes), place,
        )  # fmt: skip
        directory += listed["name"] + listed["extra"] + listed["comment"]
    closing = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), len(out), len(comment))
    return bytes(out + directory + closing + comment + after)
