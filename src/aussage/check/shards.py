"""The parts of a corpus looked at by workers of a Dask cluster; what each gives is small, and summed up in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from aussage.check.engine import REGISTRIES, Engine, Seen
from aussage.check.opening import Opened
from aussage.check.parts import LOCAL, Damaged, Disordered, Part, read_parts
from aussage.check.reading import UNREADABLE, TableReader, TooLarge
from aussage.check.report import KeptIds, Tally
from aussage.check.rules import RULES
from aussage.cluster.fitness import fitness_of
from aussage.cluster.opening import client_of
from aussage.cluster.spreading import Work, spread
from aussage.codebook import Codebook
from aussage.records.codebook import CodebookFile
from aussage.records.sources import Level
from aussage.tables.writer import MANIFEST

Shard = Mapping[str, Sequence[str]]
"""The part files of each table; a table may have none."""


class NotByShards(Exception):
    """Something is wrong with a corpus that is only told rightly when it is read as one."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where shards are looked at: the cluster of a scheduler, or so many workers on this machine."""

    scheduler: str | None = None
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What all shards need: the corpus, what of it can be read, levels, and whether all failing ids are wanted."""

    folder: Path
    codebook: bytes
    files: Mapping[str, Sequence[str]]
    levels: Mapping[str, Level]
    with_ids: bool


class _NoRows(TableReader):
    """The columns of a table of which a shard has no rows."""

    @property
    def row_groups(self) -> int:
        """None, whatever the file has."""
        return 0


@dataclass(frozen=True, slots=True)
class _Opened:
    order: Order
    codebook: Codebook
    registries: Part


def shards_of(opened: Opened) -> list[Shard]:
    """The parts of a corpus as shards, in their order; none if it is not stored in parts or has no documents."""
    manifest = opened.manifest
    if manifest is None or not manifest.parts or "documents" not in opened.readers:
        return []
    shards: list[dict[str, list[str]]] = [{} for _ in manifest.parts]
    for name in LOCAL:
        for part in manifest.tables[name].parts if name in opened.readers else ():
            shards[part.part].setdefault(name, []).append(part.file)
    return [shard for shard in shards if shard.get("documents")]


def look_at_shards(opened: Opened, tally: Tally, shards: Sequence[Shard], cluster: Cluster) -> Iterator[Seen]:
    """What each shard gave, in their order.

    Raises:
        ClusterUnusable, WorkersLost: what `client_of` and `spread` raise.
        Damaged: a table cannot be read to its end.
        NotByShards: the corpus must be read as one, to say what is wrong with it.
    """
    if opened.codebook is None:
        return
    files = {name: tuple(reader.files or ()) for name, reader in opened.readers.items()}
    folder, record = opened.folder.absolute(), msgspec.json.encode(opened.codebook.record)
    order = Order(folder, record, files, tally.levels, with_ids=tally.file is not None)
    work = Work(_open, _look, order, fitness_of([folder / MANIFEST]))
    waiting: dict[int, Seen] = {}
    due = 0
    with client_of(cluster.scheduler, min(cluster.workers, len(shards))) as client:
        for (number, _), seen in spread(client, work, list(enumerate(shards))):
            if not isinstance(seen, Seen):
                raise NotByShards if seen is None else seen
            waiting[number] = seen
            while due in waiting:
                yield waiting.pop(due)
                due += 1


def _open(order: Order) -> _Opened:
    registries = {}
    for name in REGISTRIES:
        if name in order.files:
            registries[name] = _reader(order, name, order.files[name]).read_all()
    return _Opened(order, Codebook(msgspec.json.decode(order.codebook, type=CodebookFile)), registries)


def _look(opened: _Opened, numbered: tuple[int, Shard]) -> Seen | Damaged | None:
    """What a shard gave; nothing if it must be read with the others."""
    order, (_, shard) = opened.order, numbered
    tally = Tally(RULES, order.levels, KeptIds() if order.with_ids else None)
    engine = Engine(opened.codebook, opened.registries, set(order.files), tally)
    try:
        readers = {name: _reader(order, name, shard.get(name, ())) for name in LOCAL if name in order.files}
        return engine.see(read_parts(readers))
    except Disordered:
        return None
    except Damaged as damaged:
        return None if isinstance(damaged.args[1], TooLarge) else damaged  # of which the row group is told
    except UNREADABLE:
        return None


def _reader(order: Order, name: str, files: Sequence[str]) -> TableReader:
    path = order.folder / f"{name}.parquet"
    if name in LOCAL and not files:
        return _NoRows(path, order.files[name][:1])
    return TableReader(path, files or None)
