"""Texts as bytes: the bytes of a column, and which slices of two byte arrays differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.tables import Mask, Numbers, mask_of

Bytes = npt.NDArray[np.uint8]
WORD = 8  # bytes that are compared at once
LOWEST = np.array([(1 << 8 * count) - 1 for count in range(WORD)], np.uint64)  # a mask of so many bytes


@dataclass(frozen=True, slots=True)
class TextBytes:
    """The UTF-8 of some texts, one after another; `offsets` has one number more than there are texts.

    After the last text stand at least as many bytes of no meaning as are compared at once.
    """

    data: Bytes
    offsets: Numbers

    @property
    def lengths(self) -> Numbers:
        """The number of bytes of each text."""
        return np.diff(self.offsets)


def bytes_of(texts: Any) -> TextBytes:
    """The bytes of an Arrow array of texts; no bytes where there is nothing."""
    filled = pc.fill_null(texts, "") if texts.null_count else texts
    _, offsets, data = filled.buffers()
    if not len(filled):
        return TextBytes(np.zeros(WORD, np.uint8), np.zeros(1, np.int64))
    ends = np.frombuffer(offsets, np.int32)[filled.offset : filled.offset + len(filled) + 1].astype(np.int64)
    padded = np.zeros(ends[-1] - ends[0] + WORD, np.uint8)
    if data is not None:
        padded[:-WORD] = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
    return TextBytes(padded, ends - ends[0])


def unequal(left: Bytes, left_begins: Numbers, right: Bytes, right_begins: Numbers, lengths: Numbers) -> Mask:
    """Which slices of the same lengths differ, of two arrays with bytes of no meaning at their end.

    Whole words are compared, at any address: by the byte it would take eight times as long. Of the last word of a
    slice only as many bytes count as are left.
    """
    counts = (lengths + WORD - 1) // WORD
    ends = counts.cumsum()
    places = np.repeat(left_begins - WORD * (ends - counts), counts) + WORD * np.arange(counts.sum())
    differ = _words(left)[places]
    places += np.repeat(right_begins - left_begins, counts)
    differ ^= _words(right)[places]
    rest = lengths % WORD
    partial = rest > 0
    differ[ends[partial] - 1] &= LOWEST[rest[partial]]
    found = np.zeros(len(lengths), bool)
    found[np.searchsorted(ends, np.flatnonzero(differ), side="right")] = True
    return found


def _words(data: Bytes) -> npt.NDArray[np.uint64]:
    """The word that begins at each byte, lowest byte first."""
    return np.ndarray((len(data) - WORD + 1,), "<u8", data, strides=(1,))


def have_digit(texts: Any) -> Mask:
    """Which texts have a digit, of any script; most have one of ASCII, so that few are looked at one by one."""
    found = mask_of(pc.match_substring_regex(texts, "[0-9]"))
    rest = np.flatnonzero(~found)
    others = texts.take(pa.array(rest)).to_pylist()
    found[rest] = [any(map(str.isdigit, text or "")) for text in others]
    return found
