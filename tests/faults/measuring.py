"""How much memory a check takes, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PATIENCE = 120  # seconds
PROGRAM = """
import json, resource, sys
from pathlib import Path
from aussage.check import check
found = [[one.rule, list(one.ids)] for one in check(Path(sys.argv[1])).findings]
print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, found]))
"""


def peak_of_check(folder: Path) -> tuple[int, set[tuple[str, str]]]:
    """The most bytes that checking a corpus takes, and the rules found broken with the first ids of each."""
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
    kilobytes, found = json.loads(run.stdout)
    return kilobytes * 1024, {(rule, id_) for rule, ids in found for id_ in ids}
