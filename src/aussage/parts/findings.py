"""What was found in many documents: the first findings of each code, and how many there are of all."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from aussage.diagnostics import Diagnostic, Diagnostics, Severity

KEPT = 100  # findings of one code that are kept to be shown


class Count(msgspec.Struct):
    """How many findings there are of a code, and of which severity they are."""

    severity: Severity
    findings: int


class Findings(msgspec.Struct):
    """Findings of documents: some of each code, in the order of places, and the number of all."""

    shown: list[Diagnostic] = []
    counts: dict[str, Count] = {}

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add the findings of further documents."""
        for found in diagnostics:
            count = self.counts.setdefault(found.code, Count(found.severity, 0))
            if count.findings < KEPT:
                self.shown.append(found)
            count.findings += 1

    def merge(self, other: Findings) -> None:
        """Add the findings of another part."""
        for code, more in other.counts.items():
            count = self.counts.setdefault(code, Count(more.severity, 0))
            room = max(KEPT - count.findings, 0)
            self.shown += [found for found in other.shown if found.code == code][:room]
            count.findings += more.findings

    @property
    def errors(self) -> int:
        """How many of the findings stop a build."""
        return sum(count.findings for count in self.counts.values() if count.severity is Severity.ERROR)

    def diagnostics(self) -> Diagnostics:
        """The findings that were kept, with the number of all."""
        found = Diagnostics()
        found.extend(self.shown)
        for code, count in self.counts.items():
            kept = sum(one.code == code for one in self.shown)
            found.counted[count.severity] = found.counted.get(count.severity, 0) + count.findings - kept
        return found
