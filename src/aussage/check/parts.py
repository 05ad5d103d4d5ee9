"""A corpus as parts: some whole documents at a time with all their rows, so that memory stays flat.

Row groups that hold the same documents in every table are taken as they are. Where they do not line up, rows wait
until their documents come; where the documents of a table are in another order, the corpus is one part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.reading import MOST_BYTES, UNREADABLE, TableReader, TooLarge
from aussage.tables import TABLES

LOCAL = tuple(name for name, table in TABLES.items() if table.local)
Part = dict[str, pa.Table]
MOST_OF_A_PART = 2 * MOST_BYTES  # of one table
WHOLE = 4 * MOST_BYTES  # of all tables, where they have to be read at once


class Disordered(Exception):
    """The rows of a table do not follow the order of the documents."""


class Damaged(Exception):
    """A table cannot be read to its end: `Damaged(name, error)`."""


def read_parts(readers: Mapping[str, TableReader]) -> Iterator[Part]:
    """The tables of documents, part by part, in the order of the documents; at least one part.

    Where the table of documents cannot be read there is no order to go by: all other rows are one part.

    Raises:
        Disordered: some rows do not stand where their documents do; read with `read_whole`.
        Damaged: a table cannot be read to its end.
    """
    feeds = {name: _Feed(name, readers[name]) for name in LOCAL if name in readers}
    documents = feeds.pop("documents", None)
    if documents is None:
        yield read_whole(readers)
        return
    while True:
        articles = documents.next()
        if articles is None:
            articles = documents.reader.schema.empty_table()
        ids = articles["document_id"].combine_chunks()
        part = {"documents": articles} | {name: feed.take(ids, documents.file) for name, feed in feeds.items()}
        if not documents.is_at_end:
            yield part
            continue
        if any(feed.is_left() for feed in feeds.values()):
            raise Disordered
        yield part
        return


def read_whole(readers: Mapping[str, TableReader]) -> Part:
    """All tables of documents at once.

    Raises:
        Damaged: a table cannot be read, or together they are more than is read at once.
    """
    size = 0
    part = {}
    for name in LOCAL:
        if name in readers:
            try:
                part[name] = readers[name].read_all()
            except UNREADABLE as error:
                raise Damaged(name, error) from error
            size += part[name].nbytes
            if size > WHOLE:
                message = (
                    "its rows are not in the order of the documents, and the corpus is too large to be read at once"
                )
                raise Damaged(name, ValueError(message))
    return part


class _Feed:
    """Gives the rows of one table as they are asked for; `file` is the part file from which the last ones came."""

    def __init__(self, name: str, reader: TableReader) -> None:
        self.name, self.reader = name, reader
        self._file = reader.open()
        self._group = 0
        self._waiting: pa.Table | None = None
        self.file = ""

    @property
    def is_at_end(self) -> bool:
        """Whether all row groups were read."""
        return self._group >= self.reader.row_groups

    def next(self) -> pa.Table | None:
        """The next row group that has rows; nothing at the end."""
        while not self.is_at_end:
            try:
                table = self.reader.read(self._file, self._group)
            except UNREADABLE as error:
                raise Damaged(self.name, error) from error
            self.file = self.reader.part_file(self._group)
            self._group += 1
            if table.num_rows or self.is_at_end:
                return table
        return None

    def take(self, ids: pa.Array, file: str) -> pa.Table:
        """The rows of these documents, which must be the next ones, and stand in the part file of the documents."""
        taken = [self._waiting] if self._waiting is not None else []
        self._waiting = None
        while True:
            if taken and taken[-1].num_rows:
                inside = pc.is_in(taken[-1]["document_id"], ids)
                first_outside = pc.index(inside, False).as_py()
                if first_outside and self.file != file:
                    raise Damaged(self.name, ValueError(f"{self.file} has rows of documents that are in {file}"))
                if first_outside >= 0:
                    last = taken.pop()
                    self._waiting = last.slice(first_outside)
                    if pc.any(inside.slice(first_outside)).as_py():
                        raise Disordered
                    taken += [last.slice(0, first_outside)] if first_outside else []  # an empty chunk would cost a copy
                    break
            group = self.next()
            if group is None:
                break
            taken.append(group)
            if sum(table.nbytes for table in taken) > MOST_OF_A_PART:
                raise Damaged(self.name, TooLarge(f"the rows of few documents take over {MOST_OF_A_PART >> 20} MB"))
        rows = pa.concat_tables(taken) if taken else self.reader.schema.empty_table()
        return _in_order(rows, ids)

    def is_left(self) -> bool:
        """Whether there are rows whose document never came."""
        rest = self._waiting if self._waiting is not None else self.next()
        return rest is not None and rest.num_rows > 0


def _in_order(rows: pa.Table, ids: pa.Array) -> pa.Table:
    """The rows, if they stand in the order of the documents."""
    if rows.num_rows:
        place = pc.index_in(rows["document_id"].combine_chunks(), ids)
        if pc.any(pc.less(place.slice(1), place.slice(0, len(place) - 1))).as_py():
            raise Disordered
    return rows
