"""Tables as articles: every row of a CSV, JSON Lines or Parquet file is one, its columns mapped by their names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aussage.diagnostics import Diagnostics, Place, nearest
from aussage.intake.article import NAMES, Arrival, Facts, mended
from aussage.intake.markdown import OTHER_NAMES, day

ENDINGS = {".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"}
PACKED = {".gz", ".zst"}
LONGEST_CELL = 16_000_000
BATCH = 256  # rows of a Parquet file that are in memory at a time


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold the text and the id; an id is not needed."""

    text: str = "text"
    document_id: str | None = None


def ending(path: Path) -> str:
    """The ending that tells the format, in small letters; of `a.csv.gz` it is `.csv`."""
    suffixes = [suffix.casefold() for suffix in path.suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-1] in PACKED else (suffixes or [""])[-1]


def stem(path: Path) -> str:
    """The file's name without ending and packing."""
    return path.name[: -sum(map(len, path.suffixes[-1 - (path.suffix.casefold() in PACKED) :]))]


def row_articles(path: Path, name: str, columns: Columns, facts: Facts, diagnostics: Diagnostics) -> Iterator[Arrival]:
    """The articles of a table, one a row, as far as they are sound; findings name the row's line."""
    for line, row in _rows(path, name, diagnostics):
        place = Place(name, line, 1)
        if row.get(columns.text) is None:
            if not _has_column(row, columns.text, place, diagnostics):
                return
            diagnostics.add("no-paragraphs", place, f"{place} has no text in »{columns.text}«")
            continue
        text = mended(str(row[columns.text]), place, diagnostics)
        if text is not None:
            found = _facts(row, columns)
            note = f"Row at line {line} of {name}." if ending(path) != ".parquet" else f"Row {line} of {name}."
            yield Arrival(place, text, facts.with_found({**found, "note": note}), f"{stem(path)}-{line}")


def _has_column(row: dict[str, Any], column: str, place: Place, diagnostics: Diagnostics) -> bool:
    if column in row:
        return True
    expected = f"--text-column with one of: {', '.join(row)}"
    message = f"there is no column »{column}«"
    diagnostics.add("missing-field", place, message, expected=expected, nearest=nearest(column, row))
    return False


def _facts(row: dict[str, Any], columns: Columns) -> dict[str, str]:
    """What a row says of its article, by the names of its columns; empty cells say nothing."""
    import unicodedata

    from aussage.intake.article import slug

    found: dict[str, str] = {}
    for column, value in row.items():
        name = str(column).casefold()
        name = OTHER_NAMES.get(name, name)
        if name in NAMES and value is not None and column != columns.text:
            found[name] = unicodedata.normalize("NFC", str(value)).strip()
    if columns.document_id and row.get(columns.document_id) is not None:
        found["document_id"] = slug(str(row[columns.document_id]))
    if "date" in found:
        found["date"] = day(found["date"])
    return {name: value for name, value in found.items() if value}


def _rows(path: Path, name: str, diagnostics: Diagnostics) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and values of each row: its line in a text file, its position from 1 in Parquet."""
    if ending(path) == ".parquet":
        yield from _parquet_rows(path, name, diagnostics)
        return
    read = _json_rows if ending(path) in {".jsonl", ".ndjson"} else _csv_rows
    try:
        with opened(path) as stream:
            yield from read(stream, path, name, diagnostics)
    except UnicodeDecodeError as error:
        diagnostics.add("wrong-encoding", Place(name), f"a byte is not UTF-8: {error.reason}", expected="UTF-8")
    except OSError as error:
        diagnostics.add("unreadable-file", Place(name), f"cannot read {name}: {error.strerror or error}")


def opened(path: Path) -> io.TextIOWrapper:
    """A text file, packed or not, as a stream of UTF-8 with the line ends that it has."""
    import pyarrow as pa

    packing = {".gz": "gzip", ".zst": "zstd"}.get(path.suffix.casefold())
    binary = io.BufferedReader(pa.input_stream(str(path), compression=packing)) if packing else path.open("rb")
    return io.TextIOWrapper(binary, encoding="utf-8-sig", newline="")


def _csv_rows(
    stream: io.TextIOWrapper, path: Path, name: str, diagnostics: Diagnostics
) -> Iterator[tuple[int, dict[str, Any]]]:
    csv.field_size_limit(LONGEST_CELL)
    header_line = stream.readline()
    signs = "\t" if ending(path) == ".tsv" else max(",;\t", key=header_line.count)
    header = next(csv.reader([header_line], delimiter=signs), [])
    reader = csv.reader(stream, delimiter=signs, strict=True)
    try:
        line = 2
        for cells in reader:
            if cells and len(cells) != len(header):
                message = f"the row has {len(cells)} cells, the first line {len(header)}"
                diagnostics.add("wrong-value", Place(name, line, 1), message, expected=f"{len(header)} cells")
            elif cells:
                yield line, {column: cell or None for column, cell in zip(header, cells, strict=True)}
            line = reader.line_num + 2
    except csv.Error as error:
        diagnostics.add("wrong-value", Place(name, reader.line_num + 1, 1), f"the line is not CSV: {error}")


def _json_rows(
    stream: io.TextIOWrapper, _: Path, name: str, diagnostics: Diagnostics
) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            at = getattr(error, "colno", 1)
            diagnostics.add("json-syntax", Place(name, number, at), str(getattr(error, "msg", "nested too deep")))
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            diagnostics.add("wrong-type", Place(name, number, 1), "the line is no JSON object", expected="an object")


def _parquet_rows(path: Path, name: str, diagnostics: Diagnostics) -> Iterator[tuple[int, dict[str, Any]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (OSError, pa.ArrowException) as error:
        diagnostics.add("unreadable-file", Place(name), f"cannot read {name}: {str(error).splitlines()[0]}")
