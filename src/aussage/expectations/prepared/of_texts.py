"""Prepared columns on text and offsets: what an article has where a row says that it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from aussage.expectations.prepared.columns import OfRow, PreparedColumns
from aussage.expectations.prepared.rows import GOLD, Row, Rows, cut, listed, some

columns = PreparedColumns()
PARTS = ("content", "source", "cue", "condition")


def _add_all() -> None:
    name = "documents"
    columns.add(name, "text.sha256", "SHA-256 of the text in UTF-8", _digest)
    columns.add(name, "text.n_characters", "its code points", lambda _, row: len(row["text"]), is_number=True)
    columns.add(name, "text.n_paragraphs", "its lines with words", lambda _, row: len(_lines(row)), is_number=True)
    columns.add(name, "sentences.n_sentences", "the number of its sentences", _sentences, "sentences", is_number=True)
    columns.add(name, "claims.n_claims", "the number of its gold claims", _claims, "claims", is_number=True)
    columns.add(name, "text.uncovered", "words before, between and after the sentences", _uncovered, "sentences")
    name, needs = "sentences", "documents"
    columns.add_whole(name, "before.char_end", "the end of the sentence before", _ends_before, is_number=True)
    columns.add_whole(name, "document.position", "the place within the document", _positions, is_number=True)
    columns.add(name, "document.paragraph", "the paragraph in which it begins", _paragraph, needs, is_number=True)
    for name in ("sentences", "mentions"):
        columns.add(name, "document.length", "the length of the article", _length, needs, is_number=True)
        columns.add(name, "document.words", "what the article has there", _words, needs)
    for column in ("char_start", "char_end"):
        holds = "offset of the sentence"
        columns.add("mentions", f"sentence.{column}", holds, _of_sentence(column), "sentences", is_number=True)
    _add_claims()


def _add_claims() -> None:
    name, needs = "claims", "documents sentences"
    for part in PARTS:
        holds = "the first span outside the article, empty, or over the piece before"
        columns.add(name, f"{part}_spans.outside", holds, _outside(f"{part}_spans"), "documents")
        holds = "what the article has there, pieces joined by a space"
        columns.add(name, f"{part}_spans.words", holds, _joined(f"{part}_spans"), "documents")
    columns.add(name, "figures.outside", "the first figure outside the article", _outside("figures"), "documents")
    columns.add(name, "figures.wrong", "figures without digit or with other words", _wrong_figures, "documents")
    columns.add(name, "content_spans.sentences", "the sentences that the content touches", _touched, needs)
    columns.add(name, "sentence_id.is_its_own", "whether the claim lies in it", _is_home)
    holds = "sentences of the condition that are none of the claim"
    columns.add(name, "condition_spans.elsewhere", holds, _elsewhere, needs)


def _digest(_: Rows, row: Row) -> str:
    return hashlib.sha256(row["text"].encode()).hexdigest()


def _lines(row: Row) -> list[int]:
    """Where the lines with words begin."""
    found, start = [], 0
    for line in (row.get("text") or "").split("\n"):
        if line.strip():
            found.append(start)
        start += len(line) + 1
    return found


def _sentences(rows: Rows, row: Row) -> int:
    return len(rows.grouped("sentences", "document_id").get(row["document_id"], []))


def _claims(rows: Rows, row: Row) -> int:
    claims = rows.grouped("claims", "document_id").get(row["document_id"], [])
    return sum(claim["layer"] == GOLD for claim in claims)


def _uncovered(rows: Rows, row: Row) -> str | None:
    reached, furthest, gaps = 0, 0, []
    for sentence in rows.grouped("sentences", "document_id").get(row["document_id"], []):
        gaps.append(cut(row["text"], reached, sentence["char_start"]))
        reached, furthest = sentence["char_end"], max(furthest, sentence["char_end"])
    gaps.append(row["text"][furthest:])
    return some(gap.strip() for gap in gaps if gap.strip())


def _ends_before(rows: Rows) -> Iterator[int]:
    ends: dict[str, int] = {}
    for row in rows["sentences"]:
        yield ends.get(row["document_id"], 0)
        ends[row["document_id"]] = row["char_end"]


def _positions(rows: Rows) -> Iterator[int]:
    counts: dict[str, int] = {}
    for row in rows["sentences"]:
        counts[row["document_id"]] = counts.get(row["document_id"], 0) + 1
        yield counts[row["document_id"]]


def _paragraph(rows: Rows, row: Row) -> int:
    document = row["document_id"]
    starts = rows.once(("lines", document), lambda: _lines(rows.find("documents", document)))
    return sum(start <= row["char_start"] for start in starts)


def _length(rows: Rows, row: Row) -> int:
    return len(rows.article(row))


def _words(rows: Rows, row: Row) -> str:
    return cut(rows.article(row), row["char_start"], row["char_end"])


def _of_sentence(column: str) -> OfRow:
    return lambda rows, row: rows.find("sentences", row["sentence_id"]).get(column)


def _outside(column: str) -> OfRow:
    """Pieces of a part follow each other; figures may stand in any order."""

    def make(rows: Rows, row: Row) -> str | None:
        reached, length = 0, len(rows.article(row))
        for span in row[column]:
            if not reached <= span["start"] < span["end"] <= length or span["start"] < 0:
                return f"{span['start']}-{span['end']}"
            reached = span["end"] if column != "figures" else 0
        return None

    return make


def _joined(column: str) -> OfRow:
    def make(rows: Rows, row: Row) -> str | None:
        return " ".join(_cuts(rows.article(row), row[column])) or None

    return make


def _cuts(article: str, spans: Iterable[Row]) -> list[str]:
    return [cut(article, span["start"], span["end"]) for span in spans]


def _wrong_figures(rows: Rows, row: Row) -> str | None:
    words = _cuts(rows.article(row), row["figures"])
    pairs = ((figure["text"], there) for figure, there in zip(row["figures"], words, strict=True))
    return some(text for text, there in pairs if text != there or not any(sign.isdigit() for sign in text))


def _touched(rows: Rows, row: Row) -> str:
    return listed(rows.touched(row, row["content_spans"]))


def _is_home(_: Rows, row: Row) -> bool:
    return row["sentence_id"] in row["sentence_ids"]


def _elsewhere(rows: Rows, row: Row) -> str | None:
    return some(id_ for id_ in rows.touched(row, row["condition_spans"]) if id_ not in row["sentence_ids"])


_add_all()
