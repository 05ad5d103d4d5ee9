"""Numbers drawn at random, the same on every machine and with every version of Python."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from aussage.corpus.errors import CorpusError
from aussage.corpus.row_groups import DOCUMENT, Numbers

if TYPE_CHECKING:
    from aussage.corpus.selection import Selection
    from aussage.corpus.store import Store


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
    metadata = store.metadata("sentences")
    groups = list(range(metadata.num_row_groups)) if selection is None else selection.groups("sentences")
    ids = None if selection is None else selection.ids
    if ids is None:
        sizes = [metadata.row_group(number).num_rows for number in groups]
    else:
        sizes = [store.read_group("sentences", number, [DOCUMENT], ids).num_rows for number in groups]
    numbers = drawn(count, sum(sizes), seed)
    ends = np.cumsum(sizes, dtype=int)
    parts = []
    for place, (number, size) in enumerate(zip(groups, sizes, strict=True)):
        start = int(ends[place]) - size
        inside = numbers[(numbers >= start) & (numbers < start + size)] - start
        if len(inside):
            parts.append(store.read_group("sentences", number, None, ids).take(pa.array(inside)))
    return pa.concat_tables(parts) if parts else store.schema("sentences").empty_table()
