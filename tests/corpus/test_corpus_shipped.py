"""The corpus that comes with Aussage: only what its documentation says of it."""

import doctest
import json
from pathlib import Path

import pytest

import aussage
from aussage.corpus import Corpus, view
from aussage.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    if not (ROOT / "dataset" / "corpus" / "manifest.json").is_file():
        pytest.skip("the shipped corpus is not built; run `make build`")
    return aussage.load(ROOT)


def test_load_without_a_path_gives_it(corpus: Corpus) -> None:
    manifest = json.loads((ROOT / "dataset" / "corpus" / "manifest.json").read_text(encoding="utf-8"))
    assert corpus.content_hash == manifest["content_hash"]
    assert aussage.load().name == corpus.name


def test_every_table_is_read_and_described(corpus: Corpus) -> None:
    assert set(corpus.tables) == set(TABLES)
    every = corpus.layer("all")
    for name in corpus.tables:
        assert len(every[name]) == corpus.rows[name]
        assert list(corpus.columns(name)["name"]) == list(corpus[name].columns)


def test_every_category_is_defined(corpus: Corpus) -> None:
    for name in ("claim_type", "modality", "voice", "form", "role", "actor_type"):
        variable = corpus.define(name)
        assert variable.definition
        assert all(corpus.define(name, value).definition for value in variable.values)


def test_every_sentence_and_article_can_be_shown(corpus: Corpus) -> None:
    for name in corpus.sentences["sentence_id"]:
        assert corpus.sentence(name).text in corpus.document(name.split("/")[0]).text
        assert "aussage-text" in corpus.sentence(name)._repr_html_()
    assert len(corpus.summary().splitlines()) < 45


def test_examples_in_the_documentation_of_views_hold() -> None:
    found = doctest.testmod(view)
    assert found.attempted > 5
    assert not found.failed
