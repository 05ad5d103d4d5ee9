"""Expectations on text and offsets: documents, sentences, claims, mentions and figures."""

from __future__ import annotations

from collections.abc import Iterator

from aussage.expectations.expectation import Expectation, among, between, empty, equal, expect, matches, more

PARTS = ("content", "source", "cue", "condition")
WITHOUT_SPACE_AROUND = r"(?s:(?:\S(?:.*\S)?)?)"


def expectations() -> Iterator[Expectation]:
    """The expectations of the kind spans."""
    yield from _of_documents()
    yield from _of_sentences()
    yield from _of_claims()
    yield from _of_mentions()


def _of_documents() -> Iterator[Expectation]:
    yield from expect("document-digest", "documents", equal("sha256", "text.sha256"))
    counts = {"characters": "text", "paragraphs": "text", "sentences": "sentences", "claims": "claims"}
    for what, where in counts.items():
        yield from expect("document-counts", "documents", equal(f"n_{what}", f"{where}.n_{what}"))
    yield from expect("text-uncovered", "documents", empty("text.uncovered"))


def _of_sentences() -> Iterator[Expectation]:
    name = "sentences"
    yield from expect("sentence-span", name, between("char_start", 0, None), more("char_end", "char_start"))
    yield from expect("sentence-span", name, more("document.length", "char_end", or_equal=True))
    yield from expect("sentence-span", name, more("char_start", "before.char_end", or_equal=True))
    yield from expect("sentence-words", name, equal("text", "document.words"), matches("text", WITHOUT_SPACE_AROUND))
    yield from expect("sentence-position", name, equal("position", "document.position"))
    yield from expect("sentence-paragraph", name, equal("paragraph", "document.paragraph"))


def _of_claims() -> Iterator[Expectation]:
    for part in PARTS:
        yield from expect("claim-span", "claims", empty(f"{part}_spans.outside"))
        yield from expect("claim-words", "claims", equal(f"{part}_text", f"{part}_spans.words"))
    yield from expect("claim-span", "claims", empty("figures.outside"))
    yield from expect("claim-sentences", "claims", equal("sentence_ids.given", "content_spans.sentences"))
    yield from expect("claim-home", "claims", among("sentence_id.is_its_own", [True]))
    yield from expect("condition-elsewhere", "claims", empty("condition_spans.elsewhere"))
    yield from expect("figure-words", "claims", empty("figures.wrong"))


def _of_mentions() -> Iterator[Expectation]:
    name = "mentions"
    yield from expect("mention-span", name, more("char_end", "char_start"))
    yield from expect("mention-span", name, more("char_start", "sentence.char_start", or_equal=True))
    yield from expect("mention-span", name, more("sentence.char_end", "char_start"))
    yield from expect("mention-span", name, more("document.length", "char_end", or_equal=True))
    yield from expect("mention-words", name, equal("text", "document.words"))
