"""The files of a corpus: opened, examined against the manifest, read as Arrow tables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from aussage.corpus.errors import CorpusError, unknown
from aussage.corpus.files import Files, damaged, other_build
from aussage.corpus.manifest import read_json, read_manifest
from aussage.corpus.row_groups import DOCUMENT, Place, RowGroups
from aussage.corpus.selection import Selection
from aussage.remote import Unreachable
from aussage.source.bytes import reason
from aussage.tables import TABLES
from aussage.tables.parts import PART_HASH

CODEBOOK_FILE = "codebook.json"
LAYERED = ("claims", "mentions", "relations")
GOLD, ALL = "gold", "all"
FrameKey = tuple[str, str]
Result = TypeVar("Result")


class Store:
    """The folder of a corpus and its manifest. Files are opened when they are asked for, and never written.

    `frames` keeps the frames that were made, by table and layer, for all views of the corpus.

    Raises:
        CorpusError: the manifest cannot be used, or a file is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self.frames: dict[FrameKey, pd.DataFrame] = {}
        self.row_groups = RowGroups(self)
        self.files = Files(folder, self.manifest)
        self._last: dict[str, tuple[object, pa.Table]] = {}

    def path(self, table: str) -> Path:
        """The file of a table, or the folder of its part files.

        Raises:
            CorpusError: the corpus has no such table.
        """
        return self.files.path(table)

    def footer(self, table: str, part: int) -> pq.FileMetaData:
        """The footer of the file that a part has of a table; of a table that is one file, of part 0.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        with self.files.open(table, part) as file:
            return file.metadata

    def is_small(self, table: str) -> bool:
        """Whether all rows of a table stand in one row group.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        parts = list(self.files.parts(table))
        return len(parts) == 1 and self.footer(table, parts[0]).num_row_groups <= 1

    def schema(self, table: str) -> pa.Schema:
        """The Arrow schema of a table, with the description and values of each column.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        with self.files.open(table, next(iter(self.files.parts(table)))) as file:
            return file.schema_arrow

    def is_local(self, table: str) -> bool:
        """Whether each row of the table belongs to a document."""
        return table in TABLES and TABLES[table].local

    def read(
        self,
        table: str,
        layer: str = ALL,
        columns: Sequence[str] | None = None,
        selection: Selection | None = None,
    ) -> pa.Table:
        """The rows of a table: all columns or those named, of one layer if the table has layers, of some documents.

        Of a selection only the row groups are read in which its documents stand; registries are always whole.

        Raises:
            CorpusError: the corpus has no such table or column, or its file cannot be used.
        """
        if selection is not None and self.is_local(table):
            return self._read_groups(table, layer, columns, selection.groups(table), selection.ids)
        if layer != ALL and table in LAYERED:
            return self._read_groups(table, layer, columns)
        return self._joined(table, [self.read_part(table, part, columns) for part in self.files.parts(table)])

    def read_part(self, table: str, part: int, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows that a part has of a table: all columns or those named; of a table that is one file, of part 0.

        Raises:
            CorpusError: the corpus has no such table or column, or its file cannot be used.
        """
        with self.files.open(table, part) as file:
            known = self._known(table, file.schema_arrow, columns)
            return self._guarded(table, part, partial(file.read, known))

    def read_document(self, table: str, document_id: str, layer: str = ALL) -> pa.Table:
        """The rows of one document; the row group in which they stand is read.

        Raises:
            CorpusError: the corpus has no such table, or its file cannot be used.
        """
        groups = self.row_groups.of_document(table, document_id)
        return self._read_groups(table, layer, None, groups, pa.array([document_id], pa.string()))

    def read_group(self, table: str, place: Place, columns: Sequence[str] | None, ids: pa.Array | None) -> pa.Table:
        """What one row group of a table has of the documents with these ids, or of all.

        Raises:
            CorpusError: the corpus has no such table or column, or its file cannot be used.
        """
        return self._read_groups(table, ALL, columns, [place], ids)

    def asked(self, table: str, layer: str, ids: pa.Array | None) -> dict[str, pa.Array]:
        """The columns of a table whose values are asked for, with these: its layer, and its documents unless None."""
        asked = {}
        if ids is not None and self.is_local(table):
            asked[DOCUMENT] = ids
        if layer != ALL and table in LAYERED:
            asked["layer"] = pa.array([layer], pa.string())
        return asked

    def _read_groups(
        self,
        table: str,
        layer: str,
        columns: Sequence[str] | None,
        places: Sequence[Place] | None = None,
        ids: pa.Array | None = None,
    ) -> pa.Table:
        """What is asked for of some row groups (of all, if None); in memory is one of them with what was kept."""
        asked = self.asked(table, layer, ids)
        kept = None if columns is None else list(columns)
        needed = None if kept is None else list(dict.fromkeys([*kept, *asked]))
        groups: dict[int, list[int] | None] = dict.fromkeys(self.files.parts(table))
        if places is not None:
            named = groupby(places, lambda place: place.part)
            groups = {part: [place.group for place in some] for part, some in named} or {next(iter(groups)): []}
        parts = []
        for part, numbers in groups.items():
            with self.files.open(table, part) as file:
                self._known(table, file.schema_arrow, columns)
                found = range(file.num_row_groups) if numbers is None else numbers
                for number in found:
                    rows = self._group(table, file, Place(part, number), needed, keep=places is not None)
                    parts.append(_filtered(rows, asked))
                if not found:
                    parts.append(self._guarded(table, part, partial(file.read_row_groups, [], columns=needed)))
        rows = self._joined(table, parts)
        return rows if kept is None else rows.select(kept)

    def _group(self, table: str, file: pq.ParquetFile, place: Place, columns: list[str] | None, keep: bool) -> pa.Table:
        """One row group; the last one of each table is kept for who goes on where the last reader stopped."""
        key = (place, columns, self.files.signature(table, place.part))
        known = self._last.get(table)
        if known is not None and known[0] == key:
            return known[1]
        rows = self._guarded(table, place.part, lambda: file.read_row_group(place.group, columns=columns))
        if keep:
            self._last[table] = (key, rows)
        return rows

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
        except (OSError, Unreachable) as error:
            raise damaged(path, reason(error)) from None
        if hashlib.sha256(data).hexdigest() != known.sha256:
            raise other_build(path, known.sha256, hashlib.sha256(data).hexdigest(), "SHA-256")
        return read_json(self.folder, CODEBOOK_FILE, data)

    def _known(self, table: str, schema: pa.Schema, columns: Sequence[str] | None) -> list[str] | None:
        if columns is None:
            return None
        for name in columns:
            if name not in schema.names:
                raise unknown(f"column of {table}", name, schema.names)
        return list(columns)

    def _joined(self, table: str, parts: list[pa.Table]) -> pa.Table:
        """The rows of several files or row groups, without what only one part says of itself."""
        try:
            rows = pa.concat_tables(parts)
        except pa.ArrowException as error:
            raise damaged(self.path(table), error) from None
        about = {key: value for key, value in (rows.schema.metadata or {}).items() if key != PART_HASH.encode()}
        return rows.replace_schema_metadata(about)

    def _guarded(self, table: str, part: int, read: Callable[[], Result]) -> Result:
        try:
            return read()
        except (OSError, Unreachable, pa.ArrowException) as error:
            raise damaged(self.files.parts(table)[part], error) from None


def _filtered(rows: pa.Table, asked: dict[str, pa.Array]) -> pa.Table:
    for name, values in asked.items():
        if len(values) == 1:
            wanted = pc.equal(rows.column(name), values[0])
        else:
            wanted = pc.is_in(rows.column(name), value_set=values)
        if not pc.all(wanted, min_count=0).as_py():
            rows = rows.filter(wanted)
    return rows
