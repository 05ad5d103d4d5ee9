"""A folder is replaced at once or not at all: written beside, synced, then swapped in one step of the system."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aussage.remote import is_remote, remote
from aussage.tables.parts import is_part_file

AT_FDCWD = -100  # Linux
RENAME_EXCHANGE = 2
MAC_RENAME_SWAP = 2
TRIES = 20


class Busy(Exception):
    """Another process writes to the same folder."""


class Foreign(Exception):
    """The folder holds files that are not ours; its argument is their names."""


def building(target: Path) -> Path:
    """Where a new version of `target` is written before it takes its place."""
    return target.with_name(f".{target.name}.building")


def previous(target: Path) -> Path:
    """Where the old version stands while systems without an exchange need two steps."""
    return target.with_name(f".{target.name}.previous")


@contextmanager
def replacing(target: Path, ours: set[str]) -> Iterator[Path]:
    """A new, empty folder that takes the place of `target` when the block ends without an exception.

    Until then `target` is untouched, and after an exception it stays so. `ours` are the names of the files that
    a version of the folder may hold; a table's may also be a folder of part files. Of a remote `target` the new folder
    is sent file by file, see `aussage.tables.sending`.

    Raises:
        Busy: another process is replacing the same folder.
        Foreign: `target` is or holds something else than `ours`, so that replacing it would destroy it.
        OSError: writing failed.
    """
    if is_remote(target):
        from aussage.tables.sending import sending

        with sending(remote(target), ours) as folder:
            yield folder
        return
    _refuse_foreign(target, ours)
    target.parent.mkdir(parents=True, exist_ok=True)
    new, lock = building(target), _claim(building(target))
    moved = False
    try:
        recover(target)
        _refuse_foreign(target, ours)
        _empty(new)
        yield new
        _sync(new)
        _swap(new, target)
        moved = True
    finally:
        if not moved:
            shutil.rmtree(new, ignore_errors=True)
        os.close(lock)


def recover(target: Path) -> None:
    """Put the old version back if a two-step replacement was cut off between its steps; remove it if after them."""
    old = previous(target)
    if target.exists():
        shutil.rmtree(old, ignore_errors=True)
    elif old.is_dir():
        with suppress(OSError):
            old.rename(target)


def _refuse_foreign(target: Path, ours: set[str]) -> None:
    if target.is_dir():
        foreign = [path.name for path in target.iterdir() if path.name not in ours or not _is_ours(path)]
        if foreign:
            raise Foreign(sorted(foreign))
    elif target.exists() or target.is_symlink():
        raise Foreign([target.name])


def _is_ours(path: Path) -> bool:
    """Whether it is a file, or the folder of a table that holds nothing but part files."""
    if not path.is_dir() or path.is_symlink():
        return path.is_file()
    return path.suffix == ".parquet" and all(is_part_file(one.name) and one.is_file() for one in path.iterdir())


def _claim(new: Path) -> int:
    """Make the folder `new` if need be and lock it for this process; gives the descriptor that holds the lock.

    The folder may have been moved away by its owner between opening and locking; then the lock is on another
    folder than the one that now has the name, and the next try makes a new one.
    """
    for _ in range(TRIES):
        with suppress(FileExistsError):
            os.mkdir(new)  # noqa: PTH102 - Path.mkdir fails if the folder vanishes after it was found
        try:
            descriptor = os.open(new, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            _lock(descriptor)
            if _is_same(descriptor, new):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
    raise Busy


def _is_same(descriptor: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    except FileNotFoundError:
        return False


def _lock(descriptor: int, wait: bool = False) -> None:
    try:
        import fcntl
    except ImportError:  # Windows has no locks on folders
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError as error:
        raise Busy from error


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _sync(folder: Path) -> None:
    """Force the folder's files and names to the disk, so that a power cut after the swap finds them whole."""
    for path in [*sorted(folder.rglob("*")), folder]:
        if path.is_symlink():
            continue
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _swap(new: Path, target: Path) -> None:
    if not target.exists():
        new.rename(target)
    else:
        _replace(new, target)
    with suppress(OSError):  # some file systems do not sync folders
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _replace(new: Path, target: Path) -> None:
    """Put `new` in the place of `target` and remove the old version, which nobody else may take for his own."""
    lock = os.open(target, os.O_RDONLY)
    try:
        _lock(lock, wait=True)  # after an exchange the old version has the name under which others would build
        old = new
        if not _exchange(new, target):
            old = previous(target)
            shutil.rmtree(old, ignore_errors=True)
            target.rename(old)
            try:
                new.rename(target)
            except OSError:
                old.rename(target)
                raise
        shutil.rmtree(old, ignore_errors=True)
    finally:
        os.close(lock)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can (Linux, macOS)."""
    names = (os.fsencode(one), os.fsencode(other))
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        return bool(library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(names[0], names[1], MAC_RENAME_SWAP) == 0)
    return False
