"""The parts of a large corpus: names of their files, what the manifest says of them, and whether that fits together.

A part holds some whole documents. Each table of documents is then a folder with a file for every part that has rows of
it, in the order of documents; a table without any rows has one empty file. Registries are single files always.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

import msgspec

from aussage.tables.definitions import TABLES

PART_HASH = "aussage.part_hash"
"""The key under which the file of a part says, in its footer, the hash of its part."""
WHOLE_FORMAT, PARTED_FORMAT = 1, 2
"""The version of the format of a corpus whose tables are single files, and of one that is in parts."""
_FILE = re.compile(r"part-[0-9]{5,}\.parquet")


class PartFile(msgspec.Struct, frozen=True):
    """What the manifest says of one file of a table in parts; `part` is the number of the part, from 0."""

    file: str
    part: int
    rows: int
    bytes: int
    sha256: str


class PartFacts(msgspec.Struct, frozen=True):
    """What the manifest says of a part: its documents, the first and last of their ids, and its hash.

    The hash is the SHA-256 over what the documents add to the content hash (`aussage.tables.hashing.document_lines`).
    """

    documents: int
    hash: str
    first: str
    last: str


class TableOfParts(Protocol):
    """What is asked of the manifest's entry of a table."""

    @property
    def rows(self) -> int:
        """The number of rows."""

    @property
    def bytes(self) -> int:
        """The size of its file, or of all files of its parts."""

    @property
    def sha256(self) -> str:
        """The digest of its file, or `digest_of_parts`."""

    @property
    def parts(self) -> Sequence[PartFile]:
        """The files of its parts; none if it is one file."""


def part_file(number: int) -> str:
    """The name of the file of a part."""
    return f"part-{number:05}.parquet"


def is_part_file(name: str) -> bool:
    """Whether a file has the name of a part's."""
    return _FILE.fullmatch(name) is not None


def digest_of_parts(parts: Iterable[tuple[str, str]]) -> str:
    """The digest of a table in parts: SHA-256 over lines `SHA-256 SPACE SPACE file LF`, as of `sha256sum`.

    `parts` gives the SHA-256 and the name of each file, in order.
    """
    return hashlib.sha256("".join(f"{sha256}  {file}\n" for sha256, file in parts).encode()).hexdigest()


def problems_of_parts(
    tables: Mapping[str, TableOfParts], parts: Sequence[PartFacts], format_version: int
) -> Iterator[str]:
    """What in a manifest contradicts itself on parts; nothing of a corpus whose tables are single files."""
    if parts and format_version < PARTED_FORMAT:
        yield f"it has parts, which format {format_version} has not"
    for number, part in enumerate(parts):
        if part.documents < 1 or part.first > part.last:
            yield f"part {number} does not say which documents it holds"
    for number, (one, other) in enumerate(pairwise(parts)):
        if one.last >= other.first:
            yield f"the documents of part {number + 1} do not come after those of part {number}"
    for name, table in tables.items():
        if name in TABLES:
            is_parted = bool(parts) and TABLES[name].local
            if is_parted != bool(table.parts):
                yield f"the table {name} is {'not in parts' if is_parted else 'in parts, which it cannot be'}"
            elif is_parted:
                yield from _problems_of_table(name, table, parts)


def _problems_of_table(name: str, table: TableOfParts, parts: Sequence[PartFacts]) -> Iterator[str]:
    numbers = [part.part for part in table.parts]
    if numbers != sorted(set(numbers)) or not 0 <= numbers[0] <= numbers[-1] < len(parts):
        yield f"the parts of {name} are {numbers}, of {len(parts)}"
        return
    yield from (
        f"{name} has the file {part.file!r} where {part_file(part.part)!r} belongs"
        for part in table.parts
        if part.file != part_file(part.part)
    )
    rows, size = sum(part.rows for part in table.parts), sum(part.bytes for part in table.parts)
    if rows != table.rows:
        yield f"{name} has {table.rows:,} rows, its parts together {rows:,}"
    if size != table.bytes:
        yield f"{name} has {table.bytes:,} bytes, its parts together {size:,}"
    if digest_of_parts((part.sha256, part.file) for part in table.parts) != table.sha256:
        yield f"the SHA-256 of {name} is not that of its parts"
    if name == "documents":
        held = {part.part: part.rows for part in table.parts}
        yield from (
            f"part {number} has {part.documents:,} documents, {held.get(number, 0):,} rows of them"
            for number, part in enumerate(parts)
            if held.get(number, 0) != part.documents
        )
