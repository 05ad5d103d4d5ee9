"""The tables of a corpus: their columns, Arrow schemas, canonical rows, content hash, and Parquet files."""

from aussage.tables.columns import Column, Table
from aussage.tables.definitions import TABLES
from aussage.tables.hashing import ContentHash, canonical_row, shard_hash
from aussage.tables.schemas import Enumerations, arrow_schema

__all__ = [
    "TABLES",
    "Column",
    "ContentHash",
    "Enumerations",
    "Table",
    "arrow_schema",
    "canonical_row",
    "shard_hash",
]
