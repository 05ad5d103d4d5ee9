"""Some documents of a corpus: where they stand in it, and how they were chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aussage.corpus.row_groups import Numbers, Place, RowGroups

if TYPE_CHECKING:
    from aussage.corpus.store import FrameKey


@dataclass(frozen=True)
class Selection:
    """Documents by their positions in the corpus, sorted. `said` tells in words how they were chosen.

    `frames` keeps the frames that were made of their rows, by table and layer, for all layers of the view.
    """

    row_groups: RowGroups
    positions: Numbers
    said: tuple[str, ...] = ()
    frames: dict[FrameKey, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.positions)

    @cached_property
    def ids(self) -> pa.Array:
        """The ids of the documents, in the order of the corpus."""
        return self.row_groups.ids_at(self.positions)

    def holds(self, document_id: str) -> bool:
        """Whether a document is among them."""
        return bool(pc.index(self.ids, document_id).as_py() >= 0)

    def groups(self, table: str) -> list[Place]:
        """The row groups of a table of documents in which their rows may stand."""
        return self.row_groups.of_positions(table, self.positions)
