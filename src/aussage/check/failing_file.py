"""A Parquet file with the ids of all rows that break a rule, for selecting them in other programs."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

SCHEMA = pa.schema([(name, pa.string()) for name in ("rule", "level", "table", "column", "id")])
ROWS_A_GROUP = 100_000


class FailingFile:
    """Written beside its place and put there when everything is in it; the file is never there by half.

    To be used with `with`; if that is left by an exception, nothing is written and an older file stays. The columns
    are `rule`, `level`, `table`, `column` (empty where a finding has none) and `id`, all texts. What the file
    system refuses is raised as OSError.
    """

    def __init__(self, path: Path) -> None:
        self.rows = 0
        self._path, self._beside = path, path.with_name(f".{path.name}.new")
        self._waiting: list[pa.Table] = []

    def __enter__(self) -> FailingFile:
        """Begin the file."""
        self._writer = pq.ParquetWriter(self._beside, SCHEMA, compression="zstd")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Put the file in its place, or take away what there is of it."""
        try:
            if kind is None:
                self._write()
            self._writer.close()
            if kind is None:
                self._beside.replace(self._path)
        finally:
            self._beside.unlink(missing_ok=True)

    def add(self, rule: str, level: str, table: str, column: str, ids: pa.Array) -> None:
        """Add the ids (texts) of rows that break a rule."""
        for start in range(0, len(ids), ROWS_A_GROUP):
            some = ids.slice(start, ROWS_A_GROUP)
            same = (pa.repeat(pa.scalar(text, pa.string()), len(some)) for text in (rule, level, table, column))
            self._waiting.append(pa.table([*same, some], schema=SCHEMA))
            self.rows += len(some)
            if sum(part.num_rows for part in self._waiting) >= ROWS_A_GROUP:
                self._write()

    def _write(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting).combine_chunks())
            self._waiting = []
