"""How differences between coders were decided: the record of `adjudication.yaml`."""

from typing import Annotated, Any, Literal

from aussage.records.constraint import Constraint
from aussage.records.fields import CoderId, DocumentId, Record, SentenceId, Text

Subject = Literal["claim", "actor-mention", "location-mention", "relation"]


class Decision(Record):
    """One difference: what each coder said, and what holds in gold.

    `variable` is a variable of the codebook, or `exists` where only some coders have the thing at all. Either `take`
    names the coder who is followed, or `value` says what holds instead; with neither the difference is undecided.
    `gold` is the id in gold of something that the base layer does not have.
    """

    id: Annotated[str, Constraint(pattern=r"^d[0-9]+$(?!\n)", description="the id of a decision, as in d001")]
    sentence: SentenceId
    subject: Subject
    variable: Text
    ids: dict[str, Text]
    said: dict[str, Any]
    take: CoderId | None = None
    value: Any = None
    gold: Text | None = None
    ruling: Annotated[str, Constraint(pattern=r"^R[0-9]{2,}$(?!\n)")] | None = None
    codebook_change: Text | None = None
    reason: Text | None = None


class Adjudication(Record):
    """The adjudication of one document. Gold begins as the layer `base`; the decisions change it."""

    document: DocumentId
    adjudicator: CoderId
    base: CoderId
    codebook: Text
    decisions: list[Decision]
    note: Text | None = None
