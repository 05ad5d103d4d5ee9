"""Bytes that stand in a text or in other bytes: base64, hexadecimal, Ascii85, compressed streams."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from aussage.release.gate.part import Data

SHORTEST = 40
"""So many characters in a row may hold encoded bytes; fewer cannot hold five words that are withheld."""
_GAP = r"(?:\r?\n[ \t]*)"
_SIXTY_FOUR = re.compile(rf"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{{{SHORTEST},}}(?:{_GAP}[A-Za-z0-9+/_-]{{4,}})*={{0,2}}")
_SIXTEEN = re.compile(rf"(?<![0-9A-Fa-f])[0-9A-Fa-f][0-9A-Fa-f\s:,]{{{SHORTEST - 1},}}")
_PAIRS = re.compile(rf"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{{2}}[\s:,]?){{{SHORTEST // 2},}}")
_THIRTY_TWO = re.compile(rf"(?<![A-Z2-7])[A-Z2-7]{{{SHORTEST},}}=*")
_EIGHTY_FIVE = re.compile(r"<~[\s!-uz]{20,}~>")
_DIGITS = re.compile("[0-9A-Fa-f]+")
_WHITE = re.compile(r"\s+")
_PRINTABLE = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]{%d,}" % SHORTEST)
_STREAM = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|\x28\xb5\x2f\xfd|BZh[1-9]1AY|\xfd7zXZ\x00|PK\x03\x04")


def encoded_bytes(text: str) -> Iterator[tuple[str, bytes]]:
    """The bytes that longer runs of a text may stand for, each with a word for how they were written."""
    for match in _SIXTY_FOUR.finditer(text):
        if not _DIGITS.fullmatch(match[0]):
            yield from (("base64", data) for data in _from_base64(match[0]))
    for match in _SIXTEEN.finditer(text):
        yield from (("hexadecimal", data) for data in _from_pairs(match[0]))
    for match in _THIRTY_TWO.finditer(text):
        digits = match[0].rstrip("=")
        with_padding = digits + "=" * (-len(digits) % 8)
        try:
            yield "base32", base64.b32decode(with_padding)
        except binascii.Error:
            continue
    for match in _EIGHTY_FIVE.finditer(text):
        try:
            yield "Ascii85", base64.a85decode(_WHITE.sub("", match[0]), adobe=True)
        except ValueError:
            continue


def _from_pairs(run: str) -> Iterator[bytes]:
    """A run of digits of base sixteen and gaps, read as pairs."""
    for match in _PAIRS.finditer(run):
        digits = match[0] if match[0].isalnum() else re.sub(r"[\s:,]", "", match[0])
        yield bytes.fromhex(digits[: len(digits) // 2 * 2])


def _from_base64(run: str) -> Iterator[bytes]:
    """A run read as base64; a short one from each of four places, since other letters may stand before it."""
    digits = _WHITE.sub("", run).rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    for skipped in range(4 if len(digits) < 4096 else 1):
        part = digits[skipped:]
        part = part[: len(part) - 1] if len(part) % 4 == 1 else part
        yield base64.b64decode(part + "=" * (-len(part) % 4))


def stream_starts(data: Data) -> Iterator[int]:
    """Where in unknown bytes a compressed stream may begin."""
    for match in _STREAM.finditer(data):
        yield match.start()


def printable(data: Data) -> str:
    """The stretches of unknown bytes that may be text, one a line."""
    return "\n".join(match[0].decode("utf-8", "replace") for match in _PRINTABLE.finditer(data))
