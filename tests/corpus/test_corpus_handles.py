"""The files of a corpus in pyarrow, Polars and DuckDB, which see what the view shows."""

import sys
from operator import itemgetter

import many_documents as many
import pyarrow.dataset as ds
import pytest

import aussage
from aussage.corpus import Corpus
from aussage.tables import TABLES

VIEWS = {
    "whole": lambda corpus: corpus,
    "layer": lambda corpus: corpus.layer("coder-a"),
    "all layers": lambda corpus: corpus.layer("all"),
    "documents": lambda corpus: corpus.documents_where(n_sentences=[0, 1, 13, 16, 38]),
    "documents of a layer": lambda corpus: corpus.layer("coder-a").documents_where(language="de"),
    "no documents": lambda corpus: corpus.documents_where(language="it"),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """In a folder whose name is hard to quote."""
    return aussage.load(many.write_many(tmp_path_factory.mktemp("many") / "it's [a] *corpus?"))


@pytest.mark.parametrize("view", VIEWS)
def test_pyarrow_sees_the_view(corpus: Corpus, view: str) -> None:
    shown = VIEWS[view](corpus)
    for name in TABLES:
        dataset = shown.arrow(name)
        assert isinstance(dataset, ds.Dataset)
        assert dataset.to_table().to_pylist() == shown.table(name).to_pylist()
        assert dataset.count_rows() == shown.table(name).num_rows


@pytest.mark.parametrize("view", VIEWS)
def test_polars_sees_the_view(corpus: Corpus, view: str) -> None:
    polars = pytest.importorskip("polars", reason="Polars is not installed")
    shown = VIEWS[view](corpus)
    for name in TABLES:
        frame = shown.polars(name)
        assert isinstance(frame, polars.LazyFrame)
        assert frame.collect().to_dicts() == shown.table(name).to_pylist()


@pytest.mark.parametrize("view", VIEWS)
def test_duckdb_sees_the_view(corpus: Corpus, view: str) -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    shown = VIEWS[view](corpus)
    with shown.duckdb() as database:
        for name in TABLES:
            found = database.sql(f'SELECT * FROM "{name}"')
            rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
            key = TABLES[name].key  # a view of SQL has no order
            assert sorted(rows, key=itemgetter(key)) == sorted(shown.table(name).to_pylist(), key=itemgetter(key))


def test_duckdb_cannot_change_the_corpus_nor_reach_out(corpus: Corpus) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    with corpus.duckdb() as database:
        for statement in (
            "DELETE FROM claims",
            "INSERT INTO claims SELECT * FROM claims",
            "UPDATE claims SET voice = 'narrator'",
            "SELECT * FROM read_parquet('https://example.org/claims.parquet')",
        ):
            with pytest.raises(duckdb.Error):
                database.execute(statement)
        assert database.sql("SELECT count(*) FROM claims").fetchall() == [(10,)]


@pytest.mark.parametrize("package", ["duckdb", "polars"])
def test_what_is_not_installed_is_said(corpus: Corpus, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(aussage.CorpusError, match=f"pip install {package}"):
        _ = corpus.duckdb() if package == "duckdb" else corpus.polars("claims")


def test_handles_examine_the_files(corpus: Corpus) -> None:
    for handle in (corpus.arrow, corpus.polars):
        with pytest.raises(aussage.CorpusError, match="did you mean 'claims'"):
            handle("claim")
