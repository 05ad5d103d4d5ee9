"""How long loading takes beside pandas on the same files, and how much is read for a little of a large corpus."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from check import corpus, with_code

RUNS = 5
TIMED = """
import gc, json, sys, time
from pathlib import Path
import numpy, pandas, pyarrow.parquet, aussage.corpus.corpus, aussage.corpus.choosing
folder = Path(sys.argv[1])
tables = sorted(path.stem for path in folder.glob("*.parquet"))
start, used = time.perf_counter(), time.process_time()
{code}
print(json.dumps([time.perf_counter() - start, time.process_time() - used]))
"""
FLOOR = 'frames = {name: pandas.read_parquet(folder / f"{name}.parquet") for name in tables}'
ALL = "corpus = aussage.load(folder)LAYER\nframes = {name: corpus[name] for name in tables}"
READ_ALL = {
    "pandas.read_parquet of all tables": FLOOR,
    "aussage.load and all frames, all layers": ALL.replace("LAYER", '.layer("all")'),
    "aussage.load and all frames, gold": ALL.replace("LAYER", ""),
}
READ_COLUMN = {
    "pandas.read_parquet of claims.claim_type": """
frame = pandas.read_parquet(folder / "claims.parquet", columns=["claim_type"])""",
    "aussage.load and claims.claim_type, all layers": """
corpus = aussage.load(folder).layer("all")
frame = corpus.frame("claims", ["claim_type"])""",
}
COUNTED = """
import io, json, sys, time
from pathlib import Path
import pandas, aussage, aussage.corpus.choosing
class Counting(io.FileIO):
    total = 0
    def read(self, size=-1, /):
        data = super().read(size)
        Counting.total += len(data)
        return data
folder = Path(sys.argv[1])
ids = aussage.load(folder).frame("documents", ["document_id"])["document_id"]
document, sentence = ids.iloc[len(ids) // 2], ids.iloc[len(ids) // 2] + "/s01"
actor = aussage.load(folder).actors["actor_id"].iloc[0]
corpus = aussage.load(folder)
corpus._store.files.opener = Counting
start = time.perf_counter()
{code}
print(json.dumps([Counting.total, time.perf_counter() - start]))
"""
READ_SOME = {
    "footers of the twelve files": "[corpus.columns(name) for name in corpus.tables]",
    "corpus.document(id)": "corpus.document(document)",
    "corpus.sentence(id)": "corpus.sentence(sentence)",
    "corpus.sample(10).claims": "corpus.sample(10).claims",
    "corpus.documents_where(document_id=id).claims": "corpus.documents_where(document_id=document).claims",
    "corpus.frame('claims', ['claim_type'])": "corpus.frame('claims', ['claim_type'])",
}


def said_by(code: str, folder: Path) -> list[float]:
    """What a piece of Python, in a process of its own, says as JSON."""
    run = subprocess.run([*with_code(code), str(folder)], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def timed(cases: dict[str, str], folder: Path, runs: int) -> Iterator[str]:
    """A row a case: median seconds, then as ratios to the first the seconds and the time of the processors.

    The cases take turns.
    """
    measured: dict[str, list[list[float]]] = {name: [] for name in cases}
    for _ in range(runs):
        for name, code in cases.items():
            measured[name].append(said_by(TIMED.replace("{code}", code), folder))
    medians = {name: [statistics.median(part) for part in zip(*found, strict=True)] for name, found in measured.items()}
    first = next(iter(medians.values()))
    for name, (seconds, used) in medians.items():
        yield f"| {name} | {seconds:.2f} | {seconds / first[0]:.2f} | {used / first[1]:.2f} |"


def counted(folder: Path) -> Iterator[str]:
    """A row a case: bytes that were read, their share of all files, seconds."""
    whole = sum(path.stat().st_size for path in folder.rglob("*.parquet") if path.is_file())
    for name, code in READ_SOME.items():
        read, seconds = said_by(COUNTED.replace("{code}", code), folder)
        yield f"| {name} | {read:,} | {read / whole:.2%} | {seconds:.2f} |"


def report(folder: Path, runs: int) -> Iterator[str]:
    """The tables, line by line."""
    rows = {name: table["rows"] for name, table in json.loads((folder / "manifest.json").read_text())["tables"].items()}
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet") if path.is_file())
    yield f"{sum(rows.values()):,} rows, {rows['sentences']:,} sentences, {size:,} bytes"
    yield ""
    yield "| loading | seconds | ratio | ratio of processor time |"
    yield "| --- | --- | --- | --- |"
    yield from timed(READ_ALL, folder, runs)
    yield from timed(READ_COLUMN, folder, runs)
    yield ""
    yield "| a little of it | bytes read | share | seconds |"
    yield "| --- | --- | --- | --- |"
    yield from counted(folder)


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--corpora", type=Path, help="keep the made-up corpora here")
    parser.add_argument("--folder", type=Path, help="measure this corpus folder, and make none")
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = given.folder or corpus(given.corpora or Path(place), given.rows)
        for line in report(folder, given.runs):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
