"""A table's Parquet file as CSV, row group by row group, with no cell that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from aussage.corpus.flat_csv import END
from aussage.corpus.spreadsheet import SUSPECT, harmless
from aussage.tables.table_files import open_table

ROWS = 20_000  # that are made into text at once


def write_csv(table: Path | pa.Table, path: Path) -> None:
    """Write a table, or the Parquet file of one, as CSV (RFC 4180, UTF-8, lines that end with CRLF).

    Cells are as in `aussage.corpus.write_csv`: texts and categories in quotation marks, so that an empty text is `""`
    and a missing value nothing at all; numbers in the shortest form that gives the same number; flags true and false.
    Lists and structs are compact JSON. A text that a spreadsheet would run as a formula gets an apostrophe in front
    (`aussage.corpus.spreadsheet`, which takes it off again). The order of rows and columns is the table's.

    Raises:
        OSError: reading or writing failed; `path` is as it was.
        pyarrow.ArrowException: the Parquet file is damaged.
    """
    beside = path.with_name(f".{path.name}.new")
    options = arrow_csv.WriteOptions(eol=END, quoting_style="needed")
    try:
        if isinstance(table, pa.Table):
            schema, pieces = table.schema, iter(table.to_batches(max_chunksize=ROWS))
            _write(schema, pieces, beside, options)
        else:
            with open_table(table, page_checksum_verification=True) as file:
                _write(file.schema_arrow, file.iter_batches(ROWS), beside, options)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _write(schema: pa.Schema, pieces: Iterator[pa.RecordBatch], path: Path, options: arrow_csv.WriteOptions) -> None:
    written = pa.schema([pa.field(field.name, _cell_type(field.type)) for field in schema])
    with path.open("wb") as sink, arrow_csv.CSVWriter(sink, written, write_options=options) as writer:
        for piece in pieces:
            cells = [_cells(column) for column in piece.columns]
            writer.write_batch(pa.RecordBatch.from_arrays(cells, schema=written))


def _cell_type(kind: pa.DataType) -> pa.DataType:
    plain = pa.types.is_primitive(kind) and not pa.types.is_temporal(kind)
    return kind if plain else pa.string()


def _cells(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        words = _harmless(column.dictionary.cast(pa.string()))
        return words.take(column.indices)
    if pa.types.is_nested(kind):
        return _harmless(_as_json(column))
    return column if _cell_type(kind) == kind and not pa.types.is_string(kind) else _harmless(column.cast(pa.string()))


def _as_json(column: pa.Array) -> pa.Array:
    encode = msgspec.json.Encoder().encode
    return pa.array([None if value is None else encode(value).decode() for value in column.to_pylist()], pa.string())


def _harmless(texts: pa.StringArray) -> pa.StringArray:
    suspect = pc.fill_null(pc.match_substring_regex(texts, SUSPECT), False)
    if not suspect.true_count:
        return texts
    changed = [harmless(text) for text in texts.filter(suspect).to_pylist()]
    return pc.replace_with_mask(texts, suspect, pa.array(changed, pa.string()))
