"""Writes the folder of an edition: row groups as they come, then further files and the manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from aussage.corpus.errors import CorpusError
from aussage.release.editions.reading import CONTENT_HASH
from aussage.tables.definitions import TABLES
from aussage.tables.parts import WHOLE_FORMAT
from aussage.tables.swap import Busy, Foreign, replacing
from aussage.tables.writer import MANIFEST, SET_ASIDE, facts_of_file, options_of

RESTORATION = "restoration"
CODEBOOK_FILE = "codebook.json"
OURS = {MANIFEST, CODEBOOK_FILE, SET_ASIDE, f"{RESTORATION}.parquet", *(f"{name}.parquet" for name in TABLES)}
ABOUT_FILES = {"salt", "masked", "tables", "files", "parts"}
"""Keys of a manifest that belong to the files of one edition."""


class EditionWriter:
    """Takes the row groups of tables whose schemas were given; `folder` must exist and be empty."""

    def __init__(self, folder: Path, schemas: Mapping[str, pa.Schema], content_hash: str) -> None:
        self.folder, self.content_hash = folder, content_hash
        self.rows = dict.fromkeys(schemas, 0)
        self._schemas = schemas
        self._writers: dict[str, pq.ParquetWriter] = {}

    def write(self, name: str, rows: pa.Table) -> None:
        """Write rows as one row group of a table."""
        if name not in self._writers:
            schema = self._schemas[name]
            self._writers[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", schema, **options_of(schema))
        self._writers[name].write_table(rows, row_group_size=max(len(rows), 1))
        self.rows[name] += len(rows)

    def finish(self, manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
        """Close the tables, write further files, and the manifest with the sizes and digests of them all."""
        for name, schema in self._schemas.items():
            if name not in self._writers:
                self.write(name, schema.empty_table())
            self._writers[name].add_key_value_metadata({CONTENT_HASH.decode(): self.content_hash})
            self._writers[name].close()
        for name, data in files.items():
            (self.folder / name).write_bytes(data)
        tables = {
            name: {"file": f"{name}.parquet", "rows": self.rows[name], **facts_of_file(self.folder / f"{name}.parquet")}
            for name in TABLES
        }
        others = [*files, *(f"{name}.parquet" for name in self._schemas if name not in TABLES)]
        about = {
            **manifest,
            "content_hash": self.content_hash,
            "tables": tables,
            "files": {name: facts_of_file(self.folder / name) for name in sorted(others)},
        }
        (self.folder / MANIFEST).write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    def abandon(self) -> None:
        """Close the files without finishing them."""
        for writer in self._writers.values():
            try:
                writer.close()
            except (OSError, pa.ArrowException):
                continue  # the folder is thrown away; what matters is that the file is no longer open


def edition_manifest(manifest: Mapping[str, Any], edition: str, **more: str) -> dict[str, Any]:
    """The manifest of a corpus as that of one of its editions, without the facts of its files.

    The tables of an edition are single files, also of a corpus in parts: it is what others read with other programs.
    """
    first = {"format": manifest["format"], "format_version": WHOLE_FORMAT, "edition": edition} | more
    return first | {name: value for name, value in manifest.items() if name not in {*first, *ABOUT_FILES}}


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A new folder that takes the place of `target` when the block ends without an exception.

    Raises:
        CorpusError: `target` holds other files than those of a corpus, another process writes there, or the system
            refuses.
    """
    try:
        with replacing(target.absolute(), OURS) as folder:
            yield folder
    except Busy:
        raise CorpusError(f"another process writes to {target}; wait for its end, or name another folder") from None
    except Foreign as foreign:
        names = ", ".join(foreign.args[0][:5])
        raise CorpusError(f"{target} holds {names}, which are no files of a corpus; name another folder") from None
    except OSError as error:
        raise CorpusError(f"{target} cannot be written: {error.strerror or error}; name another folder") from None
