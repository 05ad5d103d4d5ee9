"""Made-up articles with the annotations of two coders, as records that the compiler takes."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field

from made_up_registry import CODERS, Named, clause, noun

from aussage.codebook import Codebook
from aussage.compile.documents import GivenDocument
from aussage.compile.layers import DocumentLayers
from aussage.records import Read
from aussage.records.adjudication import Adjudication, Decision
from aussage.records.annotation import (
    ActorMention,
    Annotation,
    Claim,
    Effect,
    Event,
    LocationMention,
    Relation,
    Sentence,
)
from aussage.records.fields import Quotation
from aussage.records.sources import Date, Document, Origin, Rights
from aussage.registry.registry import Entry
from aussage.text.article import Article
from aussage.text.spans import Span

SENTENCES = 25
NUMBER_START, NUMBER_END = 8, 17
"""Where the number in the dateline stands; it tells one block of documents from the next."""
SAYING = ("sagte", "erklärte", "betonte", "meinte", "räumte ein", "bekräftigte", "vermutete", "warnte")


@dataclass(slots=True)
class Written:
    """A sentence with what is in it: claims without ids, names of actors and locations."""

    text: str
    claims: list[dict] = field(default_factory=list)
    actors: list[Named] = field(default_factory=list)
    locations: list[Named] = field(default_factory=list)


@dataclass(slots=True)
class Author:
    """Writes sentences by chance about the actors, locations and issues there are."""

    chance: random.Random
    codebook: Codebook
    actors: list[Named]
    locations: list[Named]

    def value(self, variable: str, *but: str) -> str:
        """A value of a codebook variable; earlier ones more often."""
        values = [value for value in self.codebook.enumerations[variable] if value not in but]
        return values[int(len(values) * self.chance.random() ** 2)]

    def one(self, named: list[Named]) -> Named:
        """One of the entries; the first ones often, the last ones hardly ever, as names in news are."""
        return named[int(len(named) * self.chance.random() ** 2)]

    def sentences(self) -> list[Written]:
        """One or two sentences that belong together."""
        kinds = (self.plain, self.said, self.quoted, self.split, self.double, self.question, self.empty, self.run_on)
        return self.chance.choices(kinds, (25, 16, 8, 5, 9, 7, 27, 3))[0]()

    def plain(self) -> list[Written]:
        """The narrator says something that happens at a place."""
        place, who = self.one(self.locations), self.one(self.actors)
        words = f"{_capital(clause(self.chance))} in {place.name}"
        claim = self.narrated(words)
        if self.chance.random() < 0.2:
            number = str(self.chance.randrange(12, 980))
            words = f"{number} Helfer von {who.name} rücken aus, {clause(self.chance)} in {place.name}"
            claim = self.narrated(words, figures=[number])
            return [Written(f"{words}.", [claim], [who], [place])]
        return [Written(f"{words}.", [claim], [], [place])]

    def said(self) -> list[Written]:
        """Somebody says it, in the subjunctive."""
        who, cue, words = self.one(self.actors), self.chance.choice(SAYING), _capital(clause(self.chance))
        text = f"{words}, {cue} {who.name} am Rande einer Sitzung."
        return [Written(text, [self.attributed(words, who, cue, "indirect")], [who])]

    def quoted(self) -> list[Written]:
        """Somebody says it in his own words, at a place."""
        who, place, cue = self.one(self.actors), self.one(self.locations), self.chance.choice(SAYING)
        words = _capital(clause(self.chance))
        text = f"„{words}“, {cue} {who.name} auf Nachfrage in {place.name}."
        return [Written(text, [self.attributed(words, who, cue, "direct")], [who], [place])]

    def split(self) -> list[Written]:
        """The words that attribute stand between the pieces of the claim."""
        who, words = self.one(self.actors), _capital(clause(self.chance)).split()
        pieces = [" ".join(words[:3]), " ".join(words[3:])]
        text = f"{pieces[0]}, so {who.name}, {pieces[1]}."
        return [Written(text, [self.attributed(pieces, who, f"so {who.name}", "indirect")], [who])]

    def double(self) -> list[Written]:
        """Two claims in a sentence, one under a condition."""
        who, first, second = self.one(self.actors), clause(self.chance), clause(self.chance)
        condition = f"falls {self.chance.choice(('es dabei bleibt', 'niemand widerspricht', 'das Geld reicht'))}"
        text = f"{who.name} bestreitet, dass {first}, während {second}, {condition}."
        denial = self.attributed(first, who, "bestreitet", "reported", main_clause=False)
        aside = self.narrated(f"{second}, {condition}", condition=condition, main_clause=False, causal=True)
        return [Written(text, [denial, aside], [who])]

    def question(self) -> list[Written]:
        """A question has no claim."""
        return [Written(f"Was wird nun aus {noun(self.chance)[1]} und {noun(self.chance)[1]}, und wer zahlt dafür?")]

    def empty(self) -> list[Written]:
        """A sentence without a claim that names somebody."""
        who, (article, word) = self.one(self.actors), noun(self.chance)
        tail = f"{noun(self.chance)[1]} hin, {noun(self.chance)[1]} her, wie es in {article} {word} heißt"
        return [Written(f"So weit die Lage bei {who.name}, {tail}.", [], [who])]

    def run_on(self) -> list[Written]:
        """A claim that runs on over the end of its sentence."""
        first, second = _capital(clause(self.chance)), _capital(clause(self.chance))
        return [Written(f"{first}.", [self.narrated(f"{first}. {second}")]), Written(f"{second}.")]

    def narrated(self, content: str, **more: object) -> dict:
        """A claim of the narrator."""
        return {"content": content} | self._coded() | more

    def attributed(self, content: str | list[str], who: Named, cue: str, form: str, **more: object) -> dict:
        """A claim of somebody."""
        claimants: list[str] = list(dict.fromkeys([who.id, self.one(self.actors).id]))
        claim = {"content": content, "claimant": claimants if self.chance.random() < 0.05 else who.id, "form": form}
        claim |= {"source": who.name, "cue": cue, "alignment": self.value("alignment", "na")}
        if self.chance.random() < 0.08 and len(claimants) > 1 and claim["claimant"] == who.id:
            claim["chain"] = claimants[1:]
        return claim | self._coded() | more

    def _coded(self) -> dict:
        """What is coded of any claim, by chance."""
        chance, some = self.chance, self.chance.random
        coded: dict = {name: self.value(name) for name in ("type", "modality", "time", "evidence")}
        if some() < 0.2:
            coded |= {"stance": chance.choice((-1, 1)), "target": self.one(self.actors).id}
        if some() < 0.15:
            coded |= {"issue": chance.choice(list(self.codebook.issues)), "agreement": chance.choice((-1, 0, 1, 1))}
        if some() < 0.1:
            actor = some() < 0.6
            whom = {"actor": self.one(self.actors).id} if actor else {"location": self.one(self.locations).id}
            coded["affected"] = [Effect(effect=self.value("effect"), **whom)]
        if some() < 0.1:
            kind = self.value("event_type")
            modes = self.codebook.modes(kind)
            mode = chance.choice(modes) if modes else None
            who, whom = self.one(self.actors).id, self.one(self.actors).id
            contexts = [self.value("event_context")]
            coded["event"] = Event(type=kind, manual="0.8", mode=mode, context=contexts, actor=who, recipient=whom)
        if some() < 0.05:
            coded |= {"doubt": self.value("doubt"), "note": f"Es könnte auch heißen: {clause(chance)}."}
        if some() < 0.03:
            coded["addressee"] = self.one(self.actors).id
        return coded


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


@dataclass(slots=True)
class Piece:
    """A sentence in its article: id, place, and what was written there."""

    id: str
    span: Span
    written: Written


def made_up_document(author: Author, document_id: str, number: int) -> tuple[GivenDocument, DocumentLayers, Read]:
    """An article with its record, the layers of both coders, and the decisions between them for the first.

    The number stands in the dateline, from `NUMBER_START` to `NUMBER_END`.
    """
    text, pieces = _article(author, number)
    article = Article(document_id, text, {piece.id: piece.span for piece in pieces})
    chance = author.chance
    record = Document(
        id=document_id,
        language="de",
        title=_capital(clause(chance)),
        date=Date(
            status="known",
            value=f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        ),
        origin=Origin(publisher=f"{author.one(author.locations).name}er Bote"),
        rights=Rights(status="cleared", note="Made up."),
    )
    given = GivenDocument(Entry(record, None, ()), article, hashlib.sha256(text.encode()).hexdigest())
    first = [_claims(piece) for piece in pieces]
    second, decisions = _differing(author, first)
    relations = _relations(author, first)
    coders = {
        coder: Read(_annotation(author, document_id, coder, pieces, claims, relations), None)
        for coder, claims in zip(CODERS, (first, second), strict=True)
    }
    version = author.codebook.version
    adjudication = Adjudication(
        document=document_id, adjudicator=CODERS[0], base=CODERS[0], codebook=version, decisions=decisions
    )
    # `attempted` keeps the compiler from asking for an adjudication file: every decision follows the first coder,
    # so that gold is his layer.
    return given, DocumentLayers(coders, None, attempted=True), Read(adjudication, None)


def _article(author: Author, number: int) -> tuple[str, list[Piece]]:
    dateline = Written(f"Meldung {number:09} aus der Redaktion für Wirtschaft und Verkehr.")
    assert dateline.text[NUMBER_START:NUMBER_END] == f"{number:09}"
    written, starts_paragraph = [dateline], [True]
    while len(written) < SENTENCES:
        more = author.sentences()
        starts_paragraph += [len(written) == 1 or author.chance.random() < 0.25] + [False] * (len(more) - 1)
        written += more
    text, pieces = "", []
    for position, (one, new) in enumerate(zip(written, starts_paragraph, strict=True), start=1):
        text += "" if not text else "\n\n" if new else " "
        pieces.append(Piece(f"s{position:02}", Span(len(text), len(text) + len(one.text)), one))
        text += one.text
    return f"{text}\n", pieces


def _claims(piece: Piece) -> list[Claim]:
    found = []
    for number, claim in enumerate(piece.written.claims, start=1):
        claim = dict(claim)
        for part in ("source", "cue"):
            if part in claim and piece.written.text.count(claim[part]) > 1:
                claim[part] = Quotation(text=claim[part], occurrence=1)
        found.append(Claim(id=f"{piece.id}.c{number}", **claim))
    return found


def _differing(author: Author, layer: list[list[Claim]]) -> tuple[list[list[Claim]], list[Decision]]:
    """What the second coder has: now and then another type, or no claim; and the decisions for the first."""
    second, decisions = [], []
    for claims in layer:
        kept = []
        for claim in claims:
            fields = {name: getattr(claim, name) for name in claim.__struct_fields__}
            if author.chance.random() < 0.12:
                fields["type"] = author.value("type", claim.type)
                decisions.append(_decision(len(decisions) + 1, claim, fields["type"]))
            if author.chance.random() > 0.04:
                kept.append(Claim(**fields))
        second.append(kept)
    return second, decisions


def _decision(number: int, claim: Claim, other: str) -> Decision:
    return Decision(
        id=f"d{number:03}",
        sentence=claim.id.split(".")[0],
        subject="claim",
        variable="type",
        ids=dict.fromkeys(CODERS, claim.id),
        said=dict(zip(CODERS, (claim.type, other), strict=True)),
        take=CODERS[0],
        ruling="R01",
        reason="The verb of the clause decides.",
    )


def _relations(author: Author, layer: list[list[Claim]]) -> list[Relation]:
    ids = [claim.id for claims in layer for claim in claims]
    pairs = [author.chance.sample(ids, 2) for _ in range(min(3, len(ids) // 2))]
    unique = dict.fromkeys((source, target) for source, target in pairs)
    return [
        Relation(id=f"r{number:02}", source=source, target=target, relation=author.value("relation"))
        for number, (source, target) in enumerate(unique, start=1)
    ]


def _annotation(
    author: Author,
    document_id: str,
    coder: str,
    pieces: list[Piece],
    claims: list[list[Claim]],
    relations: list[Relation],
) -> Annotation:
    known = {claim.id for some in claims for claim in some}
    sentences = [_sentence(author, piece, some) for piece, some in zip(pieces, claims, strict=True)]
    kept = [relation for relation in relations if {relation.source, relation.target} <= known]
    version = author.codebook.version
    return Annotation(document=document_id, coder=coder, codebook=version, sentences=sentences, relations=kept)


def _sentence(author: Author, piece: Piece, claims: list[Claim]) -> Sentence:
    text = piece.written.text
    actors = [one for one in piece.written.actors if text.count(one.name) == 1]
    locations = [one for one in piece.written.locations if text.count(one.name) == 1]
    return Sentence(
        id=piece.id,
        text=text,
        claims=claims,
        actors=[
            ActorMention(id=f"{piece.id}.a{number}", text=one.name, actor=one.id)
            for number, one in enumerate(actors, start=1)
        ],
        locations=[
            LocationMention(id=f"{piece.id}.l{number}", text=one.name, role=author.value("role"), location=one.id)
            for number, one in enumerate(locations, start=1)
        ],
    )
