"""What the tables know that a datasheet asks for: counts only, read row group by row group."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from aussage.tables.table_files import open_table

GOLD, PERSON, ATTRIBUTED, VERIFIED = "gold", "person", "attributed", "verified"
ORIGIN = ("author", "publisher", "url", "title", "date")


@dataclass(slots=True)
class Observed:
    """Counts over the tables of a corpus.

    `origin` counts the documents of which author, publisher, address, title or date is known; `layers` the claims of
    each layer; `people` are the actors of type person, `known_people` those with a verified id, `claims_of_people` the
    gold claims that are attributed to them; `outside_ids` counts the Wikidata ids of actors and locations by status.
    """

    documents: int = 0
    characters: int = 0
    unannotated: int = 0
    adjudicated: int = 0
    embargoed: int = 0
    origin: Counter[str] = field(default_factory=Counter)
    date_status: Counter[str] = field(default_factory=Counter)
    layers: Counter[str] = field(default_factory=Counter)
    attributed: int = 0
    doubtful: int = 0
    people: int = 0
    known_people: int = 0
    claims_of_people: int = 0
    outside_ids: Counter[str] = field(default_factory=Counter)
    withdrawn: Counter[str] = field(default_factory=Counter)


def observe(folder: Path) -> Observed:
    """The counts of the corpus in `folder`.

    Raises:
        OSError, pa.ArrowException: a table cannot be read.
    """
    observed = Observed()
    _documents(folder, observed)
    people = _actors(folder, observed)
    _claims(folder, observed, people)
    for batch in _batches(folder, "locations", "wikidata_status"):
        _count(batch.column("wikidata_status"), observed.outside_ids)
    for batch in _batches(folder, "withdrawn", "reason"):
        _count(batch.column("reason"), observed.withdrawn)
    return observed


def _documents(folder: Path, observed: Observed) -> None:
    columns = (*ORIGIN, "date_status", "n_characters", "n_claims", "is_adjudicated", "rights_embargo", "layers")
    for batch in _batches(folder, "documents", *columns):
        observed.documents += len(batch)
        observed.characters += pc.sum(batch.column("n_characters").cast(pa.int64())).as_py() or 0
        has_layers = pc.greater(pc.list_value_length(batch.column("layers")), 1)
        is_bare = pc.and_(pc.equal(batch.column("n_claims"), 0), pc.invert(has_layers))
        observed.unannotated += _true(is_bare)
        observed.adjudicated += _true(batch.column("is_adjudicated"))
        observed.embargoed += len(batch) - batch.column("rights_embargo").null_count
        observed.origin.update({name: len(batch) - batch.column(name).null_count for name in ORIGIN})
        _count(batch.column("date_status"), observed.date_status)


def _actors(folder: Path, observed: Observed) -> list[str]:
    """Count the actors; return the ids of the people."""
    people: list[str] = []
    for batch in _batches(folder, "actors", "actor_id", "actor_type", "wikidata_status"):
        _count(batch.column("wikidata_status"), observed.outside_ids)
        is_person = pc.equal(batch.column("actor_type").cast(pa.string()), PERSON)
        is_known = pc.equal(batch.column("wikidata_status").cast(pa.string()), VERIFIED)
        people += batch.column("actor_id").filter(is_person).to_pylist()
        observed.known_people += _true(pc.and_(is_person, pc.fill_null(is_known, False)))
    observed.people = len(people)
    return people


def _claims(folder: Path, observed: Observed, people: list[str]) -> None:
    known = pa.array(people, pa.string())
    for batch in _batches(folder, "claims", "layer", "voice", "doubt", "claimant_ids"):
        _count(batch.column("layer"), observed.layers)
        gold = batch.filter(pc.equal(batch.column("layer"), GOLD))
        observed.attributed += _true(pc.equal(gold.column("voice").cast(pa.string()), ATTRIBUTED))
        observed.doubtful += len(gold) - gold.column("doubt").null_count
        claimants = gold.column("claimant_ids")
        rows = pc.list_parent_indices(claimants).filter(pc.is_in(pc.list_flatten(claimants), known))
        observed.claims_of_people += len(pc.unique(rows))


def _batches(folder: Path, table: str, *columns: str) -> Iterator[pa.RecordBatch]:
    with open_table(folder / f"{table}.parquet") as file:
        yield from file.iter_batches(columns=list(columns))


def _count(values: pa.Array, counter: Counter[str]) -> None:
    for entry in pc.value_counts(values.cast(pa.string())).to_pylist():
        if entry["values"] is not None:
            counter[entry["values"]] += entry["counts"]


def _true(values: pa.Array) -> int:
    return int(pc.sum(values.cast(pa.int64())).as_py() or 0)
