"""Files as articles: each format by its ending; folders and patterns give the files that stand in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from aussage.diagnostics import Diagnostics, Place
from aussage.intake.article import Arrival, Facts, examined, mended
from aussage.intake.html import html_article
from aussage.intake.markdown import LibraryMissing, markdown_article
from aussage.intake.rows import ENDINGS, Columns, ending, row_articles
from aussage.source import decode
from aussage.source.bytes import LARGEST_RECORD

STANDARD_INPUT = "-"
MARKDOWN = {".md", ".markdown"}
HTML = {".html", ".htm", ".xhtml"}
READ_IN_FOLDERS = {".txt", *MARKDOWN, *HTML, *ENDINGS}
FORMATS = ("text", "markdown", "html")


def files_of(named: Sequence[str], diagnostics: Diagnostics) -> list[tuple[Path, str]]:
    """The files that are meant and their names in findings, each once, in the order given.

    A folder stands for all files in and below it with an ending that is read, hidden ones left out.
    """
    found: dict[Path, str] = {}
    for name in named:
        matches = _matches(name)
        for path, shown in matches:
            found.setdefault(path, shown)
        if not matches:
            path = Path(name)
            endings = " ".join(sorted(READ_IN_FOLDERS))
            what = f"no file in it ends with one of {endings}" if path.is_dir() else "there is no such file"
            diagnostics.add("missing-file", Place(path.name or name), f"{name}: {what}")
    return list(found.items())


def _matches(name: str) -> list[tuple[Path, str]]:
    """The files that one argument means."""
    path = Path(name)
    if path.is_dir():
        return [(one, one.relative_to(path).as_posix()) for one in sorted(path.rglob("*")) if _is_read(one, path)]
    if name == STANDARD_INPUT or path.exists():
        return [(path, path.name)]
    if any(sign in name for sign in "*?["):
        start = Path(path.anchor)
        return [(one, one.name) for one in sorted(start.glob(str(path.relative_to(start)))) if one.is_file()]
    return []


def _is_read(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.is_file() and not hidden and ending(path) in READ_IN_FOLDERS


def arrivals(
    path: Path, name: str, facts: Facts, columns: Columns, form: str | None, diagnostics: Diagnostics
) -> Iterator[Arrival]:
    """The articles of a file, as far as they are sound; a file of text, Markdown or HTML has one.

    `form` names the format where the ending does not say it. A plain text stays as it is, byte for byte.
    """
    if form is None and ending(path) in ENDINGS:
        yield from row_articles(path, name, columns, facts, diagnostics)
        return
    place = Place(name)
    data = _bytes(path, name, diagnostics)
    if data is None:
        return
    try:
        read = _read(data, place, form or _form(path), diagnostics)
    except LibraryMissing as missing:
        diagnostics.add("missing-library", place, str(missing))
        return
    if read is not None:
        text, found = read
        if "id" in found:
            found["document_id"] = found.pop("id")
        stem = (facts.title or "") if str(path) == STANDARD_INPUT else path.stem
        yield Arrival(place, text, facts.with_found(found), stem)


def _form(path: Path) -> str:
    return "markdown" if ending(path) in MARKDOWN else "html" if ending(path) in HTML else "text"


def _bytes(path: Path, name: str, diagnostics: Diagnostics) -> bytes | None:
    try:
        if str(path) == STANDARD_INPUT:
            data = sys.stdin.buffer.read(LARGEST_RECORD + 1)
            size = len(data)
        else:
            size = path.stat().st_size
            data = path.read_bytes() if size <= LARGEST_RECORD else b""
    except OSError as error:
        diagnostics.add("unreadable-file", Place(name), f"cannot read {path}: {error.strerror}")
        return None
    if size > LARGEST_RECORD:
        message, expected = f"the file has {size:,} bytes", f"at most {LARGEST_RECORD:,} bytes"
        diagnostics.add("file-too-large", Place(name), message, expected=expected)
        return None
    return data


def _read(data: bytes, place: Place, form: str, diagnostics: Diagnostics) -> tuple[str, dict[str, str]] | None:
    """The text of a file and the facts found in it; nothing and findings if it is unfit."""
    if form == "text":
        text = decode(data, place.file, diagnostics)
        return (text, {}) if text is not None and examined(text, place, diagnostics) else None
    before = diagnostics.count_errors()
    if form == "html":
        read = html_article(data, place, diagnostics)
    else:
        lines = decode(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"), place.file, diagnostics)
        read = markdown_article(normalize("NFC", lines), place, diagnostics) if lines is not None else None
    if read is None or diagnostics.count_errors() > before:
        return None
    text = mended(read[0], place, diagnostics)
    note = f"Text taken out of {place.file} with SHA-256 {sha256(data).hexdigest()}."
    found = {name: normalize("NFC", value) for name, value in read[1].items()}
    return (text, {**found, "note": note}) if text is not None else None
