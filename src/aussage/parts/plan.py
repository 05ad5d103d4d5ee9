"""The plan of a build: which records belong to which part, in the order of documents, as a file of SQLite.

The plan is made from the listings and kept in the cache under what it was made of, so that many processes work by the
same one. It is the only thing that knows all documents, and it is on disk.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from aussage.parts.cache import Cache
from aussage.parts.cutting import Cutter
from aussage.parts.listing import DOCUMENT, Listing

VERSION = 1
PLANS = "plans"
TABLES = """
CREATE TABLE listed (document TEXT, kind INT, name TEXT, offset INT, length INT, number INT, digest BLOB, plain TEXT);
CREATE TABLE record (part INT, document TEXT, kind INT, name TEXT, offset INT, length INT, number INT, digest BLOB,
                     plain TEXT);
CREATE TABLE part (number INTEGER PRIMARY KEY, documents INT, bytes INT);
"""
COLUMNS = "document, kind, name, offset, length, number, digest, plain"
ORDER = "ORDER BY document, kind, name, number"


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    """A record of a document: in which file of the project it stands, and where its bytes are to be read."""

    document: str
    kind: int
    name: str
    offset: int
    length: int
    number: int
    digest: bytes
    plain: str

    @property
    def is_record_of_document(self) -> bool:
        """Whether it records the document, and does not annotate it."""
        return self.kind == DOCUMENT


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A part: its number from 0, how many documents it has, and how many bytes their records have."""

    number: int
    documents: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan in a file; each method opens it for itself, so that a plan may be handed to other processes."""

    path: Path

    def parts(self) -> list[PlannedPart]:
        """All parts, in the order of their documents."""
        with self._opened() as plan:
            return [PlannedPart(*row) for row in plan.execute("SELECT * FROM part ORDER BY number")]

    def records(self, part: int) -> list[PlannedRecord]:
        """The records of a part, in the order of documents; of each its record first, then its annotations."""
        with self._opened() as plan:
            rows = plan.execute(f"SELECT {COLUMNS} FROM record WHERE part = ? {ORDER}", (part,))
            return [PlannedRecord(*row) for row in rows]

    def _opened(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True))


def plan_of(listings: Sequence[Listing], cache: Cache, usual: int) -> Plan:
    """The plan for the records of these listings, cut by the usual bytes of a part; from the cache if it is there."""
    said = [VERSION, usual]
    states = [f"{listing.file.name}\0{listing.state}\0{listing.plain}" for listing in listings]
    name = f"{PLANS}/{hashlib.sha256(repr((said, sorted(states))).encode()).hexdigest()}.sqlite"
    if not cache.has(name):
        with TemporaryDirectory(dir=cache.desk, prefix=".plan-") as folder:
            path = Path(folder) / "plan.sqlite"
            with closing(sqlite3.connect(path)) as plan:
                _make(plan, listings, Cutter(usual))
            cache.take(name, path)
    return Plan(cache.local(name))


def _make(plan: sqlite3.Connection, listings: Sequence[Listing], cutter: Cutter) -> None:
    plan.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {TABLES}")
    for listing in listings:
        for batch in listing.batches():
            columns = [batch.column(name).to_pylist() for name in ("document", *COLUMNS.split(", ")[2:-1])]
            rows = ((row[0], listing.file.kind, *row[1:], str(listing.plain)) for row in zip(*columns, strict=True))
            plan.executemany("INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    (total,) = plan.execute("SELECT coalesce(sum(length), 0) FROM listed").fetchone()
    listed = plan.execute(f"SELECT {COLUMNS} FROM listed {ORDER}")
    parts: dict[int, list[int]] = {0: [0, 0]}
    plan.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _assigned(listed, None if total <= cutter.most else cutter, parts),
    )
    plan.executemany("INSERT INTO part VALUES (?, ?, ?)", ((number, *facts) for number, facts in parts.items()))
    plan.executescript("DROP TABLE listed; CREATE INDEX record_by_part ON record (part);")
    plan.commit()
    plan.execute("VACUUM")


def _assigned(
    rows: Iterable[tuple[object, ...]], cutter: Cutter | None, parts: dict[int, list[int]]
) -> Iterator[tuple[object, ...]]:
    """The rows with the number of their part before; documents and bytes are counted in `parts`."""
    number = 0
    for _, found in groupby(rows, key=_document):
        records = list(found)
        document = records[0][0]
        size = sum(int(str(row[4])) for row in records)
        if cutter and cutter.begins(str(document), size):
            number += 1
        facts = parts.setdefault(number, [0, 0])
        facts[0] += 1
        facts[1] += size
        for row in records:
            yield (number, *row)


def _document(row: tuple[object, ...]) -> tuple[object, ...]:
    """What a record is of: its document, or itself if it does not say."""
    return row[:1] if row[0] else (row[0], row[2], row[5])
