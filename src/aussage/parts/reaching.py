"""A place that cannot be reached is one finding, whatever was being done when that was found out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aussage.compile.build import BuildResult
from aussage.diagnostics import Diagnostics, Place
from aussage.remote import Unreachable, is_remote
from aussage.remote.unreachable import MEND


def reached(root: Path, run: Callable[[], BuildResult]) -> BuildResult:
    """What a run gives; one finding if the project or another place of it cannot be reached."""
    result = BuildResult(Diagnostics())
    try:
        if not is_remote(root) or root.exists():
            return run()
        why, place = "there is nothing at this address", str(root)
    except Unreachable as error:
        why, place = f"it cannot be reached: {error.why}", error.address
    result.diagnostics.add("unreadable-file", Place(place), why, mend=MEND)
    return result
