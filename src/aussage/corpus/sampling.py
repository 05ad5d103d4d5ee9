"""Numbers drawn at random, the same on every machine and with every version of Python."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pyarrow as pa

from aussage.corpus.errors import CorpusError
from aussage.corpus.row_groups import DOCUMENT, Numbers, Place

if TYPE_CHECKING:
    from aussage.corpus.selection import Selection
    from aussage.corpus.store import Store

Piece = TypeVar("Piece")


def drawn(count: int, of: int, seed: int) -> Numbers:
    """`count` different numbers from 0 to `of` - 1, sorted; all, if there are no more.

    Only `random.random` is used, which alone stays the same between versions (Floyd's method of 1987, Bentley and
    Floyd, CACM 30(9)).

    Raises:
        CorpusError: `count` is negative.
    """
    if count < 0:
        raise CorpusError(f"a sample of {count} cannot be drawn")
    chance = random.Random(seed)
    found: set[int] = set()
    for last in range(of - min(count, of), of):
        number = int(chance.random() * (last + 1))
        found.add(last if number in found else number)
    return np.array(sorted(found), dtype=int)


def drawn_sentences(store: Store, selection: Selection | None, count: int, seed: int) -> pa.Table:
    """Rows of `sentences` drawn from those of the selected documents, or of all."""
    if selection is None:
        parts = [(part, store.files.rows("sentences", part)) for part in store.files.parts("sentences")]
        places = _shared(drawn(count, sum(rows for _, rows in parts), seed), parts)
        found = [
            (place, numbers) for part, inside in places for place, numbers in _shared(inside, _groups(store, part))
        ]
        ids = None
    else:
        ids = selection.ids
        sized = [
            (place, store.read_group("sentences", place, [DOCUMENT], ids).num_rows)
            for place in selection.groups("sentences")
        ]
        found = list(_shared(drawn(count, sum(rows for _, rows in sized), seed), sized))
    tables = [store.read_group("sentences", place, None, ids).take(pa.array(numbers)) for place, numbers in found]
    return pa.concat_tables(tables) if tables else store.schema("sentences").empty_table()


def _groups(store: Store, part: int) -> list[tuple[Place, int]]:
    """The row groups that a part has of `sentences`, with their rows."""
    footer = store.footer("sentences", part)
    return [(Place(part, number), footer.row_group(number).num_rows) for number in range(footer.num_row_groups)]


def _shared(numbers: Numbers, sized: Iterable[tuple[Piece, int]]) -> Iterator[tuple[Piece, Numbers]]:
    """The pieces of so many rows into which numbers fall, with these numbers counted from the begin of the piece."""
    start = 0
    for piece, size in sized:
        inside = numbers[(numbers >= start) & (numbers < start + size)] - start
        if len(inside):
            yield piece, inside
        start += size
