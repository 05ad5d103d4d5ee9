"""Doing faults to copies of a corpus, one by one or many in one, and looking for them among the findings."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aussage.check import Finding, Report, check
from aussage.check.report import MOST_IDS
from faults.draft import DoesNotApply, Draft, read_draft, write_draft
from faults.fault import PROJECT, RELEASE, ROWS, Fault
from faults.faults_of_projects import CORPUS, project_of

ENOUGH = 30  # times the claims of a small corpus, so that shares of categories can be compared


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A spoilt corpus: where it is, the ids by which each fault in it is known, its project and earlier release."""

    folder: Path
    done: tuple[tuple[Fault, tuple[str, ...]], ...]
    project: Path | None = None
    earlier: Path | None = None

    def check(self) -> Report:
        """The report of the check."""
        return check(self.folder, self.project, against=self.earlier)


def inject(fault: Fault, corpus: Path, target: Path) -> Spoilt:
    """Do one fault to a copy of a corpus in a new folder. Raises DoesNotApply if the corpus lacks what it needs."""
    if fault.acts_on == ROWS:
        draft = read_draft(corpus)
        ids = _spoil(draft, fault)
        return Spoilt(write_draft(draft, target), ((fault, ids),))
    if fault.acts_on == PROJECT:
        target.mkdir(parents=True)
        shutil.copytree(corpus, target / CORPUS)
        project = project_of(target)
        return Spoilt(target / CORPUS, ((fault, tuple(fault.spoil(project))),), project=project)
    if fault.acts_on == RELEASE:
        draft = read_draft(corpus)
        draft.tables["flat"] = [row for _ in range(ENOUGH) for row in copy.deepcopy(draft.tables["flat"])]
        earlier = write_draft(draft, target / "earlier")
        done = ((fault, _spoil(draft, fault)),)
        return Spoilt(write_draft(draft, target / "later"), done, earlier=earlier)
    shutil.copytree(corpus, target)
    return Spoilt(target, ((fault, tuple(fault.spoil(target))),))


def inject_many(faults: Iterable[Fault], corpus: Path, target: Path) -> Iterator[Spoilt]:
    """Do faults of rows to as few copies of a corpus as they go into; those that do not apply are passed over.

    Faults of one batch are put together as long as each finds a row that no other has.
    """
    left = [fault for fault in faults if fault.acts_on == ROWS]
    number = 0
    while left:
        batch, draft, done, rest = left[0].batch, read_draft(corpus), [], []
        for fault in left:
            try:
                if fault.batch != batch:
                    raise DoesNotApply
                done.append((fault, _spoil(draft, fault)))
            except DoesNotApply:
                rest.append(fault)
        if done:
            yield Spoilt(write_draft(draft, target / f"{number:03}"), tuple(done))
        left, number = rest if done else rest[1:], number + 1


def _spoil(draft: Draft, fault: Fault) -> tuple[str, ...]:
    draft.fault = fault
    return tuple(fault.spoil(draft))


def is_found(fault: Fault, rule: str, ids: Iterable[str], findings: Iterable[Finding]) -> bool:
    """Whether the rule reports all these ids; a finding shows only the first of many."""
    return any(finding.rule == rule and _is_place(fault, finding) and _shows(finding, set(ids)) for finding in findings)


def _is_place(fault: Fault, finding: Finding) -> bool:
    if fault.acts_on != ROWS:
        return True
    return finding.table == fault.found_in and (not fault.is_cell or finding.column == fault.column)


def _shows(finding: Finding, ids: set[str]) -> bool:
    if not ids or finding.rows < len(ids):
        return False
    last = finding.ids[-1]
    return {id_ for id_ in ids if finding.rows <= MOST_IDS or id_ <= last} <= set(finding.ids)
