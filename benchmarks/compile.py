"""How long a build of JSON Lines takes beside pyarrow reading and writing the same files, and beside pandas."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from load import COUNTED, said_by
from process_tree import Measured, measured

from aussage.diagnostics import Diagnostics
from aussage.parts.listing import listing_of, source_files
from aussage.parts.remote_cache import cache_of
from aussage.source import Project

SOURCES = ("seeds", "dataset/annotations")
HERE = Path(__file__).resolve().parent
FLOOR, PEER = "pyarrow reads and writes the same", "Hugging Face datasets and pandas"
ONE_JOB, TWO_JOBS = "aussage build, 1 job", "aussage build, 2 jobs"
UNCHANGED, CHANGED = "aussage build, 2 jobs, nothing changed", "aussage build, 2 jobs, one article changed"
ROWS = {"floor": (FLOOR,), "one-job": (ONE_JOB,), "cache": (UNCHANGED, CHANGED), "peer": (PEER,)}
"""The rows of the table that can be left out, by the name of the option."""
SWAP = (b'"type":"REPORT"', b'"type":"ASSESS"')
"""A claim's category and another of the same length; any claim may have either."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run finds and puts things: the project, and a folder that is the benchmark's own."""

    project: Path
    work: Path

    @property
    def corpus(self) -> Path:
        """The corpus that was built."""
        return self.work / "corpus"

    @property
    def cache(self) -> Path:
        """What a build may keep for the next one."""
        return self.work / "cache"

    @property
    def other(self) -> Path:
        """What is built beside aussage."""
        return self.work / "other"

    def fresh(self) -> None:
        """Leave no corpus and no cache."""
        for folder in (self.corpus, self.cache):
            shutil.rmtree(folder, ignore_errors=True)


class Commands:
    """The commands of the rows. Options that this version of aussage has not got are left out."""

    def __init__(self, place: Place, peers_python: str) -> None:
        self.place, self.peers_python = place, peers_python
        helped = subprocess.run([*AUSSAGE, "build", "--help"], check=True, capture_output=True, text=True).stdout
        self.jobs = "--jobs" in helped
        self.cache = self.jobs and "--cache" in helped

    def build(self, jobs: int) -> Measured:
        """A build with what the cache holds."""
        command = [*AUSSAGE, "build", str(self.place.project), "--out", str(self.place.corpus)]
        command += ["--jobs", str(jobs)] if self.jobs else []
        return measured(command + (["--cache", str(self.place.cache)] if self.cache else []))

    def build_all(self, jobs: int) -> Measured:
        """A build from scratch."""
        self.place.fresh()
        return self.build(jobs)

    def floor(self) -> Measured:
        """Reading and writing alone; the seconds are those of the work, without start and imports."""
        with _emptied(self.place.other) as other:
            script, place = HERE / "compile_floor.py", self.place
            run = measured([sys.executable, str(script), str(place.project), str(place.corpus), str(other)])
            return replace(run, seconds=json.loads(run.said)["seconds"])

    def peer(self) -> Measured:
        """The same work in pandas, in one process with its own cache, from scratch."""
        with _emptied(self.place.other) as other:
            script = HERE / "peers" / "compile_on_pandas.py"
            return measured([self.peers_python, str(script), str(self.place.project), str(other)])


AUSSAGE = (sys.executable, "-m", "aussage")


@contextmanager
def _emptied(folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def one_article_changed(project: Path) -> Iterator[None]:
    """Another category for one claim in the middle of one shard; afterwards the file is as it was."""
    shards = sorted((project / "dataset" / "annotations").glob("*.jsonl"))
    shard = shards[len(shards) // 2]
    times = shard.stat()
    with shard.open("r+b") as file:
        file.seek(times.st_size // 2)
        file.readline()
        start = file.tell()
        line = file.readline()
        at, value, other = next((line.find(a), a, b) for a, b in (SWAP, SWAP[::-1]) if a in line)
        file.seek(start + at)
        file.write(other)
        file.flush()
        try:
            yield
        finally:
            file.seek(start + at)
            file.write(value)
    os.utime(shard, ns=(times.st_atime_ns, times.st_mtime_ns))


def made_project(folder: Path, sentences: int, shards: int) -> Path:
    """The made-up project of so many sentences in the folder, made if it is not there."""
    made = folder / f"project-{sentences}-{shards}"
    if not made.exists():
        unfinished = made.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        size = ["--sentences", str(sentences), "--shards", str(shards)]
        script = HERE / "made_up_project.py"
        subprocess.run([sys.executable, str(script), str(unfinished), *size], check=True, stdout=subprocess.DEVNULL)
        unfinished.rename(made)
    return made


class Round:
    """One round: every row once, the build first, because the others stand on its corpus."""

    def __init__(self, commands: Commands, skipped: set[str]) -> None:
        self.commands, self.skipped, self.wrong = commands, skipped, []

    def rows(self) -> Iterator[tuple[str, Measured]]:
        """What was measured, by the row of the table; what contradicts something else goes to `wrong`."""
        commands, place = self.commands, self.commands.place
        hashes = set()
        if self._wanted(ONE_JOB) or not commands.jobs:
            yield ONE_JOB, commands.build_all(1)
            hashes.add(_manifest(place.corpus)["content_hash"])
        if commands.jobs:
            yield TWO_JOBS, commands.build_all(2)
            hashes.add(_manifest(place.corpus)["content_hash"])
        if len(hashes) > 1:
            self.wrong.append("builds with one job and with two differ")
        if commands.cache and self._wanted(CHANGED):
            yield from self._with_cache(hashes)
        if self._wanted(FLOOR):
            yield FLOOR, commands.floor()
        if commands.peers_python and self._wanted(PEER):
            run = commands.peer()
            yield PEER, run
            self._compare(json.loads(run.said.splitlines()[-1]))

    def _wanted(self, row: str) -> bool:
        return row not in self.skipped

    def _with_cache(self, hashes: set[str]) -> Iterator[tuple[str, Measured]]:
        place = self.commands.place
        yield UNCHANGED, self.commands.build(2)
        if _manifest(place.corpus)["content_hash"] not in hashes:
            self.wrong.append("a build after no change differs")
        with one_article_changed(place.project):
            yield CHANGED, self.commands.build(2)
        if _manifest(place.corpus)["content_hash"] in hashes:
            self.wrong.append("a build after a change has the same content")

    def _compare(self, theirs: dict[str, int]) -> None:
        tables = _manifest(self.commands.place.corpus)["tables"]
        for name, rows in theirs.items():
            if rows != tables[name]["rows"]:
                self.wrong.append(f"{name}: aussage has {tables[name]['rows']:,} rows, the peer {rows:,}")


def _manifest(corpus: Path) -> dict:
    return json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))


def medians(rounds: int, rows: Callable[[], Iterator[tuple[str, Measured]]]) -> dict[str, Measured]:
    """Of each row the run with the median time, with the most memory of all its runs; the rows take turns."""
    runs: dict[str, list[Measured]] = {}
    for _ in range(rounds):
        for name, run in rows():
            runs.setdefault(name, []).append(run)
            sys.stderr.write(f"{name}: {run.seconds:.1f} s, {run.tree_megabytes:,.0f} MB\n")
    found = {}
    for name, done in runs.items():
        middle = statistics.median_low(run.seconds for run in done)
        tree, largest = (max(getattr(run, size) for run in done) for size in ("tree_megabytes", "largest_megabytes"))
        found[name] = Measured(middle, tree, largest, "")
    return found


def report(found: dict[str, Measured], sentences: int) -> Iterator[str]:
    """The table, line by line."""
    yield "| what | seconds | ratio to the floor | sentences a second | peak MB | largest process MB |"
    yield "| --- | --- | --- | --- | --- | --- |"
    floor = found.get(FLOOR)
    order = (FLOOR, ONE_JOB, TWO_JOBS, UNCHANGED, CHANGED, PEER)
    for name, run in ((name, found[name]) for name in order if name in found):
        ratio = f"{run.seconds / floor.seconds:.2f}" if floor else ""
        memory = f"{run.tree_megabytes:,.0f} | {run.largest_megabytes:,.0f}"
        yield f"| {name} | {run.seconds:.2f} | {ratio} | {sentences / run.seconds:,.0f} | {memory} |"
    yield ""
    if CHANGED in found:
        yield f"One changed article: {found[CHANGED].seconds / found[TWO_JOBS].seconds:.1%} of the full build's time."


def read_of_one_document(corpus: Path) -> str:
    """How much of a corpus is read for one document out of it."""
    whole = sum(path.stat().st_size for path in corpus.rglob("*.parquet") if path.is_file())
    read, seconds = said_by(COUNTED.replace("{code}", "corpus.document(document)"), corpus)
    return f"One document out of it: {read:,.0f} of {whole:,} bytes ({read / whole:.2%}), {seconds:.2f} s."


def rates(place: Place, sentences: int) -> Iterator[str]:
    """What the arithmetic in docs/cluster.md needs beside the table: listing, checking, and the sizes of folders."""
    sources = [path for folder in SOURCES for path in (place.project / folder).rglob("*.jsonl")]
    size = sum(path.stat().st_size for path in sources)
    with tempfile.TemporaryDirectory(dir=place.work) as folder:
        project, cache = Project(place.project), cache_of(Path(folder) / "cache")
        cache.prepare()
        begun = time.perf_counter()
        for file in source_files(project, Diagnostics()):
            listing_of(project, file, cache)
        yield f"listing: {size / (time.perf_counter() - begun) / 1e6:,.0f} MB of sources a second"
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "aussage", "check", str(place.corpus)], capture_output=True, check=False)
    yield f"aussage check: {sentences / (time.perf_counter() - begun):,.0f} sentences a second"
    for name, paths in (("sources", sources), ("cache", place.cache.rglob("*")), ("corpus", place.corpus.rglob("*"))):
        of_all = sum(path.stat().st_size for path in paths if path.is_file())
        yield f"{name}: {of_all / sentences:,.0f} bytes a sentence"


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--repeat", type=int, default=1, help="runs of each row; seconds are their median")
    parser.add_argument("--skip", choices=ROWS, nargs="+", default=(), help="rows to leave out, as at 10,000,000")
    parser.add_argument("--peers-python", default="", help="the interpreter of peers/compile-requirements.txt")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "aussage-compile-benchmark")
    given = parser.parse_args(arguments)
    project = made_project(given.folder, given.sentences, given.shards)
    place = Place(project, given.folder / f"work-{given.sentences}-{given.shards}")
    place.work.mkdir(exist_ok=True)
    one = Round(Commands(place, given.peers_python), {row for name in given.skip for row in ROWS[name]})
    found = medians(given.repeat, one.rows)
    rows = {name: table["rows"] for name, table in _manifest(place.corpus)["tables"].items()}
    size = sum(path.stat().st_size for folder in ("seeds", "dataset") for path in (project / folder).rglob("*.jsonl"))
    lines = [f"{rows['sentences']:,} sentences, {rows['claims']:,} rows of claims, {size:,} bytes of JSON Lines", ""]
    sys.stdout.write("\n".join([*lines, *report(found, rows["sentences"])]) + "\n")
    sys.stdout.write(f"{read_of_one_document(place.corpus)}\n")
    sys.stdout.write("\n".join(rates(place, rows["sentences"])) + "\n")
    shutil.rmtree(place.work)
    if one.wrong:
        sys.exit("\n".join(one.wrong))


if __name__ == "__main__":
    main()
