"""Tells by its content what some bytes are, whatever the file is called, and who can take them apart."""

from __future__ import annotations

import zipfile
from importlib import import_module

from aussage.release.gate.part import Data, Reader, Window

_ROOM = "aussage.release.gate."
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b\x08", "gzip", "archives:gzip_parts"),
    (b"BZh", "bzip2", "archives:bzip2_parts"),
    (b"\xfd7zXZ\x00", "xz", "archives:xz_parts"),
    (b"\x28\xb5\x2f\xfd", "zstd", "archives:zstd_parts"),
    (b"\x04\x22\x4d\x18", "lz4", "archives:lz4_parts"),
    (b"PAR1", "Parquet", "tables:parquet_parts"),
    (b"ARROW1", "Arrow", "tables:arrow_parts"),
    (b"FEA1", "Feather", "tables:arrow_parts"),
    (b"SQLite format 3\0", "SQLite", "tables:sqlite_parts"),
    (b"\x89PNG\r\n\x1a\n", "PNG", "images:png_parts"),
    (b"\xff\xd8\xff", "JPEG", "images:jpeg_parts"),
    (b"GIF87a", "GIF", "images:gif_parts"),
    (b"GIF89a", "GIF", "images:gif_parts"),
)
_REFUSED: tuple[tuple[int, bytes, str], ...] = (
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"MSCF\0\0\0\0", "a cabinet archive"),
    (0, b"\x1f\x9d", "a file packed by compress"),
    (0, b"LZIP", "a file packed by lzip"),
    (0, b"PARE", "an encrypted Parquet file"),
    (8, b"DUCK", "a DuckDB database"),
)
_SMALL, _LARGE = 40, 200
"""Packed or encoded, five words do not stand in fewer bytes; a container without a head has more."""
_STARTS = (*(magic for magic, _, _ in _MAGIC), b"PK\x03\x04", b"%PDF-")


def reader_of(data: Data) -> tuple[str, Reader | None]:
    """What the bytes are and the function that takes them apart; ("", None) for texts and for what is not known."""
    for magic, kind, where in _MAGIC:
        if data[: len(magic)] == magic:
            return kind, _reader(where)
    if data[257:262] == b"ustar":
        return "tar", _reader("archives:tar_parts")
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"} or (
        data.find(b"PK\x05\x06") >= 0 and zipfile.is_zipfile(Window(data))
    ):
        return "zip", _reader("archives:zip_parts")
    if b"%PDF-" in data[:1024]:
        return "PDF", _reader("pdf:pdf_parts")
    if data[:4] == b"\xff\xff\xff\xff" and len(data) > 16 and 0 < int.from_bytes(data[4:8], "little") < len(data):
        return "Arrow stream", _reader("tables:arrow_parts")
    return "", None


def is_worth_opening(data: bytes) -> bool:
    """Whether bytes that were written in a text are a container or a text, and not just a digest or numbers.

    What is not worth opening is still looked at as bytes, together with others.
    """
    if len(data) < _SMALL:
        return False
    if data.startswith(_STARTS) or (len(data) >= _LARGE and reader_of(data)[1] is not None):
        return True
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or data[1:2] == b"\0":
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def refused_kind(data: Data) -> str:
    """What the bytes are, if they are of a kind that packs texts and that the gate cannot take apart; else empty."""
    for place, magic, kind in _REFUSED:
        if data[place : place + len(magic)] == magic:
            return kind
    return ""


def as_text(data: Data) -> str | None:
    """Bytes as the text that they are; nothing if they are none."""
    start = bytes(data[:4096])
    if start[:4] in {b"\xff\xfe\0\0", b"\0\0\xfe\xff"}:
        return _decoded(data, "utf-32")
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _decoded(data, "utf-16")
    if b"\0" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) * 4 > len(start) and min(even, odd) * 4 < max(even, odd):
            return _decoded(data, "utf-16-be" if even > odd else "utf-16-le")
        return None
    if data.find(b"\0") >= 0:
        return None
    try:
        return bytes(data[:]).decode()
    except UnicodeDecodeError:
        control = sum(byte < 0x20 and byte not in b"\t\n\r\f" for byte in start)
        return _decoded(data, "cp1252") if control == 0 else None


def _decoded(data: Data, encoding: str) -> str:
    return bytes(data[:]).decode(encoding, "replace")


def _reader(where: str) -> Reader:
    """A reader by module and name, so that heavy libraries are loaded only for files that need them."""
    module, name = where.split(":")
    reader: Reader = getattr(import_module(_ROOM + module), name)
    return reader
