"""The outcome of a comparison: counts, changes by weight, the step that they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aussage.release.comparison.change import Action, Area, Change
from aussage.release.comparison.codebook import codebook_changes
from aussage.release.comparison.facts import Side
from aussage.release.comparison.ledger import Ledger
from aussage.release.versions import NoVersion, Step, Version, too_small


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one corpus to another.

    `ledger` has the changes; `warnings` what should be known first; `rows` how many rows both corpora have together.
    """

    old: Side
    new: Side
    ledger: Ledger
    warnings: tuple[str, ...]
    rows: int

    @property
    def step(self) -> Step:
        """The step of the version that the changes ask for."""
        return max((step for step, _, _ in self.ledger.counts), default=Step.NONE)

    @property
    def codebook_step(self) -> Step:
        """The step of the codebook's own version that its changes ask for, those told of the table `issues` too."""
        changes = codebook_changes(self.old.codebook, self.new.codebook)
        return max((change.step for change in changes), default=Step.NONE)

    @property
    def differ(self) -> bool:
        """Whether anything differs."""
        return bool(self.ledger.counts or self.ledger.derived)

    @property
    def is_too_small(self) -> bool | None:
        """Whether the new version is too small for the changes; nothing if one of the two is no semantic version."""
        return _too_small(self.old.version, self.new.version, self.step)

    @property
    def is_codebook_too_small(self) -> bool | None:
        """The same of the codebook's own version."""
        return _too_small(self.old.codebook_version, self.new.codebook_version, self.codebook_step)

    @property
    def least_version(self) -> str:
        """The least version that the changes allow; empty if the old one is no semantic version."""
        try:
            return str(Version.parse(self.old.version).after(self.step))
        except NoVersion:
            return ""

    @property
    def counts(self) -> dict[Area, dict[Action, int]]:
        """The number of changes of each area by what happened; areas without any are left out."""
        found: dict[Area, dict[Action, int]] = {}
        for area in Area:
            actions = {
                action: sum(n for (_, a, b), n in self.ledger.counts.items() if (a, b) == (area, action))
                for action in Action
            }
            if any(actions.values()):
                found[area] = actions
        return found

    @property
    def derived(self) -> int:
        """The number of cells and rows that are mere consequences."""
        return sum(self.ledger.derived.values())

    def changes(self) -> Iterator[Change]:
        """All changes, the heaviest first, one after another as they are asked for."""
        return self.ledger.changes()

    def summary(self) -> dict[str, Any]:
        """Everything but the changes themselves, as a record for machines."""
        return {
            "differ": self.differ,
            "step": str(self.step),
            "least_version": self.least_version or None,
            "is_version_too_small": self.is_too_small,
            "codebook_step": str(self.codebook_step),
            "is_codebook_version_too_small": self.is_codebook_too_small,
            "old": self.old.as_record(),
            "new": self.new.as_record(),
            "rows": self.rows,
            "warnings": list(self.warnings),
            "counts": {str(area): {str(a): n for a, n in some.items()} for area, some in self.counts.items()},
            "alarms": {str(alarm): count for alarm, count in sorted(self.ledger.alarms.items())},
            "derived": [
                {"table": table, "column": column or None, "count": count}
                for (table, column), count in sorted(self.ledger.derived.items())
            ],
        }


def _too_small(old: str, new: str, step: Step) -> bool | None:
    try:
        return too_small(Version.parse(old), Version.parse(new), step)
    except NoVersion:
        return None
