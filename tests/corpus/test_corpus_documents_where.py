"""Views of some documents: what is in them, and how little of the files is read for them."""

import io
from pathlib import Path

import made_up_corpus as made_up
import many_documents as many
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import aussage
from aussage.corpus import Corpus
from aussage.tables import TABLES

LOCAL = [name for name, table in TABLES.items() if table.local]


class CountingFile(io.FileIO):
    """A file that counts the bytes that are read of it."""

    read_bytes = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        CountingFile.read_bytes += len(data)
        return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many.write_many(tmp_path_factory.mktemp("many") / "corpus")


@pytest.fixture
def corpus(folder: Path) -> Corpus:
    return aussage.load(folder)


def numbers(view: Corpus) -> list[int]:
    """The numbers of the documents that a view shows."""
    shown = set(view.documents["document_id"])
    return [number for number in range(many.COUNT) if many.name_of(number) in shown]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"language": "en"}, lambda n: n % 4 == 1),
        ({"language": ["en", "fr"]}, lambda n: n % 4 in (1, 3)),
        ({"publisher": "Bote", "language": "de"}, lambda n: n % 3 == 0 and n % 2 == 0),
        ({"publisher": lambda names: names.isna()}, lambda n: n % 3 == 2),
        ({"rights_status": "licensed"}, lambda n: n % 5 == 0),
        ({"n_sentences": (3, 5)}, lambda n: 3 <= n <= 5),
        ({"n_sentences": (37, None)}, lambda n: n >= 37),
        ({"n_sentences": 7}, lambda n: n == 7),
        ({"layers": "coder-a"}, lambda n: n % 4 == 0),
        ({"date": "2024"}, lambda n: n % 6 in (0, 1, 2, 4)),
        ({"date": ("2024-01", "2024-02")}, lambda n: n % 6 in (0, 1)),
        ({"date": ("2024-01-05", "2024-01-05")}, lambda n: n % 6 == 0),
        ({"date": (None, "2023-12-31")}, lambda n: n % 6 == 3),
        ({"date": ("2024-06-02", None)}, lambda n: False),
        ({"date": ["2023", "2024-02"]}, lambda n: n % 6 in (1, 3)),
        ({"date": None}, lambda n: n % 6 == 5),
        ({"date": [None, "2023"]}, lambda n: n % 6 in (3, 5)),
        ({"publisher": None}, lambda n: n % 3 == 2),
        ({"actor": "mayor"}, lambda n: n % 8 == 0),
        ({"actor": ["mayor", "council"]}, lambda n: n % 4 == 0),
        ({"location": "neudorf", "language": "de"}, lambda n: n % 4 == 0),
        ({"location": "ostdorf"}, lambda n: False),
        ({"issue": "open"}, lambda n: n == 12),
        ({"claims": pc.field("claim_type") == "DENIAL"}, lambda n: n % 8 == 0),
        ({"sentences": pc.field("position") == 2, "n_sentences": 9}, lambda n: n == 9),
    ],
)
def test_conditions(corpus: Corpus, conditions: dict, expected) -> None:
    found = corpus.documents_where(**conditions)
    assert type(found) is Corpus
    assert numbers(found) == [number for number in range(many.COUNT) if expected(number)]


def test_expressions_over_documents(corpus: Corpus) -> None:
    assert numbers(corpus.documents_where(pc.field("n_sentences") > 37)) == [38, 39]
    both = corpus.documents_where((pc.field("language") == "en") & pc.field("date").is_null(), n_sentences=(0, 20))
    assert numbers(both) == [5, 17]


def test_conditions_are_of_the_layer_that_is_shown(corpus: Corpus) -> None:
    assert numbers(corpus.layer("coder-a").documents_where(actor="mayor")) == []
    assert numbers(corpus.layer("all").documents_where(claims=pc.field("layer") == "coder-a"))[:2] == [0, 4]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("layer", ["gold", "coder-a", "all"])
def test_a_view_has_the_rows_of_its_documents_and_whole_registries(corpus: Corpus, name: str, layer: str) -> None:
    whole = corpus.layer(layer)
    view = whole.documents_where(n_sentences=[0, 1, 13, 16, 38])
    expected = whole[name]
    if name in LOCAL:
        expected = expected[expected["document_id"].isin([many.name_of(n) for n in (0, 1, 13, 16, 38)])]
    pd.testing.assert_frame_equal(view[name], expected.reset_index(drop=True))
    assert view.table(name).num_rows == len(expected)
    if layer == "all":
        assert view.rows[name] == len(expected)


def test_views_of_views_and_of_layers(corpus: Corpus) -> None:
    view = corpus.documents_where(language="de").documents_where(n_sentences=(0, 4))
    assert numbers(view) == [0, 2, 4]
    assert numbers(view.layer("coder-a")) == [0, 2, 4]
    assert view.layer("coder-a").claims["layer"].tolist() == ["coder-a", "coder-a"]
    assert numbers(corpus) == list(range(many.COUNT))
    assert view.content_hash == corpus.content_hash


def test_an_empty_view_can_be_used(corpus: Corpus) -> None:
    nothing = corpus.documents_where(language="it")
    for name in LOCAL:
        pd.testing.assert_frame_equal(nothing[name], corpus[name].iloc[:0])
    assert "no texts" in repr(nothing)
    assert "0 documents" in nothing.summary()
    assert list(nothing.batches()) == []
    assert numbers(nothing.sample(3)) == []


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ({"languages": "de"}, "did you mean 'language'"),
        ({"rights_status": "licenced"}, "did you mean 'licensed'"),
        ({"actor": "major"}, "did you mean 'mayor'"),
        ({"actor": 3}, "an id of the table actors"),
        ({"claims": "DENIAL"}, "expression"),
        ({"claims": pc.field("nothing") == 1}, "nothing"),
        ({"claims": pc.field("claim_type") == 1}, "claims"),
        ({"n_sentences": "many"}, "n_sentences"),
        ({"n_sentences": (1, 2, 3)}, "two ends"),
        ({"date": "June"}, "2024-10-28"),
        ({"language": lambda column: True}, "for each"),
        ({"language": lambda column: column}, "for each"),
    ],
)
def test_conditions_that_cannot_be_put(corpus: Corpus, conditions: dict, said: str) -> None:
    with pytest.raises(aussage.CorpusError, match=said):
        corpus.documents_where(**conditions)


def test_views_say_what_they_show(corpus: Corpus) -> None:
    view = corpus.documents_where(language=["de", "en"], date=("2024", None), publisher=lambda names: names.notna())
    for text in (repr(view), view._repr_html_()):
        said = "of 40 (language: de, en; date: 2024 to …; publisher: a function)"
        assert said in " ".join(text.split())
    html = corpus.documents_where(publisher="<b>")._repr_html_()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_one_article_of_a_view(corpus: Corpus) -> None:
    view = corpus.documents_where(language="en")
    assert view.document(many.name_of(1)).text.endswith(" 1")
    with pytest.raises(aussage.CorpusError, match="there is no document"):
        view.document(many.name_of(0))
    with pytest.raises(aussage.CorpusError, match="there is no sentence"):
        view.sentence(f"{many.name_of(0)}/s01")


@pytest.mark.parametrize("rows_per_group", [1, 6, 1000])
def test_every_article_is_found_whatever_the_row_groups(tmp_path: Path, rows_per_group: int) -> None:
    corpus = aussage.load(many.write_many(tmp_path / "corpus", rows_per_group))
    for number in range(0, many.COUNT, 3):
        found = corpus.document(many.name_of(number))
        assert found.text == f"{many.TEXT} {number}"
        assert len(found.claims) == (number % 4 == 0)
        sentence = corpus.sentence(f"{many.name_of(number)}/s02")
        assert sentence.text == "Die Halle wird gebaut."
        assert len(sentence.mentions) == (number % 4 == 0)


def without_statistics(folder: Path, name: str) -> None:
    """Write a table again without the least and greatest value of each row group."""
    path = folder / f"{name}.parquet"
    with pq.ParquetFile(path) as file:
        about = file.metadata.metadata
        groups = [file.read_row_group(number) for number in range(file.num_row_groups)]
        schema = file.schema_arrow.with_metadata({k: v for k, v in about.items() if k != b"ARROW:schema"})
    with pq.ParquetWriter(path, schema, write_statistics=False) as writer:
        for rows in groups:
            writer.write_table(rows.cast(schema))


@pytest.mark.parametrize("name", ["documents", "sentences", "claims"])
def test_files_without_statistics_are_read_too(tmp_path: Path, name: str) -> None:
    folder = many.write_many(tmp_path / "corpus")
    expected = aussage.load(folder).documents_where(language="de", n_sentences=(0, 30))
    frames = {table: expected[table] for table in LOCAL}
    without_statistics(folder, name)
    view = aussage.load(folder).documents_where(language="de", n_sentences=(0, 30))
    for table in LOCAL:
        assert view[table].equals(frames[table])
    assert len(aussage.load(folder).document(many.name_of(8)).claims) == 1


def test_little_is_read_for_little(tmp_path: Path) -> None:
    """Of a corpus in 40 row groups, one article needs one of each table, and a column needs that column."""
    folder = many.write_many(tmp_path / "corpus", rows_per_group=1)

    def bytes_of(read) -> int:
        corpus = aussage.load(folder)
        corpus._store.files.opener = CountingFile
        CountingFile.read_bytes = 0
        read(corpus)
        return CountingFile.read_bytes

    footers = bytes_of(lambda corpus: [corpus.columns(name) for name in TABLES])
    data = sum(path.stat().st_size for path in folder.glob("*.parquet")) - footers
    assert bytes_of(lambda corpus: corpus.sentence(f"{many.name_of(4)}/s01")) < footers + data / 10
    assert bytes_of(lambda corpus: corpus.documents_where(n_sentences=4).sentences) < footers + data / 10
    assert bytes_of(lambda corpus: corpus.sample(1).claims) < footers + data / 10
    assert bytes_of(lambda corpus: corpus.sample(1, of="sentences")) < footers + data / 10
    footer, some, all_of_it = (
        bytes_of(read)
        for read in (
            lambda corpus: corpus.columns("claims"),
            lambda corpus: corpus.frame("claims", ["voice"]),
            lambda corpus: corpus.claims,
        )
    )
    assert some - footer < (all_of_it - footer) / 4


def test_a_text_free_edition_has_views(tmp_path: Path) -> None:
    from aussage.release.editions.text_free import make_text_free

    folder = many.write_many(tmp_path / "corpus")
    make_text_free(folder, tmp_path / "text-free")
    with pytest.warns(aussage.TextFreeEdition):
        corpus = aussage.load(tmp_path / "text-free")
    view = corpus.documents_where(actor="mayor", date="2024")
    assert numbers(view) == [n for n in range(0, many.COUNT, 8) if n % 6 in (0, 1, 2, 4)]
    assert "text" not in view.sentences.columns
    assert len(view.sample(1).claims) == 1
    assert sum(len(part.sentences) for part in corpus.batches(7)) == 2 * many.COUNT
    with pytest.raises(aussage.CorpusError, match="text-free edition"):
        view.document(many.name_of(0))


def test_columns_and_layers_of_tables(corpus: Corpus) -> None:
    assert corpus.table("claims", columns=["voice", "claim_id"]).column_names == ["voice", "claim_id"]
    assert corpus.table("claims", layer="all").num_rows == 2 * corpus.table("claims").num_rows
    assert corpus.table("claims", ["claim_id"], layer="coder-a")[0][0].as_py().endswith("/coder-a/c1")
    frame = corpus.frame("claims", ["claim_type", "claim_id"])
    pd.testing.assert_frame_equal(frame, corpus.claims[["claim_type", "claim_id"]])
    with pytest.raises(aussage.CorpusError, match="did you mean 'claim_type'"):
        corpus.frame("claims", ["claimtype"])
    with pytest.raises(aussage.CorpusError, match="did you mean 'coder-a'"):
        corpus.table("claims", layer="coder")


def test_a_small_corpus_without_claims_of_some_documents(shared: Path) -> None:
    view = aussage.load(shared).documents_where(issue="open", claims=pc.field("claim_type") == "DENIAL")
    assert view.documents["document_id"].tolist() == ["bridge"]
    assert view.document("bridge").text == made_up.TEXTS["bridge"]


def test_what_needs_the_texts_says_so_of_a_text_free_edition(tmp_path: Path) -> None:
    from aussage import agreement, discourse
    from aussage.release.editions.text_free import make_text_free

    make_text_free(made_up.write_corpus(tmp_path / "corpus"), tmp_path / "text-free")
    with pytest.warns(aussage.TextFreeEdition):
        corpus = aussage.load(tmp_path / "text-free")
    for analysis in (discourse.contradictions, discourse.hedging, agreement.frames_of):
        with pytest.raises(aussage.CorpusError, match=r"text-free edition.*aussage rehydrate"):
            analysis(corpus)
    assert len(discourse.voices(corpus))
