"""What one coder decided about one document: the records of an annotation file."""

from typing import Annotated

from aussage.records.constraint import Constraint
from aussage.records.fields import (
    ActorId,
    ActorMentionId,
    ClaimId,
    CoderId,
    DocumentId,
    IssueId,
    LocationId,
    LocationMentionId,
    Piece,
    Pieces,
    Record,
    RelationId,
    SentenceId,
    TargetId,
    Text,
    category,
)


class Effect(Record):
    """Somebody or some place that the content says is harmed or helped."""

    effect: Annotated[str, category("effect")]
    actor: ActorId | None = None
    location: LocationId | None = None


class Event(Record):
    """A PLOVER event that the claim tells of; `manual` names the version of the manual."""

    type: Annotated[str, category("event_type")]
    manual: Text
    mode: Annotated[str, category("event_mode")] | None = None
    context: list[Annotated[str, category("event_context")]] = []
    actor: ActorId | list[ActorId] | None = None
    recipient: ActorId | list[ActorId] | None = None


class Claim(Record):
    """One proposition advanced by one voice. Fields left out have the default that the codebook gives."""

    id: ClaimId
    content: Annotated[Pieces, Constraint(description="the words of the claim; a list for a discontinuous span")]
    type: Annotated[str, category("type")]
    modality: Annotated[str, category("modality")]
    time: Annotated[str, category("time")]
    voice: Annotated[str, category("voice")] | None = None
    claimant: ActorId | Annotated[list[ActorId], Constraint(min_length=1)] | None = None
    chain: list[ActorId] = []
    source: Pieces | None = None
    cue: Pieces | None = None
    form: Annotated[str, category("form")] | None = None
    alignment: Annotated[str, category("alignment")] | None = None
    condition: Pieces | None = None
    causal: bool = False
    main_clause: bool = True
    evidence: Annotated[str, category("evidence")] | None = None
    stance: Annotated[int, category("stance")] | None = None
    target: TargetId | None = None
    affected: list[Effect] = []
    addressee: ActorId | None = None
    issue: IssueId | None = None
    agreement: Annotated[int, category("agreement")] | None = None
    figures: list[Piece] = []
    event: Event | None = None
    doubt: Annotated[str, category("doubt")] | None = None
    note: Text | None = None


class ActorMention(Record):
    """A name of an actor in a sentence."""

    id: ActorMentionId
    text: Text
    actor: ActorId
    occurrence: Annotated[int, Constraint(ge=1)] | None = None
    doubt: Annotated[str, category("doubt")] | None = None
    note: Text | None = None


class LocationMention(Record):
    """A name of a place in a sentence, and the role in which the sentence uses it."""

    id: LocationMentionId
    text: Text
    role: Annotated[str, category("role")]
    location: LocationId | None = None
    occurrence: Annotated[int, Constraint(ge=1)] | None = None
    doubt: Annotated[str, category("doubt")] | None = None
    note: Text | None = None


class Sentence(Record):
    """A sentence, repeated so that the file can be read alone, and what the coder found in it."""

    id: SentenceId
    text: Text
    claims: list[Claim] = []
    actors: list[ActorMention] = []
    locations: list[LocationMention] = []
    note: Text | None = None


# `from` is a word of Python, but the natural one in the file.
class Relation(Record, rename={"source": "from", "target": "to"}):
    """A relation from one claim to another of the same file."""

    id: RelationId
    source: ClaimId
    target: ClaimId
    relation: Annotated[str, category("relation")]
    note: Text | None = None


class Annotation(Record):
    """An annotation file: one document, one coder."""

    document: DocumentId
    coder: CoderId
    codebook: Text
    sentences: list[Sentence]
    relations: list[Relation] = []
    note: Text | None = None
