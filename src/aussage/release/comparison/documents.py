"""Compares the tables of documents: finds the documents that differ, then judges them range by range."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from aussage.release.comparison.change import Action
from aussage.release.comparison.judging import Judge
from aussage.release.comparison.meaning import meaning_of
from aussage.release.comparison.ranges import ROWS, Dealt, Ranges
from aussage.release.comparison.rows import Paired, filled, paired, texts, whole
from aussage.release.comparison.shards import Shard, TableFile, differing
from aussage.release.comparison.tombstones import GOLD
from aussage.tables import TABLES

LOCAL = tuple(name for name, table in TABLES.items() if table.local and name != "flat")
SALTED = {"text_digest"}  # says nothing beside a digest with another salt, which every version has
Progress = Callable[[int, int], None]
Files = Mapping[str, tuple[TableFile, TableFile]]
Pairs = dict[str, Paired]


def common_columns(files: tuple[TableFile, TableFile]) -> list[str]:
    """The columns that both files have and that are compared, in the order of the first."""
    known = set(files[1].columns) - SALTED
    return [name for name in files[0].columns if name in known]


def compare_documents(files: Files, judge: Judge, has_cause: bool, progress: Progress, rows: int = ROWS) -> int:
    """Compare the tables of documents; gives the number of rows whose key another row had.

    Args:
        files: The tables that differ in their bytes, each in both corpora.
        judge: Takes what differs.
        has_cause: Whether something outside the documents changed that derived cells may follow from.
        progress: Is told after each table how many rows of how many were read.
        rows: How many rows are in memory at once.
    """
    total = sum(file.parquet.metadata.num_rows for pair in files.values() for file in pair)
    shards: dict[str, tuple[dict[str, Shard], dict[str, Shard]]] = {}
    done = 0
    for name, (old, new) in files.items():
        shards[name] = differing(old, new, common_columns((old, new)))
        done += old.parquet.metadata.num_rows + new.parquet.metadata.num_rows
        progress(done, total)
    ranges = Ranges((side for sides in shards.values() for side in sides), rows)
    repeated = 0
    with tempfile.TemporaryDirectory(prefix="aussage-") as folder:
        dealt = {
            name: [
                Dealt(file, side, ranges, Path(folder) / f"{name}-{number}")
                for number, (file, side) in enumerate(zip(files[name], shards[name], strict=True))
            ]
            for name in files
        }
        for number in range(len(ranges)):
            pairs = {
                name: paired(old.rows(number), new.rows(number), [TABLES[name].key], TABLES[name].key)
                for name, (old, new) in dealt.items()
            }
            repeated += sum(pair.repeated for pair in pairs.values())
            _judge(pairs, files, judge)
            judge.settle(has_cause)
        dealt.clear()
    return repeated


def _judge(pairs: Pairs, files: Files, judge: Judge) -> None:
    """Judge the tables of some whole documents."""
    columns = {name: common_columns(files[name]) for name in pairs}
    judge.new_texts, judge.caused = set(), set()
    judge.decided = _decided(pairs, columns)
    skip: frozenset[str] = frozenset()
    if "documents" in pairs:
        pair = pairs["documents"]
        judge.new_texts = _new_texts(pair, columns["documents"])
        came, went = (set(texts(rows, "document_id")) for rows in (pair.added, pair.removed))
        skip = frozenset(came | went)
        for rows, action in ((pair.removed, Action.REMOVED), (pair.added, Action.ADDED)):
            _whole_documents(rows, action, pairs, judge)
        nothing = pair.new.slice(0, 0)
        pairs = pairs | {"documents": replace(pair, removed=pair.old.slice(0, 0), added=nothing)}
    for name in (name for name in TABLES if name in pairs):
        judge.judge(name, pairs[name], columns[name], skip)


def _whole_documents(rows: pa.Table, action: Action, pairs: Pairs, judge: Judge) -> None:
    """One change for each document that came or went; of its rows in other tables it says only how many they are."""
    if not rows.num_rows:
        return
    counts: dict[str, Counter[str]] = {}
    for name, pair in pairs.items():
        if name != "documents":
            some = pair.added if action is Action.ADDED else pair.removed
            counts[name] = Counter(texts(some, "document_id"))
    coded = [
        name for name in rows.column_names if not meaning_of("documents", name).is_derived and name not in {"text"}
    ]
    for id_, row in zip(texts(rows, "document_id"), filled(rows, coded), strict=True):
        row["rows"] = {name: count[id_] for name, count in counts.items() if count[id_]}
        judge.ledger.add([judge.row("documents", id_, row, action)])


def _new_texts(pair: Paired, columns: list[str]) -> set[str]:
    """The documents whose text changed, or its digest where the text is not there."""
    masks = pair.differing(name for name in ("text", "sha256") if name in columns)
    return {id_ for mask in masks.values() for id_ in pair.ids.filter(pa.array(mask)).to_pylist()}


def _decided(pairs: Pairs, columns: dict[str, list[str]]) -> set[str]:
    """The ids of gold rows that a decision names which came, went or changed in what it decides."""
    pair = pairs.get("adjudications")
    if pair is None or "gold_id" not in columns["adjudications"]:
        return set()
    decides = [name for name in columns["adjudications"] if not meaning_of("adjudications", name).is_derived]
    masks = pair.differing(decides).values()
    tables = [pair.added, pair.removed]
    tables += [table.filter(pa.array(mask)) for mask in masks for table in (pair.old, pair.new)]
    found = set()
    for table in tables:
        for document, name in zip(texts(table, "document_id"), whole(table, "gold_id").to_pylist(), strict=True):
            if name:
                found.add(f"{document}/{GOLD}/{name}")
    return found
