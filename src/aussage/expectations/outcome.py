"""What Great Expectations found: rule by rule, with the expectations that failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FailedExpectation:
    """An expectation that was not met: where, of which type, how many rows; `exception` says what it raised.

    `rows` is 0 for an expectation on a whole table, and where it raised.
    """

    table: str
    column: str
    type: str
    rows: int
    exception: str = ""


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """A rule of the check as Great Expectations sees it; passed if no expectation failed."""

    rule: str
    failed: tuple[FailedExpectation, ...]

    @property
    def passed(self) -> bool:
        """Whether every expectation of the rule was met."""
        return not self.failed


@dataclass(frozen=True, slots=True)
class Outcome:
    """All rules that were run; `left_out` are those that could not be, because a table they need is not sound."""

    version: str
    rules: tuple[RuleOutcome, ...]
    left_out: tuple[str, ...]
    expectations_run: int

    @property
    def passed(self) -> bool:
        """Whether every rule that was run passed."""
        return all(outcome.passed for outcome in self.rules)

    def as_record(self) -> dict[str, Any]:
        """The outcome as plain values, for JSON."""
        return {
            "great_expectations": self.version,
            "ok": self.passed,
            "expectations_run": self.expectations_run,
            "rules_run": len(self.rules),
            "rules_left_out": list(self.left_out),
            "rules": [
                {
                    "rule": outcome.rule,
                    "passed": outcome.passed,
                    "failed": [
                        {
                            "table": one.table, "column": one.column, "expectation": one.type, "rows": one.rows,
                            "exception": one.exception,
                        }
                        for one in outcome.failed
                    ],
                }
                for outcome in self.rules
            ],
        }  # fmt: skip
