"""CSV without loss: what was written comes back, and the file is one that other programs read."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aussage
from aussage.corpus import CorpusError, read_csv, write_csv

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8) | st.sampled_from(
    ["", "NULL", "nan", "=1+1", "+x", "-1", "@y", 'so "genannt"', "a,b", "a\nb", "a\r\nb", "\r", "\ufeffx", " ", "\x00"]
)
ROW = st.tuples(
    st.none() | TEXT,
    st.none() | st.sampled_from(["PS+", "", "CT-"]),
    st.booleans(),
    st.none() | st.booleans(),
    st.integers(-1, 1),
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.floats(allow_nan=False),
)


def typed(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    columns = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in range(7)]
    return pd.DataFrame({
        "words": pd.Series(columns[0], dtype="str"),
        "modality": pd.Categorical(columns[1], categories=["PS+", "", "CT-", "never"]),
        "causal": pd.Series(columns[2], dtype="bool"),
        "maybe": pd.Series(columns[3], dtype="boolean"),
        "stance": pd.Series(columns[4], dtype="int8"),
        "count": pd.Series(columns[5], dtype="Int64"),
        'a "quoted", name': pd.Series(columns[6], dtype="float64"),
    })  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=6))
def test_a_frame_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]) -> None:
    path = tmp_path_factory.mktemp("csv") / "f.csv"
    frame = typed(rows)
    pd.testing.assert_frame_equal(read_csv(write_csv(frame, path)), frame)


@pytest.mark.parametrize("words", [[None], ["", None], [None, None, "x"], []])
def test_a_single_column_keeps_its_empty_rows(tmp_path: Path, words: list[str | None]) -> None:
    frame = pd.DataFrame({"words": pd.Series(words, dtype="str")})
    pd.testing.assert_frame_equal(read_csv(write_csv(frame, tmp_path / "f.csv")), frame)


def test_the_bytes_are_those_of_the_standard(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": pd.Series(['die "Brücke"', "", None], dtype="str"), "n": [1.5, np.nan, -1.0]})
    write_csv(frame, tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_bytes() == '"text","n"\r\n"die ""Brücke""",1.5\r\n"",\r\n,-1.0\r\n'.encode()
    first = [(tmp_path / name).read_bytes() for name in ("f.csv", "f.csv.types.json")]
    write_csv(frame, tmp_path / "f.csv")
    assert [(tmp_path / name).read_bytes() for name in ("f.csv", "f.csv.types.json")] == first


def test_a_text_longer_than_a_block_comes_back(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["Neudorf\n" * 400_000, "kurz"]})
    pd.testing.assert_frame_equal(read_csv(write_csv(frame, tmp_path / "f.csv")), frame)


def test_flat_of_a_corpus_comes_back(shared: Path, tmp_path: Path) -> None:
    corpus = aussage.load(shared)
    path = corpus.write_csv(tmp_path / "flat.csv")
    pd.testing.assert_frame_equal(read_csv(path), corpus.flat)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert rows[0] == list(corpus.flat.columns)
    assert len(rows) == len(corpus.flat) + 1


def test_flat_of_the_shipped_corpus_comes_back(tmp_path: Path) -> None:
    corpus = aussage.load(Path(__file__).parents[2] / "dataset" / "corpus")
    pd.testing.assert_frame_equal(read_csv(corpus.write_csv(tmp_path / "flat.csv")), corpus.flat)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"claimant_ids": [["mayor"]]}), "'claimant_ids' holds object"),
        (pd.DataFrame({"date": pd.to_datetime(["2024-10-28"])}), "'date' holds datetime64"),
        (pd.DataFrame({"rank": pd.Categorical([1, 2])}), "'rank' holds category"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "two columns have the name 'a'"),
        (pd.DataFrame({0: [1]}), "must be a text, not 0"),
    ],
)
def test_what_csv_cannot_hold_is_refused(tmp_path: Path, frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        write_csv(frame, tmp_path / "f.csv")
    assert not list(tmp_path.iterdir())


def damage(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("f.csv", "CT-", "XX", "'modality' holds 'XX'"),
        ("f.csv", ",true", ",", "'causal' has an empty cell"),
        ("f.csv", ",true", ",yes", "cannot be read"),
        ("f.csv", '"causal"', '"casual"', "other columns"),
        ("f.csv.types.json", '"bool"', '"complex"', "damaged"),
        ("f.csv.types.json", "{", "", "damaged"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    write_csv(typed([("x", "CT-", True, None, 0, 1, 0.5)]), tmp_path / "f.csv")
    damage(tmp_path / name, old, new)
    with pytest.raises(CorpusError, match=message):
        read_csv(tmp_path / "f.csv")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write_csv(typed([]), tmp_path / "f.csv")
    assert json.loads((tmp_path / "f.csv.types.json").read_text())["columns"][1]["values"] == [
        "PS+",
        "",
        "CT-",
        "never",
    ]
    (tmp_path / "f.csv.types.json").unlink()
    with pytest.raises(CorpusError, match=r"f\.csv\.types\.json cannot be read"):
        read_csv(tmp_path / "f.csv")
