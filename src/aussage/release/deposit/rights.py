"""Whether the texts in a bundle may be published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

SHOWN = 10
CLEARED = "cleared"


def rights_problems(documents: Path, today: date) -> Iterator[str]:
    """Why a full edition may not be deposited: documents whose rights are not cleared, or under embargo.

    `documents` is the table of documents; read are `document_id`, `rights_status` and `rights_embargo` (a day until
    which the text must not be published).
    """
    from aussage.tables.table_files import open_table

    with open_table(documents) as file:
        wanted = ["document_id", "rights_status", "rights_embargo"]
        missing = [name for name in wanted if name not in file.schema_arrow.names]
        if missing:
            yield f"its table of documents has no column {', '.join(missing)}: whether the texts are cleared is unknown"
            return
        uncleared, waiting, last = 0, 0, ""
        first: list[str] = []
        for batch in file.iter_batches(columns=wanted):
            for row in batch.to_pylist():
                embargo = str(row["rights_embargo"] or "")
                if row["rights_status"] != CLEARED:
                    uncleared += 1
                    first += [f"{row['document_id']} ({row['rights_status']})"][: SHOWN - len(first)]
                elif embargo > today.isoformat():
                    waiting, last = waiting + 1, max(last, embargo)
    if uncleared:
        more = f" and {uncleared - len(first):,} more" if uncleared > len(first) else ""
        yield (
            f"it is of the full edition, and the rights in {uncleared:,} documents are not cleared: "
            f"{', '.join(first)}{more}; deposit the text-free edition, or clear them in their seeds"
        )
    if waiting:
        yield (
            f"it is of the full edition, and {waiting:,} documents are under embargo, the last until {last}; "
            "deposit the text-free edition, or wait"
        )


def text_problems(corpus: Path) -> Iterator[str]:
    """Why an edition that says it is free of text is not: columns that hold words of the articles."""
    from aussage.tables import TABLES
    from aussage.tables.table_files import open_table

    for name, table in TABLES.items():
        with open_table(corpus / f"{name}.parquet") as file:
            there = set(file.schema_arrow.names)
        quoting = [column.name for column in table.columns if column.quotes and column.kind == "text"]
        found = [column for column in quoting if column in there]
        if found:
            yield f"it says that it is free of text, but its table {name} has the columns {', '.join(found)}"
