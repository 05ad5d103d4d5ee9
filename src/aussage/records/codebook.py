"""The record of a codebook: variables with their values, rulings, and the corpus's issue list."""

from typing import Annotated, Any

from aussage.records.constraint import Constraint
from aussage.records.fields import SLUG, Labels, Record, Text, identifier

Value = str | int


class Example(Record):
    """A constructed sentence and how it is coded."""

    text: Text
    why: Text | None = None
    answer: Any = None
    value: Value | None = None
    of_type: Text | None = None


class Category(Record):
    """A value of a variable."""

    value: Value
    label: Labels
    definition: Text
    include: list[Text] = []
    exclude: list[Text] = []
    example: Example | None = None
    near_miss: Example | None = None
    of_type: list[Text] = []
    source: Text | None = None


class Variable(Record):
    """A variable of the scheme, in the order in which a coder decides."""

    name: Annotated[str, Constraint(pattern=r"^[a-z][a-z_]*$(?!\n)", description="lower-case letters and underscores")]
    of: Text
    kind: Text
    label: Labels
    definition: Text
    column: Text | None = None
    decided_by: Text | None = None
    optional: bool = False
    default: Value | bool | None = None
    source: Text | None = None
    values: list[Category] = []
    include: list[Text] = []
    exclude: list[Text] = []
    example: Example | None = None
    near_miss: Example | None = None


class Ruling(Record):
    """A decision on a case where coders differed or asked."""

    id: Annotated[str, Constraint(pattern=r"^R[0-9]{2,}$(?!\n)", description="the id of a ruling, as in R01")]
    title: Text
    ruling: Text
    variables: list[Text] = []
    source: Text | None = None


class Agreement(Record):
    """What it means to hold an issue's proposition, and to hold its opposite."""

    plus: Text
    minus: Text


class Issue(Record):
    """A proposition on which the claims of the corpus take positions."""

    id: Annotated[str, identifier(SLUG, "the id of an issue")]
    proposition: Labels
    frame: Text
    agreement: Agreement | None = None
    note: Text | None = None


class Unit(Record):
    """The unit of coding and when to split it."""

    definition: Text
    rules: list[Text] = []


class CodebookFile(Record):
    """The file `schema/codebook.yaml`."""

    name: Text
    title: Text
    version: Text
    unit: Unit
    variables: list[Variable]
    language: Text = "en"
    rulings: list[Ruling] = []
    issues: list[Issue] = []
    note: Text | None = None
