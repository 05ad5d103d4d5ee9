"""How long the check takes beside a plain read of the same files, and beside other tools on the rules they share."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = {
    "polars, expressions": "polars_expressions",
    "pyarrow only": "pyarrow_only",
    "DuckDB": "duckdb_sql",
    "pandera on polars": "pandera_on_polars",
    "pointblank on polars": "pointblank_on_polars",
    "Great Expectations on pandas": "great_expectations_on_pandas",
    "frictionless": "frictionless_tables",
}
SLOW = ("Great Expectations on pandas", "frictionless")
"""What takes minutes: it runs once, on a smaller corpus."""
SMALL_ROWS, CORRUPTED_ROWS, RUNS = 300_000, 50_000, 3
READ = """
import json, sys, time
from pathlib import Path
import pyarrow.parquet as pq
start = time.perf_counter()
for path in sorted(Path(sys.argv[1]).glob("*.parquet")):
    pq.read_table(path)
seconds = time.perf_counter() - start
print(json.dumps({"rules": 0, "seconds": seconds, "found": {}}))
"""
CHECK = """
import json, sys, time
from pathlib import Path
from aussage.check import check
from aussage.diagnostics import Severity
start = time.perf_counter()
report = check(Path(sys.argv[1]))
seconds = time.perf_counter() - start
found = {finding.rule: finding.rows for finding in report.findings if finding.level is not Severity.NOTE}
print(json.dumps({"rules": report.rules_run, "seconds": seconds, "found": found}))
"""

NO_HASH = """from aussage.check import engine
engine.document_lines = lambda ids, tables: b""
engine.ContentHash.hexdigest = lambda self: ""
"""
ROW_RULES = CHECK.replace("start =", f"{NO_HASH}start =", 1)
"""The check without the content hash: reading, and all rules on rows."""
SHARED_CODES = (
    "empty-value", "key-not-unique", "id-form", "id-parts", "broken-reference", "unknown-value", "sentence-span",
    "mention-span", "narrator-attributed", "voice-and-form", "stance-and-target", "issue-and-agreement",
)  # fmt: skip
"""The rules of the check that say what the rules of the other tools say (`peers/shared_rules.py`), and lists too."""
SHARED = ROW_RULES.replace("report.rules_run", f"{len(SHARED_CODES)}").replace(
    "start =",
    f"""for tests in (engine.OF_DOCUMENTS, engine.OF_REGISTRIES):
    for code in set(tests) - {set(SHARED_CODES)!r}:
        del tests[code]
start =""",
    1,
)


@dataclass(frozen=True, slots=True)
class Run:
    """What a process said of its work, and the most memory that it had."""

    rules: int
    seconds: float
    found: dict[str, int]
    peak_megabytes: float


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table."""

    tool: str
    run: Run
    read: Run


def measured(command: list[str], folder: Path) -> Run:
    """Run a command on a folder in a process of its own; its last line says how the work went.

    A process begins with the peak of the one that starts it, so that nothing large may be imported here.

    Raises:
        RuntimeError: the command failed.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([*command, str(folder)], stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            raise RuntimeError(errors.read().decode()[-2_000:])
        said = json.loads(out.read().decode().splitlines()[-1])
    return Run(said["rules"], said["seconds"], said["found"], usage.ru_maxrss / 1024)


def median(command: list[str], folder: Path, runs: int = RUNS) -> Run:
    """The run with the median time; the memory is the most of all runs."""
    done = sorted((measured(command, folder) for _ in range(runs)), key=lambda run: run.seconds)
    middle = statistics.median_low([run.seconds for run in done])
    run = next(run for run in done if run.seconds == middle)
    return Run(run.rules, run.seconds, run.found, max(run.peak_megabytes for run in done))


def corpus(folder: Path, rows: int) -> Path:
    """The made-up corpus of so many rows in the folder of corpora, made if it is not there."""
    made = folder / f"rows-{rows}"
    if not (made / "manifest.json").exists():
        subprocess.run(
            [sys.executable, str(HERE / "synthetic_corpus.py"), str(made), "--rows", str(rows)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return made


def with_code(code: str) -> list[str]:
    """The command that runs a piece of Python in the interpreter of this process."""
    return [sys.executable, "-c", code]


def peer(python: str, name: str) -> list[str]:
    """The command that runs a peer in its own environment."""
    return [python, str(HERE / "peers" / f"{PEERS[name]}.py")]


def all_rows(folder: Path, rows: int, python: str, slow_rows: int) -> list[Row]:
    """Every tool on the corpus, the slow ones on a smaller one, each beside a read of the same files."""
    large = corpus(folder, rows)
    read = median(with_code(READ), large)
    found = [
        Row("plain read with pyarrow", read, read),
        Row("aussage check, rules on rows", median(with_code(ROW_RULES), large), read),
        Row("aussage check, with the content hash", median(with_code(CHECK), large), read),
        Row("aussage check, what the other tools check", median(with_code(SHARED), large), read),
    ]
    if not python:
        return found
    found += [Row(name, median(peer(python, name), large), read) for name in PEERS if name not in SLOW]
    small = corpus(folder, slow_rows)
    read = median(with_code(READ), small)
    found += [
        Row(f"plain read, {slow_rows:,} rows", read, read),
        Row(f"aussage check, {slow_rows:,} rows", median(with_code(CHECK), small), read),
    ]
    return found + [Row(f"{name}, {slow_rows:,} rows", measured(peer(python, name), small), read) for name in SLOW]


def differences(folder: Path, python: str) -> list[str]:
    """In what the peers differ from the first of them on a corrupted corpus; all must find the same rows broken."""
    spoiled = folder / "corrupted"
    if not spoiled.exists():
        clean = corpus(folder, CORRUPTED_ROWS)
        subprocess.run([sys.executable, str(HERE / "corrupted.py"), str(clean), str(spoiled)], check=True)
    counts = {name: measured(peer(python, name), spoiled).found for name in PEERS}
    first, *others = PEERS
    if not counts[first]:
        return [f"{first} finds nothing"]
    return [f"{name} differs from {first}" for name in others if counts[name] != counts[first]]


def markdown(rows: list[Row]) -> str:
    """The table."""
    lines = ["| tool | rules | seconds | ratio to plain read | peak MB |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        run, ratio = row.run, row.run.seconds / row.read.seconds
        lines.append(
            f"| {row.tool} | {run.rules or ''} | {run.seconds:.2f} | {ratio:.2f} | {run.peak_megabytes:,.0f} |"
        )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--slow-rows", type=int, default=SMALL_ROWS, help="the rows for tools that take minutes")
    parser.add_argument("--corpora", type=Path, default=Path(tempfile.gettempdir()) / "aussage-benchmark")
    parser.add_argument("--peers-python", default="", help="the interpreter of peers/requirements.txt; none: no peers")
    given = parser.parse_args(arguments)
    rows = all_rows(given.corpora, given.rows, given.peers_python, given.slow_rows)
    wrong = [f"{row.tool}: {row.run.found}" for row in rows if row.run.found]
    if given.peers_python:
        wrong += differences(given.corpora, given.peers_python)
    sys.stdout.write(f"{markdown(rows)}\n")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
