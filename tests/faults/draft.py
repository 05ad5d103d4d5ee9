"""A corpus as rows that can be changed, read from a folder and written so that its manifest fits it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq

from aussage.codebook import Codebook
from aussage.records.codebook import CodebookFile
from aussage.tables import TABLES
from aussage.tables.writer import MANIFEST, CorpusWriter
from faults.fault import Fault, Row

CODEBOOK = "codebook.json"
NOT_ABOUT = {"format", "format_version", "content_hash", "tables", "files"}
LOCAL = tuple(name for name, table in TABLES.items() if table.local)
SHARE, FEW = 3, 6


class DoesNotApply(Exception):
    """The corpus does not have what a fault needs."""


@dataclass(slots=True)
class Draft:
    """The rows of a corpus by table, the file of its codebook, and what the manifest says about it.

    A row is given to one fault only, so that several faults can be put into one draft; faults of single cells
    share a row when their columns differ. `nullable` are the required columns that may hold nothing now.
    """

    tables: dict[str, list[Row]]
    codebook_file: bytes
    about: dict[str, Any]
    nullable: set[tuple[str, str]] = field(default_factory=set)
    fault: Fault | None = None
    taken: dict[int, set[str]] = field(default_factory=dict)

    def key(self, table: str, row: Row) -> str:
        """The key of a row, as a finding gives it."""
        return str(row[TABLES[table].key])

    def free(self, table: str, where: Callable[[Row], Any] = lambda row: True) -> Iterator[Row]:
        """The rows of a table that no fault has, and that meet a condition, in their order."""
        for row in self.tables[table]:
            if self._is_free(row) and where(row):
                yield row

    def take(self, row: Row) -> Row:
        """Give a row to the fault that is being done."""
        column = self.fault.column if self.fault and self.fault.is_cell else ""
        self.taken.setdefault(id(row), set()).add(column)
        return row

    def first(self, table: str, where: Callable[[Row], Any] = lambda row: True) -> Row:
        """The first row of a table that is free and meets a condition."""
        found = next(self.free(table, where), None)
        if found is None:
            raise DoesNotApply(table)
        return self.take(found)

    def every(self, table: str, where: Callable[[Row], Any] = lambda row: True) -> list[Row]:
        """Every third of the rows that meet a condition; all of them if they are few."""
        found = list(self.free(table, where))
        if len(found) < 2:
            raise DoesNotApply(table)
        chosen = found[::SHARE] if len(found) >= FEW else found
        return [self.take(row) for row in chosen]

    def add(self, table: str, row: Row, place: int | None = None) -> Row:
        """Put a new row at the end of a table, or at a place."""
        rows = self.tables[table]
        rows.insert(len(rows) if place is None else place, row)
        return self.take(row)

    def remove(self, table: str, row: Row) -> None:
        """Take a row out of its table."""
        self.tables[table] = [other for other in self.tables[table] if other is not row]

    def place(self, table: str, row: Row) -> int:
        """The number of a row in its table."""
        return next(number for number, other in enumerate(self.tables[table]) if other is row)

    def article(self, row: Row) -> str:
        """The text of the document of a row."""
        texts = {document["document_id"]: document["text"] for document in self.tables["documents"]}
        return str(texts.get(row["document_id"], ""))

    def values(self, variable: str) -> list[dict[str, Any]]:
        """The values of a variable of the codebook, with all that it says of them."""
        variables = json.loads(self.codebook_file)["variables"]
        return next(list(one["values"]) for one in variables if one["name"] == variable)

    def _is_free(self, row: Row) -> bool:
        by = self.taken.get(id(row), set())
        if self.fault and self.fault.is_cell:
            return not by & {"", self.fault.column}
        return not by


class LaxWriter(CorpusWriter):
    """Writes what a real writer refuses: categories that the codebook lacks, and nothing in required columns."""

    def let(self, draft: Draft) -> None:
        """Take every value of the draft for a category; what the files say of their columns stays."""
        known = dict(self.enumerations)
        for name, table in TABLES.items():
            for column in table.columns:
                if column.kind == "category":
                    given = {row[column.name] for row in draft.tables[name]} - {None, *column.more}
                    values = known.get(column.variable, ())
                    known[column.variable] = (*values, *sorted(given - set(values)))
        self.enumerations = known
        for name, column_name in sorted(draft.nullable):
            schema = self._schemas[name]
            at = schema.get_field_index(column_name)
            self._schemas[name] = schema.set(at, schema.field(at).with_nullable(True))


def read_draft(folder: Path) -> Draft:
    """The corpus in a folder as a draft."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Draft(
        tables={name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in TABLES},
        codebook_file=(folder / CODEBOOK).read_bytes(),
        about={key: value for key, value in manifest.items() if key not in NOT_ABOUT},
    )


def write_draft(draft: Draft, folder: Path) -> Path:
    """Write a draft as a corpus whose manifest, digests and content hash fit it; gives the folder."""
    folder.mkdir(parents=True)
    record = msgspec.json.decode(draft.codebook_file, type=CodebookFile)
    writer = LaxWriter(folder, Codebook(record).enumerations, draft.about)
    writer.let(draft)
    writer.add("", {name: draft.tables[name] for name, table in TABLES.items() if not table.local})
    for document_id, shards in _in_order(draft):
        writer.add(document_id, shards)
    writer.finish({CODEBOOK: draft.codebook_file})
    return folder


def _in_order(draft: Draft) -> Iterator[tuple[str, dict[str, list[Row]]]]:
    """Document by document all rows of the local tables, in their order even where it is wrong.

    A row that stands too late, or belongs to no document, goes with the document behind which it stands.
    """
    left = {name: list(reversed(draft.tables[name])) for name in LOCAL}
    documents = list(dict.fromkeys(row["document_id"] for row in draft.tables["documents"]))
    later = set(documents)
    for document_id in documents:
        later.discard(document_id)
        yield document_id, {name: _until(rows, later) for name, rows in left.items()}
    if any(left.values()):
        lost = next(rows[-1]["document_id"] for rows in left.values() if rows)
        yield lost, {name: _until(rows, set()) for name, rows in left.items()}


def _until(rows: list[Row], later: set[str]) -> list[Row]:
    """Take rows from the end of a list until one belongs to a document that comes later."""
    taken = []
    while rows and rows[-1]["document_id"] not in later:
        taken.append(rows.pop())
    return taken
