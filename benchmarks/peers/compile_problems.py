"""What the peer that compiles in pandas found wrong: how often, and the first places."""

from __future__ import annotations

import pandas as pd

SHOWN = 5


class Problems:
    """Problems by their code."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.examples: dict[str, list[str]] = {}

    def add(self, code: str, ids: pd.Series) -> None:
        """Note a problem of the things with these ids; none if there are none."""
        if len(ids):
            self.counts[code] = self.counts.get(code, 0) + len(ids)
            shown = self.examples.setdefault(code, [])
            shown += [str(id_) for id_ in ids[: SHOWN - len(shown)]]

    def __str__(self) -> str:
        return "\n".join(f"{code}: {count:,} ({', '.join(self.examples[code])})" for code, count in self.counts.items())
