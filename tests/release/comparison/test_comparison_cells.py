"""Cells: which are equal, in whatever order, type of column and row group; what was edited is what is told."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from comparison_corpora import built, clean, compared, only, row, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_corpus import small_rows

from aussage.corpus.errors import CorpusError
from aussage.release.comparison import Action, compare
from aussage.release.comparison.cells import unequal
from aussage.release.comparison.meaning import meaning_of
from aussage.tables import TABLES

VALUES: dict[str, Any] = {
    "text": st.none() | st.text(st.sampled_from("aß\x1f\x00\x1b␞ "), max_size=3),
    "category": st.sampled_from(["new-a", "new-b"]),
    "integer": st.integers(-3, 3),
    "scale": st.sampled_from([-1, 0, 1]),
    "number": st.sampled_from([0.0, -0.0, 0.1, float("nan")]),
    "flag": st.booleans(),
    "texts": st.lists(st.sampled_from(["", "a", "b"]), max_size=2),
    "spans": st.lists(st.fixed_dictionaries({"start": st.integers(0, 2), "end": st.integers(0, 2)}), max_size=2),
}


def cells_that_are_causes() -> list[tuple[str, int, str]]:
    """Table, row and column of every cell that may be edited alone: no keys, nothing derived."""
    found = []
    for name, rows in small_rows().items():
        for column in () if name in ("flat", "withdrawn", "relations") else TABLES[name].columns[1:]:
            meaning = meaning_of(name, column.name)
            free = not (meaning.is_derived or meaning.follows or meaning.moves or column.name == "document_id")
            if free and column.kind in VALUES and (column.variable or column.kind != "category"):
                found += [(name, number, column.name) for number in range(len(rows))]
    return found


CELLS = cells_that_are_causes()


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_exactly_the_edited_cells_are_told(tmp_path: Path, data: Any) -> None:
    edited_cells_are_told(tmp_path, data)


@pytest.mark.prove
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_exactly_the_edited_cells_are_told_of_many(tmp_path: Path, data: Any) -> None:
    edited_cells_are_told(tmp_path, data)


def edited_cells_are_told(tmp_path: Path, data: Any) -> None:
    """Edit some cells, and expect these and no others, there and back, in one range and in many."""
    chosen = data.draw(st.lists(st.sampled_from(CELLS), max_size=12, unique=True))
    edited: set[tuple[str, str, str]] = set()

    def edit(rows: Any) -> None:
        for name, number, column in chosen:
            cells = rows[name][number]
            kind, required = TABLES[name].column(column).kind, TABLES[name].column(column).required
            value = data.draw(VALUES[kind].filter(lambda drawn, required=required: drawn is not None or not required))
            if repr(value) != repr(cells[column]):
                edited.add((name, cells[TABLES[name].key], column))
            cells[column] = value

    old, new = clean(tmp_path), built(tmp_path, edit)
    found = compare(old, new)
    assert {(c.table, c.id, c.column) for c in found.changes()} == edited
    assert not found.ledger.derived
    back = compare(new, old)
    mirrored = {(c.table, c.id, c.column, repr(c.new), repr(c.old)) for c in back.changes()}
    assert mirrored == {(c.table, c.id, c.column, repr(c.old), repr(c.new)) for c in found.changes()}
    small = compare(old, new, rows=1)
    assert sorted(told(small)) == sorted(told(found)), "ranges of one document each"


@pytest.mark.parametrize("rows", [1, 10**6])
def test_added_and_removed_mirror(rows: int, tmp_path: Path) -> None:
    old = clean(tmp_path)
    new = built(tmp_path, lambda some: (some["claims"].pop(), some["mentions"].pop(0), some["documents"].pop()))
    there, back = compare(old, new, rows=rows), compare(new, old, rows=rows)
    turned = {Action.ADDED: "removed", Action.REMOVED: "added", Action.CHANGED: "changed"}
    left = sorted((turned[c.action], c.table, c.id, c.column, repr(c.new), repr(c.old)) for c in there.changes())
    right = sorted((str(c.action), c.table, c.id, c.column, repr(c.old), repr(c.new)) for c in back.changes())
    assert left == right
    assert len(left) >= 3


def test_a_corpus_does_not_differ_from_itself(tmp_path: Path, root: Path) -> None:
    folder = clean(tmp_path)
    found = compare(folder, folder)
    assert not found.differ
    assert not found.warnings
    assert str(found.step) == "none"
    assert not compare(root / "dataset" / "corpus", root / "dataset" / "corpus").differ


def test_the_order_of_documents_and_rows_does_not_matter(tmp_path: Path) -> None:
    def turn(rows: Any) -> None:
        for some in rows.values():
            some.reverse()

    change = only(found := compared(tmp_path, turn))
    assert (change.table, change.id, str(change.area), str(change.step)) == (
        "manifest",
        "content_hash",
        "tool",
        "patch",
    )
    assert "another order" in found.warnings[0]

    def turn_and_edit(rows: Any) -> None:
        turn(rows)
        row(rows, "claims", "fahrt/gold/s01.c1")["time"] = "past"

    assert only(compared(tmp_path, turn_and_edit)).column == "time"


def rewritten(folder: Path, table: str, change: Any, **options: Any) -> None:
    """Write a table's file anew."""
    path = folder / f"{table}.parquet"
    pq.write_table(change(pq.read_table(path)), path, **options)


def test_row_groups_and_compression_do_not_matter(tmp_path: Path) -> None:
    old, new = clean(tmp_path), clean(tmp_path)
    rewritten(new, "claims", lambda table: table, row_group_size=3, compression="none")
    found = compare(old, new)
    assert not found.differ
    assert any("is not the file that its manifest names" in warning for warning in found.warnings)
    assert any("claims.parquet" in warning and "bytes" in warning for warning in found.warnings)


def test_columns(tmp_path: Path) -> None:
    old, new = clean(tmp_path), clean(tmp_path)
    rewritten(new, "actors", lambda table: table.drop(["note"]).append_column("born", pa.nulls(2, pa.int32())))
    rewritten(new, "claims", lambda table: table.select(table.column_names[:3] + table.column_names[3:][::-1]))
    place = TABLES["mentions"].columns.index(TABLES["mentions"].column("char_start"))
    rewritten(new, "mentions", lambda t: t.set_column(place, "char_start", t.column("char_start").cast(pa.string())))
    assert told(compare(old, new)) == [
        ("schema", "major", "changed", "mentions", "", "char_start"),
        ("schema", "major", "removed", "actors", "", "note"),
        ("schema", "minor", "added", "actors", "", "born"),
        ("schema", "patch", "changed", "claims", "", ""),
        ("schema", "patch", "changed", "mentions", "", "char_start: description"),
    ]


def test_salted_digests_say_nothing(tmp_path: Path) -> None:
    old, new = clean(tmp_path), clean(tmp_path)
    for folder in (old, new):
        digests = pa.array([f"{folder.name} {number}" for number in range(8)])
        rewritten(folder, "sentences", lambda table, some=digests: table.append_column("text_digest", some))
    assert not compare(old, new).differ


def test_a_column_of_flat_that_went(tmp_path: Path) -> None:
    old, new = clean(tmp_path), clean(tmp_path)
    rewritten(new, "flat", lambda table: table.drop(["note"]))
    assert told(compare(old, new)) == [("schema", "major", "removed", "flat", "", "note")]


NAN, LIST = float("nan"), pa.list_(pa.string())


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        (pa.array([NAN]), pa.array([NAN]), False),
        (pa.array([NAN]), pa.array([None], pa.float64()), True),
        (pa.array([0.0]), pa.array([-0.0]), True),
        (pa.array([0.1]), pa.array([0.1 + 1e-18]), False),
        (pa.array([0.1]), pa.array([0.30000000000000004 - 0.2]), True),
        (pa.array([None], LIST), pa.array([[]], LIST), True),
        (pa.array([[]], LIST), pa.array([[""]], LIST), True),
        (pa.array([[""]], LIST), pa.array([["", ""]], LIST), True),
        (pa.array([["a\x1eb"]], LIST), pa.array([["a", "b"]], LIST), True),
        (pa.array([""]), pa.array([None], pa.string()), True),
        (pa.array(["\0"]), pa.array([None], pa.string()), True),
        (pa.array(["a", "b"]).dictionary_encode(), pa.array(["b", "a"]).dictionary_encode().take([1, 0]), False),
        (pa.array(["a"]).dictionary_encode(), pa.array(["a"]), False),
        (pa.array([1], pa.int8()), pa.array([1], pa.int64()), False),
        (pa.array([{"a": None}]), pa.array([{"a": "x"}]), True),
        (pa.array(["e\u0301"]), pa.array(["\u00e9"]), True),
    ],
)
def test_equal_cells(left: pa.Array, right: pa.Array, differ: bool) -> None:
    assert unequal(left, right).any() == differ
    assert unequal(right, left).any() == differ


def test_a_damaged_table_is_told(tmp_path: Path) -> None:
    old, new = clean(tmp_path), clean(tmp_path)
    path = new / "claims.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(CorpusError, match=r"claims\.parquet is no table that can be read"):
        compare(old, new)
    rewritten(built_ := clean(tmp_path), "claims", lambda table: table.drop(["claim_id"]))
    with pytest.raises(CorpusError, match="has no column claim_id"):
        compare(old, built_)
