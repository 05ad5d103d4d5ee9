"""Files of a project as text: reading inside the project only, and refusing what would not last."""

import errno
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from aussage.diagnostics import Diagnostics, Place
from aussage.remote import is_remote

MEGABYTE = 1_000_000
LARGEST_RECORD = 16 * MEGABYTE
BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
HARMLESS = bytes([9, 10, *range(32, 127)])
BIDI = re.compile(f"[{BIDI_CONTROLS}]")
FORBIDDEN = (
    ("control-character", CONTROLS, "control character"),
    ("bidi-control", BIDI, "bidirectional control"),
)
SHOWN_FINDINGS = 5  # of one kind in one file: the sixth bad byte tells nobody more


@dataclass(frozen=True, slots=True)
class Project:
    """A corpus project: its root folder, which may be a remote one. All names in diagnostics are relative to it."""

    root: Path

    def name(self, path: Path) -> str:
        """The path as it is shown: relative to the project, with forward slashes; an address elsewhere is whole."""
        if is_remote(path) != is_remote(self.root):
            return str(path) if is_remote(path) else path.name
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path) if is_remote(path) else path.name

    def files(self, folder: str, *endings: str) -> list[Path]:
        """What stands below a folder under a name with one of the endings, in the order of names."""
        return [path for path in self.everything(folder) if not endings or path.suffix in endings]

    def everything(self, folder: str) -> list[Path]:
        """All that stands below a folder (files, folders, links), hidden ones left out, in the order of names."""
        base = self.root / folder
        found = [(path.relative_to(base), path) for path in base.rglob("*")] if is_remote(base) or base.is_dir() else []
        shown = [(name.as_posix(), path) for name, path in found if not any(p.startswith(".") for p in name.parts)]
        return [path for _, path in sorted(shown)]

    def read(self, path: Path, diagnostics: Diagnostics, limit: int = LARGEST_RECORD) -> bytes | None:
        """The bytes of a file inside the project, or nothing and a finding."""
        place, size = Place(self.name(path)), self.size(path, diagnostics)
        if size is None:
            return None
        if size > limit:
            diagnostics.add(
                "file-too-large", place, f"the file has {size:,} bytes", expected=f"at most {limit:,} bytes"
            )
            return None
        try:
            return path.read_bytes()
        except OSError as error:
            diagnostics.add("unreadable-file", place, f"cannot read {place.file}: {reason(error)}")
        return None

    def size(self, path: Path, diagnostics: Diagnostics) -> int | None:
        """How many bytes a file inside the project has; nothing and a finding if it is none that could be read."""
        place = Place(self.name(path))
        try:
            if not path.resolve(strict=True).is_relative_to(self.root.resolve()):
                diagnostics.add("outside-project", place, f"{place.file} leads out of the project")
                return None
            about = path.stat()
            if not stat.S_ISREG(about.st_mode):
                what = "a folder" if stat.S_ISDIR(about.st_mode) else "no regular file"
                diagnostics.add("unreadable-file", place, f"cannot read {place.file}: it is {what}")
                return None
            return about.st_size
        except FileNotFoundError:
            diagnostics.add("missing-file", place, f"there is no file {place.file}")
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
            circle = isinstance(error, RuntimeError) or error.errno == errno.ELOOP
            why = "links lead in a circle" if circle else reason(error)
            diagnostics.add("unreadable-file", place, f"cannot read {place.file}: {why}")
        return None


def reason(error: Exception) -> str:
    """Why the system refused, without the path, which the finding names already."""
    return str(getattr(error, "strerror", None) or error)


def decode(data: bytes, name: str, diagnostics: Diagnostics) -> str | None:
    """UTF-8 bytes as text without BOM, control characters or bidi controls; else nothing and findings.

    Line ends are LF; a carriage return is a finding. Normal form is checked where it matters, by `normal_form`.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        diagnostics.add("byte-order-mark", Place(name, 1, 1), "the file begins with a byte order mark")
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        diagnostics.add("wrong-encoding", Place(name, 1, 1), "the file is UTF-16", expected="UTF-8")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_bad_byte(data, error, name, diagnostics)
        return None
    if not _holds_forbidden(data.translate(None, HARMLESS).decode()):  # the few letters that are not ASCII
        return text
    before = len(diagnostics)
    _report_characters(text, name, diagnostics)
    return text if len(diagnostics) == before else None


def _holds_forbidden(text: str) -> bool:
    return "\r" in text or any(pattern.search(text) for _, pattern, _ in FORBIDDEN)


def examine_value(value: str, place: Place, diagnostics: Diagnostics) -> None:
    """Report what a text may not hold although no such character stands in the file: escapes have made it."""
    if "\r" in value:
        diagnostics.add("carriage-return", place, "the text holds a carriage return, written as an escape")
    for code, pattern, what in FORBIDDEN:
        if match := pattern.search(value):
            sign = f"U+{ord(match.group()):04X}"
            diagnostics.add(code, place, f"the text holds the {what} {sign}, written as an escape")
    if not unicodedata.is_normalized("NFC", value):
        diagnostics.add("decomposed-unicode", place, "the text, with its escapes read, is not in normal form C")


def place_of(text: str, offset: int, name: str, length: int = 1) -> Place:
    """The place of a code point offset in a text whose lines end with LF."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    return Place(name, text.count("\n", 0, offset) + 1, offset - start + 1, line, length)


def normal_form(text: str, name: str, diagnostics: Diagnostics) -> bool:
    """Whether `text` is in normal form C; if not, the first place where it is not is reported."""
    if unicodedata.is_normalized("NFC", text):
        return True
    for number, line in enumerate(text.split("\n"), start=1):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            at = next((i for i, (a, b) in enumerate(zip(line, composed, strict=False)) if a != b), len(composed))
            diagnostics.add(
                "decomposed-unicode",
                Place(name, number, at + 1, line),
                f"line {number} is not in normal form C, first at column {at + 1}",
                expected=f"»{composed[at : at + 1]}« as one code point",
            )
            return False
    return True


def _report_bad_byte(data: bytes, error: UnicodeDecodeError, name: str, diagnostics: Diagnostics) -> None:
    start = data.rfind(b"\n", 0, error.start) + 1
    end = data.find(b"\n", error.start)
    before = data[start : error.start].decode("utf-8", "replace")
    shown = data[start : end if end >= 0 else len(data)].decode("utf-8", "replace")
    line = data.count(b"\n", 0, error.start) + 1
    diagnostics.add(
        "wrong-encoding",
        Place(name, line, len(before) + 1, shown),
        f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8",
        expected="UTF-8",
    )


def _report_characters(text: str, name: str, diagnostics: Diagnostics) -> None:
    at = text.find("\r")
    if at >= 0:
        count = text.count("\r")
        diagnostics.add("carriage-return", place_of(text, at, name), f"{count} carriage returns, the first here")
    for code, pattern, what in FORBIDDEN:
        for number, match in enumerate(pattern.finditer(text)):
            if number == SHOWN_FINDINGS:
                break
            sign = f"U+{ord(match.group()):04X}"
            diagnostics.add(code, place_of(text, match.start(), name), f"{what} {sign}")
