"""What putting a text back needs besides the user's copy: digests, lengths, typographic edits; it holds no words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from aussage.corpus.errors import CorpusError
from aussage.release.editions.folding import Edit, Places, edits, fold
from aussage.release.editions.reading import Part

_BOUNDS = [pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False)]


def _list_of(*fields: pa.Field) -> pa.DataType:
    return pa.list_(pa.field("item", pa.struct(list(fields)), False))


def _field(name: str, kind: pa.DataType, description: str) -> pa.Field:
    return pa.field(name, kind, False, {"description": description})


RESTORATION_SCHEMA = pa.schema(
    [
        _field("document_id", pa.string(), "The document."),
        _field("folded_digest", pa.string(), "SHA-256 (hexadecimal) over the salt and the folded article."),
        _field("folded_length", pa.int32(), "Length of the folded article in code points."),
        _field("sentences", _list_of(*_BOUNDS), "Where the sentences, in their order, stand in the folded article."),
        _field(
            "gaps",
            _list_of(*_BOUNDS, pa.field("text_digest", pa.string(), False)),
            "What stands between sentences besides white space: place in the folded article, salted digest.",
        ),
        _field(
            "edits",
            _list_of(*_BOUNDS, pa.field("original", pa.string())),
            "What folding took away, by place in the folded article; without original: normal form D.",
        ),
    ]
)


def salt_of(content_hash: str) -> str:
    """The salt of an edition (hexadecimal): the same corpus gives the same salt, another corpus another."""
    return hashlib.sha256(f"aussage text-free {content_hash}".encode()).hexdigest()


def digest_of(salt: str, folded: str) -> str:
    """SHA-256 (hexadecimal) over the bytes of the salt and a folded text in UTF-8."""
    return hashlib.sha256(bytes.fromhex(salt) + folded.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or with an empty id what stands between two: place in the folded article, salted digest."""

    sentence_id: str
    start: int
    end: int
    digest: str


@dataclass(frozen=True, slots=True)
class Demanded:
    """A document whose text is to be put back: how the article is known again, and made from its folded form."""

    document_id: str
    sha256: str
    folded_digest: str
    folded_length: int
    pieces: list[Piece]
    edits: list[Edit]


def restoration_rows(part: Part, salt: str) -> pa.Table:
    """The rows of `restoration` for some whole documents of the full edition."""
    bounds: dict[str, list[tuple[int, int]]] = {}
    if "sentences" in part:
        columns = (part["sentences"].column(name).to_pylist() for name in ("document_id", "char_start", "char_end"))
        for document, start, end in zip(*columns, strict=True):
            bounds.setdefault(document, []).append((start, end))
    names = (part["documents"].column(name).to_pylist() for name in ("document_id", "text"))
    rows = [_row(document, text, bounds.get(document, []), salt) for document, text in zip(*names, strict=True)]
    return pa.Table.from_pylist(rows, schema=RESTORATION_SCHEMA)


def _row(document: str, text: str, bounds: list[tuple[int, int]], salt: str) -> dict[str, Any]:
    folded, changes = fold(text), edits(text)
    places = Places(folded, changes)
    sentences = [{"start": places.in_folded(start), "end": places.in_folded(end)} for start, end in bounds]
    return {
        "document_id": document,
        "folded_digest": digest_of(salt, folded),
        "folded_length": len(folded),
        "sentences": sentences,
        "gaps": list(_gaps(folded, sentences, salt)),
        "edits": [change._asdict() for change in changes],
    }


def _gaps(folded: str, sentences: list[dict[str, int]], salt: str) -> Iterator[dict[str, Any]]:
    seen = 0
    for bound in (*sentences, {"start": len(folded), "end": len(folded)}):
        between = folded[seen : bound["start"]]
        if kept := between.strip():
            start = seen + len(between) - len(between.lstrip())
            yield {"start": start, "end": start + len(kept), "text_digest": digest_of(salt, kept)}
        seen = max(seen, bound["end"])


def demanded_documents(part: Part) -> list[Demanded]:
    """The documents of a part of the edition without texts.

    Raises:
        CorpusError: the sentences and their places do not belong together.
    """
    known: dict[str, list[tuple[str, str]]] = {}
    if "sentences" in part:
        columns = (part["sentences"].column(name).to_pylist() for name in ("document_id", "sentence_id", "text_digest"))
        for document, sentence, digest in zip(*columns, strict=True):
            known.setdefault(document, []).append((sentence, digest))
    restoration = {row["document_id"]: row for row in part["restoration"].to_pylist()} if "restoration" in part else {}
    columns = (part["documents"].column(name).to_pylist() for name in ("document_id", "sha256"))
    return [
        _demanded(document, sha256, restoration.get(document), known.get(document, []))
        for document, sha256 in zip(*columns, strict=True)
    ]


def _demanded(document: str, sha256: str, row: dict[str, Any] | None, known: list[tuple[str, str]]) -> Demanded:
    if row is None or len(row["sentences"]) != len(known):
        raise CorpusError(
            f"restoration.parquet does not fit the sentences of the document {document!r}; take the bundle again from "
            "its source"
        )
    pieces = [
        Piece(sentence, bound["start"], bound["end"], digest)
        for (sentence, digest), bound in zip(known, row["sentences"], strict=True)
    ]
    pieces += [Piece("", gap["start"], gap["end"], gap["text_digest"]) for gap in row["gaps"]]
    changes = [Edit(change["start"], change["end"], change["original"]) for change in row["edits"]]
    pieces.sort(key=lambda piece: (piece.start, piece.end))
    return Demanded(document, sha256, row["folded_digest"], row["folded_length"], pieces, changes)
