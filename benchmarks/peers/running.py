"""Runs a peer on a folder: the time of its work without that of imports, and the rules that it found broken."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from shared_rules import Rule, shared_rules

Counts = dict[str, int]
"""How many rows break a rule, by the rule's name."""


def run(check: Callable[[Path, list[Rule]], Counts]) -> None:
    """Check the corpus in the folder of the command line; prints rules, seconds and counts above 0 as JSON."""
    folder = Path(sys.argv[1])
    rules = shared_rules(folder)
    start = time.perf_counter()
    counts = check(folder, rules)
    seconds = time.perf_counter() - start
    missing = sorted({rule.name for rule in rules} - counts.keys())
    if missing:
        sys.exit(f"no counts of {', '.join(missing)}")
    found = {name: int(count) for name, count in sorted(counts.items()) if count}
    sys.stdout.write(json.dumps({"rules": len(rules), "seconds": round(seconds, 3), "found": found}) + "\n")
