"""A corpus folder from elsewhere, proved: each file is what the manifest says, and no table unpacks without end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aussage.check.reading import UNREADABLE, TableReader
from aussage.corpus.errors import CorpusError
from aussage.corpus.loading import MANIFEST
from aussage.corpus.manifest import Manifest, OtherFile, TableFile, read_json, read_manifest
from aussage.release.opening.budget import MOST_MANIFEST
from aussage.release.packing.bag import file_facts
from aussage.release.packing.errors import regular_files
from aussage.tables.parts import PART_HASH, PartFile

AnyFile = TableFile | PartFile | OtherFile
LFS = b"version https://git-lfs.github.com/spec/"
SHA256 = "sha256"
CODEBOOK = "codebook.json"


def corpus_problems(folder: Path) -> list[str]:
    """What is wrong with the corpus in a folder, one sentence each; an empty list for one that is whole.

    Every file must be there with the size and SHA-256 of the manifest and no other may be; every table must be of the
    build that the manifest names, have its number of rows, and unpack within the budget of `aussage.check.reading`.
    Memory holds one row group.
    """
    try:
        names = regular_files(folder)
        large = [name for name in names if name.endswith(".json") and (folder / name).stat().st_size > MOST_MANIFEST]
        if large:
            return [f"{name} is larger than {MOST_MANIFEST >> 20} MB" for name in large]
        manifest = read_manifest(folder)
    except CorpusError as error:
        return [str(error).replace(f"{folder}/", "")]
    except OSError as error:
        return [f"it cannot be read: {error.strerror}"]
    named: dict[str, AnyFile] = {**manifest.files}
    for table in manifest.tables.values():
        named |= table.files
    problems = [f"{name} is not named in {MANIFEST}" for name in names if name not in {*named, MANIFEST}]
    for name in sorted(named):
        changed = list(_changed(folder, name, named[name]))
        problems += changed or list(_content_problems(folder, name, named[name], manifest))
    return problems


def _changed(folder: Path, name: str, expected: AnyFile) -> Iterator[str]:
    path = folder / name
    try:
        size = path.stat().st_size
        facts = file_facts(path, (SHA256,))
        with path.open("rb") as file:
            is_pointer = file.read(len(LFS)) == LFS
    except OSError as error:
        yield f"{name} cannot be read: {error.strerror}"
        return
    if is_pointer:
        yield f"{name} is only a pointer of Git LFS; fetch the file with `git lfs pull`"
    elif (size, facts.digests[SHA256]) != (expected.bytes, expected.sha256):
        yield (
            f"{name} is not the file that {MANIFEST} names: {size:,} bytes, SHA-256 {facts.digests[SHA256][:16]}…,"
            f" not {expected.bytes:,} bytes, {expected.sha256[:16]}…"
        )


def _content_problems(folder: Path, name: str, expected: AnyFile, manifest: Manifest) -> Iterator[str]:
    if name == CODEBOOK:
        yield from _codebook_problems(folder / name)
    elif name.endswith(".parquet"):
        yield from _table_problems(folder, name, expected, manifest)


def _codebook_problems(path: Path) -> Iterator[str]:
    """It can be read: `load` and `store add` do not read it, and what reads it later would be too late."""
    try:
        read_json(path.parent, path.name, path.read_bytes())
    except CorpusError as error:
        yield str(error).replace(f"{path.parent}/", "")


def _table_problems(folder: Path, name: str, expected: AnyFile, manifest: Manifest) -> Iterator[str]:
    rows = 0
    try:
        reader = TableReader(folder / name)
        with reader.open() as file:
            for group in range(reader.row_groups):
                rows += reader.read(file, group).num_rows
        about = reader.metadata.metadata or {}
    except UNREADABLE as error:
        yield f"{name} cannot be read: {' '.join(str(error).split())}"
        return
    if isinstance(expected, TableFile | PartFile):
        if rows != expected.rows:
            yield f"{name} has {rows:,} rows, {MANIFEST} says {expected.rows:,}"
        key, identity = "aussage.content_hash", manifest.content_hash
        if isinstance(expected, PartFile):
            key, identity = PART_HASH, manifest.parts[expected.part].hash
        if about.get(key.encode(), b"").decode(errors="replace") != identity:
            yield f"{name} is of another build than {MANIFEST}"
