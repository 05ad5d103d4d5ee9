"""What a rule is: facts as data, and beside them a small test from tables to the ids of the rows that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aussage.diagnostics import Severity

if TYPE_CHECKING:
    from aussage.check.tables import Tables

OF_DEFINITIONS = {"schema", "keys", "references", "enumerations"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as data: its code never changes, its level may be changed by a project.

    `tables` are those that the test needs; empty means every table that can be read. A rule of scope `document`
    can be run on any set of whole documents with the registries. One of scope `corpus` is run once, on the registries
    and on what was counted in the tables of documents: how often each value stands in its columns. `requires` names a
    package without which the rule is left out.
    """

    code: str
    level: Severity
    kind: str
    message: str
    tables: tuple[str, ...]
    columns: tuple[str, ...]
    why: str
    scope: str
    requires: str = ""

    @property
    def follows_from_definitions(self) -> bool:
        """Whether it follows from the definitions of tables alone, so that it can stand on one with empty cells."""
        return self.kind in OF_DEFINITIONS and not self.tables


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
    closing: dict[str, Test] = field(default_factory=dict)

    def fact(self, code: str, message: str, why: str, tables: str = "", columns: str = "", **more: str) -> None:
        """Add a rule without a test of its own: it is found when the corpus is opened."""
        of, on = tuple(tables.split()), tuple(columns.split())
        self.facts[code] = Rule(code, self.level, self.kind, message, of, on, why, **({"scope": self.scope} | more))

    def rule(
        self, code: str, message: str, why: str, tables: str = "", columns: str = "", **more: str
    ) -> Callable[[Test], Test]:
        """Add a rule whose test is the function below; `tables` and `columns` are names apart by spaces.

        `more` may be `scope` and `requires`.
        """
        self.fact(code, message, why, tables, columns, **more)

        def take(test: Test) -> Test:
            self.tests[code] = test
            return test

        return take

    def at_end(self, code: str) -> Callable[[Test], Test]:
        """Add to a rule of scope `document` what can be seen over the whole corpus only."""

        def take(test: Test) -> Test:
            self.closing[code] = test
            return test

        return take
