"""Faults of what is written and where it stands: documents, sentences, offsets, empty cells."""

from __future__ import annotations

import unicodedata
from typing import Any

from aussage.tables import TABLES
from faults.draft import DoesNotApply, Draft
from faults.fault import Register, Row

register = Register()
EMPTY = {
    "documents": "publisher", "sentences": "note", "claims": "note", "mentions": "note", "relations": "note",
    "adjudications": "ruling", "actors": "note", "locations": "sovereignty", "issues": "note", "coders": "note",
    "withdrawn": "note",
}  # fmt: skip
HOLES = {
    "documents": "language", "sentences": "position", "claims": "content_spans", "mentions": "text",
    "relations": "is_derived", "adjudications": "coders", "actors": "label", "locations": "also", "issues": "label",
    "coders": "name", "withdrawn": "version", "flat": "voice",
}  # fmt: skip


for _table, _column in EMPTY.items():
    register.change(
        f"empty-text-in-{_table}", "A text without letters stands where there should be none", _table, _column,
        "empty-value", {_column: ""},
    )  # fmt: skip
register.change(
    "empty-name-of-coder", "A coder's name is an empty text", "coders", "name", "empty-value", {"name": ""},
)  # fmt: skip
register.change(
    "empty-item", "An item of a list is an empty text", "actors", "also", "empty-value",
    lambda row: {"also": [*row["also"], ""]},
)  # fmt: skip


def _hole(table: str, column: str, many: bool) -> None:
    what = "A required cell holds nothing" + (", in many rows" if many else "")
    code = f"hole-in-{table}" + ("-in-bulk" if many else "")
    needs = "two rows" if many else "a row"

    @register.fault(code, what, table, column, "empty-value", needs=needs, is_bulk=many, batch="holes")
    def spoil(draft: Draft) -> list[str]:
        rows = draft.every(table) if many else [draft.first(table)]
        for row in rows:
            row[column] = None
        draft.nullable.add((table, column))
        return [draft.key(table, row) for row in rows]


for _table, _column in HOLES.items():
    _hole(_table, _column, False)
_hole("claims", "content_text", True)
_hole("flat", "document_id", True)


@register.fault("hole-in-a-key", "A row has no id", "claims", "claim_id", "empty-value", batch="holes apart")
def hole_in_a_key(draft: Draft) -> list[str]:
    draft.first("claims")["claim_id"] = None
    draft.nullable.add(("claims", "claim_id"))
    return ["None"]


register.change(
    "digest-of-another-text", "The digest is that of another text", "documents", "sha256", "document-digest",
    lambda row: {"sha256": row["sha256"][::-1]}, bulk_too=True,
)  # fmt: skip
register.change(
    "letter-of-the-article", "A letter of the article is another one", "documents", "text", "document-digest",
    lambda row: {"text": row["text"][:-1].replace("e", "a", 1) + row["text"][-1]},
)  # fmt: skip
register.change(
    "article-cut-off", "The end of the article is cut off", "documents", "text", "document-digest document-counts",
    lambda row: {"text": row["text"][: len(row["text"]) // 2]}, batch="documents apart",
)  # fmt: skip
for _column in ("n_characters", "n_paragraphs", "n_sentences", "n_claims"):
    register.change(
        f"count-{_column}", "A count of a document is one too high", "documents", _column, "document-counts",
        lambda row, column=_column: {column: row[column] + 1}, is_cell=True,
    )  # fmt: skip

_SENTENCES: dict[str, tuple[str, str, str, Any]] = {
    "sentence-before-the-article": ("A sentence begins before the article", "char_start", "sentence-span",
                                    lambda row: {"char_start": -1}),
    "sentence-behind-the-article": ("A sentence ends behind the article", "char_end", "sentence-span",
                                    lambda row: {"char_end": 10_000_000}),
    "sentence-turned-round": ("A sentence ends before it begins", "char_end", "sentence-span",
                              lambda row: {"char_start": row["char_end"], "char_end": row["char_start"]}),
    "sentence-shifted": ("A sentence stands one code point further on", "char_start", "sentence-words",
                         lambda row: {"char_start": row["char_start"] + 1, "char_end": row["char_end"] + 1}),
    "sentence-reworded": ("A letter of a sentence is another one", "text", "sentence-words",
                          lambda row: {"text": row["text"][::-1]}),
    "sentence-with-blank": ("A sentence ends with a blank", "text", "sentence-words",
                            lambda row: {"text": row["text"] + " "}),
    "sentence-misnumbered": ("The position of a sentence is another one", "position", "sentence-position",
                             lambda row: {"position": row["position"] + 100}),
    "sentence-in-another-paragraph": ("The paragraph of a sentence is another one", "paragraph", "sentence-paragraph",
                                      lambda row: {"paragraph": row["paragraph"] + 1}),
}  # fmt: skip
for _code, (_what, _column, _rule, _put) in _SENTENCES.items():
    register.change(_code, _what, "sentences", _column, _rule, _put, bulk_too=_code.endswith("shifted"))
register.change(
    "sentence-decomposed", "A sentence has its umlauts decomposed", "sentences", "text", "sentence-words",
    lambda row: {"text": unicodedata.normalize("NFD", row["text"])},
    lambda row: not unicodedata.is_normalized("NFD", row["text"]), needs="a sentence with umlauts",
    bulk_too=True,
)  # fmt: skip


@register.fault(
    "sentence-over-the-next", "A sentence begins within the one before", "sentences", "char_start", "sentence-span",
    needs="two sentences of one document",
)  # fmt: skip
def sentence_over_the_next(draft: Draft) -> list[str]:
    row = draft.first("sentences", lambda row: row["position"] > 1)
    row["char_start"] -= 3
    return [draft.key("sentences", row)]


@register.fault(
    "sentence-cut-short", "The last character of a sentence is in none", "sentences", "char_end", "text-uncovered",
    batch="cut short", found_in="documents",
)  # fmt: skip
def sentence_cut_short(draft: Draft) -> list[str]:
    row = draft.first("sentences")
    row["char_end"] -= 1
    return [row["document_id"]]


@register.fault(
    "last-sentence-lost", "The last sentence of the corpus is gone", "sentences", "sentence_id",
    "text-uncovered document-counts", found_in="documents", batch="lost",
)  # fmt: skip
def last_sentence_lost(draft: Draft) -> list[str]:
    row = draft.tables["sentences"].pop()
    return [row["document_id"]]


@register.fault(
    "all-sentences-lost", "All sentences are gone", "sentences", "sentence_id", "text-uncovered document-counts",
    found_in="documents", is_bulk=True,
)  # fmt: skip
def all_sentences_lost(draft: Draft) -> list[str]:
    draft.tables["sentences"] = []
    return [row["document_id"] for row in draft.tables["documents"]]


def _in_bytes(article: str, place: int) -> int:
    return len(article[:place].encode())


@register.fault(
    "sentences-in-bytes", "The offsets of sentences are counted in bytes", "sentences", "char_start",
    "sentence-words", needs="a sentence behind an umlaut", is_bulk=True,
)  # fmt: skip
def sentences_in_bytes(draft: Draft) -> list[str]:
    return _count_in_bytes(draft, "sentences", "text")


@register.fault(
    "mentions-in-bytes", "The offsets of mentions are counted in bytes", "mentions", "char_start",
    "mention-words", needs="a mention behind an umlaut", is_bulk=True,
)  # fmt: skip
def mentions_in_bytes(draft: Draft) -> list[str]:
    return _count_in_bytes(draft, "mentions", "text")


def _count_in_bytes(draft: Draft, table: str, words: str) -> list[str]:
    """Count the offsets of all rows anew; gives the rows that no longer cut out their words."""
    changed = []
    for row in draft.every(table, lambda row: not draft.article(row)[: row["char_start"]].isascii()):
        article = draft.article(row)
        start, end = (_in_bytes(article, row[name]) for name in ("char_start", "char_end"))
        row |= {"char_start": start, "char_end": end}
        if article[start:end] != row[words]:
            changed.append(draft.key(table, row))
    if not changed:
        raise DoesNotApply(table)
    return changed


_MENTIONS: dict[str, tuple[str, str, str, Any]] = {
    "mention-empty": ("A mention ends where it begins", "char_end", "mention-span",
                      lambda row: {"char_end": row["char_start"]}),
    "mention-behind-the-article": ("A mention ends behind the article", "char_end", "mention-span",
                                   lambda row: {"char_end": 10_000_000}),
    "mention-before-its-sentence": ("A mention begins before the article", "char_start", "mention-span",
                                    lambda row: {"char_start": -1}),
    "mention-shifted": ("A mention stands one code point further on", "char_start", "mention-words",
                        lambda row: {"char_start": row["char_start"] + 1, "char_end": row["char_end"] + 1}),
    "mention-reworded": ("The words of a mention are others", "text", "mention-words", {"text": "Anderswo"}),
}  # fmt: skip
for _code, (_what, _column, _rule, _put) in _MENTIONS.items():
    register.change(_code, _what, "mentions", _column, _rule, _put, bulk_too=_code.endswith("shifted"))


@register.fault(
    "mention-in-another-sentence", "A mention is filed under another sentence", "mentions", "sentence_id",
    "mention-span", needs="a sentence that is not the mention's",
)  # fmt: skip
def mention_in_another_sentence(draft: Draft) -> list[str]:
    row = draft.first("mentions")
    row["sentence_id"] = other_sentence(draft, row, {row["sentence_id"]})["sentence_id"]
    return [draft.key("mentions", row)]


def other_sentence(draft: Draft, row: Row, without: set[str]) -> Row:
    """A sentence of the row's document that is none of the given ones; from the end."""
    for sentence in reversed(draft.tables["sentences"]):
        if sentence["document_id"] == row["document_id"] and sentence["sentence_id"] not in without:
            return sentence
    raise DoesNotApply(TABLES["sentences"].name)
