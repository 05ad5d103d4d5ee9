"""Gathers what was found in one part, however it was read, as longest runs, each named once."""

from __future__ import annotations

from collections.abc import Iterable

from aussage.release.gate.finding import Finding, Leak, Unread
from aussage.release.gate.scan import Hit
from aussage.release.gate.withheld import WithheldText


class Collected:
    """What was found in one part; `inner` are the findings in what the part holds."""

    def __init__(self, path: str, withheld: WithheldText, shown: int) -> None:
        self.path = path
        self.inner: list[Finding] = []
        self._withheld, self._shown = withheld, shown
        self._spans: dict[tuple[str, int, int], str] = {}

    def add(self, hits: Iterable[Hit]) -> None:
        """Add hits; the first way in which a run was read is kept."""
        for how, run in hits:
            self._spans.setdefault((run.document, run.start, run.end), how)

    def findings(self) -> list[Finding]:
        """The findings in what the part holds, and those of the part itself that these do not contain."""
        known = [leak for leak in self.inner if isinstance(leak, Leak)]
        leaks = [leak for leak in self._merged() if not any(_holds(other, leak) for other in known)]
        found: list[Finding] = [*self.inner, *leaks[: self._shown]]
        if len(leaks) > self._shown:
            found.append(Unread(self.path, f"{len(leaks) - self._shown:,} more runs of words are not listed"))
        return found

    def _merged(self) -> list[Leak]:
        """Runs that overlap as one, in order of documents and places."""
        leaks: list[Leak] = []
        width = 0
        for (document, start, end), how in sorted(self._spans.items()):
            if leaks and leaks[-1].document == document and start < leaks[-1].end:
                last = leaks[-1]
                end = max(end, last.end)
                if end - start > width:
                    width = end - start
                else:
                    how = last.how
                start = last.start
                leaks.pop()
            else:
                width = end - start
            words = self._withheld.texts[document][start:end]
            leaks.append(Leak(self.path, how, document, start, end, words))
        return leaks


def without_repeats(findings: list[Finding]) -> list[Finding]:
    """Findings without those leaks whose words another leak at the same path holds."""
    at_path: dict[str, list[Leak]] = {}
    for finding in findings:
        if isinstance(finding, Leak):
            at_path.setdefault(finding.path, []).append(finding)
    kept: list[Finding] = []
    for finding in findings:
        if isinstance(finding, Leak):
            others = at_path[finding.path]
            if any(other is not finding and _holds(other, finding) for other in others):
                others.remove(finding)
                continue
        kept.append(finding)
    return kept


def _holds(leak: Leak, other: Leak) -> bool:
    """Whether the words of another leak are among those of this one."""
    return leak.document == other.document and leak.start <= other.start and other.end <= leak.end
