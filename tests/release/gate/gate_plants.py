"""Files of many kinds with words of a made-up article in them, or with anything else in the same place."""

from __future__ import annotations

import base64
import bz2
import csv
import gzip
import html
import io
import json
import lzma
import pickle
import quopri
import sqlite3
import struct
import tarfile
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import feather

ARTICLE = (
    "Die Brücke in Neudorf bleibt nach Angaben des Stadtrats bis Ende März gesperrt. Man habe, so der Ältestenrat, "
    "keine andere Wahl gehabt, weil der Fluß die Pfeiler unterspült hat. Am 14. Juni 2031 zählte die Verwaltung "
    "214 Fahrzeuge, die trotz der Absperrung über das Bauwerk fuhren."
)
RUN = "Ältestenrat, keine andere Wahl gehabt, weil der"
"""Seven words of the article, three of its other words with a letter beyond ASCII."""
FOUR = "Ältestenrat, keine andere Wahl tausendfach getroffen"
CLEAN = "Übermorgen tanzt Käthe mit sieben grünen Bären im Hof"


def place(words: str) -> tuple[int, int]:
    start = ARTICLE.index(words)
    return start, start + len(words)


def png(*chunks: tuple[bytes, bytes], behind: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(*c) for c in chunks) + picture + chunk(b"IEND", b"") + behind


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    parts = [bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in segments]
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xda\0\2\1\2\3\xff\xd9"


def gif(comment: bytes) -> bytes:
    blocks = b"".join(bytes([len(comment[i : i + 9])]) + comment[i : i + 9] for i in range(0, len(comment), 9))
    return b"GIF89a\1\0\1\0\0\0\0" + b"\x21\xfe" + blocks + b"\0" + b"\x3b"


def webp(words: str) -> bytes:
    xmp = f"<x:xmpmeta>{words}</x:xmpmeta>".encode()
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(10) + b"XMP " + struct.pack("<I", len(xmp)) + xmp
    return b"RIFF" + struct.pack("<I", len(body)) + body


def exif(words: str) -> bytes:
    return b"Exif\0\0II*\0\x08\0\0\0\1\0\x9c\x9c\1\0" + words.encode("utf-16-le") + b"\0\0"


def pdf(content: bytes, filters: bytes = b"/FlateDecode", more: bytes = b"") -> bytes:
    packed = zlib.compress(content) if b"Flate" in filters else content
    if b"ASCII85" in filters:
        packed = base64.a85encode(packed, adobe=True)[2:]
    stream = b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(packed), filters, packed)
    return b"%PDF-1.7\n1 0 obj\n" + stream + b"\nendobj\n" + more + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def pdf_with_font(words: str) -> bytes:
    """A page whose codes mean nothing without the map of its font."""
    letters = sorted(set(words))
    code = {letter: f"{number:04x}" for number, letter in enumerate(letters, start=3)}
    pairs = "".join(f"<{code[letter]}> <{letter.encode('utf-16-be').hex()}>\n" for letter in letters)
    cmap = zlib.compress(f"{len(letters)} beginbfchar\n{pairs}endbfchar".encode())
    font = b"2 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + cmap + b"\nendstream\nendobj\n"
    return pdf(f"BT <{''.join(code[letter] for letter in words)}> Tj ET".encode(), more=font)


def zipped(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(name, data)
        archive.comment = comment
    return file.getvalue()


def tarred(name: str, data: bytes, **pax: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo(name)
        member.size, member.pax_headers = len(data), pax
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def parquet(table: pa.Table, **options: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **{"compression": "zstd", **options})
    return file.getvalue()


def arrow(table: pa.Table, compression: str | None = "zstd") -> bytes:
    file = io.BytesIO()
    with pa.ipc.new_file(file, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write(table)
    return file.getvalue()


def arrow_stream(table: pa.Table) -> bytes:
    file = io.BytesIO()
    with pa.ipc.new_stream(file, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write(table)
    return file.getvalue()


def feather_file(table: pa.Table) -> bytes:
    file = io.BytesIO()
    feather.write_feather(table, file, compression="lz4")
    return file.getvalue()


def sqlite(words: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE note (id INTEGER, text TEXT)")
    connection.executemany("INSERT INTO note VALUES (?, ?)", enumerate(words.split()))
    return bytes(connection.serialize())


def notebook(source: list[str], output: dict[str, object]) -> bytes:
    outputs = [{"output_type": "display_data", "data": output, "metadata": {}}]
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": outputs, "execution_count": 1}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def written(words: str, how: Callable[[str], str]) -> bytes:
    """The words with every letter or digit in another notation."""
    return "".join(how(letter) if letter.isalnum() else letter for letter in words).encode()


def as_csv(rows: list[list[str]], delimiter: str = ",") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode()


def unused(words: str) -> pa.Table:
    """A dictionary with a value that no row has."""
    return pa.table({"x": pa.DictionaryArray.from_arrays(pa.array([0, 0], pa.int8()), pa.array(["a", words]))})


def nested(words: str) -> pa.Table:
    return pa.table({"x": [[{"inner": {"key": words}}], []]})


def mapped(words: str) -> pa.Table:
    return pa.table({"x": pa.array([[("a", "b"), ("c", words)]], pa.map_(pa.string(), pa.string()))})


def told(words: str) -> pa.Table:
    """Metadata of the file, as pandas and others leave there."""
    return pa.table({"x": [1]}).replace_schema_metadata({"note": json.dumps({"of": words})})


def viewed(words: str) -> pa.Table:
    return pa.table({"x": pa.array([words], pa.string_view())})


def hyphenated(words: str) -> str:
    return "".join(word[:4] + "-\n" + word[4:] + " " if len(word) > 6 else word + " " for word in words.split())


def both(words: str) -> pa.Table:
    """One word a row, beside something else."""
    return pa.table({"word": words.split(), "tag": ["NOUN"] * len(words.split())})


def row(words: str) -> pa.Table:
    return pa.table({f"w{n}": [word] for n, word in enumerate(words.split())})


PLANTS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda w: f"x {w} y".encode(),
    "UTF-8 with mark": lambda w: w.encode("utf-8-sig"),
    "UTF-8 read twice": lambda w: w.encode().decode("latin-1").encode(),
    "decomposed": lambda w: __import__("unicodedata").normalize("NFD", w).encode(),
    "capitals": lambda w: w.upper().encode(),
    "wide letters": lambda w: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in w).encode(),
    "mathematical letters": lambda w: "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in w).encode(),
    "soft hyphens": lambda w: w.replace("e", "e\u00ad").encode(),
    "no width": lambda w: "\u200b".join(w).encode(),
    "Latin-1": lambda w: f"für {w}".encode("latin-1"),
    "Windows-1252": lambda w: f"„{w}“".encode("cp1252"),
    "UTF-16 LE": lambda w: w.encode("utf-16-le"),
    "UTF-16 BE": lambda w: w.encode("utf-16-be"),
    "UTF-16 with mark": lambda w: w.encode("utf-16"),
    "UTF-16 from an odd place": lambda w: b"\x01\x02\x03" + w.encode("utf-16-le") + b"\xff",
    "UTF-32": lambda w: w.encode("utf-32"),
    "line ends": lambda w: w.replace(" ", "\r\n").encode(),
    "hyphens at line ends": lambda w: hyphenated(w).encode(),
    "comment in code": lambda w: ("# " + w.replace(" ", "\n# ")).encode(),
    "letters apart": lambda w: " ".join(w).encode(),
    "Markdown emphasis": lambda w: w.replace("andere", "**an**de_re_").encode(),
    "Markdown link": lambda w: w.replace("andere", "[andere](https://example.org/abc)").encode(),
    "YAML folded": lambda w: ("a: >\n  " + w.replace(" ", "\n  ")).encode(),
    "YAML words": lambda w: "".join(f"- text: {x}\n  tag: NOUN\n" for x in w.split()).encode(),
    "TOML escapes": lambda w: ('a = "' + w.replace("Ä", "\\U000000C4") + '"').encode(),
    "JSON": lambda w: json.dumps({"a": w}).encode(),
    "JSON escapes": lambda w: b'{"a": "' + written(w, lambda c: f"\\u{ord(c):04x}") + b'"}',
    "JSON array": lambda w: json.dumps(w.split()).encode(),
    "JSON by key": lambda w: json.dumps([{"word": x, "tag": "NOUN"} for x in w.split()], indent=1).encode(),
    "JSON keys": lambda w: json.dumps(dict.fromkeys(w.split(), 0)).encode(),
    "JSON in JSON in JSON": lambda w: json.dumps(json.dumps(json.dumps([w]))).encode(),
    "JSON Lines": lambda w: "\n".join(json.dumps({"w": x, "n": n}) for n, x in enumerate(w.split())).encode(),
    "JSON with HTML": lambda w: json.dumps({"a": f"<p>{html.escape(w).replace('Ä', '&Auml;')}</p>"}).encode(),
    "JSON with base64": lambda w: json.dumps({"a": base64.b64encode(w.encode()).decode()}).encode(),
    "Python escapes of bytes": lambda w: repr(w.encode()).encode(),
    "JavaScript hexadecimal": lambda w: written(w, lambda c: f"\\x{ord(c):02x}"),
    "JavaScript joined": lambda w: " + ".join(f"'{x} '" for x in w.split()).encode(),
    "HTML between tags": lambda w: ("<p>" + w.replace(" ", "</p><p class='kurz'>") + "</p>").encode(),
    "HTML inside words": lambda w: w.replace("andere", "an<b>de</b>re").encode(),
    "HTML entities": lambda w: written(w, lambda c: f"&#{ord(c)};"),
    "HTML attribute": lambda w: f'<img alt="{w}" src="x.png">'.encode(),
    "HTML comment": lambda w: f"<!-- {w} -->".encode(),
    "HTML broken by script": lambda w: w.replace("andere", "<script>let x = 1</script>andere").encode(),
    "script in HTML": lambda w: f"<script>const a = {json.dumps([w])}</script>".encode(),
    "CDATA": lambda w: f"<a><![CDATA[{w}]]></a>".encode(),
    "data URI": lambda w: b'<a href="data:text/plain;base64,' + base64.b64encode(w.encode()) + b'">x</a>',
    "data URI in percent": lambda w: f'<a href="data:,{urllib.parse.quote(w)}">x</a>'.encode(),
    "SVG tspans": lambda w: "".join(f'<tspan x="0" dy="12">{x}</tspan>' for x in w.split()).encode(),
    "SVG letters": lambda w: "".join(f'<text x="{n}">{c}</text>' for n, c in enumerate(w)).encode(),
    "XML tokens": lambda w: "".join(f"<w>{x}</w><pos>NOUN</pos>" for x in w.split()).encode(),
    "XML attributes": lambda w: "".join(f'<w form="{x}" pos="NOUN"/>' for x in w.split()).encode(),
    "notebook source": lambda w: notebook([x + "\n" for x in w.split()], {}),
    "notebook output": lambda w: notebook([], {"text/html": ["<td>" + x + "</td>" for x in w.split()]}),
    "notebook picture": lambda w: notebook(
        [], {"image/png": base64.b64encode(png((b"zTXt", b"Comment\0\0" + zlib.compress(w.encode())))).decode()}
    ),
    "CSV cell": lambda w: as_csv([["id", "note"], ["1", w]]),
    "CSV column": lambda w: as_csv([["word", "tag"], *([x, "NOUN"] for x in w.split())]),
    "TSV column": lambda w: as_csv([["1", x, "NOUN"] for x in w.split()], "\t"),
    "percent": lambda w: urllib.parse.quote(w).encode(),
    "quoted-printable": lambda w: quopri.encodestring(f"für und für {w}".encode()),
    "base64": lambda w: base64.b64encode(f"xx {w}".encode("latin-1")),
    "base64 in lines": lambda w: base64.encodebytes((w + " " + CLEAN).encode()),
    "base64 behind other letters": lambda w: b"abc" + base64.b64encode(w.encode()),
    "base64 of base64": lambda w: base64.b64encode(base64.b64encode(w.encode())),
    "base64 of gzip": lambda w: base64.b64encode(gzip.compress(w.encode())),
    "base64 of zlib": lambda w: base64.b64encode(zlib.compress(w.encode())),
    "base32": lambda w: base64.b32encode(w.encode()),
    "Ascii85": lambda w: base64.a85encode(w.encode(), adobe=True),
    "hexadecimal": lambda w: w.encode().hex().encode(),
    "hexadecimal with spaces": lambda w: w.encode().hex(" ").encode(),
    "pickle": lambda w: pickle.dumps({"a": w.split()}),
    "bytecode": lambda w: __import__("marshal").dumps(compile(f"a = {w + chr(46)!r}", "x", "exec")),
    "unknown bytes": lambda w: bytes(range(256)) + w.encode() + bytes(range(256)),
    "zlib in unknown bytes": lambda w: bytes(range(0x80)) + zlib.compress(w.encode()) + b"\0\1\2",
    "gzip in unknown bytes": lambda w: bytes(range(0x80)) + gzip.compress(w.encode()),
    "gzip": lambda w: gzip.compress(w.encode()),
    "gzip, second member": lambda w: gzip.compress(b"x") + gzip.compress(w.encode()),
    "bzip2": lambda w: bz2.compress(w.encode()),
    "xz": lambda w: lzma.compress(w.encode()),
    "zstd": lambda w: pa.compress(w.encode(), "zstd", asbytes=True),
    "zip": lambda w: zipped("a.txt", w.encode()),
    "zip of bzip2": lambda w: zipped("a.txt", w.encode(), zipfile.ZIP_BZIP2),
    "zip member name": lambda w: zipped(w, b""),
    "zip comment": lambda w: zipped("a.txt", b"", comment=w.encode()),
    "zip behind a head": lambda w: b"#!/bin/sh\n" + zipped("a.txt", w.encode()),
    "tar": lambda w: tarred("a.txt", w.encode()),
    "tar header": lambda w: tarred("a.txt", b"", comment=w),
    "tar.gz in zip in zip": lambda w: zipped("b.zip", zipped("a.tgz", gzip.compress(tarred("a.txt", w.encode())))),
    "Parquet cell": lambda w: parquet(pa.table({"x": [w]})),
    "Parquet binary": lambda w: parquet(pa.table({"x": [w.encode("utf-16-le"), b"a"]})),
    "Parquet packed cell": lambda w: parquet(pa.table({"x": [gzip.compress(w.encode())]})),
    "Parquet column": lambda w: parquet(both(w)),
    "Parquet column in row groups": lambda w: parquet(both(w), row_group_size=2),
    "Parquet row": lambda w: parquet(row(w)),
    "Parquet list": lambda w: parquet(pa.table({"x": [w.split()]})),
    "Parquet nested": lambda w: parquet(nested(w)),
    "Parquet map": lambda w: parquet(mapped(w)),
    "Parquet unused dictionary value": lambda w: parquet(unused(w)),
    "Parquet metadata": lambda w: parquet(told(w)),
    "Parquet JSON cell": lambda w: parquet(pa.table({"x": [json.dumps([w])]})),
    "Arrow file": lambda w: arrow(both(w)),
    "Arrow unused dictionary value": lambda w: arrow(unused(w)),
    "Arrow view": lambda w: arrow(viewed(w)),
    "Arrow stream": lambda w: arrow_stream(nested(w)),
    "Feather": lambda w: feather_file(row(w)),
    "SQLite": sqlite,
    "PNG tEXt": lambda w: png((b"tEXt", b"Comment\0" + w.encode("latin-1"))),
    "PNG zTXt": lambda w: png((b"zTXt", b"Comment\0\0" + zlib.compress(w.encode("latin-1")))),
    "PNG iTXt": lambda w: png((b"iTXt", b"Comment\0\1\0de\0\0" + zlib.compress(w.encode()))),
    "PNG eXIf": lambda w: png((b"eXIf", exif(w))),
    "PNG unknown chunk": lambda w: png((b"prVt", w.encode())),
    "PNG behind the end": lambda w: png(behind=zipped("a", w.encode())),
    "JPEG comment": lambda w: jpeg((0xFE, w.encode("latin-1"))),
    "JPEG EXIF": lambda w: jpeg((0xE1, exif(w))),
    "JPEG XMP": lambda w: jpeg((0xE1, f"http://ns.adobe.com/xap/1.0/\0<x>{html.escape(w)}</x>".encode())),
    "GIF comment": lambda w: gif(w.encode()),
    "WEBP XMP": lambda w: webp(html.escape(w).replace("Ä", "&#xC4;")),
    "PDF text": lambda w: pdf(b"BT (" + w.encode("cp1252") + b") Tj ET"),
    "PDF kerned": lambda w: pdf(
        b"BT [(" + w.encode("cp1252").replace(b"e", b"e)-20(").replace(b" ", b")-300(") + b")] TJ ET"
    ),
    "PDF hexadecimal": lambda w: pdf(b"BT <" + w.encode("cp1252").hex().encode() + b"> Tj ET"),
    "PDF Ascii85": lambda w: pdf(b"BT (" + w.encode("cp1252") + b") Tj ET", b"/ASCII85Decode /FlateDecode"),
    "PDF metadata": lambda w: pdf(b"", more=b"<< /Title <FEFF" + w.encode("utf-16-be").hex().encode() + b"> >>\n"),
    "PDF font": pdf_with_font,
}
