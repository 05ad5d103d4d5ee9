"""The content hash, computed anew from the rows that were read, shard by shard."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import pyarrow as pa

from aussage.tables import TABLES, ContentHash, shard_hash

BATCH = 10_000


def content_hash(tables: Mapping[str, pa.Table]) -> str:
    """The content hash of a corpus; every table of documents has one shard for each document, be it empty.

    Rows of one document that do not stand together make several shards, so that the hash differs.
    """
    whole = ContentHash()
    documents = tables["documents"]["document_id"].to_pylist()
    for name, table in tables.items():
        if not TABLES[name].local:
            whole.add(name, "", shard_hash(_rows(table)))
            continue
        left = set(documents)
        for document, rows in groupby(_rows(table), key=lambda row: row["document_id"]):
            whole.add(name, document, shard_hash(rows))
            left.discard(document)
        for document in left:
            whole.add(name, document, shard_hash([]))
    return whole.hexdigest()


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=BATCH):
        yield from batch.to_pylist()
