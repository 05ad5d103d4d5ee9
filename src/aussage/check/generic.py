"""Rules that follow from the table definitions alone: empty cells, keys, references, enumerations."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.rule import Failing, Group
from aussage.check.tables import UNKNOWN, Mask, Tables, mask_of, positions_in
from aussage.tables import TABLES
from aussage.tables.schemas import values_of

schema = Group("schema")
keys = Group("keys")
references = Group("references")
enumerations = Group("enumerations")


@schema.rule(
    "empty-value",
    "A cell or list item that must hold something is empty.",
    "A required column promises a value in every row; an empty text is no value, and missing is null.",
)
def empty_value(tables: Tables) -> Iterator[Failing]:
    """Null where the column is required; an empty text anywhere but in `flat`, where it is an empty list."""
    for name in tables.own:
        for column in TABLES[name].columns:
            values = tables.values(name, column.name)
            if column.required and values.null_count:
                yield tables.failing(name, ~tables.given(name, column.name), column.name)
            if column.kind == "text" and name != "flat" and _may_be_empty(values):
                yield tables.failing(name, positions_in(values, pa.array([""])) == 0, column.name)
            elif column.kind == "texts" and name != "flat":
                lists = tables.lists(name, column.name)
                yield tables.failing(name, lists.any(mask_of(pc.equal(lists.items, ""))), column.name)


def _may_be_empty(values: pa.Array) -> bool:
    """Whether an empty text is among the values; of a dictionary perhaps one that no row has."""
    texts = values.dictionary if pa.types.is_dictionary(values.type) else values
    return bool(pc.index(texts, "").as_py() >= 0)


@keys.rule(
    "key-not-unique",
    "Two rows have the same key.",
    "A key identifies one row; a reference to this one means two things.",
)
def key_not_unique(tables: Tables) -> Iterator[Failing]:
    """The first column of each table; ids in `withdrawn` are unique within the table that they name."""
    for name in tables.own:
        places = tables.places(name, TABLES[name].key, name)
        twice = places != np.arange(len(places))
        if name == "withdrawn":
            of_table = pc.binary_join_element_wise(tables.texts(name, "table"), tables.texts(name, "withdrawn_id"), "/")
            twice = positions_in(of_table, of_table) != np.arange(len(of_table))
        yield tables.failing(name, twice & (places >= 0), TABLES[name].key)


@keys.at_end("key-not-unique")
def document_twice(tables: Tables) -> Iterator[Failing]:
    """No two documents of the corpus have the same id; other rows bear the id of their document in their own."""
    if tables.documents is not None:
        ids = tables.documents["document_id"]
        yield Failing("documents", ids[ids.duplicated()], "document_id")


@keys.rule(
    "withdrawn-reused",
    "The id of a row was withdrawn.",
    "An id that once meant one thing must never mean another, or citations of older versions go wrong.",
)
def withdrawn_reused(tables: Tables) -> Iterator[Failing]:
    """No table holds an id that `withdrawn` lists for it."""
    if "withdrawn" not in tables or not tables.count("withdrawn"):
        return
    ids = tables.texts("withdrawn", "withdrawn_id")
    for name in tables.own:
        if name != "withdrawn":
            table = "claims" if name == "flat" else name
            gone = ids.filter(pc.equal(tables.texts("withdrawn", "table"), table))
            yield tables.failing(name, positions_in(tables.values(name, TABLES[name].key), gone) >= 0, TABLES[name].key)


@references.rule(
    "broken-reference",
    "An id leads to no row of the table that it refers to.",
    "Whoever follows the id finds nothing; counts by actor, location or issue lose the row.",
)
def broken_reference(tables: Tables) -> Iterator[Failing]:
    """Every column that refers to tables, lists flattened, and the two ids of an effect."""
    for name in tables.own:
        for column in TABLES[name].columns:
            if column.refers and all(other in tables for other in column.refers):
                found = (tables.places(name, column.name, other) for other in column.refers)
                wrong = np.logical_and.reduce([places == UNKNOWN for places in found])
                yield _items(tables, name, column.name, wrong)
        if name == "claims":
            effects = tables.lists(name, "affected")
            for field, other in (("actor_id", "actors"), ("location_id", "locations")):
                if other in tables:
                    yield _items(tables, name, "affected", tables.place(effects.field(field), other) == UNKNOWN)


def _items(tables: Tables, name: str, column: str, wrong: Mask) -> Failing:
    """The rows of those cells, or items of lists, that are wrong."""
    is_list = pa.types.is_list(tables.values(name, column).type)
    return tables.failing(name, tables.lists(name, column).any(wrong) if is_list else wrong, column)


@enumerations.rule(
    "unknown-value",
    "A value is none of those that the codebook lists.",
    "A category without a definition cannot be read; selections by category would miss the row.",
)
def unknown_value(tables: Tables) -> Iterator[Failing]:
    """Every column with categories, lists flattened, the effects of claims and the statuses of other ids."""
    statuses = tables.codebook.enumerations["id_status"]
    for name in tables.own:
        for column in TABLES[name].columns:
            field = {"effects": "effect", "outside_ids": "status"}.get(column.kind, "")
            known = statuses if field == "status" else values_of(column, tables.codebook.enumerations)
            if column.kind == "category":
                if UNKNOWN not in positions_in(
                    tables.values(name, column.name).dictionary, pa.array(known, pa.string())
                ):
                    continue  # as a rule, and seen without a look at each cell
                yield tables.failing(name, tables.codes(name, column.name) == UNKNOWN, column.name)
            elif column.kind == "scale":
                numbers = tables.numbers(name, column.name)
                wrong = ~np.isin(numbers, [int(value) for value in known]) & tables.given(name, column.name)
                yield tables.failing(name, wrong, column.name)
            elif known:
                lists = tables.lists(name, column.name)
                values = lists.field(field) if field else lists.items
                yield _items(tables, name, column.name, positions_in(values, pa.array(known, pa.string())) == UNKNOWN)


@enumerations.rule(
    "withdrawn-table",
    "A withdrawn row names a table that there is not.",
    "The tombstone protects no id.",
    "withdrawn",
    "table",
)
def withdrawn_table(tables: Tables) -> Iterator[Failing]:
    """`withdrawn.table` is the name of a table."""
    wrong = positions_in(tables.values("withdrawn", "table"), pa.array(list(TABLES))) < 0
    yield tables.failing("withdrawn", wrong, "table")


@enumerations.rule(
    "issue-list",
    "The table of issues is not the codebook's issue list.",
    "Issues are written once, in the codebook; two lists that differ leave open which proposition was meant.",
    "issues",
    "issue_id labels frame plus minus",
)
def issue_list(tables: Tables) -> Iterator[Failing]:
    """Ids, propositions, frames and the meaning of agreement, as in the codebook that ships with the corpus."""
    listed = {}
    for issue in tables.codebook.record.issues:
        agreement = issue.agreement
        meaning = (agreement.plus, agreement.minus) if agreement else (None, None)
        listed[issue.id] = (sorted(issue.proposition.items()), issue.frame, *meaning)
    given = {
        row["issue_id"]: (
            [(label["language"], label["label"]) for label in row["labels"]],
            row["frame"], row["plus"], row["minus"],
        )
        for row in tables.arrow["issues"].to_pylist()
    }  # fmt: skip
    yield Failing("issues", [id_ for id_ in {**listed, **given} if listed.get(id_) != given.get(id_)])
