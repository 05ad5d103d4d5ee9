"""What went in and what came out: the files of the corpus on one side, the built Parquet on the other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wikinews_format import MEDIUMS, ROLES, TYPES, Quote, Role
from wikinews_project import CODER, COLUMNS, NOBODY, NOT_CODED
from wikinews_text import has_words, restored

CLAIM_COLUMNS = ["claim_id", "document_id", "sentence_ids", "layer", "claimant_ids", "chain", "addressee_id", "note"]
NOTHING = "(none)"


@dataclass(frozen=True, slots=True)
class Counted:
    """A document to be counted: its file, sentences and quotes, and which of these touch several sentences.

    With `is_part` it stands only for some quotes of a document that is counted elsewhere.
    """

    file: str
    text: str
    n_sentences: int
    quotes: tuple[Quote, ...]
    over_several: frozenset[int] = frozenset()
    is_part: bool = False

    @property
    def has_quotes(self) -> bool:
        """Whether some quote of it marks words."""
        return any(has_words(self.text[start:end]) for q in self.quotes for start, end in q.roles["quote"].spans)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is counted: in the files, in the Parquet, and among what was set aside."""

    name: str
    given: int
    built: int
    set_aside: int

    @property
    def agrees(self) -> bool:
        """Whether nothing of it was lost and nothing was made up."""
        return self.given == self.built + self.set_aside


@dataclass(frozen=True, slots=True)
class Built:
    """What stands in the built corpus."""

    documents: tuple[Counted, ...]
    more: dict[str, int] = field(default_factory=dict)


def compare(given: list[Counted], built: Built, set_aside: list[Counted]) -> list[Line]:
    """One line a thing that is counted; the last lines say how much came back letter by letter and span by span."""
    counts = [tally(given), tally(built.documents), tally(set_aside)]
    lines = [Line(name, *(count[name] for count in counts)) for name in counts[0]]
    sides = (given, built.documents, set_aside)
    texts = [Counter((d.file, d.text) for d in side if not d.is_part) for side in sides]
    lines.append(_same("texts, letter by letter", *texts))
    quotes = [Counter((d.file, q.position, q.identity) for d in side for q in d.quotes) for side in sides]
    lines.append(_same("quotes, with every category and span", *quotes))
    return lines


def _same(name: str, given: Counter[Any], built: Counter[Any], set_aside: Counter[Any]) -> Line:
    return Line(name, given.total(), (given & built).total(), (given & set_aside).total())


def tally(documents: Iterable[Counted]) -> dict[str, int]:
    """The numbers of documents, quotes, roles and spans, always under the same names in the same order."""
    names = ["documents", "documents without quotes", "sentences", "quotes"]
    names += [f"quotes of type {type_}" for type_ in (*TYPES, NOTHING)]
    names += [f"quotes of medium {medium}" for medium in (*MEDIUMS, NOTHING)]
    names += ["quotes over several sentences", "quotes marked as nested", "quotes marked as holding nested ones"]
    for role in ROLES:
        names += [f"{role} roles", f"{role} roles in several pieces", f"{role} spans"]
    names += ["all roles", "all roles in several pieces", "all spans"]
    counts = dict.fromkeys(names, 0)
    for document in documents:
        counts["documents"] += not document.is_part
        counts["documents without quotes"] += not (document.is_part or document.has_quotes)
        counts["sentences"] += document.n_sentences
        counts["quotes over several sentences"] += len(document.over_several)
        for quote in document.quotes:
            _tally_quote(quote, counts)
    return counts


def _tally_quote(quote: Quote, counts: dict[str, int]) -> None:
    counts["quotes"] += 1
    counts[f"quotes of type {quote.type or NOTHING}"] += 1
    counts[f"quotes of medium {quote.medium or NOTHING}"] += 1
    counts["quotes marked as nested"] += quote.is_nested
    counts["quotes marked as holding nested ones"] += quote.has_nested
    for name in ROLES:
        n_spans = len(quote.roles[name].spans)
        for what in (name, "all"):
            counts[f"{what} roles"] += n_spans > 0
            counts[f"{what} roles in several pieces"] += n_spans > 1
            counts[f"{what} spans"] += n_spans


def read_built(corpus: Path) -> Built:
    """What the Parquet of a built corpus holds, put back into documents and quotes of the source format.

    Raises:
        ValueError: gold and the layer of the corpus's annotators have not the same claims.
    """
    import pyarrow.parquet as pq

    spans = [f"{column}_spans" for column in COLUMNS.values()]
    names = ["document_id", "n_sentences", "text", "note"]
    documents = pq.read_table(_table(corpus, "documents"), columns=names).to_pylist()
    columns = [*CLAIM_COLUMNS, *spans, "form", "claim_type", "modality", "time", "alignment", "evidence"]
    rows = pq.read_table(_table(corpus, "claims"), columns=columns).to_pylist()
    gold = [row for row in rows if row["layer"] == "gold"]
    layer = [row for row in rows if row["layer"] == CODER]
    if len(gold) != len(layer):
        raise ValueError(f"gold has {len(gold)} claims, the layer {CODER} {len(layer)}")
    by_document: dict[str, list[dict[str, Any]]] = {}
    for row in gold:
        by_document.setdefault(row["document_id"], []).append(row)
    found = [_document(row, by_document.get(row["document_id"], [])) for row in documents]
    return Built(tuple(found), _more(gold))


def _table(corpus: Path, name: str) -> Path:
    """A table of the corpus: one file, or a folder of parts."""
    file = corpus / f"{name}.parquet"
    return file if file.exists() else corpus / name


def _document(row: dict[str, Any], claims: list[dict[str, Any]]) -> Counted:
    note = json.loads(row["note"])
    pairs = sorted(((_quote(claim), claim) for claim in claims), key=lambda pair: pair[0].position)
    n_sentences = len(note["sentences"]) if "sentences" in note else row["n_sentences"]
    several = frozenset(quote.position for quote, claim in pairs if len(claim["sentence_ids"]) > 1)
    text = restored(row["text"], note.get("changes", []))
    return Counted(note["file"], text, n_sentences, tuple(quote for quote, _ in pairs), several)


def _quote(claim: dict[str, Any]) -> Quote:
    note = json.loads(claim["note"])
    kept = note.get("spans", {})
    roles = {}
    for name in ROLES:
        if name in kept:
            spans = tuple((start, end) for start, end in kept[name])
        else:
            placed = claim[f"{COLUMNS[name]}_spans"] if name in COLUMNS else []
            spans = tuple((span["start"], span["end"]) for span in placed)
        roles[name] = Role(spans)
    return Quote(note["position"], note["id"], note["type"], note["medium"], note["isNested"], note["hasNested"], roles)


def _more(gold: list[dict[str, Any]]) -> dict[str, int]:
    """Numbers of the built corpus that have no counterpart in the files."""
    counts = {
        f"claims whose {name} the corpus does not say": sum(row[column] == NOT_CODED for row in gold)
        for name, column in (
            ("form", "form"),
            ("type", "claim_type"),
            ("modality", "modality"),
            ("time", "time"),
            ("alignment", "alignment"),
            ("evidence", "evidence"),
        )
    }
    return counts | {
        "claims with the default stance 0, causal false, main clause true": len(gold),
        "claims without issue, target, event, condition and figures": len(gold),
        f"claims whose claimant is {NOBODY}": sum(row["claimant_ids"] == [NOBODY] for row in gold),
        "claims with a chain": sum(bool(row["chain"]) for row in gold),
        "claims with an addressee": sum(row["addressee_id"] is not None for row in gold),
    }
