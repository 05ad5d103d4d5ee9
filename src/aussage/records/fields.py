"""Field types that several records share: ids, codebook categories, quotations, outside ids."""

from typing import Annotated

import msgspec

from aussage.records.constraint import Constraint

# `$` alone would let a trailing line feed pass; `(?!\n)` says the same in Python and in ECMAScript.
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)"
SENTENCE_ID = r"^s[0-9]+$(?!\n)"
CLAIM_ID = r"^s[0-9]+\.c[0-9]+$(?!\n)"
ACTOR_MENTION_ID = r"^s[0-9]+\.a[0-9]+$(?!\n)"
LOCATION_MENTION_ID = r"^s[0-9]+\.l[0-9]+$(?!\n)"
RELATION_ID = r"^r[0-9]+$(?!\n)"


class Record(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, gc=False):
    """A record of a source file: every field is known by name, nothing is passed over."""


def identifier(pattern: str, what: str, refers_to: str | None = None) -> Constraint:
    """What makes a field an id: a text of the given form, in a schema marked with what it refers to."""
    extra = {"x-id": what} | ({"x-refers-to": refers_to} if refers_to else {})
    return Constraint(pattern=pattern, description=what, marks=extra)


def category(variable: str) -> Constraint:
    """What makes a field one of the values that the codebook's variable enumerates."""
    return Constraint(marks={"x-variable": variable})


Slug = Annotated[str, identifier(SLUG, "an id: lower-case letters, digits and single hyphens")]
SentenceId = Annotated[str, identifier(SENTENCE_ID, "the id of a sentence, as in s01")]
ClaimId = Annotated[str, identifier(CLAIM_ID, "the id of a claim, as in s01.c1")]
ActorMentionId = Annotated[str, identifier(ACTOR_MENTION_ID, "the id of an actor mention, as in s01.a1")]
LocationMentionId = Annotated[str, identifier(LOCATION_MENTION_ID, "the id of a location mention, as in s01.l1")]
RelationId = Annotated[str, identifier(RELATION_ID, "the id of a relation, as in r01")]
ActorId = Annotated[str, identifier(SLUG, "the id of an actor", "actors")]
LocationId = Annotated[str, identifier(SLUG, "the id of a location", "locations")]
IssueId = Annotated[str, identifier(SLUG, "the id of an issue", "issues")]
CoderId = Annotated[str, identifier(SLUG, "the id of a coder", "coders")]
DocumentId = Annotated[str, identifier(SLUG, "the id of a document", "documents")]
TargetId = Annotated[str, identifier(SLUG, "the id of an actor or an issue", "targets")]
Text = Annotated[str, Constraint(min_length=1)]


class Quotation(Record):
    """Words of the article, with what is needed to say which of several occurrences is meant."""

    text: Annotated[Text, Constraint(description="the words, letter by letter")]
    occurrence: (
        Annotated[int, Constraint(ge=1, description="which occurrence in the sentence, counted from 1")] | None
    ) = None
    sentence: SentenceId | None = None


Piece = Text | Quotation
Pieces = Text | Quotation | Annotated[list[Piece], Constraint(min_length=1)]


class OutsideId(Record):
    """An id in an outside vocabulary, and how far it can be trusted."""

    status: Annotated[str, category("id_status")]
    id: Text | None = None
    against: Text | None = None


LanguageCode = Annotated[
    str, Constraint(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$(?!\n)", description="the code of a language, as in de")
]
Labels = Annotated[
    dict[LanguageCode, Text], Constraint(min_length=1, description="names by the code of their language")
]
