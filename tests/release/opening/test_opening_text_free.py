"""An edition without texts is loaded and used; what needs the texts says how to put them back."""

import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from packed_neudorf import packed, seal, without_texts

import aussage
from aussage.cli.main import cli
from aussage.view.reader import reader_page

ADVICE = r"aussage rehydrate (/\S+|'.+') --text FILE"


@pytest.fixture
def text_free(neudorf_corpus: Path, tmp_path: Path) -> Path:
    return without_texts(neudorf_corpus, tmp_path / "text-free")


@pytest.fixture
def corpus(text_free: Path) -> aussage.Corpus:
    with warnings.catch_warnings(action="ignore"):
        return aussage.load(text_free)


def test_loading_warns_once_and_says_how_to_put_the_texts_back(text_free: Path) -> None:
    with pytest.warns(aussage.TextFreeEdition, match=ADVICE) as found:
        corpus = aussage.load(text_free)
    with warnings.catch_warnings(action="error"):
        _ = corpus.claims, corpus.sentences, corpus.summary()
    assert len(found) == 1
    assert found[0].filename == __file__


def test_tables_are_there_without_the_texts(corpus: aussage.Corpus, neudorf_corpus: Path) -> None:
    full = aussage.load(neudorf_corpus)
    assert corpus.edition == "text-free"
    assert full.edition == "full"
    assert corpus.content_hash == full.content_hash
    assert len(corpus.claims) == len(full.claims)
    assert "content_text" not in corpus.claims
    assert "text_digest" in corpus.sentences
    assert "text-free" in repr(corpus)
    assert "edition" not in repr(full)


NEEDS: dict[str, Callable[[aussage.Corpus], object]] = {
    "a sentence": lambda corpus: corpus.sentence(corpus.sentences["sentence_id"].iloc[0]),
    "an article": lambda corpus: corpus.document(corpus.documents["document_id"].iloc[0]),
    "the reader": reader_page,
}


@pytest.mark.parametrize("what", NEEDS)
def test_what_needs_the_texts_says_so(corpus: aussage.Corpus, what: str) -> None:
    with pytest.raises(aussage.CorpusError, match=f"{what} needs the texts .*{ADVICE}"):
        NEEDS[what](corpus)


def test_the_summary_says_which_edition_it_is(corpus: aussage.Corpus, text_free: Path) -> None:
    assert corpus.summary().split("\n")[1].startswith("Text-free edition: ")
    outcome = CliRunner().invoke(cli, ["summary", str(text_free), "--json"])
    assert outcome.exit_code == 0
    assert '"edition": "text-free"' in outcome.stdout or '"edition":"text-free"' in outcome.stdout


def test_a_bundle_of_it(text_free: Path, tmp_path: Path, local_store: Path) -> None:
    with pytest.warns(aussage.TextFreeEdition):
        assert aussage.load(packed(text_free, tmp_path / "bundle")).edition == "text-free"


def test_masked_texts_are_shown_like_texts(neudorf_corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(neudorf_corpus, tmp_path / "masked")
    seal(tmp_path / "masked", edition="text-free", masked=True)
    with warnings.catch_warnings(action="error"):
        corpus = aussage.load(tmp_path / "masked")
    assert corpus.document(corpus.documents["document_id"].iloc[0]).text
