"""What a check found: findings by rule, table and column, and what was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aussage.check.rule import Failing, Rule
from aussage.diagnostics import Severity

MOST_IDS = 20


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
    """

    findings: tuple[Finding, ...]
    rules_run: int
    rows_checked: int
    content_hash: str
    is_hash_verified: bool
    left_out: tuple[str, ...] = ()

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
class Tally:
    """Collects failing rows, part by part, by rule, table and column."""

    rules: Mapping[str, Rule]
    _ids: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)
    _details: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def add(self, code: str, failing: Failing) -> None:
        """Add rows that break a rule; none is no finding."""
        ids = {str(id_) for id_ in failing.ids}
        if ids:
            place = (code, failing.table, failing.column)
            self._ids.setdefault(place, set()).update(ids)
            if failing.detail:
                self._details.setdefault(place, []).append(failing.detail)

    def findings(self, levels: Mapping[str, tuple[Severity, str]]) -> tuple[Finding, ...]:
        """All findings, gravest first, then in the order of rules; `levels` maps a code to level and reason."""
        found = []
        for place, ids in self._ids.items():
            code, table, column = place
            rule = self.rules[code]
            level, reason = levels.get(code, (rule.level, ""))
            details = "; ".join(dict.fromkeys(self._details.get(place, ())))
            first = tuple(sorted(ids)[:MOST_IDS])
            found.append(Finding(code, level, rule.message, table, column, len(ids), first, details, reason))
        order, grave = list(self.rules), list(Severity)
        found.sort(key=lambda one: (grave.index(one.level), order.index(one.rule), one.table, one.column))
        return tuple(found)
