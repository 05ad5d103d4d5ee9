"""Places labels beside points so that they lie neither on one another nor on a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aussage.view.charts.typography import text_width

Box = tuple[float, float, float, float]  # left, top, right, bottom
LINE = 1.25  # the height of a line, in sizes of its letters
# Where a label may stand beside its point, the better places first: side (-1 left, 0 middle, 1 right) and height.
BESIDE = [(1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1)]
FURTHER = [0, 12, 24, 40, 60]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with its label: where it is, how far it reaches, and what it is called."""

    x: float
    y: float
    reach: float
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands: the middle of its text, and whether it is so far off that a line leads to its point."""

    x: float
    y: float
    text: str
    led: bool


def placed(marks: Sequence[Mark], frame: Box, size: float, avoided: Sequence[Box] = ()) -> list[Label | None]:
    """The labels of points, in their order; the first points get the best places, None is a label without room.

    Method: each label takes the first free place of a fixed list, near to far. The same points give the same labels.

    Args:
        marks: The points, the most important first.
        frame: What no label may leave.
        size: The size of the letters.
        avoided: What no label may cover.
    """
    taken: list[Box] = [_around(mark.x, mark.y, 2 * mark.reach, 2 * mark.reach) for mark in marks]
    taken += avoided
    found = []
    for number, mark in enumerate(marks):
        width, height = text_width(mark.label, size) + 4, size * LINE
        label = _place(mark, width, height, frame, taken, number)
        if label is not None:
            taken.append(_around(label.x, label.y, width, height))
        found.append(label)
    return found


def _place(mark: Mark, width: float, height: float, frame: Box, taken: list[Box], own: int) -> Label | None:
    for further in FURTHER:
        for side, up in BESIDE:
            away = mark.reach + 3 + further
            x = mark.x + side * (away + width / 2)
            y = mark.y + up * ((height / 2 if side else away + height / 2) + (further / 2 if side else 0))
            box = _around(x, y, width, height)
            free = not any(_meet(box, other) for number, other in enumerate(taken) if number != own or not side)
            if _within(box, frame) and free:
                return Label(round(x, 1), round(y, 1), mark.label, further > 0)
    return None


def _around(x: float, y: float, width: float, height: float) -> Box:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _within(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
