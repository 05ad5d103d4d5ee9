"""Spans: where a piece of an article stands, counted in Unicode code points."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A stretch of a text, from `start` up to but without `end`; 0-based, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def text_of(self, text: str) -> str:
        """Return the part of `text` that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return max(self.start, other.start) < min(self.end, other.end)


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span from `start` to `end` without the white space at its two ends."""
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def paragraphs(text: str) -> list[Span]:
    r"""Return the paragraphs of `text`: its lines that hold more than white space, trimmed.

    Only the line feed `"\n"` ends a line. Others, such as U+2028 or the vertical tab, are white space.
    """
    found = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            found.append(trimmed(text, start, start + len(line)))
        start += len(line) + 1
    return found
