"""Rules on text and offsets: sentences, claims, mentions and figures stand where their rows say."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import pandas as pd

from aussage.check.positions import touched, touched_ids
from aussage.check.rule import Failing, Group
from aussage.check.tables import GOLD, Tables, at, cut, differ, joined_items

spans = Group("spans")
PARTS = ("content", "source", "cue", "condition")
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


@spans.rule(
    "document-digest",
    "The SHA-256 of a document is not that of its text.",
    "The digest proves that offsets point into the article that was given.",
    "documents",
    "sha256 text",
)
def document_digest(tables: Tables) -> Iterator[Failing]:
    """SHA-256 over the text in UTF-8."""
    documents = tables.frame("documents")
    digest = [hashlib.sha256(text.encode()).hexdigest() for text in documents["text"]]
    yield Failing("documents", documents.loc[documents["sha256"] != digest, "document_id"], "sha256")


@spans.rule(
    "document-counts",
    "A count of a document is wrong.",
    "Shares and densities are computed from these counts.",
    "documents sentences claims",
    "n_characters n_paragraphs n_sentences n_claims",
)
def document_counts(tables: Tables) -> Iterator[Failing]:
    """Code points, lines with words, sentences, and claims of the gold layer."""
    documents, claims = tables.frame("documents"), tables.frame("claims")
    name: pd.Series[Any] = documents["document_id"]
    counted = {
        "n_characters": documents["text"].str.len(),
        "n_paragraphs": [sum(1 for _ in PARAGRAPH.finditer(text)) for text in documents["text"]],
        "n_sentences": at(name, tables.frame("sentences")["document_id"].value_counts()).fillna(0),
        "n_claims": at(name, claims.loc[claims["layer"] == GOLD, "document_id"].value_counts()).fillna(0),
    }
    for column, counts in counted.items():
        yield Failing("documents", name[documents[column] != counts], column)


@spans.rule(
    "sentence-span",
    "A sentence lies outside its document, is empty, or overlaps the one before.",
    "Every character belongs to one sentence at most, or claims are counted twice.",
    "documents sentences",
    "char_start char_end",
)
def sentence_span(tables: Tables) -> Iterator[Failing]:
    """0 <= end of the sentence before <= start < end <= length of the document."""
    sentences = tables.frame("sentences")
    length = tables.article("sentences").str.len()
    reached = sentences.groupby("document_id")["char_end"].shift(fill_value=0)
    start, end = sentences["char_start"], sentences["char_end"]
    wrong = (start < 0) | (start < reached) | (start >= end) | (end > length)
    yield Failing("sentences", sentences.loc[wrong, "sentence_id"])


@spans.rule(
    "sentence-words",
    "The text of a sentence is not what its document has there.",
    "Offsets and text must say the same, or a citation quotes what was never written.",
    "documents sentences",
    "text",
)
def sentence_words(tables: Tables) -> Iterator[Failing]:
    """The document's text from start to end, without white space around it."""
    sentences = tables.frame("sentences")
    words = cut(tables.article("sentences"), sentences["char_start"], sentences["char_end"])
    wrong = (sentences["text"] != words) | (sentences["text"] != sentences["text"].str.strip())
    yield Failing("sentences", sentences.loc[wrong, "sentence_id"], "text")


@spans.rule(
    "text-uncovered",
    "Words of a document lie in no sentence.",
    "What is in no sentence was shown to no coder.",
    "documents sentences",
    "text",
)
def text_uncovered(tables: Tables) -> Iterator[Failing]:
    """Nothing but white space stands before, between and after the sentences."""
    sentences = tables.frame("sentences")
    before = sentences.groupby("document_id")["char_end"].shift(fill_value=0)
    gaps = pd.Series(cut(tables.article("sentences"), before, sentences["char_start"]), dtype="str")
    documents = tables.frame("documents")
    reached = at(documents["document_id"], sentences.groupby("document_id")["char_end"].max()).fillna(0).astype(int)
    rest = pd.Series([text[end:] for text, end in zip(documents["text"], reached, strict=True)], dtype="str")
    yield Failing("documents", sentences.loc[gaps.str.strip() != "", "document_id"])
    yield Failing("documents", documents.loc[rest.str.strip() != "", "document_id"])


@spans.rule(
    "sentence-position",
    "Sentences are not numbered 1, 2, 3 within their document.",
    "The position is where the sentence stands in the article.",
    "sentences",
    "position",
)
def sentence_position(tables: Tables) -> Iterator[Failing]:
    """The positions of a document are 1..n in the order of rows."""
    sentences = tables.frame("sentences")
    wrong = sentences["position"] != sentences.groupby("document_id").cumcount() + 1
    yield Failing("sentences", sentences.loc[wrong, "sentence_id"], "position")


@spans.rule(
    "sentence-paragraph",
    "The paragraph of a sentence is another one.",
    "Attribution carries on within a paragraph, so its number must be right.",
    "documents sentences",
    "paragraph",
)
def sentence_paragraph(tables: Tables) -> Iterator[Failing]:
    """The number of lines with words that begin at or before the sentence."""
    documents, sentences = tables.frame("documents"), tables.frame("sentences")
    lines = {
        name: [match.start() for match in PARAGRAPH.finditer(text)]
        for name, text in zip(documents["document_id"], documents["text"], strict=True)
    }
    places = zip(sentences["document_id"], sentences["char_start"], strict=True)
    paragraph = [bisect_right(lines.get(name, []), start) for name, start in places]
    yield Failing("sentences", sentences.loc[sentences["paragraph"] != paragraph, "sentence_id"], "paragraph")


def _pieces(tables: Tables, part: str) -> pd.DataFrame:
    """The spans of one part of all claims, with the text of the document beside each."""
    items = tables.items("claims", f"{part}_spans")
    return items.assign(article=tables.article("claims")[items["row"]].set_axis(items.index))


@spans.rule(
    "claim-span",
    "A span of a claim lies outside its document, is empty, or overlaps the piece before.",
    "Standoff spans are only as good as their offsets.",
    "documents claims",
    "content_spans source_spans cue_spans condition_spans figures",
)
def claim_span(tables: Tables) -> Iterator[Failing]:
    """0 <= end of the piece before <= start < end <= length; figures may stand in any order."""
    key, length = tables.key("claims"), tables.article("claims").str.len()
    for column in (*(f"{part}_spans" for part in PARTS), "figures"):
        items = tables.items("claims", column)
        reached = items.groupby("row")["end"].shift(fill_value=0) if column != "figures" else 0
        start, end = items["start"], items["end"]
        most = length[items["row"]].set_axis(items.index)
        wrong = (start < 0) | (start < reached) | (start >= end) | (end > most)
        yield Failing("claims", key[items.loc[wrong, "row"]], column)


@spans.rule(
    "claim-words",
    "A text of a claim is not its pieces joined by one space.",
    "Spans ship their words so that both can be compared; here they say different things.",
    "documents claims",
    "content_text source_text cue_text condition_text",
)
def claim_words(tables: Tables) -> Iterator[Failing]:
    """For content, source, cue and condition; no text where there is no span."""
    claims = tables.frame("claims")
    for part in PARTS:
        pieces = _pieces(tables, part)
        pieces = pieces.assign(words=cut(pieces["article"], pieces["start"], pieces["end"]))
        words = joined_items(pieces, "words", len(claims), " ")
        wrong = differ(claims[f"{part}_text"], words.where(words != ""))
        yield Failing("claims", claims.loc[wrong, "claim_id"], f"{part}_text")


@spans.rule(
    "claim-sentences",
    "The sentences of a claim are not those that its content touches.",
    "Sentence rows count the claims that lie in them.",
    "documents sentences claims",
    "sentence_ids",
)
def claim_sentences(tables: Tables) -> Iterator[Failing]:
    """Every sentence that shares a character with a piece of the content, in order."""
    wrong = tables.joined("claims", "sentence_ids") != touched_ids(tables, "content_spans")
    yield Failing("claims", tables.key("claims")[wrong], "sentence_ids")


@spans.rule(
    "claim-home",
    "A claim is filed under a sentence in which it does not lie.",
    "The sentence's id is part of the claim's id.",
    "claims",
    "sentence_id sentence_ids",
)
def claim_home(tables: Tables) -> Iterator[Failing]:
    """The claim's sentence is one of its sentences."""
    items, claims = tables.items("claims", "sentence_ids"), tables.frame("claims")
    home = claims["sentence_id"][items["row"]].set_axis(items.index)
    rows = items.loc[items["value"] == home, "row"]
    yield Failing("claims", claims.loc[~claims.index.isin(rows), "claim_id"], "sentence_id")


@spans.rule(
    "condition-elsewhere",
    "The condition of a claim lies in none of its sentences.",
    "A condition elsewhere belongs to another claim.",
    "documents sentences claims",
    "condition_spans",
)
def condition_elsewhere(tables: Tables) -> Iterator[Failing]:
    """Every sentence that the condition touches is one of the sentences of the claim."""
    found = touched(tables, "condition_spans")
    names = tables.key("sentences")[found["sentence"]].set_axis(found.index)
    own = tables.items("claims", "sentence_ids")
    pairs = pd.MultiIndex.from_arrays([own["row"], own["value"]])
    outside = ~pd.MultiIndex.from_arrays([found["row"], names]).isin(pairs)
    yield Failing("claims", tables.key("claims")[found.loc[outside, "row"]], "condition_spans")


@spans.rule(
    "mention-span",
    "A mention begins outside its sentence, is empty, or ends after its document.",
    "Mentions belong to the sentence in which they begin.",
    "documents sentences mentions",
    "char_start char_end",
)
def mention_span(tables: Tables) -> Iterator[Failing]:
    """Start of the sentence <= start < end of the sentence; start < end <= length of the document."""
    mentions = tables.frame("mentions")
    first = at(mentions["sentence_id"], tables.lookup("sentences", "char_start"))
    last = at(mentions["sentence_id"], tables.lookup("sentences", "char_end"))
    start, end = mentions["char_start"], mentions["char_end"]
    inside = (first <= start) & (start < last) & (start < end) & (end <= tables.article("mentions").str.len())
    yield Failing("mentions", mentions.loc[~inside, "mention_id"])


@spans.rule(
    "mention-words",
    "The text of a mention is not what its document has there.",
    "Offsets and text must say the same.",
    "documents mentions",
    "text",
)
def mention_words(tables: Tables) -> Iterator[Failing]:
    """The document's text from start to end."""
    mentions = tables.frame("mentions")
    words = cut(tables.article("mentions"), mentions["char_start"], mentions["char_end"])
    yield Failing("mentions", mentions.loc[mentions["text"] != words, "mention_id"], "text")


@spans.rule(
    "figure-words",
    "A figure is not what its document has there, or has no digit.",
    "Figures are numbers as the article writes them, in digits.",
    "documents claims",
    "figures",
)
def figure_words(tables: Tables) -> Iterator[Failing]:
    """The document's text from start to end, with at least one digit."""
    items = tables.items("claims", "figures")
    articles = tables.article("claims")[items["row"]]
    digit = pd.Series([any(sign.isdigit() for sign in text) for text in items["text"]], index=items.index, dtype=bool)
    wrong = (items["text"] != cut(articles, items["start"], items["end"])) | ~digit
    yield Failing("claims", tables.key("claims")[items.loc[wrong, "row"]], "figures")
