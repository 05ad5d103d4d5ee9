"""Running all rules over a corpus, part by part, on as many threads as there are cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from aussage.check.drift import counts_of_release
from aussage.check.engine import REGISTRIES, Engine, Outcome
from aussage.check.failing_file import FailingFile
from aussage.check.opening import Opened, open_corpus
from aussage.check.parts import Damaged, Disordered, Part, read_parts, read_whole
from aussage.check.project import NEEDLESS, compare, levels_of, needless
from aussage.check.reading import UNREADABLE, TableReader
from aussage.check.report import Report, Tally
from aussage.check.rules import FOUND_ON_OPENING, OF_PROJECT, RULES, TESTS
from aussage.check.shards import Cluster, NotByShards, look_at_shards, shards_of
from aussage.records.sources import Level
from aussage.tables.writer import MANIFEST

Progress = Callable[[int, int], object]
MOST_THREADS = 4  # each holds a part of the corpus in memory


@dataclass(frozen=True, slots=True)
class _Settings:
    """What is asked of a check beside corpus and project; see `check`."""

    against: Path | None
    progress: Progress | None
    threads: int
    cluster: Cluster | None


def check(
    folder: Path,
    project: Path | None = None,
    *,
    against: Path | None = None,
    failing: Path | None = None,
    progress: Progress | None = None,
    threads: int | None = None,
    cluster: Cluster | None = None,
) -> Report:
    """Verify the corpus in a folder, and against the project at its root if one is given.

    Whatever the folder holds, all that is wrong with it is in the report; nothing is raised for it. Nothing is
    taken over from the compiler: what is derived is derived again. Memory does not grow with the corpus.

    Args:
        folder: The corpus: Parquet files, codebook and manifest.
        project: The root of the project to which it belongs.
        against: The corpus of an earlier release, with which shares of categories are compared.
        failing: A Parquet file to be written with the ids of all rows that break a rule.
        progress: Told of rows looked at, and of rows in all.
        threads: How many parts are looked at at a time; by default as many as there are cores, at most four.
        cluster: Workers of Dask that look at the parts of a corpus in parts, a part at a time each, instead of threads
            here. The report is the same.

    Raises:
        ClusterUnusable, WorkersLost: of the cluster, if one is given.
        OSError: the file of failing ids cannot be written.
        NoRelease: `against` holds no sound corpus.
    """
    opened = open_corpus(folder)
    settings = _Settings(against, progress, threads or min(os.cpu_count() or 1, MOST_THREADS), cluster)
    levels = levels_of(project, opened, tuple(RULES)) if project else {}
    is_whole = False
    while True:
        try:
            with _file_of(failing) as file:
                tally = Tally(RULES, levels, file)
                outcome = _run(opened, tally, is_whole, settings)
                return _report(opened, outcome, tally, project, levels)
        except NotByShards:
            settings = replace(settings, cluster=None)
        except Disordered:
            is_whole = True
        except Damaged as damaged:  # begin anew without the table: what was found with half of it is not the truth
            name, error = damaged.args
            opened.fail("file-unreadable", "", opened.readers.pop(name).name, detail=f"{type(error).__name__}: {error}")


def _file_of(failing: Path | None) -> AbstractContextManager[FailingFile | None]:
    return FailingFile(failing) if failing else nullcontext()


def _run(opened: Opened, tally: Tally, is_whole: bool, settings: _Settings) -> Outcome:
    """Run the tests over what can be read; nothing is run without a codebook."""
    if opened.codebook is None or not opened.readers:
        return Outcome(left_out=set(TESTS))
    readers = opened.readers
    stored = opened.manifest.parts if opened.manifest else ()
    engine = Engine(opened.codebook, _registries(readers), set(readers), tally, stored)
    rows = sum(reader.metadata.num_rows for reader in readers.values())
    earlier = counts_of_release(settings.against) if settings.against else None

    def told(done: int) -> None:
        if settings.progress:
            settings.progress(done, rows)

    shards = shards_of(opened) if settings.cluster and not is_whole else []
    if settings.cluster and shards:
        return engine.run_seen(look_at_shards(opened, tally, shards, settings.cluster), earlier, told)
    parts = iter([read_whole(readers)]) if is_whole else read_parts(readers)
    return engine.run(parts, settings.threads, earlier, told)


def _registries(readers: Mapping[str, TableReader]) -> Part:
    """The registries that can be read. Raises Damaged."""
    registries: Part = {}
    for name in REGISTRIES:
        if name in readers:
            try:
                registries[name] = readers[name].read_all()
            except UNREADABLE as error:
                raise Damaged(name, error) from error
    return registries


def _report(
    opened: Opened, outcome: Outcome, tally: Tally, project: Path | None, levels: Mapping[str, Level]
) -> Report:
    manifest, closing = opened.manifest, replace(opened, failures=list(opened.failures))
    if outcome.content_hash and manifest and outcome.content_hash != manifest.content_hash:
        detail = f"manifest {manifest.content_hash[:16]}…, rows {outcome.content_hash[:16]}…"
        closing.fail("content-hash", "", MANIFEST, detail=detail)
    for code, detail in outcome.problems_of_parts:
        closing.fail(code, "", MANIFEST, detail=detail)
    if project:
        compare(project, closing, outcome.documents)
    for code, failing in closing.failures:
        tally.add(code, failing)
    codes = [code for code in FOUND_ON_OPENING if project or code not in OF_PROJECT]
    codes += [code for code in TESTS if code not in outcome.left_out | outcome.unasked]
    if project:
        judged = [code for code in codes if code in TESTS] if outcome.left_out else codes
        for failing in needless(project, levels, tally, judged):
            tally.add(NEEDLESS, failing)
    findings = tally.findings()
    failed = {found.rule for found in findings}
    return Report(
        findings=findings,
        rules_run=len(codes),
        rows_checked=outcome.rows,
        content_hash=outcome.content_hash,
        is_hash_verified=bool(manifest and outcome.content_hash == manifest.content_hash),
        left_out=tuple(code for code in TESTS if code in outcome.left_out),
        passed=tuple(code for code in RULES if code in codes and code not in failed),
    )
