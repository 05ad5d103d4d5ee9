"""Runs a command and measures it: seconds, and the most memory that it and all its children had at one time."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.05
SHARE = 20
"""Looking takes no more than one part in so many of the time, so that it slows nothing that is measured."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took and said. Pages that processes share are counted once in the tree (PSS)."""

    seconds: float
    tree_megabytes: float
    largest_megabytes: float
    said: str


def measured(command: list[str]) -> Measured:
    """Run a command to its end. The largest process is known exactly (RSS), the tree as far as it was looked at.

    A process begins with the peak of the one that starts it, so that the caller may have nothing large in memory.

    Raises:
        RuntimeError: the command failed; the message ends with what it wrote.
    """
    os.sync()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors)
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        watch.over.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode()
        if process.returncode:
            errors.seek(0)
            wrote = (said + errors.read().decode())[-2_000:]
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{wrote}")
    largest = usage.ru_maxrss / 1024
    return Measured(seconds, max(watch.most / 1024, 0 if watch.several else largest), largest, said)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children again and again; keeps the most, in kilobytes."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root, self.most, self.several, self.over = root, 0, False, threading.Event()

    def run(self) -> None:
        pause = PAUSE
        while not self.over.wait(pause):
            start = time.thread_time()
            tree = list(_tree(self.root))
            self.several = self.several or len(tree) > 1
            self.most = max(self.most, sum(map(_kilobytes, tree)))
            pause = max(PAUSE, SHARE * (time.thread_time() - start))


def _tree(root: int) -> Iterator[int]:
    """A process and all that it started, as far as they still run."""
    yield root
    try:
        tasks = list(Path(f"/proc/{root}/task").iterdir())
    except OSError:
        return
    for task in tasks:
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _kilobytes(process: int) -> int:
    """The proportional set size of a process: its own pages, and its part of those that it shares; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
