"""A document of the corpus becomes records of an Aussage project; what no column holds goes into notes as JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from wikinews_format import CODE_POINTS, ROLES, Quote, Role, SourceDocument, words
from wikinews_text import CleanText, Sentences, clean_text, frozen_sentences, trimmed

Span = tuple[int, int]
Record = dict[str, Any]
CODER = "corpus-annotators"
NOBODY = "no-speaker-marked"
NOT_CODED = "not-coded"
REPOSITORY = "https://github.com/uhh-lt/german-news-quotation-attribution-2024"
NAME = re.compile(r"(?P<number>[0-9]+) - (?P<title>.+) \((?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})\)", re.DOTALL)
FORMS = {
    "Direct": "direct",
    "Indirect": "indirect",
    "Reported": "reported",
    "FreeIndirect": "free-indirect",
    "IndirectFreeIndirect": "free",
    None: NOT_CODED,
}
COLUMNS = {"quote": "content", "speaker": "source", "cue": "cue"}
PRONOUNS = set(
    "ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen sich man dieser diese dieses diesem diesen jener"
    " jene jenes jenem jenen der die das dem den deren dessen denen welcher welche welches beide beiden letzterer"
    " letztere ersterer erstere".split()
)


@dataclass(slots=True)
class Converted:
    """What one document became: records, actors, quotes that could not be placed, and what was counted on the way."""

    document: Record
    annotation: Record
    actors: list[Record]
    set_aside: list[int]
    sentences: Sentences
    n_changes: int
    counts: dict[str, int]
    over_several: frozenset[int]


def document_id(name: str, taken: set[str]) -> str:
    """An id from the number in a document's name, else from the name; a number behind it where that is taken."""
    match = NAME.fullmatch(name)
    letters = name.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    slug = match["number"] if match else re.sub("[^a-z0-9]+", "-", plain).strip("-")
    stem = f"wikinews-{slug}".strip("-")
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    taken.add(found)
    return found


def convert(given: SourceDocument, id_: str, codebook_version: str) -> Converted:
    """The records of a document that has words."""
    clean = clean_text(given.text)
    here = None
    if given.sentences is not None:
        here = [(clean.position(start), clean.position(end)) for start, end in given.sentences]
    sentences = frozen_sentences(clean.text, here)
    maker = _Maker(given, id_, clean, sentences)
    claims = maker.claims()
    width = max(2, len(str(len(sentences.spans))))
    names = [f"s{number:0{width}d}" for number in range(1, len(sentences.spans) + 1)]
    return Converted(
        _document(given, id_, clean, sentences, names),
        {
            "document": id_,
            "coder": CODER,
            "codebook": codebook_version,
            "sentences": [
                {"id": name, "text": clean.text[start:end], "claims": claims.get(number, [])}
                for number, (name, (start, end)) in enumerate(zip(names, sentences.spans, strict=True))
            ],
        },
        maker.actors,
        maker.set_aside,
        sentences,
        len(clean.changes),
        maker.counts,
        frozenset(maker.over_several),
    )


def _document(given: SourceDocument, id_: str, clean: CleanText, sentences: Sentences, names: list[str]) -> Record:
    match = NAME.fullmatch(given.name)
    title = clean_text(match["title"] if match else given.name or given.file).text.strip()
    note: Record = {"file": given.file, "sha256": given.sha256, "documentName": given.name}
    if given.unit != CODE_POINTS:
        note["unit"] = given.unit
    if clean.changes:
        note["changes"] = clean.record()
    if given.sentences is not None and given.sentences != sentences.spans:
        note["sentences"] = [list(span) for span in given.sentences]
    return {
        "id": id_,
        "language": "de",
        "text": clean.text,
        "title": title or given.file,
        "date": {"status": "known", "value": match["date"], "note": "the day in the document's name"}
        if match
        else {"status": "unknown"},
        "origin": {"publisher": "WikiNews (German)", "note": "the address of the article is not in the corpus"},
        "rights": {
            "status": "cleared",
            "holder": "The contributors of the German WikiNews",
            "licence": "CC-BY-NC-SA-4.0",
            "evidence": REPOSITORY,
            "note": "as the README of the corpus says of its data; the terms of de.wikinews.org were not checked",
        },
        "sentences": [
            {"id": name, "start": start, "end": end} for name, (start, end) in zip(names, sentences.spans, strict=True)
        ],
        "note": as_note(note),
    }


def as_note(record: Record) -> str:
    """A record as one line of JSON in ASCII, so that no sign in it is refused or changed."""
    return json.dumps(record, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


class _Maker:
    """Makes the claims and actors of one document."""

    def __init__(self, given: SourceDocument, id_: str, clean: CleanText, sentences: Sentences) -> None:
        self.given, self.id, self.clean, self.spans = given, id_, clean, sentences.spans
        self.starts = [start for start, _ in sentences.spans]
        self.width = max(2, len(str(len(self.spans))))
        self.actors: list[Record] = []
        self.known: dict[tuple[Any, ...], str] = {}
        self.set_aside: list[int] = []
        self.over_several: set[int] = set()
        self.counts: dict[str, int] = {}

    def count(self, what: str, number: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    def claims(self) -> dict[int, list[Record]]:
        """The claims by the number of the sentence under which they are filed; quotes without words are set aside."""
        found: dict[int, list[Record]] = {}
        claimants = {quote.position: self.actor(quote.roles["speaker"]) for quote in self.given.quotes}
        for quote in self.given.quotes:
            content = self.placed(quote.roles["quote"])
            if not content:
                self.set_aside.append(quote.position)
                continue
            home = self.sentence(content[0][0])
            if any(self.sentence(end - 1) > home for _, end in content):
                self.over_several.add(quote.position)
            found.setdefault(home, []).append(self.claim(quote, content, home, claimants))
        return found

    def claim(self, quote: Quote, content: list[Span], home: int, claimants: dict[int, str | None]) -> Record:
        claimant = claimants[quote.position]
        claim: Record = {
            "id": f"{self.sentence_id(home)}.c{quote.position + 1}",
            "content": self.pieces(content, home),
            "voice": "attributed",
            "claimant": claimant or NOBODY,
            "form": FORMS[quote.type],
            **dict.fromkeys(("type", "modality", "time", "alignment", "evidence"), NOT_CODED),
        }
        for role in ("speaker", "cue"):
            if placed := self.placed(quote.roles[role]):
                claim[COLUMNS[role]] = self.pieces(placed, home)
        if chain := self.chain(quote, content, claimants):
            claim["chain"] = chain
        if addressee := self.actor(quote.roles["addressee"]):
            claim["addressee"] = addressee
        claim["note"] = self.note(quote)
        return claim

    def chain(self, quote: Quote, content: list[Span], claimants: dict[int, str | None]) -> list[str]:
        """Speakers of the longer quotes in which this nested quote lies as a whole, the outermost first."""
        if not quote.is_nested:
            return []
        inner = _places(content)
        around = []
        for other in self.given.quotes:
            outer = _places(self.placed(other.roles["quote"])) if other is not quote else set()
            if inner < outer:
                around.append((-len(outer), other.position, claimants[other.position]))
        self.count("nested quotes inside a longer one" if around else "nested quotes inside no longer one")
        chain = [actor for _, _, actor in sorted(around, key=lambda item: item[:2]) if actor]
        return [actor for actor in dict.fromkeys(chain) if actor != (claimants[quote.position] or NOBODY)]

    def note(self, quote: Quote) -> str:
        """All that no column of the claim holds."""
        note: Record = {
            "position": quote.position,
            "id": quote.given_id,
            "type": quote.type,
            "medium": quote.medium,
            "isNested": quote.is_nested,
            "hasNested": quote.has_nested,
        }
        spans, texts, tokens = {}, {}, {}
        for name in ROLES:
            role = quote.roles[name]
            in_column = name in COLUMNS and not self.clean.changes and list(role.spans) == self.placed(role)
            if role.spans and not in_column:
                spans[name] = [list(span) for span in role.spans]
                if name in COLUMNS:
                    self.count(f"{name} spans kept in notes", len(role.spans))
            if role.text != words(self.given.text, role):
                texts[name] = role.text
            covered = sorted({token for start, end in role.token_spans for token in range(start, end)})
            if list(role.token_ids) != covered and role.token_ids:
                tokens[name] = list(role.token_ids)
        return as_note(note | {k: v for k, v in (("spans", spans), ("texts", texts), ("tokenIds", tokens)) if v})

    def placed(self, role: Role) -> list[Span]:
        """The spans of a role as a column takes them: in order, without white space at the ends, overlaps joined."""
        found: list[Span] = []
        for start, end in sorted((self.clean.position(start), self.clean.position(end)) for start, end in role.spans):
            span = trimmed(self.clean.text, (start, end))
            if span and found and span[0] < found[-1][1]:
                found[-1] = found[-1][0], max(span[1], found[-1][1])
            elif span:
                found.append(span)
        return found

    def pieces(self, spans: list[Span], home: int) -> list[str | Record]:
        """The words of the spans as a coder would quote them, with sentence and occurrence where these are needed."""
        return [self.piece(span, home) for span in spans]

    def piece(self, span: Span, home: int) -> str | Record:
        text, quoted = self.clean.text, self.clean.text[span[0] : span[1]]
        number = self.sentence(span[0])
        start, end = self.spans[number]
        places, at = [], text.find(quoted, start)
        while 0 <= at < end:
            places.append(at)
            at = text.find(quoted, at + 1, end + len(quoted))
        piece: Record = {"text": quoted}
        if len(places) > 1:
            piece["occurrence"] = places.index(span[0]) + 1
        if number != home:
            piece["sentence"] = self.sentence_id(number)
        return piece if len(piece) > 1 else quoted

    def sentence(self, at: int) -> int:
        """The number, from 0, of the sentence that holds a word's first character."""
        return bisect_right(self.starts, at) - 1

    def sentence_id(self, number: int) -> str:
        return f"s{number + 1:0{self.width}d}"

    def actor(self, role: Role) -> str | None:
        """The actor for the words of a role: one for the same words in this document, a pronoun one at each place."""
        named = " ".join(" ".join(self.clean.text[start:end] for start, end in self.placed(role)).split())
        if not named:
            return None
        is_pronoun = named.casefold() in PRONOUNS
        key = (named, role.spans) if is_pronoun else (named,)
        if key not in self.known:
            self.known[key] = f"{self.id}-a{len(self.known) + 1}"
            self.count("actors that are a pronoun at one place" if is_pronoun else "actors that are other words")
            self.actors.append({"id": self.known[key], "type": "not-identified", "label": {"de": named}})
        return self.known[key]


def _places(spans: list[Span]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}
