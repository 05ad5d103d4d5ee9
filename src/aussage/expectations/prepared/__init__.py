"""Columns that are prepared for Great Expectations, which cannot look into lists or follow a reference.

They are made row by row in plain Python, apart from the tests of the check, which work on whole tables.
"""

from aussage.expectations.prepared import (
    of_definitions,
    of_derived,
    of_flat,
    of_notes,
    of_registries,
    of_scheme,
    of_texts,
)
from aussage.expectations.prepared.columns import Prepared
from aussage.expectations.prepared.rows import Row, Rows

TOPICS = (of_definitions, of_texts, of_scheme, of_derived, of_flat, of_registries, of_notes)
PREPARED: dict[tuple[str, str], Prepared] = {
    place: column for topic in TOPICS for place, column in topic.columns.by_name.items()
}

__all__ = ["PREPARED", "Prepared", "Row", "Rows"]
