"""The floor of a build: pyarrow reads the same JSON Lines and writes the same Parquet, without check, merge or hash."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pyarrow.json
import pyarrow.parquet as pq

from aussage.tables.writer import options_of

BLOCK = 16 << 20  # large enough for one article a line, small enough that all threads have work
SOURCES = ("seeds", "dataset/annotations")


def seconds_of_reading(project: Path) -> float:
    """Seconds for reading all records and annotations, one file after another."""
    start = time.perf_counter()
    for folder in SOURCES:
        for path in sorted((project / folder).rglob("*.jsonl*")):
            pyarrow.json.read_json(path, pyarrow.json.ReadOptions(use_threads=True, block_size=BLOCK))
    return time.perf_counter() - start


def seconds_of_writing(corpus: Path, out: Path) -> float:
    """Seconds for writing all files of a corpus again, row group by row group.

    A row group is read before the clock starts, so that tables need not fit into memory. A table may be one file, or
    a folder of parts.
    """
    seconds = 0.0
    for path in sorted(path for path in corpus.rglob("*.parquet") if path.is_file()):
        given, place = pq.ParquetFile(path), out / path.relative_to(corpus)
        place.parent.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        writer = pq.ParquetWriter(place, given.schema_arrow, **options_of(given.schema_arrow))
        seconds += time.perf_counter() - start
        for group in range(given.num_row_groups):
            rows = given.read_row_group(group)
            start = time.perf_counter()
            writer.write_table(rows, row_group_size=max(rows.num_rows, 1))
            seconds += time.perf_counter() - start
        start = time.perf_counter()
        writer.close()
        seconds += time.perf_counter() - start
    return seconds


if __name__ == "__main__":
    project, corpus, out = (Path(argument) for argument in sys.argv[1:])
    reading, writing = seconds_of_reading(project), seconds_of_writing(corpus, out)
    sys.stdout.write(json.dumps({"seconds": reading + writing, "reading": reading, "writing": writing}) + "\n")
