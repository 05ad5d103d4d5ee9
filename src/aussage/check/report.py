"""What a check found: findings by rule, table and column, counted part by part, and what was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.failing_ids import first_of, texts_of
from aussage.check.rule import Failing, Rule
from aussage.diagnostics import Severity
from aussage.records.sources import Level

MOST_IDS = MOST_DETAILS = 20

Place = tuple[str, str, str]  # rule, table, column


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule in one table: how many rows, and the first of their ids.

    `reason` is the project's, where it changed the rule's level.
    """

    rule: str
    level: Severity
    message: str
    table: str
    column: str
    rows: int
    ids: tuple[str, ...]
    detail: str = ""
    reason: str = ""

    @property
    def where(self) -> str:
        """Table and column, as far as there are any."""
        return ".".join(part for part in (self.table, self.column) if part)


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check.

    `content_hash` was computed from the rows; it is empty if not all could be read. `left_out` are the rules
    that could not be run, because what they need cannot be read: a corpus with any of them is not proved.
    `passed` are the rules that were run and found nothing.
    """

    findings: tuple[Finding, ...]
    rules_run: int
    rows_checked: int
    content_hash: str
    is_hash_verified: bool
    left_out: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()

    @property
    def rules_failed(self) -> tuple[str, ...]:
        """The codes of the rules that found something, of whatever level, each once."""
        return tuple(dict.fromkeys(found.rule for found in self.findings))

    @property
    def counts(self) -> dict[Severity, int]:
        """The number of findings of each level."""
        return {level: sum(found.level is level for found in self.findings) for level in Severity}

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong with the corpus."""
        return self.counts[Severity.ERROR] > 0

    def as_record(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "ok": not self.has_errors,
            "rules_run": self.rules_run,
            "rules_left_out": list(self.left_out),
            "rules_failed": list(self.rules_failed),
            "rules_passed": list(self.passed),
            "rows_checked": self.rows_checked,
            "content_hash": self.content_hash or None,
            "content_hash_verified": self.is_hash_verified,
            "counts": {str(level): count for level, count in self.counts.items()},
            "findings": [
                {
                    "rule": found.rule, "level": str(found.level), "message": found.message, "table": found.table,
                    "column": found.column, "rows": found.rows, "ids": list(found.ids), "detail": found.detail,
                    "reason": found.reason,
                }
                for found in self.findings
            ],
        }  # fmt: skip


@dataclass(slots=True)
class _Kept:
    """What is kept of the failing rows of one place: their number and the first ids."""

    rows: int = 0
    first: tuple[str, ...] = ()


def _tell(details: dict[str, None], detail: str) -> None:
    """Add a detail to those that are told; of too many only that there are more."""
    if detail and detail not in details and len(details) <= MOST_DETAILS:
        details[detail if len(details) < MOST_DETAILS else "…"] = None


class TakesIds(Protocol):
    """What takes all failing ids, as a file does."""

    def add(self, rule: str, level: str, table: str, column: str, ids: pa.Array) -> None:
        """Add the ids (texts) of rows that break a rule."""


@dataclass(slots=True)
class KeptIds:
    """Takes the place of the file of failing ids, until they are written there."""

    added: list[tuple[str, str, str, str, pa.Array]] = field(default_factory=list)

    def add(self, rule: str, level: str, table: str, column: str, ids: pa.Array) -> None:
        """Keep the ids of rows that break a rule."""
        self.added.append((rule, level, table, column, ids))


@dataclass(slots=True)
class Tally:
    """Counts failing rows by rule, table and column; memory grows with the places, not with the rows.

    Rows are made distinct within a part, so parts must hold different rows, as those of different documents are.

    Args:
        rules: All rules by code.
        levels: The levels that the project sets, by code; those with rows are for these rows only.
        file: Takes all failing ids.
    """

    rules: Mapping[str, Rule]
    levels: Mapping[str, Level] = field(default_factory=dict)
    file: TakesIds | None = None
    _part: dict[Place, list[pa.Array]] = field(default_factory=dict)
    _kept: dict[tuple[Place, bool], _Kept] = field(default_factory=dict)
    _details: dict[Place, dict[str, None]] = field(default_factory=dict)
    _exempt: dict[str, set[str]] = field(default_factory=dict)

    def add(self, code: str, failing: Failing) -> None:
        """Add rows of the present part that break a rule; none is no finding."""
        ids = texts_of(failing.ids)
        if len(ids):
            place = (code, failing.table, failing.column)
            self._part.setdefault(place, []).append(ids)
            details = self._details.setdefault(place, {})
            _tell(details, failing.detail)

    def end_part(self) -> None:
        """Count the rows added since the last part ended, and let go of them."""
        for place, arrays in self._part.items():
            code = place[0]
            ids = pc.unique(pa.concat_arrays(arrays))
            listed = self.levels[code].rows if code in self.levels else []
            if not listed:
                self._keep(place, False, ids)
                continue
            among = pc.is_in(ids, pa.array(listed, pa.string()))
            exempt = ids.filter(among)
            self._exempt.setdefault(code, set()).update(exempt.to_pylist())
            self._keep(place, True, exempt)
            self._keep(place, False, ids.filter(pc.invert(among)))
        self._part.clear()

    def absorb(self, other: Tally) -> None:
        """Add what was counted in parts that come after those that were counted here."""
        for key, more in other._kept.items():
            kept = self._kept.setdefault(key, _Kept())
            kept.rows += more.rows
            kept.first = tuple(sorted({*kept.first, *more.first})[:MOST_IDS])
        for place, details in other._details.items():
            mine = self._details.setdefault(place, {})
            for detail in details:
                _tell(mine, detail)
        for code, ids in other._exempt.items():
            self._exempt.setdefault(code, set()).update(ids)
        if self.file and isinstance(other.file, KeptIds):
            for added in other.file.added:
                self.file.add(*added)

    def has_found(self, code: str) -> bool:
        """Whether a rule was broken in the parts that have ended."""
        return any(place[0] == code for place, _ in self._kept)

    def failing_among(self, code: str) -> set[str]:
        """The ids, of those for which the project sets the level of a rule, that break it in the parts that ended."""
        return self._exempt.get(code, set())

    def findings(self) -> tuple[Finding, ...]:
        """All findings, gravest first, then in the order of rules; the part under way is ended."""
        self.end_part()
        found = []
        for (place, is_listed), kept in self._kept.items():
            code, table, column = place
            level, reason = self._level(code, is_listed)
            details = "; ".join(self._details[place])
            message = self.rules[code].message
            found.append(Finding(code, level, message, table, column, kept.rows, kept.first, details, reason))
        order, grave = list(self.rules), list(Severity)
        found.sort(key=lambda one: (grave.index(one.level), order.index(one.rule), one.table, one.column))
        return tuple(found)

    def _level(self, code: str, is_listed: bool) -> tuple[Severity, str]:
        """Level and reason of a rule for rows that the project lists, or for the others."""
        level = self.levels.get(code)
        if level is None or (level.rows and not is_listed):
            return self.rules[code].level, ""
        return Severity(level.level), level.reason

    def _keep(self, place: Place, is_listed: bool, ids: pa.Array) -> None:
        if not len(ids):
            return
        kept = self._kept.setdefault((place, is_listed), _Kept())
        kept.rows += len(ids)
        kept.first = tuple(sorted({*kept.first, *first_of(ids, MOST_IDS)})[:MOST_IDS])
        if self.file:
            code, table, column = place
            self.file.add(code, str(self._level(code, is_listed)[0]), table, column, ids.take(pc.sort_indices(ids)))
