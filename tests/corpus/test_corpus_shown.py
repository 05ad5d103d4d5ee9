"""Sentences, articles and the corpus as notebooks and terminals show them."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_corpus import TEXTS

import aussage
from aussage.corpus import Corpus
from aussage.corpus.marking import ACTOR, LOCATION, Mark, lanes, marked, segments


class Reader(HTMLParser):
    """Takes the text of the marked passage out of a page; counts tags, and what is open at the end."""

    def __init__(self, html: str, all_of_it: bool = False) -> None:
        super().__init__()
        self.text, self.tags, self.open = "", [], []
        self.inside = 1 if all_of_it else 0
        self.signs: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        known = dict(attributes)
        assert known.keys() <= {"class", "data-sign", "title", "dir", "scope"}
        if known.get("data-sign"):
            self.signs.append(str(known["data-sign"]))
        if self.inside or known.get("class") == "aussage-text":
            self.inside += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.inside -= bool(self.inside)

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    return aussage.load(shared)


@pytest.mark.parametrize("layer", ["gold", "coder-a", "coder-b", "all"])
@pytest.mark.parametrize("name", ["bridge/s01", "bridge/s02", "hall/s01"])
def test_sentence_html_has_the_sentence_and_nothing_else(corpus: Corpus, layer: str, name: str) -> None:
    sentence = corpus.layer(layer).sentence(name)
    html = sentence._repr_html_()
    read = Reader(html)
    assert read.text == sentence.text
    assert not read.open
    assert not {"script", "b"} & set(read.tags)


@pytest.mark.parametrize("document", TEXTS)
def test_document_html_has_the_article_and_nothing_else(corpus: Corpus, document: str) -> None:
    read = Reader(corpus.document(document)._repr_html_())
    assert read.text == corpus.document(document).text == TEXTS[document]
    assert not {"script", "b"} & set(read.tags)


def test_sentence_has_its_claims_and_mentions(corpus: Corpus) -> None:
    first, second = corpus.sentence("bridge/s01"), corpus.sentence("bridge/s02")
    assert first.document_id == "bridge"
    assert first.claims["claim_id"].tolist() == ["bridge/gold/s01.c1", "bridge/gold/s01.c2"]
    assert second.claims["claim_id"].tolist() == ["bridge/gold/s01.c2", "bridge/gold/s02.c1"]  # one runs on
    assert first.mentions["kind"].tolist() == ["actor", "location"]
    assert second.mentions.empty
    assert TEXTS["bridge"][second.start : second.end] == second.text


def test_signs_stand_before_each_piece(corpus: Corpus) -> None:
    assert Reader(corpus.sentence("bridge/s01")._repr_html_()).signs == ["1", "2", "2"]


def test_table_escapes_and_leaves_out_what_is_empty(corpus: Corpus) -> None:
    html = corpus.sentence("bridge/s01")._repr_html_()
    assert "Mayor &lt;b&gt;" in html
    assert "-1 Mayor" in html
    assert "+1 It is open." in html
    assert "doubt" not in html.split("<table")[1]
    assert "coder-a (language model)" in html
    assert "<td>0</td>" in corpus.sentence("hall/s01")._repr_html_()
    assert "no claims" in corpus.layer("coder-b").sentence("bridge/s02")._repr_html_()


def test_terminals_see_sentences_articles_and_the_corpus(corpus: Corpus) -> None:
    shown = repr(corpus.sentence("bridge/s01"))
    assert shown.startswith("Sentence bridge/s01 (layer gold, coded by coder-a (language model))\n")
    assert "1. Council, Mayor <b>: REPORT CT+ >die Brücke in Neudorf bleibe zu<" in shown
    assert "no claims" in repr(corpus.layer("coder-b").document("hall"))
    assert max(map(len, repr(corpus.document("bridge")).splitlines())) <= 88
    for text in (repr(corpus), corpus._repr_html_()):
        for said in ("1.2.3", "gold, coder-a, coder-b", "claims 8", "CC-BY-4.0", "unverified for 2 of 2"):
            assert said in " ".join(text.split())
    assert "Bridges &amp; &lt;halls&gt;" in corpus._repr_html_()


def test_no_folder_of_this_machine_in_what_notebooks_keep(corpus: Corpus) -> None:
    shown = repr(corpus) + corpus._repr_html_() + corpus.sentence("bridge/s01")._repr_html_()
    assert str(corpus.folder) not in shown


SPANS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=4).map(tuple)
MARKS = st.lists(
    st.builds(Mark, SPANS, st.text(max_size=5), st.sampled_from(["", "1", "<2>"]), st.sampled_from([ACTOR, LOCATION]))
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40), MARKS)
def test_marking_never_loses_or_doubles_text(text: str, marks: list[Mark]) -> None:
    twice = [*marks, *marks]  # equal spans
    read = Reader(marked(text, twice), all_of_it=True)
    assert read.text == text
    assert set(read.tags) <= {"span"}
    assert not read.open


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 30), MARKS)
def test_segments_cover_the_text_and_name_their_marks(length: int, marks: list[Mark]) -> None:
    clipped = [mark.clipped(length) for mark in marks]
    found = list(segments(length, clipped))
    assert [place for start, end, _ in found for place in range(start, end)] == list(range(length))
    for start, end, present in found:
        for place in range(start, end):
            covering = [n for n, m in enumerate(clipped) if any(a <= place < b for a, b in m.pieces)]
            assert present == covering


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), max_size=8))
def test_marks_that_meet_have_different_lines(spans: list[tuple[int, int]]) -> None:
    marks = [Mark(((start, start + size),), "", "1") for start, size in spans]
    lane = lanes(marks)
    for one, (a, size_a) in enumerate(spans):
        for other, (b, size_b) in enumerate(spans[:one]):
            if a < b + size_b and b < a + size_a:
                assert lane[one] != lane[other]
