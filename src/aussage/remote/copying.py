"""Files carried from one place to another, whatever file systems these are on, many at a time."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from aussage.remote.path import RemotePath, is_remote, remote

AT_A_TIME = 16
Carry = Callable[[Path, Path], None]


def carry(source: Path, target: Path) -> None:
    """Put a file into a place: linked on one disk, copied by the file system that has both, else by way of here.

    Raises:
        OSError: the source is not there, or the target cannot be written.
        Unreachable: a file system cannot be asked.
    """
    if is_remote(source) and is_remote(target):
        _carry_between(remote(source), remote(target))
    elif is_remote(target):
        remote(target).put(source)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        if is_remote(source):
            remote(source).get(target)
        else:
            _link(source, target)


def _carry_between(source: RemotePath, target: RemotePath) -> None:
    one, other = source.system, target.system
    if type(one) is type(other) and one.storage_options == other.storage_options:  # each thread has its own of the same
        source.copy_to(target)
        return
    with tempfile.TemporaryDirectory(prefix="aussage-") as folder:
        local = Path(folder) / "file"
        source.get(local)
        target.put(local)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


@contextmanager
def carrying() -> Iterator[Carry]:
    """Carries files; those from or to a remote place many at a time, so that at the end of the block all are there."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        going: list[Future[None]] = []

        def start(source: Path, target: Path) -> None:
            if is_remote(source) or is_remote(target):
                going.append(pool.submit(carry, source, target))
            else:
                carry(source, target)

        try:
            yield start
            for one in going:
                one.result()
        finally:
            for one in going:
                one.cancel()
