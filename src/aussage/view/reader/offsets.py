"""Offsets in code points, as in the corpus, turned into offsets in UTF-16 units, as in a browser."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

BASIC = "\uffff"  # the last character that takes one unit


def browser_offsets(text: str) -> Callable[[int], int]:
    """A function that gives the offset in UTF-16 units for an offset in code points of `text`.

    It raises IndexError for an offset beyond the end of the text.
    """
    if max(text, default="") <= BASIC:
        return range(len(text) + 1).__getitem__
    units = [0, *accumulate(1 + (character > BASIC) for character in text)]
    return units.__getitem__
