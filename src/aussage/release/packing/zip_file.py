"""A folder as a zip whose bytes depend on nothing but the names and bytes of its files."""

from __future__ import annotations

import shutil
import stat
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from aussage.release.packing.errors import PackingError, regular_files

TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
UNIX = 3  # the system on which the permissions mean something
MODE = (stat.S_IFREG | 0o644) << 16
LEVEL = 6
PIECE = 1 << 20


def write_zip(folder: Path, target: Path) -> None:
    """Write the files of a folder, and of those in it, into a zip; names in the zip are paths seen from the folder.

    The files stand in the order of their names (code points), all with the same time and permissions, deflated at a
    fixed level, without extra fields (but for ZIP64, where a file is too large for the old form). Folders without
    files are left out. Nothing is held in memory. The zip takes the place of `target` when it is whole.

    Raises:
        PackingError: the folder holds a link, a special file, or no file.
        OSError: reading or writing failed; `target` is as it was.
    """
    files = regular_files(folder)
    if not files:
        raise PackingError(f"{folder} holds no file; there is nothing to pack")
    beside = target.with_name(f".{target.name}.new")
    try:
        with ZipFile(beside, "w", ZIP_DEFLATED, strict_timestamps=True) as packed:
            for name in files:
                _add(packed, folder / name, name)
        beside.replace(target)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _add(packed: ZipFile, path: Path, name: str) -> None:
    entry = ZipInfo(name, TIME)
    entry.create_system, entry.external_attr, entry.compress_type = UNIX, MODE, ZIP_DEFLATED
    entry._compresslevel = LEVEL  # type: ignore[attr-defined]  # public as compress_level only from Python 3.13
    entry.file_size = path.stat().st_size  # decides whether the entry needs ZIP64
    with path.open("rb") as source, packed.open(entry, "w") as sink:
        shutil.copyfileobj(source, sink, PIECE)
