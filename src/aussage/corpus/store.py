"""The files of a corpus: opened, examined against the manifest, read as Arrow tables."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from aussage.corpus.errors import CorpusError, unknown
from aussage.corpus.manifest import read_json, read_manifest

CODEBOOK_FILE = "codebook.json"
LAYERED = ("claims", "mentions", "relations")
GOLD, ALL = "gold", "all"


class Store:
    """The folder of a corpus and its manifest. Files are opened when they are asked for, and never written.

    `frames` keeps the frames that were made, by table and layer, for all views of the corpus.

    Raises:
        CorpusError: the manifest cannot be used, or a file is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self.frames: dict[tuple[str, str], pd.DataFrame] = {}

    def path(self, table: str) -> Path:
        """The file of a table.

        Raises:
            CorpusError: the corpus has no such table.
        """
        if table not in self.manifest.tables:
            raise unknown("table", table, self.manifest.tables)
        return self.folder / self.manifest.tables[table].file

    def schema(self, table: str) -> pa.Schema:
        """The Arrow schema of a table, with the description and values of each column.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        with self._opened(table) as file:
            return file.schema_arrow

    def read(self, table: str, layer: str = ALL, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of a table, of one layer if the table has layers; all columns, or those named.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        path = self.path(table)
        try:
            with self._opened(table) as file:
                rows = file.read(columns=columns, use_threads=True)
        except (OSError, pa.ArrowException) as error:
            raise _damaged(path, error) from None
        expected = self.manifest.tables[table].rows
        if rows.num_rows != expected:
            raise _damaged(path, f"it has {rows.num_rows:,} rows, the manifest says {expected:,}")
        if layer == ALL or table not in LAYERED:
            return rows
        return rows.filter(pc.equal(rows.column("layer"), layer))

    @cached_property
    def layers(self) -> list[str]:
        """All layers of the corpus: gold, then the coders' by name."""
        rows = self.read("documents", columns=["layers"]).column("layers")
        found = set(pc.unique(pc.list_flatten(rows)).to_pylist())
        return [GOLD, *sorted(found - {GOLD})]

    @cached_property
    def codebook(self) -> dict[str, Any]:
        """The codebook that came with the corpus.

        Raises:
            CorpusError: the corpus has none, or it is damaged.
        """
        known, path = self.manifest.files.get(CODEBOOK_FILE), self.folder / CODEBOOK_FILE
        if known is None:
            raise CorpusError(f"the corpus in {self.folder} came without its codebook")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _damaged(path, error.strerror) from None
        if hashlib.sha256(data).hexdigest() != known.sha256:
            raise _other_build(path, known.sha256, hashlib.sha256(data).hexdigest(), "SHA-256")
        return read_json(self.folder, CODEBOOK_FILE, data)

    def _opened(self, table: str) -> pq.ParquetFile:
        """The open file of a table, of the same build as the manifest."""
        path = self.path(table)
        try:
            file = pq.ParquetFile(path, page_checksum_verification=True)
        except (OSError, pa.ArrowException) as error:
            raise _damaged(path, error) from None
        about = file.schema_arrow.metadata or {}
        about = about | (file.metadata.metadata or {})
        found = about.get(b"aussage.content_hash", b"").decode(errors="replace")
        if found != self.manifest.content_hash:
            file.close()
            raise _other_build(path, self.manifest.content_hash, found or "none", "content hash")
        return file


def _damaged(path: Path, why: object) -> CorpusError:
    reason = " ".join(str(why).split())
    return CorpusError(f"{path} cannot be read: {reason}; run `aussage build`, or restore the file")


def _other_build(path: Path, expected: str, found: str, what: str) -> CorpusError:
    return CorpusError(
        f"{path} is of another build than the corpus that was loaded ({what} {found[:16]}, not {expected[:16]}): "
        "load the corpus again; if that does not help, run `aussage build`"
    )
