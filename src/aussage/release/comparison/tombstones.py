"""Which rows were withdrawn, and why: a tombstone speaks for its row and for all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

GOLD = "gold"


class Tombstones:
    """The rows of the tables `withdrawn` of one or two corpora."""

    def __init__(self, *tables: pa.Table | None) -> None:
        self._why: dict[tuple[str, str], str] = {}
        self._of_layers: dict[tuple[str, str, str], str] = {}
        for table in tables:
            if table is not None:
                for row in table.to_pylist():
                    self._bury(row)

    def _bury(self, row: Mapping[str, Any]) -> None:
        table, id_ = str(row.get("table")), str(row.get("withdrawn_id"))
        parts = (row.get("reason"), row.get("note"))
        why = ": ".join(str(part) for part in parts if part) or "withdrawn"
        self._why[(table, id_)] = why
        document, slash, rest = id_.partition("/")
        if slash and "/" in rest:
            self._of_layers[(table, document, rest.partition("/")[2])] = why

    def has(self, table: str, id_: str) -> bool:
        """Whether the row has a tombstone of its own."""
        return (table, id_) in self._why

    def why(self, table: str, id_: str, row: Mapping[str, Any]) -> str:
        """Why a row went; empty if no tombstone says it.

        The tombstone of a document speaks for all its rows, that of a sentence for what is filed under it, that of a
        coder for the coder's layers, that of a row of a coder's layer for the row of gold with the same name.
        """
        own = self._why.get((table, id_), "")
        if own:
            return own
        above = (("documents", "document_id"), ("sentences", "sentence_id"), ("coders", "layer"))
        for other, column in above:
            found = self._why.get((other, str(row.get(column))), "")
            if found:
                return found
        if row.get("layer") == GOLD:
            document, _, rest = id_.partition("/")
            return self._of_layers.get((table, document, rest.partition("/")[2]), "")
        return ""
