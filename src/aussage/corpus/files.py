"""Opens the files of a corpus's tables, each proved to be of the build that the manifest names."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from aussage.corpus.errors import CorpusError, unknown
from aussage.corpus.manifest import Manifest
from aussage.remote import Unreachable, is_remote, remote
from aussage.tables.parts import PART_HASH

CONTENT_HASH = "aussage.content_hash"
FOOTERS = 32  # that are kept: more than a corpus of single files has
REMOTE_BLOCK = 1_000_000  # bytes of a remote file that are fetched at least
Signature = tuple[int, int, int]


class Files:
    """The Parquet files in a corpus folder. A table that is one file has it as its part 0.

    `opener` makes of a path what pyarrow reads; a measurement puts a file that counts in its place.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest
        self.opener: Callable[[Path], Any] = _source
        self._footers: OrderedDict[tuple[str, int], tuple[Signature, pq.FileMetaData]] = OrderedDict()
        self._examined: dict[tuple[str, int], Signature] = {}
        self._paths: dict[str, dict[int, Path]] = {}
        self._rows: dict[tuple[str, int], int] = {}

    def path(self, table: str) -> Path:
        """The file of a table, or the folder of its part files.

        Raises:
            CorpusError: the corpus has no such table.
        """
        if table not in self.manifest.tables:
            raise unknown("table", table, self.manifest.tables)
        return self.folder / self.manifest.tables[table].file

    def parts(self, table: str) -> dict[int, Path]:
        """The files of a table by the number of their part.

        Raises:
            CorpusError: the corpus has no such table.
        """
        if table not in self._paths:
            path = self.path(table)
            named = self.manifest.tables[table].parts
            self._paths[table] = {part.part: path / part.file for part in named} or {0: path}
            self._rows.update({(table, part.part): part.rows for part in named})
        return self._paths[table]

    def rows(self, table: str, part: int) -> int:
        """How many rows a file of a table has, as the manifest says."""
        self.parts(table)
        return self._rows.get((table, part), self.manifest.tables[table].rows)

    def signature(self, table: str, part: int) -> Signature:
        """What tells the file that was last opened from another one of the same name."""
        return self._examined[table, part]

    def open(self, table: str, part: int) -> pq.ParquetFile:
        """A file of a table, opened; of the same build as the manifest.

        Raises:
            CorpusError: the corpus has no such table, or the file cannot be used.
        """
        path, key = self.parts(table)[part], (table, part)
        try:
            about = path.stat()
            signature = (about.st_ino, about.st_size, about.st_mtime_ns)
            known = self._footers.get(key)
            footer = known[1] if known is not None and known[0] == signature else None
            file = pq.ParquetFile(self.opener(path), metadata=footer, page_checksum_verification=True)
        except (OSError, Unreachable, pa.ArrowException) as error:
            raise damaged(path, error) from None
        if footer is None:
            try:
                self._examine(table, part, path, file)
            except CorpusError:
                file.close()
                raise
            self._footers[key] = (signature, file.metadata)
            self._examined[key] = signature
        self._footers.move_to_end(key)
        if len(self._footers) > FOOTERS:
            self._footers.popitem(last=False)
        return file

    def examined(self, table: str) -> dict[int, Path]:
        """The files of a table by the number of their part, all of the same build as the manifest.

        Raises:
            CorpusError: the corpus has no such table, or a file cannot be used.
        """
        found = self.parts(table)
        for part, path in found.items():
            try:
                about = path.stat()
            except (OSError, Unreachable) as error:
                raise damaged(path, error) from None
            if self._examined.get((table, part)) != (about.st_ino, about.st_size, about.st_mtime_ns):
                self.open(table, part).close()
        return found

    def _examine(self, table: str, part: int, path: Path, file: pq.ParquetFile) -> None:
        about = (file.schema_arrow.metadata or {}) | (file.metadata.metadata or {})
        key, what, expected = CONTENT_HASH, "content hash", self.manifest.content_hash
        if self.manifest.tables[table].parts:
            key, what, expected = PART_HASH, "part hash", self.manifest.parts[part].hash
        found = about.get(key.encode(), b"").decode(errors="replace")
        if found != expected:
            raise other_build(path, expected, found or "none", what)
        rows = self.rows(table, part)
        if file.metadata.num_rows != rows:
            raise damaged(path, f"it has {file.metadata.num_rows:,} rows, the manifest says {rows:,}")


def _source(path: Path) -> Any:
    """What pyarrow reads: the path, or a remote file from which it takes what it needs."""
    return remote(path).open(block=REMOTE_BLOCK) if is_remote(path) else str(path)


def damaged(path: Path, why: object) -> CorpusError:
    """The error for a file that cannot be read."""
    reason = " ".join(str(why).split())
    return CorpusError(f"{path} cannot be read: {reason}; run `aussage build`, or restore the file")


def other_build(path: Path, expected: str, found: str, what: str) -> CorpusError:
    """The error for a file that does not belong to the manifest; `what` of it was compared."""
    return CorpusError(
        f"{path} is of another build than the corpus that was loaded ({what} {found[:16]}, not {expected[:16]}): "
        "load the corpus again; if that does not help, run `aussage build`"
    )
