"""The tables of a corpus: their columns, Arrow schemas, canonical rows, content hash, and Parquet files."""

from aussage.tables.columns import Column, Table
from aussage.tables.definitions import TABLES
from aussage.tables.hashing import ContentHash, document_lines, registry_lines
from aussage.tables.schemas import Enumerations, arrow_schema

__all__ = [
    "TABLES",
    "Column",
    "ContentHash",
    "Enumerations",
    "Table",
    "arrow_schema",
    "document_lines",
    "registry_lines",
]
