"""An edition without texts holds no words of the articles, and with the articles it is the full edition again."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from made_up_editions import ALTSTADT, ARTICLES, FAHRT, Pieces, text_of, write_copies, write_corpus

import aussage
from aussage.corpus.errors import CorpusError
from aussage.release.editions.masked import make_masked
from aussage.release.editions.rehydration import rehydrate
from aussage.release.editions.text_free import make_text_free
from aussage.release.words import run_hashes, word_hashes

NOTES = {
    "fahrt": f"Compare »{ALTSTADT[1][5:40]}« and {FAHRT[7]} ⟦ ⟦⟦x:1-2⟧ – Der Rat sperrt die",
    "altstadt": "Es bleibt dabei, WIE der Rat der Stadt am Abend",
}
LABEL = "im Süden regnete es bis zum Morgen"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("made-up") / "corpus", notes=NOTES, label=LABEL)


@pytest.fixture(scope="module")
def text_free(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("editions") / "text-free"
    make_text_free(corpus, target)
    return target


def strings(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in strings(item)]
    if isinstance(value, dict):
        return [text for item in value.items() for text in strings(item)]
    return [value] if isinstance(value, str) else []


def repeated(folder: Path, articles: dict[str, str]) -> list[str]:
    """What stands in any cell, name or metadata of a folder and repeats five words of an article."""
    withheld = {run for text in articles.values() for run in run_hashes(word_hashes(text)).tolist()}
    found: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".parquet":
            rows = pq.read_table(path)
            texts = [*strings(rows.to_pylist()), str(rows.schema)]
        else:
            texts = [path.read_text(encoding="utf-8")]
        found += [f"{path.name}: {text}" for text in texts if withheld & set(run_hashes(word_hashes(text)).tolist())]
    return found


def same_files(one: Path, other: Path) -> list[str]:
    return [
        path.name for path in sorted(one.glob("*.parquet")) if path.read_bytes() != (other / path.name).read_bytes()
    ]


def test_the_own_check_finds_words(corpus: Path) -> None:
    names = {line.split(":")[0] for line in repeated(corpus, {name: text_of(a) for name, a in ARTICLES.items()})}
    assert names == {
        f"{name}.parquet" for name in ("actors", "adjudications", "claims", "documents", "flat", "sentences")
    }


def test_no_cell_repeats_five_words(text_free: Path, corpus: Path, tmp_path: Path) -> None:
    articles = {name: text_of(pieces) for name, pieces in ARTICLES.items()}
    assert repeated(text_free, articles) == []
    make_masked(corpus, tmp_path / "masked")
    assert repeated(tmp_path / "masked", articles) == []


def test_short_phrases_stay_readable(text_free: Path) -> None:
    note = (
        pq.read_table(text_free / "claims.parquet", filters=[("document_id", "=", "fahrt")]).column("note")[0].as_py()
    )
    assert note.startswith("Compare »⟦altstadt:5-40⟧« and ⟦fahrt:")
    assert note.endswith("⟦⟦ ⟦⟦⟦⟦x:1-2⟧ – Der Rat sperrt die")


def test_columns_that_quote_are_gone_and_sentences_have_digests(text_free: Path) -> None:
    for name, gone in {"documents": "text", "sentences": "text", "mentions": "text", "flat": "figures"}.items():
        assert gone not in pq.read_schema(text_free / f"{name}.parquet").names
    claims = pq.read_schema(text_free / "claims.parquet")
    assert not [name for name in claims.names if name.endswith("_text")]
    assert [field.name for field in claims.field("figures").type.value_type] == ["start", "end"]
    digests = pq.read_table(text_free / "sentences.parquet").column("text_digest").to_pylist()
    assert len(set(digests)) == len(digests) - 1  # »Warum?« stands there twice
    manifest = json.loads((text_free / "manifest.json").read_text())
    assert manifest["edition"] == "text-free"
    assert len(bytes.fromhex(manifest["salt"])) == 32


def test_the_same_corpus_makes_the_same_bytes(corpus: Path, text_free: Path, tmp_path: Path) -> None:
    make_text_free(corpus, tmp_path / "again")
    for path in text_free.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_with_the_articles_it_is_the_full_edition_again(corpus: Path, text_free: Path, tmp_path: Path) -> None:
    done = rehydrate(text_free, [write_copies(tmp_path / "copies")], tmp_path / "full")
    assert same_files(corpus, tmp_path / "full") == []
    assert done.notes == []
    manifests = [json.loads((folder / "manifest.json").read_text()) for folder in (corpus, tmp_path / "full")]
    assert manifests[0] | {"edition": "full"} == manifests[1]
    assert done.content_hash == manifests[0]["content_hash"]
    again = rehydrate(text_free, [tmp_path / "copies"], tmp_path / "full")  # takes the place of a corpus
    assert again.rows["sentences"] == 9


@pytest.mark.parametrize("rows_per_group", [1, 1000])
def test_row_groups_make_no_difference(rows_per_group: int, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", notes=NOTES, label=LABEL, rows_per_group=rows_per_group)
    make_text_free(corpus, tmp_path / "free")
    rehydrate(tmp_path / "free", [write_copies(tmp_path / "copies")], tmp_path / "full")
    assert same_files(corpus, tmp_path / "full") == []


def test_the_seed_corpus_comes_back_byte_for_byte(root: Path, tmp_path: Path) -> None:
    corpus = root / "dataset" / "corpus"
    documents = pq.read_table(corpus / "documents.parquet", columns=["document_id", "text"]).to_pylist()
    articles = {row["document_id"]: row["text"] for row in documents}
    make_text_free(corpus, tmp_path / "free")
    assert repeated(tmp_path / "free", articles) == []
    copies = {name: text.replace("\n", "\r\n").replace("„", '"') for name, text in articles.items()}
    for name, text in copies.items():
        (tmp_path / f"copy-{name}.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    rehydrate(tmp_path / "free", sorted(tmp_path.glob("copy-*.txt")), tmp_path / "full")
    assert same_files(corpus, tmp_path / "full") == []
    make_masked(corpus, tmp_path / "masked")
    masked = aussage.load(tmp_path / "masked")
    assert [len(text) for text in masked.sentences.text] == [len(text) for text in aussage.load(corpus).sentences.text]


def test_a_masked_corpus_loads_and_shows_no_letters(corpus: Path, tmp_path: Path) -> None:
    make_masked(corpus, tmp_path / "masked")
    masked = aussage.load(tmp_path / "masked")
    assert "░░░ ░░░ ░░░░░░ ░░░ „░░░░“ ░░░░░░ ░░ ░░░░░░░ – ░░ ░░░░░░." in list(masked.sentences.text)
    assert len(masked.claims) == 9


def test_an_edition_is_made_from_the_full_one_only(text_free: Path, corpus: Path, tmp_path: Path) -> None:
    make_masked(corpus, tmp_path / "masked")
    for folder in (text_free, tmp_path / "masked"):
        with pytest.raises(CorpusError, match="edition of the corpus"):
            make_text_free(folder, tmp_path / "other")
    for folder in (corpus, tmp_path / "masked"):
        with pytest.raises(CorpusError, match="edition of the corpus"):
            rehydrate(folder, [corpus], tmp_path / "other")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("pieces", "note", "message"),
    [
        (["", "Der Rat sperrt die neue Brücke.", ""], "DER RAT SPERRT DIE NEUE", "documents, column title, row 1"),
        (
            ["", "Der Rat sperrt die neue Brücke.", ""],
            "x der rat SPERRT DIE NEUE brücke y",
            "quote them as the article",
        ),
    ],
)
def test_what_cannot_be_taken_out_is_named(pieces: Pieces, note: str, message: str, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"a": pieces}, {"a": note})
    with pytest.raises(CorpusError, match=message):
        make_text_free(corpus, tmp_path / "free")
    assert not (tmp_path / "free").exists()


def test_an_id_of_five_words_is_named(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"der-rat-sperrt-die-neue": ["", "Der Rat sperrt die neue Brücke.", ""]})
    with pytest.raises(CorpusError, match="give it a shorter id"):
        make_text_free(corpus, tmp_path / "free")
