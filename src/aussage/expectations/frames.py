"""Tables as Great Expectations takes them: default types of pandas, texts as objects, prepared columns beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from aussage.expectations.prepared import PREPARED, Row, Rows
from aussage.tables import TABLES
from aussage.tables.schemas import ARROW_TYPES
from aussage.tables.table_files import open_table

UNREADABLE = (OSError, ValueError, NotImplementedError, pa.ArrowException)


def read_tables(folder: Path) -> dict[str, pa.Table]:
    """The tables in a folder that can be read, by name; what cannot be read is left to the rules on files."""
    found = {}
    for name in TABLES:
        try:
            with open_table(folder / f"{name}.parquet") as file:
                found[name] = file.read()
        except UNREADABLE:
            continue
    return found


def is_as_defined(name: str, table: pa.Table) -> bool:
    """Whether a table has the columns and types of its definition, without which no column can be prepared."""
    wanted = {column.name: ARROW_TYPES[column.kind] for column in TABLES[name].columns}
    return bool(table.schema.names == list(wanted) and table.schema.types == list(wanted.values()))


def has_holes(name: str, table: pa.Table) -> bool:
    """Whether a column that must be filled is empty somewhere."""
    return any(table[column.name].null_count for column in TABLES[name].columns if column.required)


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A table as pandas reads it, but categories and texts as objects: on other types Great Expectations fails."""
    frame: pd.DataFrame = table.to_pandas()
    odd = [name for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.CategoricalDtype | pd.StringDtype)]
    return frame.astype(dict.fromkeys(odd, object))


def rows_of(table: pa.Table) -> list[Row]:
    """A table as rows of plain values."""
    rows: list[Row] = table.to_pylist()
    return rows


def with_prepared(frame: pd.DataFrame, table: str, names: Iterable[str], rows: Rows) -> pd.DataFrame:
    """The frame with prepared columns beside its own."""
    added: Mapping[str, pd.Series[Any]] = {name: _column(table, name, rows, frame.index) for name in names}
    return pd.concat([frame, pd.DataFrame(dict(added), index=frame.index)], axis=1)


def _column(table: str, name: str, rows: Rows, index: pd.Index[Any]) -> pd.Series[Any]:
    prepared = PREPARED[table, name]
    return pd.Series(list(prepared.make(rows)), index=index, dtype="float64" if prepared.is_number else object)
