"""Making the index of a large registry: entries are read once, one after another, examined, and written to a file."""

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from aussage.diagnostics import Diagnostics, nearest
from aussage.records.fields import Record
from aussage.registry.entry import Entry
from aussage.registry.examining import circles, examine_entry, report_circle, report_duplicate, report_unknown_parent
from aussage.registry.index import COLUMNS, IN_YAML, entry_of, neighbours
from aussage.registry.reading import EntriesOfFile, Listed, Lost, Schema
from aussage.source import Project

PAGES = -32_000  # kilobytes of the file that are kept in memory while it is made
MOST_SUGGESTIONS = 1_000  # parents that are not there for which others are suggested
TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE files (number INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE findings (number INTEGER PRIMARY KEY, finding TEXT);
CREATE TABLE entries (number INTEGER PRIMARY KEY, id TEXT, parent TEXT, file INTEGER, line INTEGER, text TEXT);
CREATE TABLE backwards (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""
ADD = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)"
REPEATED = "SELECT id FROM entries GROUP BY id HAVING count(*) > 1 ORDER BY id"
ORPHANS = """
SELECT child.number, child.parent FROM entries AS child LEFT JOIN entries AS parent ON parent.id = child.parent
WHERE child.parent IS NOT NULL AND parent.id IS NULL ORDER BY child.number
"""
PARENTS = "SELECT child.number, parent.number FROM entries AS child JOIN entries AS parent ON parent.id = child.parent"


@dataclass(frozen=True, slots=True)
class Given:
    """What an index is made from: the files of one registry, and the entries that its YAML file has."""

    table: str
    project: Project
    item: type[Record]
    schema: Schema
    listed: Listed[Any]
    files: Sequence[Path]


class IndexMaker:
    """Makes one index. `hashes` are then the SHA-256 of the files as they were read."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.hashes: list[str] = []
        self._listed, self._lost = given.listed.entries, Lost()
        self._lost.add(given.listed.lost)
        self._files = ["", *(given.project.name(path) for path in given.files)]
        self._decoder = msgspec.json.Decoder(given.item)
        self._found = Diagnostics()
        self._of_entries: dict[int, Diagnostics] = {}
        self._number = len(self._listed)

    def write(self, path: Path) -> None:
        """Write the index to a new file.

        Raises:
            OSError: the file cannot be written.
        """
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                settings = f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size={PAGES};"
                connection.executescript(f"{settings} BEGIN; {TABLES}")
                self._write_entries(connection)
                connection.execute("CREATE INDEX by_id ON entries (id, number)")
                self._take_duplicates_out(connection)
                (count,) = connection.execute("SELECT count(*) FROM entries").fetchone()
                self._write_words(connection)
                self._examine_orphans(connection, count)
                self._examine_circles(connection)
                self._write_about(connection, count)
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise OSError(f"cannot write the index of a registry: {error}") from error

    def _write_entries(self, connection: sqlite3.Connection) -> None:
        listed = ((n, entry.record.id, entry.record.parent, IN_YAML) for n, entry in enumerate(self._listed))
        connection.executemany("INSERT INTO entries (number, id, parent, file) VALUES (?, ?, ?, ?)", listed)
        connection.executemany("INSERT INTO files VALUES (?, ?)", enumerate(self._files))
        for number, entry in enumerate(self._listed):
            examine_entry(entry, self._of_entries.setdefault(number, Diagnostics()))
        for number, path in enumerate(self.given.files, start=1):
            entries: EntriesOfFile[Any] = EntriesOfFile(self.given.project, path, self.given.item, self.given.schema)
            findings: dict[int, Diagnostics] = {}
            connection.executemany(ADD, self._rows(number, entries, findings))
            self._found.extend(entries.findings)
            self._lost.add(entries.lost)
            self.hashes.append(entries.sha256)
            if entries.whole:
                self._of_entries |= findings
            else:
                connection.execute("DELETE FROM entries WHERE file = ?", (number,))

    def _rows(self, file: int, entries: EntriesOfFile[Any], findings: dict[int, Diagnostics]) -> Iterator[Any]:
        """The rows of a file; what is wrong with an entry on its own is kept under its number."""
        found = Diagnostics()
        for number, entry in enumerate(entries, start=self._number):
            record, source = entry.record, entry.source
            examine_entry(entry, found)
            if len(found):
                findings[number], found = found, Diagnostics()
            self._number = number + 1
            yield number, record.id, record.parent, file, source.first_line, source.lines[0]

    def _take_duplicates_out(self, connection: sqlite3.Connection) -> None:
        for (id_,) in connection.execute(REPEATED).fetchall():
            numbers = connection.execute("SELECT number FROM entries WHERE id = ? ORDER BY number", (id_,)).fetchall()
            first, *others = (self._entry(connection, number) for (number,) in numbers)
            for (number,), entry in zip(numbers[1:], others, strict=True):
                report_duplicate(entry, first, self._found)
                connection.execute("DELETE FROM entries WHERE number = ?", (number,))
                self._of_entries.pop(number, None)

    def _write_words(self, connection: sqlite3.Connection) -> None:
        connection.create_function("backwards", 1, lambda word: word[::-1], deterministic=True)
        connection.execute("INSERT INTO backwards SELECT backwards(id) AS word FROM entries ORDER BY word")

    def _examine_orphans(self, connection: sqlite3.Connection, count: int) -> None:
        """Report parents that are not there; when very many are missing, the later ones without what is like them."""
        suggested: dict[str, list[str]] = {}
        for number, parent in connection.execute(ORPHANS) if not self._lost.unknown else ():
            if parent not in self._lost.ids:
                if parent not in suggested and len(suggested) < MOST_SUGGESTIONS:
                    suggested[parent] = nearest(parent, neighbours(connection, parent, count))
                entry = self._entry(connection, number)
                report_unknown_parent(entry, suggested.get(parent, []), self._found)

    def _examine_circles(self, connection: sqlite3.Connection) -> None:
        parents = array("q", [-1]) * self._number
        for child, parent in connection.execute(PARENTS):
            parents[child] = parent
        for circle in circles(parents):
            entries = (self._entry(connection, number) for number in circle)
            first = next(entries)
            report_circle(first, [first.record.id, *(entry.record.id for entry in entries)], self._found)

    def _write_about(self, connection: sqlite3.Connection, count: int) -> None:
        for found in self._of_entries.values():
            self._found.extend(found)
        rows = ((number, msgspec.json.encode(found).decode()) for number, found in enumerate(self._found))
        connection.executemany("INSERT INTO findings VALUES (?, ?)", rows)
        spoiled, unknown = " ".join(sorted(self._lost.ids)), "yes" if self._lost.unknown else "no"
        about = [("count", str(count)), ("spoiled", spoiled), ("unknown", unknown)]
        connection.executemany("INSERT INTO about VALUES (?, ?)", about)

    def _entry(self, connection: sqlite3.Connection, number: int) -> Entry[Any]:
        row = connection.execute(f"SELECT {COLUMNS} FROM entries WHERE number = ?", (number,)).fetchone()
        return entry_of(row, self._decoder, self._files, self._listed)
