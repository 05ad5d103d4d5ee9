"""What was given: the records of documents, registries, withdrawn ids, and the project itself."""

from typing import Annotated

from aussage.records.constraint import Constraint
from aussage.records.fields import (
    SLUG,
    ActorId,
    CoderId,
    DocumentId,
    Labels,
    LanguageCode,
    LocationId,
    OutsideId,
    Record,
    SentenceId,
    Text,
    category,
    identifier,
)

DAY = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?[?~%]?"
EDTF = rf"^{DAY}(/{DAY})?$(?!\n)"
CalendarDay = Annotated[
    str,
    Constraint(
        pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$(?!\n)", description="a day, as in 2026-11-22"
    ),
]
Doi = Annotated[
    str, Constraint(pattern=r"^10\.[0-9]{4,9}/[!-~]+$(?!\n)", description="a DOI, as in 10.5281/zenodo.1234")
]
Orcid = Annotated[
    str,
    Constraint(pattern=r"^([0-9]{4}-){3}[0-9]{3}[0-9X]$(?!\n)", description="an ORCID iD, as in 0000-0002-1825-0097"),
]
RorId = Annotated[
    str,
    Constraint(
        pattern=r"^https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$(?!\n)", description="a ROR id: https://ror.org/…"
    ),
]


class Date(Record):
    """When the article appeared, as far as is known. `value` is an EDTF date or interval."""

    status: Annotated[str, category("date_status")]
    value: (
        Annotated[str, Constraint(pattern=EDTF, description="a date or interval as EDTF, as in 2024-10 or 2024-10-28")]
        | None
    ) = None
    note: Text | None = None


class Origin(Record):
    """Where the article comes from; nothing where nothing is known."""

    publisher: Text | None = None
    author: Text | None = None
    url: Text | None = None
    note: Text | None = None


class Rights(Record):
    """The rights in the text, apart from the licence of the annotations.

    `basis` is the legal ground where the text may be passed on without a licence, `evidence` where licence, permission
    or ground can be seen; until the day of the `embargo` the text is withheld although it is cleared.
    """

    status: Annotated[str, category("rights_status")]
    holder: Text | None = None
    licence: Text | None = None
    basis: Text | None = None
    evidence: Text | None = None
    embargo: CalendarDay | None = None
    note: Text | None = None


class FrozenSentence(Record):
    """A sentence of the article: code points, counted from 0, the end excluded."""

    id: SentenceId
    start: Annotated[int, Constraint(ge=0)]
    end: Annotated[int, Constraint(ge=1)]


class Document(Record):
    """The record of an article. `file` stands beside it; in JSON Lines `text` holds the article itself."""

    id: DocumentId
    language: LanguageCode
    file: Text | None = None
    text: Text | None = None
    sha256: Annotated[str, Constraint(pattern=r"^[0-9a-f]{64}$(?!\n)", description="64 hex digits")] | None = None
    title: Text | None = None
    date: Date | None = None
    origin: Origin | None = None
    rights: Rights | None = None
    sentences: Annotated[list[FrozenSentence], Constraint(description="frozen when the article entered")] = []
    note: Text | None = None


class Actor(Record):
    """Somebody who speaks, acts or is spoken of."""

    id: ActorId
    type: Annotated[str, category("actor_type")]
    label: Labels
    also: list[Text] = []
    parent: ActorId | None = None
    country: Annotated[str, Constraint(marks={"x-country": True})] | None = None
    ids: dict[str, OutsideId] = {}
    note: Text | None = None


class Coordinates(Record):
    """A point on the Earth in degrees (WGS 84), and how exact it is."""

    latitude: float
    longitude: float
    precision: Annotated[str, category("precision")]
    status: Annotated[str, category("id_status")]
    against: Text | None = None


class Location(Record):
    """A place with a proper name."""

    id: LocationId
    type: Annotated[str, category("location_type")]
    label: Labels
    also: list[Text] = []
    parent: LocationId | None = None
    ids: dict[str, OutsideId] = {}
    coordinates: Coordinates | None = None
    sovereignty: Text | None = None
    note: Text | None = None


class Coder(Record):
    """Who coded: a person, a language model or a program, said as it is."""

    id: CoderId
    kind: Annotated[str, category("coder_kind")]
    name: Text
    saw: list[Text] = []
    note: Text | None = None


class Withdrawn(Record):
    """A row that was taken out of the corpus; its id is never used again."""

    table: Annotated[str, Constraint(marks={"x-table": True})]
    id: Text
    reason: Annotated[str, category("withdrawal_reason")]
    version: Text
    note: Text | None = None


class Actors(Record):
    """The registry of actors."""

    actors: list[Actor]


class Locations(Record):
    """The registry of locations."""

    locations: list[Location]


class Coders(Record):
    """The registry of coders."""

    coders: list[Coder]


class WithdrawnRows(Record):
    """All rows that were ever withdrawn."""

    withdrawn: list[Withdrawn]


class Affiliation(Record):
    """An organisation to which somebody belongs."""

    name: Text
    ror: RorId | None = None


class Creator(Record):
    """A person or organisation that answers for the corpus; a person's name is written »Family, Given«."""

    name: Text
    kind: Annotated[str, Constraint(pattern=r"^(person|organisation)$(?!\n)", description="person or organisation")] = (
        "organisation"
    )
    orcid: Orcid | None = None
    ror: RorId | None = None
    affiliations: list[Affiliation] = []


class Funding(Record):
    """Who paid for the corpus, and under which grant."""

    funder: Text
    ror: RorId | None = None
    award: Text | None = None
    title: Text | None = None
    url: Text | None = None


class RelatedWork(Record):
    """Another work; `relation` says how the corpus is related to it (relationType of DataCite, as in IsDescribedBy)."""

    relation: Text
    identifier: Text
    scheme: Text = "DOI"
    kind: Text | None = None


class Licences(Record):
    """What may be done with the code, with the annotations, and what is known of the texts."""

    annotations: Text
    code: Text | None = None
    texts: Text | None = None


class Corpus(Record):
    """The project's own facts."""

    name: Annotated[str, identifier(SLUG, "an id: lower-case letters, digits and single hyphens")]
    title: Text
    version: Text
    languages: Annotated[list[Text], Constraint(min_length=1)]
    licences: Licences
    creators: Annotated[list[Creator], Constraint(min_length=1)]
    description: Text | None = None
    url: Text | None = None
    released: CalendarDay | None = None
    publisher: Text = "Zenodo"
    keywords: list[Text] = []
    funding: list[Funding] = []
    related: list[RelatedWork] = []


class Level(Record):
    """Another severity for a code of the compiler or a rule of the check, with the reason.

    With `rows`, only those rows that the check finds by these ids get it.
    """

    level: Text
    reason: Text
    rows: Annotated[list[Text], Constraint(min_length=1, description="ids of the rows for which alone this holds")] = []


class Dois(Record):
    """The DOIs that deposits brought, written by `aussage deposit`: of all versions together, and of each version."""

    concept: Doi | None = None
    versions: dict[str, Doi] = {}


class ProjectFile(Record):
    """The file `aussage.toml` at the root of a project."""

    corpus: Corpus
    dois: Dois | None = None
    levels: dict[str, Level] = {}
