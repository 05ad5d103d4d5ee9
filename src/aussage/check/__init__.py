"""The check: rules over the tables of a built corpus, which trust nothing, the compiler included."""

from aussage.check.report import Finding, Report
from aussage.check.rule import Rule
from aussage.check.rules import RULES
from aussage.check.run import check

__all__ = ["RULES", "Finding", "Report", "Rule", "check"]
