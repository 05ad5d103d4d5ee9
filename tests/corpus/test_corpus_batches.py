"""A corpus in parts, and drawn at random."""

from pathlib import Path

import many_documents as many
import pandas as pd
import pytest

import aussage
from aussage.corpus import Corpus
from aussage.corpus.sampling import drawn
from aussage.tables import TABLES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many.write_many(tmp_path_factory.mktemp("many") / "corpus")


@pytest.fixture
def corpus(folder: Path) -> Corpus:
    return aussage.load(folder)


@pytest.mark.parametrize(("size", "layer"), [(7, "gold"), (7, "all"), (40, "gold"), (1000, "all")])
def test_parts_are_the_corpus_in_its_order(corpus: Corpus, size: int, layer: str) -> None:
    whole = corpus.layer(layer)
    parts = list(whole.batches(size, tables=("sentences",)))
    assert [len(part.documents) for part in parts[:-1]] == [size] * (len(parts) - 1)
    for name in [name for name, table in TABLES.items() if table.local]:
        together = pd.concat([part[name] for part in parts], ignore_index=True)
        assert together.astype(object).equals(whole[name].astype(object))
    assert parts[0].actors.equals(corpus.actors)


def test_parts_of_a_view(corpus: Corpus) -> None:
    view = corpus.documents_where(language="de")
    parts = list(view.batches(6))
    assert [len(part.documents) for part in parts] == [6, 6, 6, 2]
    assert (
        pd.concat([part.documents for part in parts])["document_id"].tolist() == view.documents["document_id"].tolist()
    )
    assert "documents 7 to 12" in repr(parts[1])


def test_each_row_group_is_read_once(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet as pq

    read: list[int] = []
    original = pq.ParquetFile.read_row_group

    def counted(self, number: int, columns=None, **options):
        read.append(number)
        return original(self, number, columns=columns, **options)

    corpus.sample(1)  # reads the ids of the documents
    monkeypatch.setattr(pq.ParquetFile, "read_row_group", counted)
    for part in corpus.batches(2):
        assert len(part.sentences) == 4
    assert read == sorted(set(read))


def test_parts_that_cannot_be(corpus: Corpus) -> None:
    with pytest.raises(aussage.CorpusError, match="at least one"):
        corpus.batches(0)
    with pytest.raises(aussage.CorpusError, match="did you mean 'claims'"):
        corpus.batches(tables=["claim"])


@pytest.mark.parametrize("rows_per_group", [1, 6, 1000])
def test_the_same_is_drawn_whatever_the_row_groups(corpus: Corpus, tmp_path: Path, rows_per_group: int) -> None:
    other = aussage.load(many.write_many(tmp_path / "corpus", rows_per_group))
    assert other.sample(5, seed=3).documents.equals(corpus.sample(5, seed=3).documents)
    pd.testing.assert_frame_equal(other.sample(9, of="sentences"), corpus.sample(9, of="sentences"))
    view, same = (one.documents_where(language="de") for one in (other, corpus))
    assert view.sample(4).documents.equals(same.sample(4).documents)
    pd.testing.assert_frame_equal(view.sample(9, of="sentences"), same.sample(9, of="sentences"))


def test_what_is_drawn(corpus: Corpus) -> None:
    drawn_documents = corpus.sample(6, seed=1).documents
    order = corpus.documents["document_id"].tolist()
    assert drawn_documents["document_id"].is_unique
    assert len(drawn_documents) == 6
    assert sorted(drawn_documents["document_id"], key=order.index) == drawn_documents["document_id"].tolist()
    assert not corpus.sample(6, seed=2).documents.equals(drawn_documents)
    assert len(corpus.sample(100).documents) == many.COUNT
    sentences = corpus.sample(5, of="sentences")
    assert sentences["sentence_id"].is_unique
    assert list(sentences.columns) == list(corpus.sentences.columns)
    assert len(corpus.sample(100, of="sentences")) == 2 * many.COUNT
    german = corpus.documents_where(language="de")
    assert set(german.sample(9, of="sentences")["document_id"]) <= set(german.documents["document_id"])
    assert len(german.sample(0).documents) == len(german.sample(0, of="sentences")) == 0
    with pytest.raises(aussage.CorpusError, match="cannot be drawn"):
        corpus.sample(-1)
    with pytest.raises(aussage.CorpusError, match="did you mean 'sentences'"):
        corpus.sample(1, of="sentence")  # type: ignore[call-overload]


def test_drawing_is_fair_and_never_changes() -> None:
    assert drawn(5, 1_000_000, 0).tolist() == [258916, 420570, 511274, 757952, 844418]
    counts = [0] * 6
    for seed in range(3000):
        for number in drawn(2, 6, seed):
            counts[number] += 1
    assert all(900 < count < 1100 for count in counts)
