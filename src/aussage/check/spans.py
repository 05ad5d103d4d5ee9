"""Rules on text and offsets: sentences, claims, mentions and figures stand where their rows say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.articles import articles_of, unlike_pieces, unlike_slices
from aussage.check.mentions import claims_around
from aussage.check.positions import content_touched, distinct, sentence_runs, touching_others, unlike_lists
from aussage.check.rule import Failing, Group
from aussage.check.scheme import scheme
from aussage.check.slices import bytes_of, have_digit
from aussage.check.tables import NOTHING, Numbers, Tables, mask_of, unlike

spans = Group("spans")
PARTS = ("content", "source", "cue", "condition")


def _documents(tables: Tables, name: str) -> Numbers:
    """The row of the document of each row."""
    return tables.places(name, "document_id", "documents")


@spans.rule(
    "document-digest",
    "The SHA-256 of a document is not that of its text.",
    "The digest proves that offsets point into the article that was given.",
    "documents",
    "sha256 text",
)
def document_digest(tables: Tables) -> Iterator[Failing]:
    """SHA-256 over the text in UTF-8."""
    articles = articles_of(tables)
    ends = articles.offsets.tolist()
    digests = [hashlib.sha256(articles.data[begin:end].data).hexdigest() for begin, end in pairwise(ends)]
    wrong = unlike(tables.texts("documents", "sha256"), pa.array(digests, pa.string()))
    yield tables.failing("documents", wrong, "sha256")


@spans.rule(
    "document-counts",
    "A count of a document is wrong.",
    "Shares and densities are computed from these counts.",
    "documents sentences claims",
    "n_characters n_paragraphs n_sentences n_claims",
)
def document_counts(tables: Tables) -> Iterator[Failing]:
    """Code points, lines with words, sentences, and claims of the gold layer."""
    articles, own = articles_of(tables), _documents(tables, "documents")
    claims = _documents(tables, "claims")[tables.is_gold("claims")]
    counted = {
        "n_characters": articles.lengths[:-1],
        "n_paragraphs": articles.paragraphs,
        "n_sentences": _count(_documents(tables, "sentences"), len(own))[own],
        "n_claims": _count(claims, len(own))[own],
    }
    for column, counts in counted.items():
        yield tables.failing("documents", tables.numbers("documents", column) != counts, column)


def _count(places: Numbers, documents: int) -> Numbers:
    """How many of the places are those of each document."""
    return np.bincount(places[places >= 0], minlength=documents)


@spans.rule(
    "sentence-span",
    "A sentence lies outside its document, is empty, or overlaps the one before.",
    "Every character belongs to one sentence at most, or claims are counted twice.",
    "documents sentences",
    "char_start char_end",
)
def sentence_span(tables: Tables) -> Iterator[Failing]:
    """0 <= end of the sentence before <= start < end <= length of the document."""
    start, end = tables.numbers("sentences", "char_start"), tables.numbers("sentences", "char_end")
    most = articles_of(tables).length(_documents(tables, "sentences"))
    reached = sentence_runs(tables).before(end)
    yield tables.failing("sentences", (start < 0) | (start < reached) | (start >= end) | (end > most))


@spans.rule(
    "sentence-words",
    "The text of a sentence is not what its document has there.",
    "Offsets and text must say the same, or a citation quotes what was never written.",
    "documents sentences",
    "text",
)
def sentence_words(tables: Tables) -> Iterator[Failing]:
    """The document's text from start to end, without white space around it."""
    articles, words = articles_of(tables), bytes_of(tables.texts("sentences", "text"))
    start, end = tables.numbers("sentences", "char_start"), tables.numbers("sentences", "char_end")
    begins, lengths = articles.cut(_documents(tables, "sentences"), start, end)
    wrong = unlike_slices(articles, words, begins, lengths)
    wrong |= articles.has_white_edge(begins, lengths)
    yield tables.failing("sentences", wrong, "text")


@spans.rule(
    "text-uncovered",
    "Words of a document lie in no sentence.",
    "What is in no sentence was shown to no coder.",
    "documents sentences",
    "text",
)
def text_uncovered(tables: Tables) -> Iterator[Failing]:
    """Nothing but white space stands before, between and after the sentences."""
    articles, documents = articles_of(tables), _documents(tables, "sentences")
    start, end = tables.numbers("sentences", "char_start"), tables.numbers("sentences", "char_end")
    gap, length = articles.cut(documents, sentence_runs(tables).before(end), start)
    before = documents[articles.has_words(gap, gap + length)]
    own = _documents(tables, "documents")
    reached = np.zeros(len(own), np.int64)
    np.maximum.at(reached, documents[documents >= 0], end[documents >= 0])
    rest, length = articles.cut(np.arange(len(own)), reached[own], articles.lengths[:-1])
    wrong = articles.has_words(rest, rest + length)
    wrong[before] = True
    yield tables.failing("documents", wrong)


@spans.rule(
    "sentence-position",
    "Sentences are not numbered 1, 2, 3 within their document.",
    "The position is where the sentence stands in the article.",
    "sentences",
    "position",
)
def sentence_position(tables: Tables) -> Iterator[Failing]:
    """The positions of a document are 1..n in the order of rows."""
    wrong = tables.numbers("sentences", "position") != sentence_runs(tables).numbers()
    yield tables.failing("sentences", wrong, "position")


@spans.rule(
    "sentence-paragraph",
    "The paragraph of a sentence is another one.",
    "Attribution carries on within a paragraph, so its number must be right.",
    "documents sentences",
    "paragraph",
)
def sentence_paragraph(tables: Tables) -> Iterator[Failing]:
    """The number of lines with words that begin at or before the sentence."""
    start = tables.numbers("sentences", "char_start")
    paragraph = articles_of(tables).paragraph(_documents(tables, "sentences"), start)
    yield tables.failing("sentences", tables.numbers("sentences", "paragraph") != paragraph, "paragraph")


@spans.rule(
    "claim-span",
    "A span of a claim lies outside its document, is empty, or overlaps the piece before.",
    "Standoff spans are only as good as their offsets.",
    "documents claims",
    "content_spans source_spans cue_spans condition_spans figures",
)
def claim_span(tables: Tables) -> Iterator[Failing]:
    """0 <= end of the piece before <= start < end <= length; figures may stand in any order."""
    length = articles_of(tables).length(_documents(tables, "claims"))
    for column in (*(f"{part}_spans" for part in PARTS), "figures"):
        pieces = tables.lists("claims", column)
        start, end = pieces.number("start"), pieces.number("end")
        wrong = (start < 0) | (start >= end) | (end > length[pieces.rows])
        if column != "figures":
            wrong[1:] |= (start[1:] < end[:-1]) & (pieces.rows[1:] == pieces.rows[:-1])
        yield tables.failing("claims", pieces.any(wrong), column)


@spans.rule(
    "claim-words",
    "A text of a claim is not its pieces joined by one space.",
    "Spans ship their words so that both can be compared; here they say different things.",
    "documents claims",
    "content_text source_text cue_text condition_text",
)
def claim_words(tables: Tables) -> Iterator[Failing]:
    """For content, source, cue and condition; no text where there is no span."""
    articles, documents = articles_of(tables), _documents(tables, "claims")
    for part in PARTS:
        pieces, given = tables.lists("claims", f"{part}_spans"), tables.given("claims", f"{part}_text")
        words = bytes_of(tables.texts("claims", f"{part}_text"))
        yield tables.failing("claims", unlike_pieces(articles, words, given, documents, pieces), f"{part}_text")


@spans.rule(
    "claim-sentences",
    "The sentences of a claim are not those that its content touches.",
    "Sentence rows count the claims that lie in them.",
    "documents sentences claims",
    "sentence_ids",
)
def claim_sentences(tables: Tables) -> Iterator[Failing]:
    """Every sentence that shares a character with a piece of the content, in order."""
    found, listed = content_touched(tables), tables.lists("claims", "sentence_ids")
    count = tables.count("sentences")
    pairs = distinct(found.rows * count + found.sentences)
    rows, sentences = pairs // max(count, 1), pairs % max(count, 1)
    expected = tables.places("sentences", "sentence_id", "sentences")[sentences]
    given = tables.places("claims", "sentence_ids", "sentences")
    wrong = unlike_lists(tables.count("claims"), rows, expected, listed.rows, given)
    yield tables.failing("claims", wrong, "sentence_ids")


@spans.rule(
    "claim-home",
    "A claim is filed under a sentence in which it does not lie.",
    "The sentence's id is part of the claim's id.",
    "claims",
    "sentence_id sentence_ids",
)
def claim_home(tables: Tables) -> Iterator[Failing]:
    """The claim's sentence is one of its sentences."""
    listed = tables.lists("claims", "sentence_ids")
    home = tables.texts("claims", "sentence_id").take(pa.array(listed.rows))
    yield tables.failing("claims", ~listed.any(mask_of(pc.equal(listed.items, home))), "sentence_id")


@spans.rule(
    "condition-elsewhere",
    "The condition of a claim lies in none of its sentences.",
    "A condition elsewhere belongs to another claim.",
    "documents sentences claims",
    "condition_spans",
)
def condition_elsewhere(tables: Tables) -> Iterator[Failing]:
    """Every sentence that the condition touches is one of the sentences of the claim."""
    yield tables.failing("claims", touching_others(tables, "condition_spans"), "condition_spans")


@spans.rule(
    "mention-span",
    "A mention begins outside its sentence, is empty, or ends after its document.",
    "Mentions belong to the sentence in which they begin.",
    "documents sentences mentions",
    "char_start char_end",
)
def mention_span(tables: Tables) -> Iterator[Failing]:
    """Start of the sentence <= start < end of the sentence; start < end <= length of the document."""
    start, end = tables.numbers("mentions", "char_start"), tables.numbers("mentions", "char_end")
    sentence = tables.places("mentions", "sentence_id", "sentences")
    # A sentence that is not there begins and ends nowhere: no mention stands in it.
    first = np.append(tables.numbers("sentences", "char_start"), 0)[np.maximum(sentence, NOTHING)]
    last = np.append(tables.numbers("sentences", "char_end"), 0)[np.maximum(sentence, NOTHING)]
    inside = (sentence >= 0) & (first <= start) & (start < last) & (start < end)
    inside &= end <= articles_of(tables).length(_documents(tables, "mentions"))
    yield tables.failing("mentions", ~inside)


@spans.rule(
    "mention-words",
    "The text of a mention is not what its document has there.",
    "Offsets and text must say the same.",
    "documents mentions",
    "text",
)
def mention_words(tables: Tables) -> Iterator[Failing]:
    """The document's text from start to end."""
    words = bytes_of(tables.texts("mentions", "text"))
    start, end = tables.numbers("mentions", "char_start"), tables.numbers("mentions", "char_end")
    articles = articles_of(tables)
    wrong = unlike_slices(articles, words, *articles.cut(_documents(tables, "mentions"), start, end))
    yield tables.failing("mentions", wrong, "text")


@spans.rule(
    "figure-words",
    "A figure is not what its document has there, or has no digit.",
    "Figures are numbers as the article writes them, in digits.",
    "documents claims",
    "figures",
)
def figure_words(tables: Tables) -> Iterator[Failing]:
    """The document's text from start to end, with at least one digit."""
    figures = tables.lists("claims", "figures")
    documents, texts = _documents(tables, "claims")[figures.rows], figures.field("text")
    start, end = figures.number("start"), figures.number("end")
    articles = articles_of(tables)
    wrong = unlike_slices(articles, bytes_of(texts), *articles.cut(documents, start, end))
    yield tables.failing("claims", figures.any(wrong | ~have_digit(texts)), "figures")


@scheme.rule(
    "mention-claims",
    "The claims of a mention are not those of its layer whose content contains it.",
    "Who and where a claim speaks of is counted through this column.",
    "documents sentences claims mentions",
    "claim_ids",
)
def mention_claims(tables: Tables) -> Iterator[Failing]:
    """All claims of the layer one piece of whose content contains the mention, in the order of claims."""
    mentions, claims = claims_around(tables)
    expected = tables.places("claims", "claim_id", "claims")[claims]
    listed, given = tables.lists("mentions", "claim_ids"), tables.places("mentions", "claim_ids", "claims")
    wrong = unlike_lists(tables.count("mentions"), mentions, expected, listed.rows, given)
    yield tables.failing("mentions", wrong, "claim_ids")
