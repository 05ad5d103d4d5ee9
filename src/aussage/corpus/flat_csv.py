"""Frames as CSV without loss: nothing is empty that was an empty text, and the types come back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv

from aussage.corpus.errors import CorpusError
from aussage.corpus.spreadsheet import harmless, restored

TYPES_SUFFIX = ".types.json"
END = "\r\n"  # RFC 4180
PIECE = 50_000  # rows that are made into text at once
FLAGS = {True: "true", False: "false"}
WHOLE = tuple(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64))
MASKED = tuple(name.replace("int", "Int").replace("uI", "UI") for name in WHOLE)
PLAIN = ("str", "string", "bool", "boolean", *WHOLE, *MASKED, "float32", "float64")


def write_csv(frame: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    r"""Write a frame as CSV (RFC 4180, UTF-8, lines that end with CRLF) that `read_csv` reads back as it was.

    Texts and categories stand in quotation marks, so that an empty text is `""` and a missing value is nothing at all.
    Numbers stand without, in the shortest form that gives the same number; flags are true and false. Texts are kept as
    they are, also with line breaks; only where a spreadsheet would take one for a formula (= + - @) an apostrophe is
    put in front, which `read_csv` takes off again (`aussage.corpus.spreadsheet`). The index is not written. Types and
    the categories' values are written beside it, to PATH.types.json.

    Args:
        frame: A frame of texts, categories of texts, whole numbers, numbers and flags, as `corpus.flat`.
        path: The file, which is replaced if it is there.

    Returns:
        The path.

    Raises:
        CorpusError: a column has another type (lists, dates), or a name that is no text or is there twice.
        OSError: the file cannot be written.
    """
    types = [_described(frame, number) for number in range(frame.shape[1])]
    names = [column["name"] for column in types]
    if len(set(names)) < len(names):
        raise CorpusError(f"two columns have the name {next(name for name in names if names.count(name) > 1)!r}")
    path = Path(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(map(_quoted, names)) + END)
        for start in range(0, len(frame), PIECE):
            file.writelines(_lines(frame.iloc[start : start + PIECE]))
    about = json.dumps({"columns": types}, ensure_ascii=False, indent=1) + "\n"
    _types_path(path).write_bytes(about.encode("utf-8"))
    return path


def read_csv(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a CSV file that `write_csv` wrote, with the types that the frame had and a RangeIndex.

    Raises:
        CorpusError: the file, or PATH.types.json beside it, is missing or damaged, or they do not belong together.
    """
    path = Path(path)
    types = _types(_types_path(path))
    options = arrow_csv.ConvertOptions(
        column_types={column["name"]: _arrow_type(column["type"]) for column in types},
        null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False,
        true_values=[FLAGS[True]], false_values=[FLAGS[False]],
    )  # fmt: skip
    parsing = arrow_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False)
    try:
        size = max(path.stat().st_size, 1)
        block = min(size, 2**31 - 1)  # a row must not reach beyond a block
        reading = arrow_csv.ReadOptions(block_size=block)
        table = arrow_csv.read_csv(path, read_options=reading, parse_options=parsing, convert_options=options)
    except (OSError, pa.ArrowException) as error:
        raise CorpusError(f"{path} cannot be read: {' '.join(str(error).split())}; write it anew") from None
    if table.column_names != [column["name"] for column in types]:
        raise CorpusError(f"{path} has other columns than {_types_path(path).name} says; write it anew")
    columns = {column["name"]: _values(table.column(column["name"]), column, path) for column in types}
    return pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows))


def _types_path(path: Path) -> Path:
    return path.with_name(path.name + TYPES_SUFFIX)


def _described(frame: pd.DataFrame, number: int) -> dict[str, Any]:
    """The name and type of a column, and the values of a category."""
    name, dtype = frame.columns[number], frame.dtypes.iloc[number]
    if not isinstance(name, str):
        raise CorpusError(f"the name of a column must be a text, not {name}")
    if isinstance(dtype, pd.CategoricalDtype):
        values = list(dtype.categories)
        if all(isinstance(value, str) for value in values):
            return {"name": name, "type": "category", "ordered": bool(dtype.ordered), "values": values}
    elif str(dtype) in PLAIN:
        return {"name": name, "type": str(dtype)}
    raise CorpusError(
        f"column {name!r} holds {dtype}, which CSV cannot hold without loss: write corpus.flat, whose lists are texts, "
        "or leave the column out"
    )


def _lines(frame: pd.DataFrame) -> Iterator[str]:
    cells = (_cells(frame.iloc[:, number]) for number in range(frame.shape[1]))
    return (",".join(row) + END for row in zip(*cells, strict=True))


def _cells(values: pd.Series[Any]) -> Iterator[str]:
    """The values as the text of cells; a missing one is nothing."""
    dtype = values.dtype
    is_text = isinstance(dtype, pd.StringDtype | pd.CategoricalDtype)
    is_flag = str(dtype) in ("bool", "boolean")
    for value, missing in zip(values.tolist(), values.isna().tolist(), strict=True):
        if missing:
            yield ""
        elif is_text:
            yield _quoted(harmless(value))
        else:
            yield FLAGS[value] if is_flag else repr(value)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _types(path: Path) -> list[dict[str, Any]]:
    try:
        columns: list[dict[str, Any]] = json.loads(path.read_bytes())["columns"]
        known = all(
            isinstance(column["name"], str)
            and (column["type"] in PLAIN or (column["type"] == "category" and {"values", "ordered"} <= column.keys()))
            for column in columns
        )
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}; it lies beside the CSV file") from None
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{path} is damaged: {error}; write the CSV file anew") from None
    if not known:
        raise CorpusError(f"{path} is damaged; write the CSV file anew")
    return columns


def _arrow_type(name: str) -> pa.DataType:
    if name in ("category", "str", "string"):
        return pa.string()
    return pa.bool_() if name in ("bool", "boolean") else pa.type_for_alias(name.lower())


def _values(column: pa.ChunkedArray, about: dict[str, Any], path: Path) -> pd.Series[Any]:
    name, kind = about["name"], about["type"]
    values = column.to_pylist()
    if kind in ("category", "str", "string"):
        values = [value if value is None else restored(value) for value in values]
    if kind == "category":
        odd = sorted(set(values) - {None, *about["values"]})
        if odd:
            raise CorpusError(f"{path}: column {name!r} holds {odd[0]!r}, which is none of its values")
        return pd.Series(pd.Categorical(values, categories=about["values"], ordered=about["ordered"]), name=name)
    if column.null_count and kind in ("bool", *WHOLE):
        raise CorpusError(f"{path}: column {name!r} has an empty cell, and may not be empty")
    typed: pd.Series[Any] = pd.Series(values, name=name, dtype=kind)
    return typed
