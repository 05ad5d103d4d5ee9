"""The verdict over files and folders: what was found, how much was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aussage.release.gate.examine import Progress, examine, examine_tree
from aussage.release.gate.finding import Finding, Leak, Limits, Unread
from aussage.release.gate.withheld import WithheldText


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in `files` files of together `size` bytes that were held against `documents` withheld texts."""

    files: int
    size: int
    documents: int
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether all was read and no withheld words are in it."""
        return not self.findings

    @property
    def leaks(self) -> tuple[Leak, ...]:
        """The runs of withheld words."""
        return tuple(finding for finding in self.findings if isinstance(finding, Leak))

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The parts that could not be read wholly."""
        return tuple(finding for finding in self.findings if isinstance(finding, Unread))

    def as_record(self) -> dict[str, Any]:
        """The verdict for machines."""
        return {
            "ok": self.passed,
            "files": self.files,
            "bytes": self.size,
            "documents": self.documents,
            "leaks": len(self.leaks),
            "unread": len(self.unread),
            "findings": [finding.as_record() for finding in self.findings],
        }


def judge(
    paths: Iterable[Path], withheld: WithheldText, limits: Limits | None = None, progress: Progress | None = None
) -> Verdict:
    """Examine files and folders; paths in findings begin with what was named.

    Raises:
        OSError: a path does not exist or may not be read.
    """
    findings: list[Finding] = []
    files = size = 0
    for path in paths:
        if path.is_dir():
            inside = [found for found in path.rglob("*") if found.is_file() and not found.is_symlink()]
            files, size = files + len(inside), size + sum(found.stat().st_size for found in inside)
            findings += (_below(path, finding) for finding in examine_tree(path, withheld, limits, progress))
        else:
            files, size = files + 1, size + path.stat().st_size
            findings += examine(path.name, path, withheld, limits, progress)
    return Verdict(files, size, len(withheld.documents), tuple(findings))


def _below(folder: Path, finding: Finding) -> Finding:
    """A finding with the name of the folder before its path."""
    from dataclasses import replace

    return replace(finding, path=f"{folder.name or folder}/{finding.path}")
