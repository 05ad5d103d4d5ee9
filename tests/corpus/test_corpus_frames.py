"""What the frames of a corpus hold: types, layers, and the same values as every other reader sees."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made_up_corpus as made_up
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import aussage
from aussage.corpus import Corpus
from aussage.corpus.frames import frame_of, type_name
from aussage.tables import TABLES

DTYPES = {"text": "str", "flag": "bool", "number": "float64"}
LISTS = {"texts", "categories", "spans", "effects", "figures", "labels", "outside_ids"}


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    return aussage.load(shared)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_its_type(corpus: Corpus, name: str) -> None:
    frame = corpus[name]
    assert list(frame.columns) == [column.name for column in TABLES[name].columns]
    assert isinstance(frame.index, pd.RangeIndex)
    for column in TABLES[name].columns:
        dtype = frame[column.name].dtype
        if column.kind in LISTS:
            assert str(dtype) == "object"
            assert all(type(value) is list for value in frame[column.name])
        elif column.kind == "category":
            values = (*made_up.ENUMERATIONS.get(column.variable, ()), *column.more)
            assert isinstance(dtype, pd.CategoricalDtype)
            assert tuple(dtype.categories) == values
            assert not dtype.ordered
            assert dtype.categories.dtype == "str"
        elif column.kind in {"integer", "scale"}:
            size = 32 if column.kind == "integer" else 8
            assert str(dtype) == (f"int{size}" if column.required else f"Int{size}")
        else:
            assert str(dtype) == DTYPES[column.kind], column.name


def test_lists_are_python_lists_that_pandas_can_explode(corpus: Corpus) -> None:
    claims = corpus.claims
    assert claims["content_spans"].iloc[0][0]["start"] == 25
    assert claims["content_spans"].iloc[1] == [{"start": 29, "end": 35}, {"start": 46, "end": 60}]
    assert claims["figures"].iloc[2] == [{"text": "1", "start": 74, "end": 75}]
    assert claims["affected"].iloc[2] == [{"effect": "harm", "actor_id": "mayor", "location_id": None}]
    assert claims.explode("claimant_ids")["claimant_ids"].dropna().tolist() == ["council", "mayor"]


def test_categories_that_do_not_occur_are_counted(corpus: Corpus) -> None:
    counts = corpus.claims["claim_type"].value_counts(sort=False)
    assert counts.to_dict() == {"DENIAL": 1, "REPORT": 3, "ASSESS": 0}


def test_gold_is_shown_and_other_layers_on_demand(corpus: Corpus) -> None:
    assert corpus.layers == ["gold", "coder-a", "coder-b"]
    assert corpus.shown_layer == "gold"
    for name in ("claims", "mentions", "relations"):
        assert set(corpus[name]["layer"]) == {"gold"}
    other = corpus.layer("coder-b")
    assert type(other) is Corpus
    assert other.claims["claim_id"].tolist() == ["bridge/coder-b/s01.c1"]
    assert other.relations.empty
    assert other.documents.equals(corpus.documents)
    assert len(corpus.layer("all").claims) == 8
    assert len(corpus.layer("all").layer("gold").claims) == 4
    assert corpus.table("claims").num_rows == 4
    assert other.table("claims").num_rows == 1


def test_unknown_names_show_the_known_ones(corpus: Corpus) -> None:
    with pytest.raises(aussage.CorpusError, match=r"did you mean.*layers are gold, coder-a, coder-b"):
        corpus.layer("codera")
    for read in (corpus.__getitem__, corpus.table, corpus.columns):
        with pytest.raises(aussage.CorpusError, match="did you mean 'claims'"):
            read("claim")
    with pytest.raises(aussage.CorpusError, match="bridge/s01"):
        corpus.sentence("bridge/s09")
    with pytest.raises(aussage.CorpusError, match="bridge"):
        corpus.document("brige")


def test_changing_a_frame_does_not_change_the_corpus(corpus: Corpus) -> None:
    claims = corpus.claims
    claims["more"] = 1
    claims.loc[0, "document_id"] = "x"
    claims.pop("note")
    again = corpus.claims
    assert list(again.columns) == [column.name for column in TABLES["claims"].columns]
    assert len(again) == 4
    assert again["document_id"].iloc[0] == "bridge"


def test_frames_of_some_columns_and_of_an_article_can_be_changed(corpus: Corpus) -> None:
    for frame in (corpus.frame("sentences", ["char_start", "voice", "stance"]), corpus.document("bridge").mentions):
        for column in frame.columns:
            frame.loc[0, column] = frame.loc[1, column]
            assert frame[column].dtype == corpus["sentences" if "stance" in frame else "mentions"][column].dtype
    assert corpus.sentences["char_start"].tolist() == [0, 58, 0]


def test_lists_and_categories_that_the_files_should_not_have() -> None:
    """Missing lists, missing fields and values that no codebook knows, in several chunks of which one is a slice."""
    lists = pa.array([["a", "b"], None, [], ["c", None]], pa.list_(pa.string()))
    structs = pa.array([[{"x": 1, "y": None}], [], [None], [{"x": 3, "y": "z"}, {"x": 4, "y": "z"}]])
    whole = pa.array([[1, 2], [3, 4, 5], [], [6]], pa.list_(pa.int32()))
    known = pa.DictionaryArray.from_arrays(pa.array([1, None, 0, 1], pa.int16()), ["odd", "even"])
    field = pa.field("known", known.type, metadata={"values": '["even", "none"]'})
    schema = pa.schema([("lists", lists.type), ("structs", structs.type), ("whole", whole.type), field])
    rows = pa.Table.from_arrays([lists, structs, whole, known], schema=schema)
    rows = pa.concat_tables([rows.slice(1), rows.slice(0, 2)])
    frame = frame_of(rows)
    for name in ("lists", "structs", "whole"):
        assert frame[name].tolist() == rows.column(name).to_pylist()
    assert (
        frame["known"].astype(object).where(frame["known"].notna(), None).tolist() == rows.column("known").to_pylist()
    )
    assert frame["known"].cat.categories.tolist() == ["even", "none", "odd"]


def test_attrs_are_small_and_say_what_the_frame_is(corpus: Corpus) -> None:
    assert corpus.claims.attrs == {"corpus": "made-up", "version": "1.2.3", "table": "claims"}


def test_columns_are_described(corpus: Corpus) -> None:
    columns = corpus.columns("claims").set_index("name")
    assert list(columns.columns) == ["type", "empty", "description", "values"]
    assert columns.loc["claim_type", "values"] == ["DENIAL", "REPORT", "ASSESS"]
    assert columns.loc["content_spans", "type"] == "list of {start, end}"
    assert columns.loc["agreement", "empty"]
    assert not columns.loc["claim_id", "empty"]
    assert "Refers to documents." in columns.loc["document_id", "description"]
    kinds = {type_name(field.type) for name in TABLES for field in corpus.table(name).schema}
    assert {"text", "category", "integer", "flag", "number", "list of text"} < kinds


def test_facts_of_the_corpus(corpus: Corpus, shared: Path) -> None:
    assert (corpus.name, corpus.title, corpus.version) == ("made-up", "Bridges & <halls>", "1.2.3")
    assert corpus.languages == ["de"]
    assert corpus.licences == {"annotations": "CC-BY-4.0", "texts": "none"}
    assert corpus.folder == shared
    assert corpus.tables == list(TABLES) == list(corpus.files)
    assert corpus.rows["claims"] == 8
    assert corpus.citation == f"A Project. Bridges & <halls>. Version 1.2.3. Content hash {corpus.content_hash[:16]}"


def test_definitions_are_looked_up(corpus: Corpus) -> None:
    assert corpus.codebook["name"] == "made-up"
    denial = corpus.define("claim_type", "DENIAL")
    assert (denial.label, denial.definition, denial.include) == ("Denial", "Rejects.", ("bestreiten",))
    assert corpus.define("type").values == corpus.define("claim_types").values == ("DENIAL", "REPORT")
    assert corpus.define("type", "REPORT").label == "Bericht"
    assert corpus.define("stance", -1) == corpus.define("stance", "-1")
    assert "Decided by: First yes wins." in str(corpus.define("type"))
    with pytest.raises(aussage.CorpusError, match="did you mean 'DENIAL'"):
        corpus.define("type", "DENY")
    with pytest.raises(aussage.CorpusError, match="did you mean"):
        corpus.define("claimtype")
    with pytest.raises(aussage.CorpusError, match="no categories"):
        corpus.define("cue", "x")


def records(rows: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with every kind of emptiness written as None, and numbers as Python's."""
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return None if value is None or value is pd.NA or value != value else value


def expected(name: str) -> list[dict[str, Any]]:
    return [row for part in (made_up.entities(), made_up.bridge(), made_up.hall()) for row in part.get(name, [])]


@pytest.mark.parametrize("name", TABLES)
def test_all_readers_see_the_same_rows(corpus: Corpus, name: str) -> None:
    path, rows = corpus.files[name], expected(name)
    assert pq.read_table(path).to_pylist() == rows
    assert records(pd.read_parquet(path).to_dict("records")) == rows
    assert records(corpus.layer("all")[name].to_dict("records")) == rows
    assert corpus.rows[name] == len(rows)


@pytest.mark.parametrize("name", TABLES)
def test_duckdb_sees_the_same_rows(corpus: Corpus, name: str) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    found = duckdb.sql(f"SELECT * FROM '{corpus.files[name]}'")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    assert rows == expected(name)


@pytest.mark.parametrize("name", TABLES)
def test_polars_sees_the_same_rows(corpus: Corpus, name: str) -> None:
    polars = pytest.importorskip("polars", reason="Polars is not installed")
    assert polars.read_parquet(corpus.files[name]).to_dicts() == expected(name)


def test_row_groups_do_not_show(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aussage.tables.writer.ROWS_PER_GROUP", 1)
    other = aussage.load(made_up.write_corpus(tmp_path / "corpus"))
    assert pq.ParquetFile(other.files["claims"]).num_row_groups > 1
    assert other.content_hash == corpus.content_hash
    for name in TABLES:
        pd.testing.assert_frame_equal(other[name], corpus[name])


def test_a_corpus_without_documents_can_be_used(tmp_path: Path) -> None:
    empty = aussage.load(made_up.write_corpus(tmp_path / "corpus", documents=[]))
    assert empty.layers == ["gold"]
    assert empty.claims.empty
    assert str(empty.claims["claim_type"].dtype) == "category"
    assert "0 documents" in empty.summary()
    assert "no texts" in repr(empty)
    with pytest.raises(aussage.CorpusError, match="there is no sentence 'x'"):
        empty.sentence("x")
