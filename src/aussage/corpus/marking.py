"""A text with spans marked in it, as HTML: nested, crossing, discontinuous or equal; no letter lost or doubled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

LANES = 6  # lines that can be told apart below a text
ACTOR, LOCATION = "actor", "location"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something marked in a text: its pieces (start, end), what it is told as, and its sign.

    `sign` is shown before each piece, and a line is drawn below; without one (actor or location, by `kind`) a line is
    drawn above.
    """

    pieces: tuple[tuple[int, int], ...]
    told: str
    sign: str = ""
    kind: str = ""

    def clipped(self, length: int) -> "Mark":
        """The mark without what lies outside of a text of that length."""
        inside = ((max(start, 0), min(end, length)) for start, end in self.pieces)
        return Mark(tuple(piece for piece in inside if piece[0] < piece[1]), self.told, self.sign, self.kind)


STYLE = """<style>
.aussage-view{color:inherit;max-width:60em}
.aussage-view .aussage-text{white-space:pre-wrap;unicode-bidi:isolate;line-height:2.6;margin:.4em 0;font-size:1.05em}
.aussage-view .aussage-text span{text-decoration:none;color:inherit;background:none}
.aussage-view [data-sign]::before{content:attr(data-sign);font-size:.68em;font-weight:700;vertical-align:.55em;
 border:1px solid currentColor;border-radius:.6em;padding:0 .3em;margin:0 .15em 0 .1em;font-style:normal}
.aussage-view .aussage-lane-0{border-bottom:2px solid #0072b2;padding-bottom:1px}
.aussage-view .aussage-lane-1{border-bottom:2px dashed #d55e00;padding-bottom:5px}
.aussage-view .aussage-lane-2{border-bottom:3px dotted #009e73;padding-bottom:9px}
.aussage-view .aussage-lane-3{border-bottom:4px double #cc79a7;padding-bottom:13px}
.aussage-view .aussage-lane-4{border-bottom:2px solid #8a8a8a;padding-bottom:18px}
.aussage-view .aussage-lane-5{border-bottom:2px dashed #8a8a8a;padding-bottom:22px}
.aussage-view .aussage-actor{border-top:2px solid currentColor;font-weight:600}
.aussage-view .aussage-location{border-top:2px dotted currentColor;font-style:italic}
.aussage-view table{table-layout:auto;border-collapse:collapse;font-size:.9em;margin:.4em 0}
.aussage-view th,.aussage-view td{text-align:left;vertical-align:top;padding:.2em .7em .2em 0;white-space:normal;
 border-bottom:1px solid rgba(128,128,128,.4)}
.aussage-view .aussage-note{font-size:.85em;opacity:.85}
</style>"""


def marked(text: str, marks: Iterable[Mark]) -> str:
    """`text` as HTML with all marks; the text content of the result is `text`, whatever the spans are."""
    kept = [mark.clipped(len(text)) for mark in marks]
    below = [mark for mark in kept if mark.sign and mark.pieces]
    above = [mark for mark in kept if not mark.sign and mark.pieces]
    lane = lanes(below)
    parts = []
    for start, end, present in segments(len(text), [*below, *above]):
        inner = escape(text[start:end])
        names = {[*below, *above][number].kind for number in present if number >= len(below)}
        for name in sorted(names & {ACTOR, LOCATION}):
            inner = f'<span class="aussage-{name}">{inner}</span>'
        for number in sorted((n for n in present if n < len(below)), key=lambda n: (lane[n], -n)):
            begins = any(piece[0] == start for piece in below[number].pieces)
            sign = f' data-sign="{escape(below[number].sign)}"' if begins else ""
            inner = f'<span class="aussage-lane-{lane[number] % LANES}"{sign}>{inner}</span>'
        told = "; ".join([*below, *above][number].told for number in present)
        parts.append(f'<span title="{escape(told)}">{inner}</span>' if told else inner)
    return "".join(parts)


def segments(length: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int, list[int]]]:
    """The text cut at every boundary: start, end, and the numbers of the marks that cover the segment."""
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for number, mark in enumerate(marks):
        for start, end in mark.pieces:
            opens.setdefault(start, []).append(number)
            closes.setdefault(end, []).append(number)
    cover: dict[int, int] = {}  # how many pieces of each mark cover the place; pieces of one mark may overlap
    for start, end in pairwise(sorted({0, length, *opens, *closes})):
        for number in closes.get(start, ()):
            cover[number] -= 1
            if not cover[number]:
                del cover[number]
        for number in opens.get(start, ()):
            cover[number] = cover.get(number, 0) + 1
        yield start, end, sorted(cover)


def lanes(marks: Sequence[Mark]) -> list[int]:
    """A line for each mark, counted from 0, so that marks which meet have different lines; longer ones lie lower."""
    hulls = [(min(s for s, _ in mark.pieces), max(e for _, e in mark.pieces)) for mark in marks]
    order = sorted(range(len(marks)), key=lambda n: (hulls[n][1] - hulls[n][0], hulls[n][0], n))
    lane = [0] * len(marks)
    rows: list[list[tuple[int, int]]] = []
    for number in order:
        start, end = hulls[number]
        inside = [row for row, taken in enumerate(rows) if any(s < end and start < e for s, e in taken)]
        lane[number] = max(inside, default=-1) + 1
        if lane[number] == len(rows):
            rows.append([])
        rows[lane[number]].append((start, end))
    return lane
