"""The shapes of the source records: annotation, document, registry, codebook, project; and reading them."""

from aussage.records.reading import Read, read_line, read_record
from aussage.records.schemas import json_schema, schema_of

__all__ = ["Read", "json_schema", "read_line", "read_record", "schema_of"]
