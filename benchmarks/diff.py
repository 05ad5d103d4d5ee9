"""How long the comparison of two versions of a corpus takes beside a pandas merge of the same tables, in one run."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from check import Run, corpus, median, with_code

LOCAL = ("documents", "sentences", "claims", "mentions", "relations", "adjudications")
ALTERED_GROUPS, ALTERED_SHARE = 10, 50
"""Every tenth row group is altered, in it every fiftieth claim."""
READ = """
import json, sys, time
from pathlib import Path
import pyarrow.parquet as pq
start = time.perf_counter()
for path in sorted(Path(sys.argv[1]).glob("*/*.parquet")):
    pq.read_table(path)
print(json.dumps({"rules": 0, "seconds": time.perf_counter() - start, "found": {}}))
"""
DIFF = """
import json, sys, time
from pathlib import Path
from aussage.release.comparison import compare
folder = Path(sys.argv[1])
start = time.perf_counter()
found = compare(folder / "old", folder / "new")
cells = sum(1 for change in found.changes() if change.column == "modality")
seconds = time.perf_counter() - start
print(json.dumps({"rules": 0, "seconds": seconds, "found": {"cells": cells, "derived": found.derived}}))
"""
PANDAS = f"""
import json, sys, time
from pathlib import Path
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
folder = Path(sys.argv[1])
start = time.perf_counter()
cells = 0
for name in {LOCAL!r}:
    schema = pq.read_schema(folder / "old" / f"{{name}}.parquet")
    columns = [field.name for field in schema if not pa.types.is_nested(field.type)]
    old, new = (pd.read_parquet(folder / side / f"{{name}}.parquet", columns=columns) for side in ("old", "new"))
    both = old.merge(new, on=columns[0], how="outer", indicator=True, suffixes=("", "|new"))
    for column in columns[1:]:
        left, right = both[column], both[column + "|new"]
        if isinstance(left.dtype, pd.CategoricalDtype):
            left, right = left.astype("str"), right.astype("str")
        cells += int(((left != right) & ~(left.isna() & right.isna())).sum())
print(json.dumps({{"rules": 0, "seconds": time.perf_counter() - start, "found": {{"cells": cells}}}}))
"""

ALTER = """
import sys, shutil
from pathlib import Path
import numpy as np, pyarrow as pa, pyarrow.parquet as pq
from aussage.tables.writer import options_of
old, new, groups, share, other = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:6])
shutil.copytree(old, new)
for path in new.glob("*.parquet"):
    source = pq.ParquetFile(old / path.name)
    numbers = range(source.num_row_groups)
    if source.num_row_groups < 2 or not other and path.stem != "claims":
        continue
    steps = [list(numbers[at : at + 3]) for at in range(0, len(numbers), 3)][::-1] if other else [[n] for n in numbers]
    with pq.ParquetWriter(path, source.schema_arrow, **options_of(source.schema_arrow)) as writer:
        for step in steps:
            tables = []
            for number in step:
                table = source.read_row_group(number)
                if path.stem == "claims" and number % groups == 0:
                    place = table.schema.get_field_index("modality")
                    values = table.column(place).combine_chunks()
                    codes = values.indices.to_numpy(zero_copy_only=False).copy()
                    codes[::share] = (codes[::share] + 1) % len(values.dictionary)
                    changed = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int16()), values.dictionary)
                    table = table.set_column(place, table.schema.field(place), changed)
                tables.append(table)
            whole = pa.concat_tables(tables)
            writer.write_table(whole, row_group_size=max(whole.num_rows, 1))
"""


def versions(folder: Path, rows: int, other_groups: bool) -> Path:
    """A folder with `old` and `new`: the made-up corpus, and the same with some claims coded otherwise.

    With `other_groups` the documents of the new version stand in another order and in other row groups, so that
    every row has to be looked at.
    """
    made = folder / f"versions-{rows}-{int(other_groups)}"
    if not (made / "new" / "manifest.json").exists():
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        (made / "old").symlink_to(corpus(folder, rows).resolve(), target_is_directory=True)
        given = [str(ALTERED_GROUPS), str(ALTERED_SHARE), str(int(other_groups))]
        median([*with_code(REPORTED), str(made / "old"), str(made / "new"), *given], made, runs=1)
    return made


REPORTED = ALTER + '\nprint(\'{"rules": 0, "seconds": 0, "found": {}}\')'
"""Altering in a process of its own, so that this one stays small (a process begins with the peak of its parent)."""


def markdown(rows: list[tuple[str, Run]], pandas: Run) -> str:
    """The table."""
    lines = [
        "| tool | re-coded cells | seconds | ratio to the pandas merge | peak MB |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, run in rows:
        ratio = run.seconds / pandas.seconds
        cells = f"{run.found['cells']:,}" if run.found else ""
        lines.append(f"| {name} | {cells} | {run.seconds:.2f} | {ratio:.3f} | {run.peak_megabytes:,.0f} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--corpora", type=Path, default=Path(tempfile.gettempdir()) / "aussage-benchmark")
    given = parser.parse_args(arguments)
    same, other = (versions(given.corpora, given.rows, other) for other in (False, True))
    pandas = median(with_code(PANDAS), same, 1)
    rows = [
        ("plain read of both versions with pyarrow", median(with_code(READ), same, given.runs)),
        ("pandas merge, columns without lists", pandas),
        ("aussage diff", median(with_code(DIFF), same, given.runs)),
        ("aussage diff, other row groups and order", median(with_code(DIFF), other, given.runs)),
    ]
    sys.stdout.write(f"{markdown(rows, pandas)}\n")
    if len({json.dumps(run.found.get("cells")) for _, run in rows[1:]}) != 1:
        sys.exit("the tools find different numbers of re-coded cells")


if __name__ == "__main__":
    main()
