"""A corpus is sent to a remote folder file by file, its manifest last.

No file system of this kind takes a folder in one step. Whoever reads while a corpus is being sent, or after that was
cut off, has the manifest of the old corpus: every file of a table says of which build it is, and one of another build
than the manifest is refused (`aussage.corpus.files`). So there is the old corpus or an error, and never a mixture.
Nobody keeps two builds from being sent to one folder at the same time; that too ends in such an error, or in one of
the two.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from aussage.remote import RemotePath
from aussage.remote.copying import carrying
from aussage.tables.parts import is_part_file
from aussage.tables.swap import Foreign
from aussage.tables.writer import MANIFEST


@contextmanager
def sending(target: RemotePath, ours: set[str]) -> Iterator[Path]:
    """A new local folder whose files are in `target` when the block ends without an exception.

    What its manifest names and it does not hold must be in `target` by then. What else is in `target` is removed.

    Raises:
        Foreign: `target` is or holds something else than `ours`, which are the names of the files of a corpus.
        OSError: something that the manifest names is not there.
        Unreachable: the file system cannot be asked.
    """
    _refuse_foreign(target, ours)
    with tempfile.TemporaryDirectory(prefix="aussage-") as made:
        folder = Path(made)
        yield folder
        sent = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        manifest = sent.pop(MANIFEST)
        make_room(target, sent)
        with carrying() as carry:
            for name, path in sent.items():
                carry(path, cast("Path", target / name))
        named = _named(json.loads(manifest.read_bytes()))
        there = {str(path.relative_to(target)): path for path in target.rglob("*")}
        for name, size in named.items():
            if name not in there or there[name].stat().st_size != size:
                raise OSError(5, f"{name} has not arrived", str(target))
        for name in sorted(there.keys() - named.keys() - sent.keys() - {MANIFEST}):
            there[name].unlink(missing_ok=True)
        (target / MANIFEST).put(manifest)


def make_room(target: RemotePath, names: Iterable[str]) -> None:
    """Remove folders that have one of these names of files to come, and files that have the name of their folder.

    So it is where a corpus in parts takes the place of one that is not, or the other way round.
    """
    there = {path.name: path for path in target.iterdir()} if target.is_dir() else {}
    for name in names:
        folder, slash, _ = name.partition("/")
        in_the_way = there.get(folder)
        if in_the_way is None or in_the_way.is_dir() == bool(slash):
            continue
        if slash:
            in_the_way.unlink()
        else:
            _remove_folder(target / folder)


def _remove_folder(folder: RemotePath) -> None:
    for path in folder.rglob("*"):
        path.unlink(missing_ok=True)
    if folder.is_dir():  # where folders are more than the beginning of names
        folder.rmdir()


def _named(manifest: dict[str, Any]) -> dict[str, int]:
    """The size of every file that a manifest names."""
    sizes = {name: file["bytes"] for name, file in manifest["files"].items()}
    for table in manifest["tables"].values():
        parts = {f"{table['file']}/{part['file']}": part["bytes"] for part in table.get("parts", [])}
        sizes |= parts or {table["file"]: table["bytes"]}
    return sizes


def _refuse_foreign(target: RemotePath, ours: set[str]) -> None:
    if target.is_file():
        raise Foreign([target.name])
    names = [path.relative_to(target).parts for path in target.rglob("*")]
    foreign = {parts[0] for parts in names if parts[0] not in ours or not _is_ours(parts)}
    if foreign:
        raise Foreign(sorted(foreign))


def _is_ours(parts: tuple[str, ...]) -> bool:
    """Whether it stands in the folder itself, or is a part file in the folder of a table."""
    return len(parts) == 1 or (len(parts) == 2 and parts[0].endswith(".parquet") and is_part_file(parts[1]))
