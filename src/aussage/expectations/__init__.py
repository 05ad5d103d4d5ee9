"""The rules of the check as Great Expectations suites, and running them: a second opinion on the same corpus."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aussage.expectations.outcome import FailedExpectation, Outcome, RuleOutcome
    from aussage.expectations.rules import NOT_COVERED
    from aussage.expectations.running import run_expectations
    from aussage.expectations.suites import suite_files

__all__ = ["NOT_COVERED", "FailedExpectation", "Outcome", "RuleOutcome", "run_expectations", "suite_files"]

# Great Expectations takes seconds to import, and only `run_expectations` needs it.
_HOMES = {
    "FailedExpectation": "outcome",
    "NOT_COVERED": "rules",
    "Outcome": "outcome",
    "RuleOutcome": "outcome",
    "run_expectations": "running",
    "suite_files": "suites",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
