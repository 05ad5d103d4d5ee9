"""Running all rules over a corpus."""

from __future__ import annotations

from pathlib import Path

from aussage.check.opening import Opened, open_corpus
from aussage.check.project import compare, levels_of
from aussage.check.report import Report, Tally
from aussage.check.rules import FOUND_ON_OPENING, OF_PROJECT, RULES, TESTS
from aussage.check.tables import Tables
from aussage.diagnostics import Severity
from aussage.tables import TABLES

GENERIC = {"schema", "keys", "references", "enumerations"}


def check(folder: Path, project: Path | None = None) -> Report:
    """Verify the corpus in a folder, and against the project at its root if one is given.

    Whatever the folder holds, all that is wrong with it is in the report; nothing is raised for it. Nothing is
    taken over from the compiler: what is derived is derived again.
    """
    opened = open_corpus(folder)
    levels = levels_of(project, opened, tuple(RULES)) if project else {}
    if project:
        compare(project, opened)
    tally = Tally(RULES)
    run = [code for code in FOUND_ON_OPENING if project or code not in OF_PROJECT]
    run += _run_tests(opened, tally)
    for code, failing in opened.failures:
        tally.add(code, failing)
    manifest = opened.manifest
    return Report(
        findings=tally.findings({code: (Severity(level.level), level.reason) for code, level in levels.items()}),
        rules_run=len(run),
        rows_checked=sum(table.num_rows for table in opened.tables.values()),
        content_hash=opened.content_hash,
        is_hash_verified=bool(manifest and opened.content_hash == manifest.content_hash),
        left_out=tuple(code for code in TESTS if code not in run),
    )


def _run_tests(opened: Opened, tally: Tally) -> list[str]:
    """Run every test whose tables can be read; gives the codes of those that were run."""
    if opened.codebook is None or not opened.tables:
        return []
    tables = Tables(opened.tables, opened.codebook)
    sound = {name for name in opened.tables if not _has_holes(opened, name)}
    run = []
    for code, test in TESTS.items():
        rule = RULES[code]
        enough = set(opened.tables) if rule.kind in GENERIC and not rule.tables else sound
        if enough.issuperset(rule.tables):
            run.append(code)
            for failing in test(tables):
                tally.add(code, failing)
    return run


def _has_holes(opened: Opened, name: str) -> bool:
    """Whether a required column holds nothing somewhere: no rule but that on empty values can stand on it."""
    table = opened.tables[name]
    return any(table[column.name].null_count for column in TABLES[name].columns if column.required)
