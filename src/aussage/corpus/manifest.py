"""The manifest of a corpus: what it is, which tables and files it has."""

from pathlib import Path
from typing import Any

import msgspec

from aussage.corpus.errors import CorpusError
from aussage.corpus.loading import MANIFEST
from aussage.tables.parts import PARTED_FORMAT, PartFacts, PartFile, is_part_file, problems_of_parts
from aussage.tables.writer import FORMAT

FULL, TEXT_FREE = "full", "text-free"
EDITIONS = (FULL, TEXT_FREE)


class TableFile(msgspec.Struct, frozen=True):
    """The file of one table: name, rows, size, SHA-256; of a table in parts its folder, and the files in that."""

    file: str
    rows: int
    bytes: int
    sha256: str
    parts: list[PartFile] = []

    @property
    def files(self) -> "dict[str, TableFile | PartFile]":
        """The facts of each file by its path in the corpus folder."""
        return {f"{self.file}/{part.file}": part for part in self.parts} or {self.file: self}


class OtherFile(msgspec.Struct, frozen=True):
    """Another file of the corpus: size, SHA-256."""

    bytes: int
    sha256: str


class Creator(msgspec.Struct, frozen=True):
    """Who answers for the corpus."""

    name: str


class Manifest(msgspec.Struct, frozen=True):
    """The facts of `manifest.json` that loading a corpus needs; further ones are left alone.

    `edition` says whether the texts of the articles are in it. `masked` ones stand in for texts that are not: of the
    same length, but without letters. `set_aside` documents had errors and were left out when the corpus was built.
    """

    name: str
    title: str
    version: str
    content_hash: str
    tables: dict[str, TableFile]
    languages: list[str] = []
    licences: dict[str, str | None] = {}
    creators: list[Creator] = []
    files: dict[str, OtherFile] = {}
    description: str | None = None
    url: str | None = None
    edition: str = FULL
    masked: bool = False
    parts: list[PartFacts] = []
    set_aside: int = 0

    @property
    def has_texts(self) -> bool:
        """Whether the columns that hold words of the articles are there."""
        return self.edition == FULL or self.masked


class _Format(msgspec.Struct, frozen=True):
    format: str
    format_version: int


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the corpus in `folder`, examined.

    Raises:
        CorpusError: it cannot be read, is damaged, of another format, or of a newer format than this Aussage knows;
            or a file that it names is missing.
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
        known = msgspec.json.decode(data, type=_Format)
        _examine_format(known, path)
        manifest = msgspec.json.decode(data, type=Manifest)
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}; build the corpus again") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(path, str(error)) from None
    if manifest.edition not in EDITIONS:
        raise CorpusError(
            f"{path}: the edition {manifest.edition!r} is not known, only {' and '.join(EDITIONS)}; "
            "install a newer Aussage: pip install --upgrade aussage"
        )
    for problem in problems_of_parts(manifest.tables, manifest.parts, known.format_version):
        raise _damaged(path, problem)
    for name, table in manifest.tables.items():
        _examine_table(folder, table, f"{name}.parquet")
    for name in manifest.files:
        _examine_file(folder, name, Path(name).name)
    return manifest


def read_json(folder: Path, name: str, data: bytes) -> dict[str, Any]:
    """The JSON object in `data`, which was read from the file `name` of `folder`.

    Raises:
        CorpusError: it is no JSON object.
    """
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(folder / name, str(error)) from None


def _damaged(path: Path, why: str) -> CorpusError:
    return CorpusError(f"{path} is damaged: {why}; run `aussage build`, or install the corpus again")


def _examine_format(known: _Format, path: Path) -> None:
    if known.format != FORMAT:
        raise CorpusError(f"{path} is no manifest of a corpus: its format is {known.format!r}, not {FORMAT!r}")
    if known.format_version > PARTED_FORMAT:
        raise CorpusError(
            f"{path}: the corpus has format {known.format_version}, this Aussage reads up to {PARTED_FORMAT}; "
            "install a newer Aussage: pip install --upgrade aussage"
        )
    if known.format_version < 1:
        raise _damaged(path, f"there is no format {known.format_version}")


def _examine_table(folder: Path, table: TableFile, expected: str) -> None:
    if not table.parts:
        _examine_file(folder, table.file, expected)
        return
    _examine_name(folder, table.file, expected)
    place = folder / table.file
    there = {path.name for path in place.iterdir()} if place.is_dir() else set()
    for part in table.parts:
        if part.file not in there:
            raise _missing(place / part.file)
    if more := sorted(name for name in there.difference(part.file for part in table.parts) if is_part_file(name)):
        raise _damaged(place / more[0], f"{MANIFEST} does not name it, and others would read it with the table")


def _examine_file(folder: Path, name: str, expected: str) -> None:
    _examine_name(folder, name, expected)
    if not (folder / name).is_file():
        raise _missing(folder / name)


def _examine_name(folder: Path, name: str, expected: str) -> None:
    if name != expected:
        raise _damaged(folder / MANIFEST, f"it names the file {name!r} where {expected!r} belongs")


def _missing(path: Path) -> CorpusError:
    return CorpusError(f"{path} is missing, although {MANIFEST} names it; run `aussage build`, or restore the file")
