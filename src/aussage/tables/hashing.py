"""The content hash: the identity of a corpus, whatever wrote its files.

Canonical row: the row as a JSON object with all its columns, keys sorted by code point, no white space, UTF-8,
non-ASCII characters as themselves, empty values as null, numbers in the shortest form that reads back the same.
Shard hash: SHA-256 over the canonical rows of one table that belong to one document, in the table's order, each
followed by a line feed. Registry tables (whose rows belong to no document) are one shard with an empty document id.
Content hash: SHA-256 over the lines `table TAB document TAB shard hash LF`, sorted. It is computed shard by shard,
and does not depend on the serialiser, row groups, compression or library versions.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")


def canonical_row(row: Mapping[str, Any]) -> bytes:
    """The canonical form of a row: JSON with sorted keys and no white space."""
    return _encoder.encode(row)


def shard_hash(rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 (hexadecimal) over the canonical rows of one table and document."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(canonical_row(row))
        digest.update(b"\n")
    return digest.hexdigest()


class ContentHash:
    """Collects shard hashes in any order and gives the content hash."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, table: str, document_id: str, shard: str) -> None:
        """Add the hash of one table's rows of one document."""
        self._lines.append(f"{table}\t{document_id}\t{shard}\n")

    def hexdigest(self) -> str:
        """The content hash of all shards added so far."""
        digest = hashlib.sha256()
        for line in sorted(self._lines):
            digest.update(line.encode())
        return digest.hexdigest()
