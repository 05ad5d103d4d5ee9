"""Rules that follow from the table definitions alone: empty cells, keys, references, enumerations."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.rule import Failing, Group
from aussage.check.tables import Tables
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
    for name in tables.arrow:
        for column in TABLES[name].columns:
            values = tables.arrow[name][column.name]
            if column.required and values.null_count:
                numbers = pa.array(range(len(values)), pa.int64())
                yield Failing(name, tables.ids(name, numbers, pc.is_null(values).combine_chunks()), column.name)
            if column.kind in {"text", "texts"} and name != "flat":
                texts, rows = tables.flattened(name, column.name)
                yield Failing(name, tables.ids(name, rows, pc.equal(texts, "")), column.name)


@keys.rule(
    "key-not-unique",
    "Two rows have the same key.",
    "A key identifies one row; a reference to this one means two things.",
    scope="corpus",
)
def key_not_unique(tables: Tables) -> Iterator[Failing]:
    """The first column of each table; ids in `withdrawn` are unique within the table that they name."""
    for name in tables.arrow:
        frame, key = tables.frame(name), TABLES[name].key
        columns = ["table", key] if name == "withdrawn" else [key]
        yield Failing(name, frame.loc[frame.duplicated(columns), key], key)


@keys.rule(
    "withdrawn-reused",
    "The id of a row was withdrawn.",
    "An id that once meant one thing must never mean another, or citations of older versions go wrong.",
    "withdrawn",
    scope="corpus",
)
def withdrawn_reused(tables: Tables) -> Iterator[Failing]:
    """No table holds an id that `withdrawn` lists for it."""
    withdrawn = tables.frame("withdrawn")
    for name in tables.arrow:
        if name != "withdrawn":
            gone = withdrawn.loc[withdrawn["table"] == ("claims" if name == "flat" else name), "withdrawn_id"]
            key = tables.key(name)
            yield Failing(name, key[key.isin(gone)], TABLES[name].key)


@references.rule(
    "broken-reference",
    "An id leads to no row of the table that it refers to.",
    "Whoever follows the id finds nothing; counts by actor, location or issue lose the row.",
    scope="corpus",
)
def broken_reference(tables: Tables) -> Iterator[Failing]:
    """Every column that refers to tables, lists flattened, and the two ids of an effect."""
    for name in tables.arrow:
        for column in TABLES[name].columns:
            if column.refers:
                yield from _unresolved(tables, name, column.name, "", column.refers)
        if name == "claims":
            yield from _unresolved(tables, name, "affected", "actor_id", ("actors",))
            yield from _unresolved(tables, name, "affected", "location_id", ("locations",))


def _unresolved(tables: Tables, name: str, column: str, field: str, refers: tuple[str, ...]) -> Iterator[Failing]:
    if all(other in tables for other in refers):
        known = [tables.arrow[other][TABLES[other].key].combine_chunks() for other in refers]
        yield _not_among(tables, name, column, field, pa.concat_arrays(known))


def _not_among(tables: Tables, name: str, column: str, field: str, known: pa.Array) -> Failing:
    """The rows whose values, as far as there are any, are not among the known ones."""
    values, rows = tables.flattened(name, column, field)
    if pa.types.is_dictionary(values.type):
        values = values.cast(pa.string())
    wrong = pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, known)))
    return Failing(name, tables.ids(name, rows, wrong), column)


@enumerations.rule(
    "unknown-value",
    "A value is none of those that the codebook lists.",
    "A category without a definition cannot be read; selections by category would miss the row.",
)
def unknown_value(tables: Tables) -> Iterator[Failing]:
    """Every column with categories, lists flattened, the effects of claims and the statuses of other ids."""
    statuses = tables.codebook.enumerations["id_status"]
    for name in tables.arrow:
        for column in TABLES[name].columns:
            field = {"effects": "effect", "outside_ids": "status"}.get(column.kind, "")
            is_status = column.kind == "outside_ids"
            known = statuses if is_status else values_of(column, tables.codebook.enumerations)
            if known:
                array = pa.array(known, pa.string())
                array = array.cast(pa.int8()) if column.kind == "scale" else array
                yield _not_among(tables, name, column.name, field, array)


@enumerations.rule(
    "withdrawn-table",
    "A withdrawn row names a table that there is not.",
    "The tombstone protects no id.",
    "withdrawn",
    "table",
)
def withdrawn_table(tables: Tables) -> Iterator[Failing]:
    """`withdrawn.table` is the name of a table."""
    withdrawn = tables.frame("withdrawn")
    yield Failing("withdrawn", withdrawn.loc[~withdrawn["table"].isin(list(TABLES)), "withdrawn_id"], "table")


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
