"""The lines of a file of JSON Lines, plain or compressed, one after another, with the file's SHA-256."""

import errno
import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from aussage.diagnostics import Diagnostics, Place
from aussage.registry.text import TextExamination
from aussage.source import Project
from aussage.source.bytes import LARGEST_RECORD, reason
from aussage.source.packed import PACKED as COMPRESSION

LARGEST_JSON_LINES = 4_000_000_000
PIECE = 1 << 20
LONGEST_LINE = 4 * LARGEST_RECORD  # bytes: no line of so many can be of LARGEST_RECORD characters
BAD_COMPRESSION = "compress the file again from the file that you made it of"


class LinesOfFile:
    """The lines of one file of JSON Lines, numbered from 0; blank lines are passed over.

    Memory does not grow with the file. After the last line `whole` tells whether all of the file is text (if not, no
    line of it counts), `lost` whether a line was too long to be given, and `sha256` what the file's bytes were. Why
    the file is not whole is reported to `of_file`, lines that are too long to `of_lines`.
    """

    def __init__(self, project: Project, path: Path, of_file: Diagnostics, of_lines: Diagnostics) -> None:
        self.project, self.path, self.name = project, path, project.name(path)
        self.of_file, self.of_lines = of_file, of_lines
        self.whole, self.lost, self.sha256 = False, False, ""

    def __iter__(self) -> Iterator[tuple[int, str]]:
        size = _examined_size(self.project, self.path, self.of_file)
        if size is None:
            return
        text = TextExamination(self.name)
        try:
            with self.path.open("rb") as file:
                hashed = _Hashed(file)
                yield from self._lines(text, self._unpacked(hashed, text))
                self.sha256 = hashed.finish()
        except OSError as error:
            self._report_unreadable(reason(error))
        else:
            text.report(self.of_file)
            self.whole = text.whole and not len(self.of_file)

    def _unpacked(self, file: "_Hashed", text: TextExamination) -> Iterator[bytes]:
        """The bytes in pieces of whole lines, as far as the compression of the file is whole."""
        try:
            yield from self._pieces(_unpacked(file, self.path.suffix), text)
        except OSError as error:
            if error.errno is not None:  # the disk, not the compression
                raise
            self._report_unreadable(f"its compression is damaged ({_first_line(error)})", BAD_COMPRESSION)
        except _TooLarge:
            most = f"at most {LARGEST_JSON_LINES:,} bytes"
            self.of_file.add("file-too-large", Place(self.name), "the file is too large, unpacked", expected=most)

    def _report_unreadable(self, why: str, mend: str = "") -> None:
        self.of_file.add("unreadable-file", Place(self.name), f"cannot read {self.name}: {why}", mend=mend)

    def _lines(self, text: TextExamination, pieces: Iterator[bytes]) -> Iterator[tuple[int, str]]:
        for piece in pieces:
            first = text.lines
            taken = text.take(piece)
            for number, line in enumerate(taken.split("\n") if taken is not None else (), start=first):
                if len(line) > LARGEST_RECORD:
                    self._report_long(number, f"the line has {len(line):,} characters")
                elif line and not line.isspace():
                    yield number, line

    def _pieces(self, stream: Any, text: TextExamination) -> Iterator[bytes]:
        """The bytes in pieces of whole lines; a line longer than any record is reported and becomes a blank one."""
        rest, dropping, size = b"", False, 0
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > LARGEST_JSON_LINES:
                raise _TooLarge
            end = piece.rfind(b"\n") + 1
            if not end:
                rest = b"" if dropping else rest + piece
            else:
                begin = piece.index(b"\n") if dropping else 0
                whole, rest, dropping = rest + piece[begin:end], piece[end:], False
                yield whole
            if len(rest) > LONGEST_LINE:
                self._report_long(text.lines, f"the line has more than {LONGEST_LINE:,} bytes")
                rest, dropping = b"", True
        if rest:
            yield rest

    def _report_long(self, number: int, message: str) -> None:
        self.lost = True
        place = Place(self.name, number + 1, 1)
        self.of_lines.add("file-too-large", place, message, expected=f"at most {LARGEST_RECORD:,}")


def file_sha256(project: Project, path: Path) -> str:
    """The SHA-256 of a file inside the project; empty if it cannot be read."""
    if _examined_size(project, path, Diagnostics()) is None:
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


class _TooLarge(Exception):
    """More bytes come out of a compressed file than any file may have."""


class _Hashed:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.digest, self.closed = file, hashlib.sha256(), False

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data

    def finish(self) -> str:
        """The SHA-256 of the whole file, read to its end."""
        while self.read(PIECE):
            pass
        return self.digest.hexdigest()

    def close(self) -> None:
        self.closed = True


def _unpacked(file: _Hashed, ending: str) -> Any:
    if ending not in COMPRESSION:
        return file
    import pyarrow as pa

    return pa.CompressedInputStream(pa.PythonFile(file, mode="r"), COMPRESSION[ending])


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]


def _examined_size(project: Project, path: Path, diagnostics: Diagnostics) -> int | None:
    """The size of a file that may be opened, or nothing and the finding that `Project.read` would make."""
    name = project.name(path)
    place = Place(name)
    try:
        if not path.resolve(strict=True).is_relative_to(project.root.resolve()):
            diagnostics.add("outside-project", place, f"{name} leads out of the project")
            return None
        about = path.stat()
    except FileNotFoundError:
        diagnostics.add("missing-file", place, f"there is no file {name}")
        return None
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        circle = isinstance(error, RuntimeError) or error.errno == errno.ELOOP
        why = "links lead in a circle" if circle else reason(error)
        diagnostics.add("unreadable-file", place, f"cannot read {name}: {why}")
        return None
    if not stat.S_ISREG(about.st_mode):
        what = "a folder" if stat.S_ISDIR(about.st_mode) else "no regular file"
        diagnostics.add("unreadable-file", place, f"cannot read {name}: it is {what}")
        return None
    if about.st_size > LARGEST_JSON_LINES:
        message, most = f"the file has {about.st_size:,} bytes", f"at most {LARGEST_JSON_LINES:,} bytes"
        diagnostics.add("file-too-large", place, message, expected=most)
        return None
    return about.st_size
