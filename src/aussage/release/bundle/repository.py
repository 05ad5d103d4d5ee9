"""What the version control of a project says: its revision, what is not committed, which versions were tagged."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from aussage.release.versions import NoVersion, Version

# A repository's own settings may name programs that git would run; none of them is needed to read it.
QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false")


def commit_of(root: Path) -> str:
    """The revision that is checked out; empty where there is no version control."""
    return (_asked(root, "rev-parse", "--verify", "HEAD") or "").strip()


def not_committed(root: Path) -> list[str]:
    """The files below `root` that differ from the revision or do not belong to it; none without version control."""
    said = _asked(root, "status", "--porcelain", "-z", "--untracked-files=all", "--", ".") or ""
    names = []
    entries = iter(said.split("\0"))
    for entry in entries:
        if not entry:
            continue
        names.append(entry[3:])
        if entry[0] in "RC":
            next(entries, None)  # where it was before
    return sorted(names)


def released_tags(root: Path) -> dict[Version, str]:
    """The tags that are versions, with or without a leading v, as full names by version."""
    found = {}
    for tag in (_asked(root, "tag", "--list") or "").splitlines():
        try:
            found[Version.parse(tag.removeprefix("v"))] = f"refs/tags/{tag}"
        except NoVersion:
            continue
    return found


def _asked(root: Path, *command: str) -> str | None:
    """What git prints; nothing if it is not there or `root` is in no repository."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            ["git", *QUIET, *command], cwd=root, env=environment, capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="surrogateescape") if done.returncode == 0 else None
