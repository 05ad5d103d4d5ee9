"""A copy of a made-up corpus in which known rows break the shared rules, to see whether all tools find the same."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

CHANGES: dict[str, dict[str, dict[int, object]]] = {
    "documents": {"language": {3: None}, "rights_status": {7: "given away"}},
    "sentences": {
        "sentence_id": {11: "b0000-0000/x1"},
        "char_end": {20: 0},
        "text": {5: None},
        "main_location_id": {30: "nowhere"},
        "stance": {44: 7},
    },
    "claims": {
        "claim_id": {50: "b0000-0000/gold/s99"},
        "sentence_id": {60: "b0000-0009/s03", 61: "b0000-0000/s99"},
        "form": {70: "none", 71: "sung"},
        "modality": {80: None},
        "target_id": {90: "nobody"},
        "stance": {90: 1, 91: None},
    },
    "mentions": {"actor_id": {4: "nobody"}, "char_start": {9: -1}, "document_id": {12: None}},
    "relations": {"source_claim_id": {2: "b0000-0008/gold/s02.c1"}, "relation": {5: "rhymes with"}},
    "actors": {"actor_type": {3: None}, "parent_id": {6: "nobody"}},
    "flat": {"claim_id": {8: "b0000-0000/gold/s01.c9"}, "agreement": {10: 5}},
}
REPEATED = {"mentions": (15, 2), "claims": (33, 1)}
"""Row and how often it stands once more."""


def make_corrupted(clean: Path, folder: Path) -> None:
    """Copy a corpus and spoil rows by their number; the manifest stays as it was."""
    shutil.copytree(clean, folder)
    for name in CHANGES:
        path = folder / f"{name}.parquet"
        table = pq.read_table(path)
        for column, changes in CHANGES[name].items():
            table = _changed(table, column, changes)
        row, times = REPEATED.get(name, (0, 0))
        table = pa.concat_tables([table, *[table.slice(row, 1)] * times])
        pq.write_table(table, path)


def _changed(table: pa.Table, column: str, changes: dict[int, object]) -> pa.Table:
    """Other values in some rows; the column may hold nothing from now on."""
    position = table.schema.get_field_index(column)
    field = table.schema.field(position)
    values = table[column]
    plain = values.cast(pa.string()) if pa.types.is_dictionary(field.type) else values
    cells = plain.to_pylist()
    for row, value in changes.items():
        cells[row] = value
    spoiled = pa.array(cells, plain.type)
    if pa.types.is_dictionary(field.type):
        spoiled = pc.dictionary_encode(spoiled).cast(field.type)
    return table.set_column(position, field.with_nullable(True), spoiled)


if __name__ == "__main__":
    make_corrupted(Path(sys.argv[1]), Path(sys.argv[2]))
