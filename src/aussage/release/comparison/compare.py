"""Compares two corpora: what they say of themselves, schema, codebook, registries, then the documents."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from aussage.corpus.errors import CorpusError
from aussage.release.comparison.change import Action, Area, Change
from aussage.release.comparison.codebook import codebook_changes
from aussage.release.comparison.comparison import Comparison
from aussage.release.comparison.documents import LOCAL, Progress, common_columns, compare_documents
from aussage.release.comparison.facts import Side, examine_editions, fact_changes, read_side, warnings
from aussage.release.comparison.judging import Judge
from aussage.release.comparison.ledger import Ledger
from aussage.release.comparison.ranges import ROWS, decoded
from aussage.release.comparison.rows import paired
from aussage.release.comparison.schema import schema_changes
from aussage.release.comparison.shards import TableFile
from aussage.release.comparison.tombstones import Tombstones
from aussage.release.versions import Step
from aussage.tables import TABLES
from aussage.tables.table_files import open_table

REGISTRIES = tuple(name for name, table in TABLES.items() if not table.local)
Opened = dict[str, tuple[TableFile, TableFile]]


def nobody(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def compare(old: Path, new: Path, *, progress: Progress = nobody, rows: int = ROWS) -> Comparison:
    """What changed from the corpus in one folder to the corpus in another.

    Rows are known by their key; nothing depends on the order of documents, rows, columns or row groups. The table
    `flat` repeats the others: only its columns are compared. Memory holds about 250 bytes for each document of the
    row groups that differ, one range of differing documents (`rows` rows of each corpus), and the registries.

    Raises:
        CorpusError: one is no corpus, is damaged, or they are different editions.
    """
    with ThreadPoolExecutor(2) as pool:
        sides = list(pool.map(read_side, (old, new)))
    before, after = sides
    examine_editions(before, after)
    ledger = Ledger()
    with _damage_told():
        files = _open(before, after)
        noted = list(warnings(before, after))
        repeated = _compare(before, after, files, ledger, progress, rows)
        total = sum(file.parquet.metadata.num_rows for pair in files.values() for file in pair)
    if repeated:
        noted.append(f"{repeated:,} rows have the key of another row; they are compared in their order")
    if not ledger.counts and not ledger.derived:
        noted += _otherwise(before, after, ledger)
    return Comparison(before, after, ledger, tuple(noted), total)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Faults of reading as an error that says what to do."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CorpusError(
            f"a table cannot be read: {said}; run `aussage check` on both corpora to see which"
        ) from error


def _open(old: Side, new: Side) -> Opened:
    """The files of the tables that both corpora have."""
    return {
        name: (_table_file(name, path), _table_file(name, new.tables[name]))
        for name, path in old.tables.items()
        if name in new.tables
    }


def _table_file(name: str, path: Path) -> TableFile:
    try:
        return TableFile.open(path, "document_id" if TABLES[name].local else TABLES[name].key)
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"{path} is no table that can be read: {str(error).splitlines()[0]}") from None


def _compare(old: Side, new: Side, files: Opened, ledger: Ledger, progress: Progress, rows: int) -> int:
    """Write all changes down; gives the number of rows whose key another row had."""
    ledger.add(fact_changes(old, new))
    schemas = [{name: _schema(path) for name, path in side.tables.items()} for side in (old, new)]
    ledger.add(schema_changes(*schemas))
    _examine_keys(files)
    differ = {
        name: pair for name, pair in files.items() if old.digests[f"{name}.parquet"] != new.digests[f"{name}.parquet"]
    }
    buried = [_withdrawn(side) for side in (old, new)]
    judge = Judge(ledger, Tombstones(buried[0]), Tombstones(buried[1]))
    repeated = 0
    for name in REGISTRIES:
        if name in differ:
            repeated += _registry(name, differ[name], judge)
    told = frozenset(change.id for change in ledger.changes() if change.table == "issues" and change.id)
    ledger.add(codebook_changes(old.codebook, new.codebook, told))
    causes = {Area.REGISTRY, Area.CODEBOOK, Area.SCHEMA}
    has_cause = any(area in causes for _, area, _ in ledger.counts)
    local = {name: differ[name] for name in LOCAL if name in differ}
    return repeated + compare_documents(local, judge, has_cause, progress, rows)


def _schema(path: Path) -> pa.Schema:
    with open_table(path) as file:
        return file.schema_arrow


def _examine_keys(files: Opened) -> None:
    """Refuse tables whose rows cannot be told apart."""
    for name, pair in files.items():
        for file in pair:
            lacking = {TABLES[name].key, file.document, *_key(name)} - set(file.columns)
            if lacking and name != "flat":
                raise CorpusError(
                    f"{file.path} has no column {', '.join(sorted(lacking))}, by which its rows are known; "
                    "run `aussage check` on the corpus"
                )


def _key(name: str) -> list[str]:
    """The columns that identify a row; an id may be withdrawn from two tables."""
    return ["table", TABLES[name].key] if name == "withdrawn" else [TABLES[name].key]


def _registry(name: str, files: tuple[TableFile, TableFile], judge: Judge) -> int:
    old, new = (decoded(file.parquet.read()).combine_chunks() for file in files)
    pair = paired(old, new, _key(name), TABLES[name].key)
    judge.judge(name, pair, common_columns(files))
    return pair.repeated


def _withdrawn(side: Side) -> pa.Table | None:
    return open_table(side.tables["withdrawn"]).read() if "withdrawn" in side.tables else None


def _versions(side: Side) -> tuple[str, str]:
    return side.version, side.codebook_version


def _otherwise(old: Side, new: Side, ledger: Ledger) -> Iterator[str]:
    """What two corpora without a change in any cell may still differ in: the order of rows, the form of files."""
    if old.content_hash != new.content_hash:
        about = (old.content_hash, new.content_hash)
        ledger.add([Change(Area.TOOL, Step.PATCH, Action.CHANGED, "manifest", "content_hash", "", *about)])
        yield "no cell differs, but the content hashes do: rows stand in another order, or a manifest is wrong"
    elif old.is_parted != new.is_parted:
        yield "no cell differs; the tables of one corpus are in parts, those of the other in single files"
    elif old.digests != new.digests and _versions(old) == _versions(new):  # versions stand in the files
        names = ", ".join(name for name, digest in old.digests.items() if new.digests.get(name) != digest)
        yield f"no cell differs, but the bytes of these files do: {names}"
