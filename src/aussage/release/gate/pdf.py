"""Takes a PDF apart: its streams unpacked, and the text that its pages, outlines and metadata show."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator

from aussage.release.gate.part import Budget, Data, Inner, Part, Text, Trouble, Window

_STREAM = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_NAME = re.compile(rb"/(\w+)")
_PICTURES = {b"DCTDecode", b"DCT", b"JPXDecode", b"CCITTFaxDecode", b"CCF", b"JBIG2Decode"}
_TOKEN = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|\[|\]|-?\d*\.?\d+|[A-Za-z'\"*]+", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f\s]*>|\[[^\]]*\])")
_WIDE = -150
"""A step back of more than this many thousandths of a letter is a space."""
_WHITE = {b"n": b"\n", b"r": b"\n", b"t": b"\t", b"b": b"", b"f": b"\n"}

Characters = dict[bytes, str]


def pdf_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """Everything in a PDF that may hold words."""
    if re.search(rb"/Encrypt\s+(\d+\s+\d+\s+R|<<)", data):
        yield Trouble("", "it is encrypted")
        return
    if data.rfind(b"%%EOF") < 0:
        yield Trouble("", "it ends too early")
    sources = [bytes(data[:])]
    for number, part in enumerate(_streams(data, budget), start=1):
        if isinstance(part, bytes):
            sources.append(part)
            yield Inner(f"stream {number}", part)
        else:
            yield part
    maps = [characters for source in sources if (characters := _characters(source))]
    if not maps and any(b"/Identity-H" in source for source in sources):
        yield Trouble("", "its fonts do not say which letters they show")
    strings = [string for source in sources[1:] for string in _shown(source)]
    yield Text("pages", "text of the streams", "".join(_as_text(string) for string in strings))
    yield Text("strings", "strings", "\n".join(_as_text(string) for string in _shown(sources[0])))
    merged: Characters = {}
    for characters in maps:
        merged = characters | merged
        yield Text("pages", "text of the pages by its fonts", "".join(_by_font(s, characters) for s in strings))
    if len(maps) > 1:
        yield Text("pages", "text of the pages by its fonts", "".join(_by_font(s, merged) for s in strings))


def _streams(data: Data, budget: Budget) -> Iterator[bytes | Trouble | Inner]:
    """The streams of a PDF, unpacked."""
    for number, match in enumerate(_STREAM.finditer(data), start=1):
        if data[max(match.start() - 3, 0) : match.start()] == b"end":
            continue
        head = bytes(data[max(data.rfind(b" obj", 0, match.start()), 0) : match.start()])
        end = data.find(b"endstream", match.end())
        if end < 0:
            yield Trouble(f"stream {number}", "it does not end")
            return
        content = bytes(data[match.end() : end])
        found = _FILTER.search(head)
        try:
            for name in _NAME.findall(found[1]) if found else []:
                if name in _PICTURES:
                    yield Inner(f"stream {number}", content)
                    break
                content = _unfiltered(name, content, budget)
            else:
                yield content
        except (zlib.error, ValueError, binascii.Error) as error:
            yield Trouble(f"stream {number}", str(error))


def _unfiltered(name: bytes, content: bytes, budget: Budget) -> bytes:
    """A stream with one filter undone; ValueError for a filter that is not known."""
    if name in {b"FlateDecode", b"Fl"}:
        stream, source = zlib.decompressobj(), Window(content)

        def read(size: int) -> bytes:
            piece = b""
            while not piece and not stream.eof:
                given = stream.unconsumed_tail or source.read(1 << 16)
                if not given:
                    raise zlib.error("it ends too early")
                piece = stream.decompress(given, size)
            return piece

        return bytes(budget.unpacked(read, len(content))[:])
    if name in {b"ASCII85Decode", b"A85"}:
        return base64.a85decode(re.sub(rb"\s+|<~", b"", content).partition(b"~>")[0])
    if name in {b"ASCIIHexDecode", b"AHx"}:
        digits = re.sub(rb"\s+", b"", content).partition(b">")[0]
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    raise ValueError(f"its filter {name.decode('latin-1')} is not known")


def _shown(source: bytes) -> Iterator[bytes]:
    """The strings of a page in order; a line feed stands for a step that parts words."""
    in_array = False
    for match in _TOKEN.finditer(source):
        token = match[0]
        if token[:1] == b"(":
            yield _ESCAPE.sub(_unescaped, token[1:-1])
        elif token[:1] == b"<":
            digits = re.sub(rb"\s+", b"", token[1:-1])
            yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        elif token in {b"[", b"]"}:
            in_array = token == b"["
        elif not in_array or (token[:1] in b"-" and token[1:2].isdigit() and float(token) < _WIDE):
            yield b"\n"


def _unescaped(match: re.Match[bytes]) -> bytes:
    value = match[1]
    if value[:1].isdigit() and value[0] < 0x38:
        return bytes([int(value, 8) & 255])
    if value in {b"\n", b"\r\n"}:
        return b""
    return _WHITE.get(value, value)


def _as_text(string: bytes) -> str:
    if string[:2] == b"\xfe\xff":
        return string[2:].decode("utf-16-be", "replace")
    return string.decode("cp1252", "replace")


def _characters(source: bytes) -> Characters:
    """Which letters the codes of a font show, if this is the map that says so."""
    known: Characters = {}
    for block in _CHARACTERS.findall(source):
        known |= {_code(code): _letters(letters) for code, letters in _PAIR.findall(block)}
    for block in _RANGES.findall(source):
        for first, last, target in _RANGE.findall(block):
            size, begin = len(first) // 2, int(first, 16)
            count = min(int(last, 16) - begin + 1, 1 << 16)
            if target[:1] == b"[":
                letters = [_letters(letter) for letter in re.findall(rb"<([^>]*)>", target)]
            else:
                base = _letters(target[1:-1])
                letters = [base[:-1] + chr(ord(base[-1]) + step) for step in range(count)] if base else []
            known |= {(begin + step).to_bytes(size, "big"): letter for step, letter in enumerate(letters[:count])}
    return known


def _code(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode("ascii"))


def _letters(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")


def _by_font(string: bytes, characters: Characters) -> str:
    """A string as the letters that a font shows for its codes."""
    if string == b"\n":
        return "\n"
    size = len(next(iter(characters)))
    codes = (string[place : place + size] for place in range(0, len(string), size))
    return "".join(characters.get(code, " ") for code in codes)
