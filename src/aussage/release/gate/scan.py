"""Looks for withheld words in texts and in bytes, in every way in which they can be read, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aussage.release.gate.decoding import decoded_views
from aussage.release.gate.matching import runs_in
from aussage.release.gate.part import Data
from aussage.release.gate.structured import structured_views
from aussage.release.gate.withheld import Run, WithheldText

Hit = tuple[str, Run]
"""How the part was read, and what was found in it."""

_PIECE, _OVERLAP = 1 << 20, 1 << 14
_SIXTEEN = (("UTF-16 LE", "<u2", 0), ("UTF-16 LE", "<u2", 1), ("UTF-16 BE", ">u2", 0), ("UTF-16 BE", ">u2", 1))
_WINDOWS = bytes(range(0x80, 0xA0))


def hits_in_bytes(data: Data, withheld: WithheldText) -> Iterator[Hit]:
    """What stands in some bytes, read as UTF-8, Latin-1, Windows-1252 and UTF-16 of both orders."""
    for begin in range(0, max(len(data), 1), _PIECE):
        piece = bytes(data[max(begin - _OVERLAP, 0) : begin + _PIECE])
        borders = (begin == 0, begin + _PIECE >= len(data))
        yield from (("UTF-8", run) for run in _in_text(piece.decode("utf-8", "replace"), withheld, *borders))
        if not piece.isascii():
            letters = withheld.alphabet.letters_of_codes(np.frombuffer(piece, np.uint8))
            yield from (("Latin-1", run) for run in runs_in(letters, withheld, *borders))
            if withheld.has_windows_letters:
                text = piece.decode("cp1252", "replace")
                yield from (("Windows-1252", run) for run in _in_text(text, withheld, *borders))
        if b"\0" in piece:  # five words in UTF-16 cannot be without a space, a sign or a letter whose first half is 0
            yield from _in_utf16(piece, withheld, *borders)


def _in_utf16(piece: bytes, withheld: WithheldText, begins: bool, ends: bool) -> Iterator[Hit]:
    for how, kind, start in _SIXTEEN:
        units = np.frombuffer(piece, kind, (len(piece) - start) // 2, start)
        letters = withheld.alphabet.letters_of_codes(units)
        yield from ((how, run) for run in runs_in(letters, withheld, begins, ends))


def hits_in_text(text: str, withheld: WithheldText, how: str = "text") -> Iterator[tuple[Hit | None, str]]:
    """What stands in a text and in all readings of it.

    Yields each hit, and once for each reading that may hold encoded bytes (None, the reading).
    """
    seen: set[int] = set()

    def look(how: str, view: str) -> Iterator[tuple[Hit | None, str]]:
        if hash(view) not in seen:
            seen.add(hash(view))
            for begin in range(0, max(len(view), 1), _PIECE):
                piece = view[max(begin - _OVERLAP, 0) : begin + _PIECE]
                for run in _in_text(piece, withheld, begin == 0, begin + _PIECE >= len(view)):
                    yield (how, run), ""

    yield from look(how, text)
    yield None, text
    for name, view in decoded_views(text):
        yield from look(name, view)
        if name.startswith("escapes resolved") and "," not in name:
            yield None, view
    for name, view in structured_views(text):
        yield from look(name, view)
        if name.endswith("in order"):
            yield None, view
        for inner, decoded in decoded_views(view):
            yield from look(f"{name}, {inner}", decoded)


def _in_text(text: str, withheld: WithheldText, begins: bool = True, ends: bool = True) -> Iterator[Run]:
    return runs_in(withheld.alphabet.letters(text), withheld, begins, ends)
