"""Takes files of tables apart: Parquet, Arrow, Feather, SQLite; every text in them, down columns and across rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from aussage.release.gate.part import ROWS_AGAIN, Budget, Data, Inner, Part, Text

ROWS = 1 << 16
_TAIL = 4000
_DICTIONARY = ", dictionary"
_LINE = pa.scalar(b"\n", pa.large_binary())


def parquet_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """What stands in a Parquet file: schema, metadata, dictionaries (with values that no row has), columns, rows."""
    source = pa.py_buffer(data)
    plain = pq.ParquetFile(pa.BufferReader(source))
    binary = _binary_columns(plain)
    yield from _schema_parts(plain.schema_arrow, plain.metadata.metadata)
    plain.close()
    with pq.ParquetFile(pa.BufferReader(source), read_dictionary=binary) as file:
        yield from _batches(file.iter_batches(ROWS), budget)


def _binary_columns(file: pq.ParquetFile) -> list[str]:
    """The paths of the columns that hold texts or bytes."""
    schema = file.schema
    kinds = {"BYTE_ARRAY"}
    return [schema.column(i).path for i in range(len(schema)) if schema.column(i).physical_type in kinds]


def arrow_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """What stands in an Arrow file, an Arrow stream or a Feather file."""
    source = pa.py_buffer(data)
    start = bytes(data[:6])
    if start[:4] == b"FEA1":
        from pyarrow import feather

        table = feather.read_table(pa.BufferReader(source), memory_map=False)
        yield from _schema_parts(table.schema, None)
        yield from _batches(iter(table.to_batches(ROWS)), budget, hidden=True)
        return
    if start == b"ARROW1":
        with pa.ipc.open_file(pa.BufferReader(source)) as file:
            yield from _schema_parts(file.schema, file.metadata)
            yield from _batches((file.get_batch(i) for i in range(file.num_record_batches)), budget, hidden=True)
        return
    with pa.ipc.open_stream(pa.BufferReader(source)) as stream:
        yield from _schema_parts(stream.schema, None)
        yield from _batches(iter(stream), budget, hidden=True)


def _schema_parts(schema: pa.Schema, metadata: dict[bytes, bytes] | None) -> Iterator[Part]:
    """Names of columns, and metadata of the file, the schema and each column."""
    yield Text("schema", "names of columns", "\n".join(schema.names))
    yield Text("schema", "schema", schema.to_string(truncate_metadata=False, show_field_metadata=False))
    pairs = dict(schema.metadata or {}) | dict(metadata or {})
    for field in schema:
        pairs |= {field.name.encode() + b"." + key: value for key, value in (field.metadata or {}).items()}
    for key, value in pairs.items():
        name = key.decode("utf-8", "replace")
        yield Text(f"metadata {name}", "metadata", f"{name}\n{value.decode('utf-8', 'replace')}")
        if not value.isascii():
            yield Inner(f"metadata {name}", value)


def _batches(batches: Iterator[pa.RecordBatch], budget: Budget, hidden: bool = False) -> Iterator[Part]:
    """The texts of each batch down its columns and across its rows, each with the end of the batch before."""
    tails: dict[str, str] = {}
    dictionaries: dict[str, pa.Array] = {}
    for batch in batches:
        budget.spend(batch.nbytes)
        flat: list[pa.Array] = []
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            for path, leaf in _leaves(f"column {name}", column, dictionaries):
                whole = path.endswith(_DICTIONARY)
                yield from _joined(
                    path, "dictionary" if whole else "values down the column", leaf, {} if whole else tails
                )
                if hidden:
                    yield from (Inner(path, buffer.to_pybytes()) for buffer in leaf.buffers()[2:] if buffer)
            if (across := _by_row(column)) is not None:
                flat.append(across)
        if len(flat) > 1:
            rows = pc.binary_join_element_wise(*flat, _LINE, null_handling="skip")
            yield from _joined("rows", ROWS_AGAIN, rows, tails)


def _leaves(path: str, array: pa.Array, dictionaries: dict[str, pa.Array]) -> Iterator[tuple[str, pa.Array]]:
    """All arrays of texts or bytes in an array, however deep, each with where it stands."""
    kind = array.type
    if isinstance(array, pa.ExtensionArray):
        yield from _leaves(path, array.storage, dictionaries)
    elif pa.types.is_dictionary(kind):
        known = dictionaries.get(path)
        if known is None or not known.equals(array.dictionary):
            dictionaries[path] = array.dictionary
            yield from _leaves(f"{path}{_DICTIONARY}", array.dictionary, dictionaries)
        if _is_textual(kind.value_type):
            yield path, _text_array(array.dictionary_decode())
    elif _is_textual(kind):
        yield path, _text_array(array)
    elif pa.types.is_map(kind):
        yield from _leaves(f"{path}, keys", array.keys, dictionaries)
        yield from _leaves(f"{path}, items", array.items, dictionaries)
    elif pa.types.is_struct(kind):
        for place, field in enumerate(kind):
            yield from _leaves(f"{path}.{field.name}", array.field(place), dictionaries)
    elif pa.types.is_union(kind):
        for place in range(kind.num_fields):
            yield from _leaves(f"{path}.{kind.field(place).name}", array.field(place), dictionaries)
    elif isinstance(array, pa.RunEndEncodedArray):
        yield from _leaves(path, array.values, dictionaries)
    elif pa.types.is_nested(kind):
        yield from _leaves(path, array.values if hasattr(array, "values") else array.flatten(), dictionaries)


def _is_textual(kind: pa.DataType) -> bool:
    checks = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    views = (pa.types.is_string_view, pa.types.is_binary_view, pa.types.is_fixed_size_binary)
    return any(check(kind) for check in (*checks, *views))


def _text_array(array: pa.Array) -> pa.Array:
    """Texts or bytes of any type as bytes."""
    return array.cast(pa.large_binary()) if not pa.types.is_fixed_size_binary(array.type) else array.cast(pa.binary())


def _by_row(column: pa.Array) -> pa.Array | None:
    """A column as one value a row, if it holds texts or lists of texts."""
    if pa.types.is_dictionary(column.type) and _is_textual(column.type.value_type):
        column = column.dictionary_decode()
    if _is_textual(column.type):
        return _text_array(column).cast(pa.large_binary())
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        inner = column.flatten()
        if pa.types.is_dictionary(inner.type):
            inner = inner.dictionary_decode()
        if pa.types.is_string(inner.type) and not inner.null_count and not column.null_count:
            offsets = pc.subtract(column.offsets, column.offsets[0])
            return pc.binary_join(pa.ListArray.from_arrays(offsets.cast(pa.int32()), inner), "\n").cast(
                pa.large_binary()
            )
    return None


def _joined(path: str, how: str, array: pa.Array, tails: dict[str, str]) -> Iterator[Part]:
    """The values of an array as one text; bytes that are no text also one by one."""
    values = array.drop_null().cast(pa.large_binary())
    if not len(values):
        return
    together = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values), _LINE)[0]
    data = together.as_buffer().to_pybytes()
    text = data.decode("utf-8", "replace")
    text = tails.get(path, "") + text
    yield Text(path, how, text)
    tails[path] = text[-_TAIL:] + "\n"
    if "\ufffd" in text or "\0" in text:
        yield from (Inner(path, value) for value in values.to_pylist() if len(value) >= 9 and _is_packed(value))


def _is_packed(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return True
    return b"\0" in value


def sqlite_parts(data: Data, budget: Budget) -> Iterator[Part]:
    """What stands in an SQLite database: the definitions, and the values of each table."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(bytes(data))
        connection.text_factory = bytes
        names = [row[0].decode() for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            quoted = name.replace('"', '""')
            cursor = connection.execute(f'SELECT * FROM "{quoted}"')
            columns = [column[0] for column in cursor.description]
            yield from _sqlite_table(name, columns, cursor, budget)


def _sqlite_table(name: str, columns: list[str], cursor: Any, budget: Budget) -> Iterator[Part]:
    """The values of a table down its columns and across its rows, a batch after another."""
    tails: dict[str, str] = {}
    while rows := cursor.fetchmany(ROWS):
        down = [[row[place] for row in rows if isinstance(row[place], bytes)] for place in range(len(columns))]
        budget.spend(sum(len(value) for values in down for value in values))
        for column, values in zip(columns, down, strict=True):
            yield from _joined(f"table {name}, column {column}", "values down the column", _binary(values), tails)
        across = [value for row in rows for value in row if isinstance(value, bytes)]
        yield from _joined(f"table {name}, rows", ROWS_AGAIN, _binary(across), tails)


def _binary(values: list[bytes]) -> pa.Array:
    return pa.array(values, pa.large_binary())
