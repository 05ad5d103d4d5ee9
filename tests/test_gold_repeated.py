"""Rows that hold in gold as well: they are kept once, and stand twice in the table."""

import pytest

from aussage.tables import TABLES, arrow_schema
from aussage.tables.schemas import Columns, WithGold

TABLE = TABLES["mentions"]


def mention(coder: str, number: int) -> dict[str, object]:
    """A row of `mentions` of one coder."""
    return {column.name: None for column in TABLE.columns} | {
        "mention_id": f"d1/{coder}/s01.a{number}",
        "document_id": "d1",
        "sentence_id": "d1/s01",
        "layer": coder,
        "coder_id": coder,
        "kind": "actor",
        "text": f"Person {number}",
        "char_start": number,
        "char_end": number + 1,
        "label": f"Person {number}",
        "claim_ids": [f"d1/{coder}/s01.c1"],
    }


def test_gold_stands_before_the_coders_with_ids_of_its_own() -> None:
    columns = Columns(TABLE)
    columns.extend([mention("coder-z", 9)])  # of a document whose gold is none of its layers
    columns.extend(WithGold([mention("coder-a", 1), mention("coder-a", 2), mention("coder-b", 1)], 2))
    enumerations = {"role": ("origin",), "doubt": ("slight",)}
    rows = columns.to_arrow(arrow_schema(TABLE, enumerations), enumerations).to_pylist()
    assert len(columns) == len(rows)
    assert [(row["layer"], row["coder_id"], row["text"]) for row in rows] == [
        ("coder-z", "coder-z", "Person 9"),
        ("gold", "coder-a", "Person 1"),
        ("gold", "coder-a", "Person 2"),
        ("coder-a", "coder-a", "Person 1"),
        ("coder-a", "coder-a", "Person 2"),
        ("coder-b", "coder-b", "Person 1"),
    ]
    assert [row["mention_id"] for row in rows[1:4]] == ["d1/gold/s01.a1", "d1/gold/s01.a2", "d1/coder-a/s01.a1"]
    assert [row["claim_ids"] for row in rows[2:4]] == [["d1/gold/s01.c1"], ["d1/coder-a/s01.c1"]]


def test_a_row_without_a_column_is_refused() -> None:
    row = mention("coder-a", 1)
    del row["note"]
    with pytest.raises(KeyError, match="note"):
        Columns(TABLE).extend(WithGold([row], 1))
