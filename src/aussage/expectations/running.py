"""Running the rules of the check with Great Expectations over the corpus in a folder."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec
import pyarrow as pa

from aussage.check.rules import RULES
from aussage.codebook import Codebook
from aussage.expectations.expectation import Expectation
from aussage.expectations.frames import frame_of, has_holes, is_as_defined, read_tables, rows_of, with_prepared
from aussage.expectations.judging import VERSION, Judge
from aussage.expectations.outcome import FailedExpectation, Outcome, RuleOutcome
from aussage.expectations.prepared import PREPARED, Rows
from aussage.expectations.rules import NOT_COVERED, expectations
from aussage.records.codebook import CodebookFile
from aussage.tables import TABLES


def run_expectations(folder: Path, codes: Collection[str] | None = None) -> Outcome:
    """Judge the corpus in a folder with Great Expectations, by all rules that it covers or by those of the codes.

    Values go by the codebook in the folder. Tables that cannot be read, have other columns than defined, or empty
    cells that must be filled, are kept from the rules that rely on them, as in the check: these are left out.
    Without tables or codebook every rule is left out.
    """
    wanted = [code for code in RULES if code not in NOT_COVERED and (codes is None or code in codes)]
    codebook, tables = _codebook(folder), read_tables(folder)
    if codebook is None or not tables:
        return Outcome(VERSION, (), tuple(wanted), 0)
    return _Run(tables, codebook).outcome(wanted)


def _codebook(folder: Path) -> Codebook | None:
    try:
        return Codebook(msgspec.json.decode((folder / "codebook.json").read_bytes(), type=CodebookFile))
    except (OSError, ValueError):
        return None


def _has_single_keys(name: str, table: pa.Table) -> bool:
    """Whether no key stands twice."""
    keys = table[TABLES[name].key]
    return len(keys) == len(keys.unique())


class _Run:
    """One run over tables: which of them can be relied on, and what is judged on each."""

    def __init__(self, tables: dict[str, pa.Table], codebook: Codebook) -> None:
        self._tables = tables
        self._rows = Rows({name: rows_of(table) for name, table in tables.items()}, codebook)
        self._usable = {name for name, table in tables.items() if is_as_defined(name, table)}
        self._sound = {name for name in self._usable if not has_holes(name, tables[name])}
        self._told_apart = {name for name in self._sound if _has_single_keys(name, tables[name])}
        self._expectations = expectations(codebook)

    def outcome(self, wanted: Collection[str]) -> Outcome:
        """The outcome of the rules of these codes."""
        run = {code: list[FailedExpectation]() for code in wanted if self._enough(code).issuperset(RULES[code].tables)}
        judge, count = Judge(), 0
        for name, table in self._tables.items():
            frame = frame_of(table)
            chosen = [one for one in self._expectations if one.table == name and one.rule in run]
            chosen = [one for one in chosen if self._can_judge(one)]
            plain, joined = ([one for one in chosen if bool(one.prepared) is with_] for with_ in (False, True))
            prepared = dict.fromkeys(column for one in joined for column in one.prepared)
            failed = list(judge.failed(name, frame, plain))  # on its own columns only, which are counted too
            failed += judge.failed(name, with_prepared(frame, name, prepared, self._rows), joined)
            for rule, expectation in failed:
                run[rule].append(expectation)
            count += len(chosen)
        left_out = tuple(code for code in wanted if code not in run)
        return Outcome(
            VERSION, tuple(RuleOutcome(code, tuple(failed)) for code, failed in run.items()), left_out, count
        )

    def _enough(self, code: str) -> set[str]:
        """The tables on which a rule can rely: those without empty cells, but what is true of any table by all."""
        if code == "columns":
            return set(self._tables)
        rule = RULES[code]
        if rule.kind == "derived":  # of two rows with one key nobody can say which is meant
            return self._told_apart
        return self._usable if rule.follows_from_definitions else self._sound

    def _can_judge(self, one: Expectation) -> bool:
        """Whether the table, and all from which its prepared columns are made, can be relied on."""
        needed = {name for column in one.prepared for name in PREPARED[one.table, column].needs}
        return self._enough(one.rule).issuperset({one.table, *needed})
