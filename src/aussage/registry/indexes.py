"""Where indexes of large registries are kept: made once for one content, opened by whoever needs them."""

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from aussage.diagnostics import Diagnostics
from aussage.registry.index import VERSION, DamagedIndex, IndexedEntries, remove_folder
from aussage.registry.indexing import Given, IndexMaker
from aussage.registry.lines import file_sha256
from aussage.registry.reading import Lost, report_again

ENDING, UNFINISHED = ".index", ".unfinished"
MOST_KEPT = 3  # indexes of one registry in one folder: the last ones made


@dataclass(frozen=True, slots=True)
class Indexed:
    """A large registry: its entries, what of it was lost, and the SHA-256 of its files of JSON Lines."""

    entries: IndexedEntries[Any]
    lost: Lost
    hashes: list[str]


def indexed(given: Given, cache: Path | None, diagnostics: Diagnostics) -> Indexed:
    """Open the index of a registry in the folder `cache`, or make it; without a folder, in a temporary one.

    What is wrong with the registry is reported, whether its index is new or not. Several processes may do this at the
    same time: an index gets its name when it is complete.

    Raises:
        OSError: the index cannot be written or read.
    """
    hashes = [file_sha256(given.project, path) for path in given.files] if cache else []
    if cache is None or "" in hashes:  # what cannot be read has no content for which an index could be kept
        return _temporary(given, diagnostics)
    path = cache / _name(given, hashes)
    if path.is_file():
        with contextlib.suppress(DamagedIndex):  # which removes itself, and is made anew
            return _opened(path, given, hashes, diagnostics)
    return _kept(given, cache, diagnostics)


def _temporary(given: Given, diagnostics: Diagnostics) -> Indexed:
    folder = Path(tempfile.mkdtemp(prefix="aussage-"))
    path = folder / f"{given.table}{ENDING}"
    maker = IndexMaker(given)
    try:
        maker.write(path)
    except BaseException:
        remove_folder(folder, os.getpid())
        raise
    return _opened(path, given, maker.hashes, diagnostics, owned=folder)


def _kept(given: Given, cache: Path, diagnostics: Diagnostics) -> Indexed:
    cache.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(UNFINISHED, f"{given.table}-", cache)
    unfinished = Path(name)
    try:
        os.close(number)
        maker = IndexMaker(given)
        maker.write(unfinished)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        # The name says what was read, which is not what was hashed before if a file has changed meanwhile.
        path = cache / _name(given, maker.hashes)
        _finish(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    found = _opened(path, given, maker.hashes, diagnostics)
    for ending in (ENDING, UNFINISHED):
        _remove_old(cache, given.table, ending)
    return found


def _finish(unfinished: Path, path: Path) -> None:
    try:
        unfinished.replace(path)
    except PermissionError:  # on Windows: another process has made the same index and has it open
        if not path.is_file():
            raise


def _opened(
    path: Path, given: Given, hashes: list[str], diagnostics: Diagnostics, owned: Path | None = None
) -> Indexed:
    entries: IndexedEntries[Any] = IndexedEntries(path, given.item, given.listed.entries, owned)
    report_again(entries.findings(), diagnostics)
    return Indexed(entries, entries.lost, hashes)


def _name(given: Given, hashes: list[str]) -> str:
    """The name of the index for this content: of the files, and of what decides whether entries are right."""
    names = [given.project.name(path) for path in given.files]
    yaml = [given.listed.sha256, given.listed.lost.unknown]
    content = msgspec.json.encode([VERSION, given.table, given.schema, yaml, names, hashes])
    return f"{given.table}-{hashlib.sha256(content).hexdigest()}{ENDING}"


def _remove_old(cache: Path, table: str, ending: str) -> None:
    """Remove all but the last indexes of a registry, and what runs that were killed have left of theirs."""
    with contextlib.suppress(OSError):  # another process does the same, or still has one open
        made = sorted(cache.glob(f"{table}-*{ending}"), key=lambda path: path.stat().st_mtime_ns)
        for path in made[:-MOST_KEPT]:
            path.unlink(missing_ok=True)
