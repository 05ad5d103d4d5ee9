"""The same files for pyarrow, Polars and DuckDB: nothing is copied, and what a view leaves out is left out there."""

from __future__ import annotations

from functools import reduce
from operator import and_
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc
import pyarrow.dataset as ds
from pyarrow.fs import LocalFileSystem

from aussage.corpus.errors import CorpusError
from aussage.corpus.row_groups import DOCUMENT, Place
from aussage.corpus.store import ALL, LAYERED, Store
from aussage.remote import is_remote

if TYPE_CHECKING:
    import duckdb
    import polars

    from aussage.corpus.selection import Selection

HANDLES = "pyarrow datasets, Polars and DuckDB"
SELECTED = "shown_documents"


def dataset_of(store: Store, table: str, layer: str, selection: Selection | None) -> ds.Dataset:
    """A table as a dataset that reads the row groups of the selection, and gives rows of the layer only.

    Raises:
        CorpusError: the corpus has no such table, or its file cannot be used.
    """
    files, schema = _files(store, table), store.schema(table)
    layout, place = ds.ParquetFileFormat(), LocalFileSystem()
    fragments = {part: layout.make_fragment(str(path), filesystem=place) for part, path in files.items()}
    asked = store.asked(table, layer, None if selection is None else selection.ids)
    if selection is not None and DOCUMENT in asked:
        groups = _by_part(selection.groups(table))
        fragments = {part: fragments[part].subset(row_group_ids=numbers) for part, numbers in groups.items()}
    dataset = ds.FileSystemDataset(list(fragments.values()), schema, layout, place)
    wanted = [pc.field(name).isin(values) for name, values in asked.items()]
    return dataset.filter(reduce(and_, wanted)) if wanted else dataset


def _files(store: Store, table: str) -> dict[int, Path]:
    """The files of a table by the number of their part, all of the same build; an error if they are not local."""
    if is_remote(store.folder):
        raise CorpusError(f"{store.folder} is not on this machine: for {HANDLES} make a local copy, and load that")
    return store.files.examined(table)


def _by_part(places: list[Place]) -> dict[int, list[int]]:
    """The numbers of row groups by the part in whose file they stand."""
    found: dict[int, list[int]] = {}
    for place in places:
        found.setdefault(place.part, []).append(place.group)
    return found


def lazy_frame(store: Store, table: str, layer: str, selection: Selection | None) -> polars.LazyFrame:
    """A table as a LazyFrame of Polars, of one layer and of the selected documents.

    Raises:
        CorpusError: the corpus has no such table, its file cannot be used, or Polars is not installed.
    """
    try:
        import polars
    except ImportError:
        raise _missing("Polars", "polars") from None
    files = _files(store, table)
    if selection is not None and store.is_local(table):
        files = {part: files[part] for part in _by_part(selection.groups(table))} or dict([next(iter(files.items()))])
    frame = polars.scan_parquet(list(files.values()), glob=False, hive_partitioning=False)
    for name, values in store.asked(table, layer, None if selection is None else selection.ids).items():
        frame = frame.filter(polars.col(name).is_in(values.to_pylist()))
    return frame


def connection(store: Store, layer: str, selection: Selection | None) -> duckdb.DuckDBPyConnection:
    """A DuckDB database in memory with a view for each table, of one layer and of the selected documents.

    Raises:
        CorpusError: a file cannot be used, or DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise _missing("DuckDB", "duckdb") from None
    database = duckdb.connect(":memory:", config=dict(OFFLINE))
    if selection is not None:
        import pyarrow as pa

        database.register("arrow_ids", pa.table({DOCUMENT: selection.ids}))
        database.execute(f"CREATE TABLE {SELECTED} AS SELECT * FROM arrow_ids")
        database.unregister("arrow_ids")
    for table in store.manifest.tables:
        database.execute(_view(store, table, layer, selection is not None))
    return database


OFFLINE: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
"""DuckDB fetches no extensions, so that it reads nothing over a network."""


def _view(store: Store, table: str, layer: str, selected: bool) -> str:
    asked = []
    if layer != ALL and table in LAYERED:
        asked.append(f"layer = {_text(layer)}")
    if selected and store.is_local(table):
        asked.append(f"{DOCUMENT} IN (SELECT {DOCUMENT} FROM {SELECTED})")
    where = f" WHERE {' AND '.join(asked)}" if asked else ""
    files = ", ".join(_text(_without_patterns(str(path))) for path in _files(store, table).values())
    read = f"read_parquet([{files}], hive_partitioning = false)"
    return f"CREATE VIEW {_name(table)} AS SELECT * FROM {read}{where}"


def _text(value: str) -> str:
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


def _name(value: str) -> str:
    quoted = value.replace('"', '""')
    return f'"{quoted}"'


def _without_patterns(path: str) -> str:
    """The path so that DuckDB takes no letter of it for a pattern."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path)


def _missing(name: str, package: str) -> CorpusError:
    return CorpusError(f"{name} is not installed: pip install {package}")
