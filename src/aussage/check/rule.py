"""What a rule is: facts as data, and beside them a small test from tables to the ids of the rows that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aussage.diagnostics import Severity

if TYPE_CHECKING:
    from aussage.check.tables import Tables


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as data: its code never changes, its level may be changed by a project.

    `tables` are those that the test needs; empty means every table that can be read. A rule of scope `document`
    can be run on any set of whole documents with the registries, one of scope `corpus` needs all rows.
    """

    code: str
    level: Severity
    kind: str
    message: str
    tables: tuple[str, ...]
    columns: tuple[str, ...]
    why: str
    scope: str


@dataclass(frozen=True, slots=True)
class Failing:
    """Rows of one table that break a rule, by their ids; `detail` says what a rule's message cannot know."""

    table: str
    ids: Iterable[str]
    column: str = ""
    detail: str = ""


Test = Callable[["Tables"], Iterator[Failing]]


@dataclass(slots=True)
class Group:
    """The rules of one kind: their facts, and their tests by code."""

    kind: str
    scope: str = "document"
    level: Severity = Severity.ERROR
    facts: dict[str, Rule] = field(default_factory=dict)
    tests: dict[str, Test] = field(default_factory=dict)

    def fact(self, code: str, message: str, why: str, tables: str = "", columns: str = "", *, scope: str = "") -> None:
        """Add a rule without a test of its own: it is found when the corpus is opened."""
        named = tuple(tables.split()), tuple(columns.split())
        self.facts[code] = Rule(code, self.level, self.kind, message, *named, why, scope or self.scope)

    def rule(
        self, code: str, message: str, why: str, tables: str = "", columns: str = "", *, scope: str = ""
    ) -> Callable[[Test], Test]:
        """Add a rule whose test is the function below; `tables` and `columns` are names apart by spaces."""
        self.fact(code, message, why, tables, columns, scope=scope)

        def take(test: Test) -> Test:
            self.tests[code] = test
            return test

        return take
