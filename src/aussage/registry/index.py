"""The index of a large registry: a file in which entries are looked up, so that they need not be in memory.

The file is an SQLite database: `entries` holds every entry with its number (the order of reading), id, parent, file,
line and the line itself; `backwards` every id from its end, for what is like an id that is not there; `findings` what
was wrong; `about` how many entries there are and what was lost. Entries of a YAML file have no line: they are given.
"""

import os
import shutil
import sqlite3
import weakref
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from aussage.diagnostics import Diagnostic
from aussage.registry.entry import Entry, R
from aussage.registry.reading import Lost
from aussage.source.json_lines import good_source

VERSION = 1  # of the database and of the examination whose findings are in it
HOT = 10_000  # entries that a process keeps, the last ones used
MOST_COMPARED = 4_000  # ids that are held against one that is not there
IN_YAML = 0  # the number that stands for the YAML file
COLUMNS = "number, file, line, text"


class DamagedIndex(OSError):
    """The index of a registry cannot be read."""


class IndexedEntries(Mapping[str, Entry[R]]):
    """The entries of a registry by id, looked up in its index; iteration is in the order of ids.

    The index is opened read-only, by as many processes as there are: a pickled copy opens it again, and so does a
    process that was forked. `given` are the entries of the registry's YAML file in their order. `owned` is a folder
    that is removed with this object. A damaged index is removed, so that the next run makes it anew.

    Raises:
        DamagedIndex: the file cannot be read, or is no index.
    """

    def __init__(self, path: Path, item: type[R], given: Sequence[Entry[R]], owned: Path | None = None) -> None:
        self.path, self._item, self._given = path, item, given
        self._decoder = msgspec.json.Decoder(item)
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        if owned is not None:
            weakref.finalize(self, remove_folder, owned, os.getpid())
        about: dict[str, str] = dict(self._rows("SELECT key, value FROM about"))
        self._files = [name for (name,) in self._rows("SELECT name FROM files ORDER BY number")]
        if not self._is_complete() or about.keys() != {"count", "spoiled", "unknown"}:
            self._damaged("it is incomplete")
        self._count = int(about["count"])
        self.lost = Lost(set(about["spoiled"].split()), about["unknown"] == "yes")
        self._find = lru_cache(maxsize=HOT)(self._read)

    def __getitem__(self, id_: str) -> Entry[R]:
        entry = self._find(id_)
        if entry is None:
            raise KeyError(id_)
        return entry

    def get(self, id_: str, default: Any = None) -> Any:
        """The entry of an id, or the default."""
        entry = self._find(id_)
        return default if entry is None else entry

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self._find(id_) is not None

    def __iter__(self) -> Iterator[str]:
        for (id_,) in self._rows("SELECT id FROM entries ORDER BY id"):
            yield id_

    def __len__(self) -> int:
        return self._count

    def __reduce__(self) -> tuple[Any, ...]:
        return IndexedEntries, (self.path, self._item, self._given)

    def in_order(self) -> Iterator[Entry[R]]:
        """All entries in the order of ids, each read once and not kept."""
        for row in self._rows(f"SELECT {COLUMNS} FROM entries ORDER BY id"):
            yield self._entry(row)

    def findings(self) -> Iterator[Diagnostic]:
        """What was wrong with the registry when it was read."""
        decoder = msgspec.json.Decoder(Diagnostic)
        for (text,) in self._rows("SELECT finding FROM findings"):
            try:
                yield decoder.decode(text)
            except msgspec.DecodeError as error:
                self._damaged(error)

    def like(self, id_: str) -> list[str]:
        """Ids among which those most like `id_` are likely to be; of few entries, all ids."""
        try:
            return neighbours(self._opened(), id_, self._count)
        except sqlite3.DatabaseError as error:
            self._damaged(error)

    def close(self) -> None:
        """Close the file; it is opened again when something is looked up."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _read(self, id_: str) -> Entry[R] | None:
        try:
            row = self._opened().execute(f"SELECT {COLUMNS} FROM entries WHERE id = ?", (id_,)).fetchone()
        except sqlite3.DatabaseError as error:
            self._damaged(error)
        return None if row is None else self._entry(row)

    def _entry(self, row: Any) -> Entry[R]:
        try:
            return entry_of(row, self._decoder, self._files, self._given)
        except (msgspec.DecodeError, LookupError) as error:
            self._damaged(error)

    def _rows(self, query: str) -> Iterator[Any]:
        try:
            yield from self._opened().execute(query)
        except sqlite3.DatabaseError as error:
            self._damaged(error)

    def _opened(self) -> sqlite3.Connection:
        """The connection of this process: one that was made before a fork must not be used after it."""
        if self._connection is None or self._process != os.getpid():
            address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._process = os.getpid()
        return self._connection

    def _is_complete(self) -> bool:
        (pages,), (size,) = *self._rows("PRAGMA page_count"), *self._rows("PRAGMA page_size")
        return bool(self.path.stat().st_size == pages * size)

    def _damaged(self, why: Exception | str) -> NoReturn:
        self.close()
        self.path.unlink(missing_ok=True)
        raise DamagedIndex(f"the index of the registry {self.path.name} is damaged ({why}); run the command again")


def entry_of(
    row: tuple[int, int, int, str], decoder: msgspec.json.Decoder[R], files: Sequence[str], given: Sequence[Entry[R]]
) -> Entry[R]:
    """The entry of a row of `entries`.

    Raises:
        msgspec.DecodeError, LookupError: the row is damaged.
    """
    number, file, line, text = row
    if file == IN_YAML:
        return given[number]
    return Entry(decoder.decode(text), good_source(text, line, files[file]), ())


def neighbours(connection: sqlite3.Connection, id_: str, count: int) -> list[str]:
    """The neighbours of an id among those of `entries`, read from either end, or all if there are few.

    A slip of the pen leaves the beginning or the end of an id as it was.
    """
    if count <= MOST_COMPARED:
        return [word for (word,) in connection.execute("SELECT id FROM entries ORDER BY number")]
    found: set[str] = set()
    for table, column, wanted, step in (("entries", "id", id_, 1), ("backwards", "word", id_[::-1], -1)):
        for sign, order in ((">=", "ASC"), ("<", "DESC")):
            query = f"SELECT {column} FROM {table} WHERE {column} {sign} ? ORDER BY {column} {order} LIMIT ?"
            found.update(word[::step] for (word,) in connection.execute(query, (wanted, MOST_COMPARED // 4)))
    return sorted(found)


def remove_folder(folder: Path, process: int) -> None:
    """Remove a temporary folder, but not from a process that was forked from its owner."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
