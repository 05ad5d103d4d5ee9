"""CSV that no spreadsheet runs, and from which every text comes back."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aussage.corpus import read_csv
from aussage.corpus import write_csv as write_frame
from aussage.corpus.spreadsheet import harmless, restored
from aussage.release.packing import write_csv

RUN = [
    "=1+1", "=HYPERLINK(\"http://x\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\rx", "\n=1",
    " =1", "\u00a0=1",
    "\"=1", "'=1", "„=1", "\ufeff=1", "\u200b=1", "＝1", "＋1+1", "－x", "＠x", "﹦1",
    "- und so weiter", "-1 ", "+49 30 1",
]  # fmt: skip
LEFT = ["-1", "+49", "-0.5", "1e-5", "-3,5", "PR+", "a=1", "", " ", "'", "Brücke", "„Nein“", "–", '["=1"]', "'-1"]
# Whatever the text, the first character that counts is no sign.
EDGES = st.text(alphabet="=+-@'\"\t\r\n 1.,e\ufeff„＝x", max_size=8)


@pytest.mark.parametrize("text", RUN)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", LEFT)
def test_other_texts_and_plain_numbers_are_left_alone(text: str) -> None:
    assert harmless(text) == text


@given(st.text() | EDGES)
def test_every_text_comes_back(text: str) -> None:
    assert restored(harmless(text)) == text


def made(texts: list[str | None]) -> pa.Table:
    count = len(texts)
    kind = pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int16()), pa.array(["=a", "b"]))
    return pa.table(
        {
            "text": pa.array(texts),
            "kind": kind,
            "stance": pa.array([-1] * count, pa.int8()),
            "share": pa.array([0.1] * count),
            "causal": pa.array([True] * count),
            "spans": pa.array([[{"start": 0, "end": 2}]] * count),
            "also": pa.array([["=x", "ü"]] * count),
        }
    )


def test_cells_of_every_type(tmp_path: Path) -> None:
    write_csv(made(["=1", None]), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes().decode() == (
        '"text","kind","stance","share","causal","spans","also"\r\n'
        '"\'=1","\'=a",-1,0.1,true,"[{""start"":0,""end"":2}]","[""=x"",""ü""]"\r\n'
        ',"\'=a",-1,0.1,true,"[{""start"":0,""end"":2}]","[""=x"",""ü""]"\r\n'
    )


def test_a_parquet_file_gives_the_same_as_the_table_whatever_its_row_groups(tmp_path: Path) -> None:
    table = made([*RUN, *LEFT, None] * 3)
    write_csv(table, tmp_path / "a.csv")
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=7)
    write_csv(tmp_path / "t.parquet", tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    read = pd.read_csv(tmp_path / "b.csv", keep_default_na=False)
    assert [restored(text) for text in read["text"]] == [*RUN, *LEFT, ""] * 3
    assert [json.loads(text) for text in read["also"]] == [["=x", "ü"]] * len(read)
    assert set(read["stance"]) == {-1}


def test_a_damaged_file_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_bytes(b"PAR1 no table PAR1")
    (tmp_path / "t.csv").write_text("before")
    with pytest.raises(pa.ArrowException):
        write_csv(tmp_path / "t.parquet", tmp_path / "t.csv")
    assert [(path.name, path.read_bytes()) for path in tmp_path.glob("*.csv")] == [("t.csv", b"before")]


@given(st.lists(st.text() | EDGES, max_size=5))
def test_a_frame_comes_back_from_harmless_csv(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "frame.csv"
    frame = pd.DataFrame({"text": pd.Series(texts, dtype="str")})
    pd.testing.assert_frame_equal(read_csv(write_frame(frame, path)), frame)


def test_a_frame_is_written_harmless(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["=1", "-1", "x"], "number": [-1, 2, 3]})
    write_frame(frame, tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_bytes() == b'"text","number"\r\n"\'=1",-1\r\n"-1",2\r\n"x",3\r\n'
