"""A made-up corpus of many thousand rows: all ways of reading it agree, and little of it is read for little."""

import io
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import aussage
from aussage.corpus import Corpus
from aussage.tables import TABLES

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
pytestmark = pytest.mark.prove


class CountingFile(io.FileIO):
    """A file that counts the bytes that are read of it."""

    read_bytes = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        CountingFile.read_bytes += len(data)
        return data


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        from synthetic_corpus import make_corpus

        folder = tmp_path_factory.mktemp("large") / "corpus"
        make_corpus(folder, 200_000, content_hash=False)
    for name in ("synthetic_corpus", "made_up_articles", "made_up_registry"):
        sys.modules.pop(name, None)
    return aussage.load(folder).layer("all")


@pytest.mark.parametrize("name", TABLES)
def test_frames_hold_what_the_files_hold(corpus: Corpus, name: str) -> None:
    rows, frame = corpus.table(name), corpus[name]
    for column in rows.column_names:
        values = frame[column].astype(object)
        assert values.where(values.notna(), None).tolist() == rows.column(column).to_pylist(), column


def test_parts_polars_and_duckdb_agree(corpus: Corpus) -> None:
    pytest.importorskip("polars")
    pytest.importorskip("duckdb")
    view = corpus.documents_where(n_claims=(1, 200))
    counted = view.claims.groupby("voice", observed=True).size().to_dict()
    parts = pd.concat([part.claims["voice"].astype(object) for part in view.batches(100)])
    assert parts.groupby(parts).size().to_dict() == counted
    assert dict(view.polars("claims").group_by("voice").len().collect().iter_rows()) == counted
    with view.duckdb() as database:
        assert dict(database.sql("SELECT voice, count(*) FROM claims GROUP BY ALL").fetchall()) == counted


def compressed(group: pq.RowGroupMetaData) -> int:
    """The bytes of a row group in its file."""
    return sum(group.column(number).total_compressed_size for number in range(group.num_columns))


def test_an_article_is_one_row_group_of_each_table(corpus: Corpus) -> None:
    name = corpus.frame("documents", ["document_id"])["document_id"].iloc[-1]
    again = aussage.load(corpus.folder)
    for table in ("documents", "claims", "mentions", "coders"):
        again.columns(table)  # their footers are read
    again._store.files.opener = CountingFile
    CountingFile.read_bytes = 0
    assert again.document(name).text
    footers = [again._store.footer(table, 0) for table in ("documents", "claims", "mentions", "coders")]
    groups = sum(max(compressed(footer.row_group(n)) for n in range(footer.num_row_groups)) for footer in footers)
    assert CountingFile.read_bytes <= groups
