"""How wide text is, so that labels get room and do not lie on one another."""

from __future__ import annotations

import re
from functools import cache
from textwrap import wrap

from aussage.diagnostics.printing import visible

# Widths of Helvetica in thousandths of the size, after Adobe's font metrics; other letters count as wide as `n`.
NARROW, WIDE, USUAL = "!'()*,-./:;I[\\]`fijlrt|·‘’“”„ ", "MW@mw%—→…", 556
UPPER, NARROW_WIDTH, WIDE_WIDTH, UPPER_WIDTH, FULL_WIDTH = "ABCDEFGHKNOPQRSTUVXYZÄÖÜ&", 290, 880, 700, 1000
BOLD = 1.06


# What XML cannot hold; an SVG with such a character makes vl-convert end the whole process.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legible(text: str) -> str:
    """The text with everything written out that is hidden or that XML cannot hold."""
    return text if text.isprintable() else NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", visible(text))


@cache
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of a text in pixels, a little more rather than less."""
    thousandths = sum(map(_width, text))
    return thousandths * size / 1000 * (BOLD if bold else 1)


def _width(letter: str) -> int:
    if letter in NARROW:
        return NARROW_WIDTH
    if letter in WIDE:
        return WIDE_WIDTH
    if ord(letter) > 0x2E80:
        return FULL_WIDTH
    return UPPER_WIDTH if letter in UPPER or letter.isupper() else USUAL


def shortened(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than that."""
    text = legible(text)
    if text_width(text, size, bold) <= width:
        return text
    for end in range(len(text) - 1, 0, -1):
        cut = text[:end].rstrip() + "…"
        if text_width(cut, size, bold) <= width:
            return cut
    return "…"


def wrapped(text: str, width: float, size: float, bold: bool = False, lines: int = 0) -> list[str]:
    """The text in lines that are no wider than that; at most so many lines, the last cut with an ellipsis."""
    text = legible(text)
    columns = max(4, int(width / (size * 0.4)))
    found = wrap(text, columns) or [""]
    while columns > 4 and any(text_width(line, size, bold) > width for line in found):
        columns -= 1
        found = wrap(text, columns) or [""]
    if lines and len(found) > lines:
        rest = " ".join(found[lines - 1 :])
        found = [*found[: lines - 1], shortened(rest, width, size, bold)]
    return found
