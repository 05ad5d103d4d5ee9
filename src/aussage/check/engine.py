"""Runs the tests over the parts of a corpus, several at a time, and then over what was counted in all of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from typing import Any

import pandas as pd
import pyarrow as pa

from aussage.check.counting import Counts
from aussage.check.drift import drift
from aussage.check.failing_ids import texts_of
from aussage.check.part_hashes import PartHashes
from aussage.check.parts import LOCAL, Part
from aussage.check.report import Tally
from aussage.check.rule import Failing, Rule, Test
from aussage.check.rules import CLOSING, RULES, TESTS
from aussage.check.tables import Tables
from aussage.codebook import Codebook
from aussage.tables import TABLES, ContentHash, document_lines, registry_lines
from aussage.tables.parts import PartFacts

Progress = Callable[[int], object]
Lines = Callable[[Part], bytes]
Counted = Mapping[tuple[str, str], "pd.Series[Any]"]
REGISTRIES = tuple(name for name in TABLES if name not in LOCAL)
OF_DOCUMENTS = {
    code: test
    for code, test in TESTS.items()
    if RULES[code].scope == "document" and not (RULES[code].tables and set(RULES[code].tables) <= set(REGISTRIES))
}
OF_REGISTRIES = {
    code: test
    for code, test in TESTS.items()
    if RULES[code].scope == "document" and not set(RULES[code].tables) & set(LOCAL)
}
OF_ALL = {code: test for code, test in TESTS.items() if RULES[code].scope == "corpus"} | CLOSING


@dataclass(slots=True)
class Outcome:
    """What came of a run beside the failing rows: rules that could not be run everywhere, rows, content hash.

    `unasked` are the rules that were not to be run: those on an earlier release, if none was given.
    `problems_of_parts` are `PartHashes.problems`.
    """

    left_out: set[str] = field(default_factory=set)
    unasked: set[str] = field(default_factory=set)
    rows: int = 0
    content_hash: str = ""
    problems_of_parts: list[tuple[str, str]] = field(default_factory=list)
    documents: pd.DataFrame | None = None


@dataclass(slots=True)
class Seen:
    """What some parts gave: tally and counts, rows, rules that could not be run, and by part documents and lines."""

    tally: Tally
    counts: Counts
    rows: int
    left_out: set[str]
    lines: list[tuple[list[str], bytes]]


@dataclass(slots=True)
class _Looked:
    """What one part gave."""

    part: Part
    failing: list[tuple[str, Failing]]
    left_out: set[str]
    lines: bytes


class Engine:
    """Takes parts of a corpus and runs every test whose tables can be read; `registries` are read already.

    `parts` is what the manifest says of the parts in which the corpus is stored, if it is.
    """

    def __init__(
        self, codebook: Codebook, registries: Part, readable: set[str], tally: Tally, parts: Sequence[PartFacts] = ()
    ) -> None:
        self.codebook, self.registries, self.readable, self.tally = codebook, registries, readable, tally
        self.is_hashable = readable == set(TABLES)
        self.outcome = Outcome()
        self._counts, self._hash, self._part_hashes = Counts(RULES), ContentHash(), PartHashes(parts)

    def run(self, parts: Iterator[Part], threads: int, earlier: Counted | None, progress: Progress) -> Outcome:
        """Run all tests over the registries, all parts, and what was counted; `earlier` of an earlier release.

        Raises:
            Damaged, Disordered: what reading the parts raises.
        """
        self._begin()
        waiting: deque[Future[_Looked]] = deque()
        with ThreadPoolExecutor(threads) as pool:
            try:
                for part in parts:
                    waiting.append(pool.submit(self._look_at, part))
                    if len(waiting) >= threads:
                        progress(self._take(waiting.popleft().result()))
                while waiting:
                    progress(self._take(waiting.popleft().result()))
            finally:
                for future in waiting:
                    future.cancel()
        self._finish(earlier)
        return self.outcome

    def see(self, parts: Iterator[Part]) -> Seen:
        """Run the tests over some parts only; what is found in them is to be summed up by the `run_seen` of another.

        Raises:
            Damaged, Disordered: what reading the parts raises.
        """
        lines = []
        for part in parts:
            looked = self._look_at(part)
            lines.append((_ids_of(part), looked.lines))
            self._take(looked)
        return Seen(self.tally, self._counts, self.outcome.rows, self.outcome.left_out, lines)

    def run_seen(self, shards: Iterable[Seen], earlier: Counted | None, progress: Progress) -> Outcome:
        """Like `run`, on what was seen of the parts elsewhere, in their order."""
        self._begin()
        for seen in shards:
            self.tally.absorb(seen.tally)
            self._counts.absorb(seen.counts)
            self.outcome.left_out |= seen.left_out
            self.outcome.rows += seen.rows
            for ids, lines in seen.lines:
                self._hash.add(lines)
                if self.is_hashable:
                    self._part_hashes.add(ids, lines)
            progress(self.outcome.rows)
        self._finish(earlier)
        return self.outcome

    def _begin(self) -> None:
        """Run the tests over the registries."""
        self._take(self._look(Tables(self.registries, self.codebook), OF_REGISTRIES, self.registries, registry_lines))

    def _look_at(self, part: Part) -> _Looked:
        tables = Tables({**self.registries, **part}, self.codebook, own=part)
        return self._look(tables, OF_DOCUMENTS, part, partial(document_lines, _ids_of(part)))

    def _look(self, tables: Tables, tests: Mapping[str, Test], part: Part, lines: Lines) -> _Looked:
        sound = self.readable & {name for name in tables.arrow if not _has_holes(tables.arrow[name], name)}
        failing, left_out = [], set()
        for code, test in tests.items():
            rule = RULES[code]
            enough = self.readable if rule.follows_from_definitions else sound
            if enough.issuperset(rule.tables) and is_installed(rule):
                failing += [(code, found) for found in test(tables) if len(texts_of(found.ids))]
            else:
                left_out.add(code)
        return _Looked(part, failing, left_out, lines(part) if self.is_hashable else b"")

    def _take(self, looked: _Looked) -> int:
        for code, failing in looked.failing:
            self.tally.add(code, failing)
        self.tally.end_part()
        self.outcome.left_out |= looked.left_out
        self._hash.add(looked.lines)
        if looked.part is not self.registries:
            self._counts.add(looked.part)
            if self.is_hashable:
                self._part_hashes.add(_ids_of(looked.part), looked.lines)
        self.outcome.rows += sum(table.num_rows for table in looked.part.values())
        return self.outcome.rows

    def _finish(self, earlier: Counted | None) -> None:
        self.outcome.documents = self._counts.documents
        tables = Tables(self.registries, self.codebook, (), self._counts.series(), earlier, self.outcome.documents)
        for code, test in OF_ALL.items():
            if code in drift.facts and earlier is None:
                self.outcome.unasked.add(code)
            elif self.readable.issuperset(RULES[code].tables) and (code in CLOSING or tables.documents is not None):
                for failing in test(tables):
                    self.tally.add(code, failing)
            else:
                self.outcome.left_out.add(code)
        self.tally.end_part()
        self.outcome.problems_of_parts = list(self._part_hashes.problems())
        self.outcome.content_hash = self._hash.hexdigest() if self.is_hashable else ""


def _ids_of(part: Part) -> list[str]:
    """The ids of the documents of a part."""
    return part["documents"]["document_id"].drop_null().to_pylist() if "documents" in part else []


def is_installed(rule: Rule) -> bool:
    """Whether the package is there that a rule needs."""
    return not rule.requires or find_spec(rule.requires) is not None


def _has_holes(table: pa.Table, name: str) -> bool:
    """Whether a required column holds nothing somewhere: no rule but that on empty values can stand on it."""
    return any(table[column.name].null_count for column in TABLES[name].columns if column.required)
