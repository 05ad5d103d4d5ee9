"""The text of a file that is read in pieces: what it may not hold is found as if it were read in one piece."""

from collections import Counter
from dataclasses import dataclass, field, replace

from aussage.diagnostics import Diagnostics, Place
from aussage.source.bytes import FORBIDDEN, HARMLESS, SHOWN_FINDINGS, place_of


@dataclass(slots=True)
class TextExamination:
    """Takes the bytes of a file piece by piece, each of whole lines, and gives them as text as long as they are text.

    The findings are those of `aussage.source.decode`: a byte order mark, another encoding, carriage returns, control
    characters, bidirectional controls. `lines` and `length` (in bytes) are those of what went before.
    """

    name: str
    lines: int = 0
    length: int = 0
    whole: bool = True
    readable: bool = True
    _found: Diagnostics = field(default_factory=Diagnostics)
    _seen: Counter[str] = field(default_factory=Counter)
    _first_return: Place | None = None

    def take(self, piece: bytes) -> str | None:
        """The piece as text; nothing if it, or something before it, holds what no text may hold."""
        text = self._decoded(piece) if self.readable else None
        if text is None:
            self.whole = self.readable = False
        elif not (text.isascii() and not piece.translate(None, HARMLESS)):
            without_ends = text.replace("\n", "")
            if not without_ends.isprintable():  # most texts are, and then hold nothing that is forbidden
                self._examine(text)
        self.lines += piece.count(b"\n")
        self.length += len(piece)
        return text if self.whole else None

    def report(self, diagnostics: Diagnostics) -> None:
        """Report what was found; to be called once, after the last piece."""
        if self._first_return is not None and self.readable:
            message = f"{self._seen['carriage-return']} carriage returns, the first here"
            self._found.add("carriage-return", self._first_return, message)
        diagnostics.extend(self._found)

    def _decoded(self, piece: bytes) -> str | None:
        if self.length == 0 and piece.startswith(b"\xef\xbb\xbf"):
            message = "the file begins with a byte order mark"
            self._only("byte-order-mark", Place(self.name, 1, 1), message)
            return None
        if self.length == 0 and piece.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._only("wrong-encoding", Place(self.name, 1, 1), "the file is UTF-16", "UTF-8")
            return None
        try:
            return piece.decode("utf-8")
        except UnicodeDecodeError as error:
            self._report_bad_byte(piece, error.start)
            return None

    def _only(self, code: str, place: Place, message: str, expected: str = "") -> None:
        """Report what makes everything else that was found worthless."""
        self._found = Diagnostics()
        self._found.add(code, place, message, expected=expected)

    def _report_bad_byte(self, piece: bytes, at: int) -> None:
        start, end = piece.rfind(b"\n", 0, at) + 1, piece.find(b"\n", at)
        before = piece[start:at].decode("utf-8", "replace")
        shown = piece[start : end if end >= 0 else len(piece)].decode("utf-8", "replace")
        place = Place(self.name, self.lines + piece.count(b"\n", 0, at) + 1, len(before) + 1, shown)
        self._only(
            "wrong-encoding", place, f"byte 0x{piece[at]:02x} at offset {self.length + at} is not UTF-8", "UTF-8"
        )

    def _examine(self, text: str) -> None:
        if (at := text.find("\r")) >= 0:
            self._first_return = self._first_return or self._place(text, at)
            self._seen["carriage-return"] += text.count("\r")
            self.whole = False
        for code, pattern, what in FORBIDDEN:
            for match in pattern.finditer(text):
                self.whole = False
                if self._seen[code] == SHOWN_FINDINGS:
                    break
                self._seen[code] += 1
                self._found.add(code, self._place(text, match.start()), f"{what} U+{ord(match.group()):04X}")

    def _place(self, text: str, at: int) -> Place:
        place = place_of(text, at, self.name)
        return replace(place, line=place.line + self.lines)
