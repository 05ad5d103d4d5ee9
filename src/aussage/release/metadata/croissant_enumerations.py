"""The categories of a corpus as enumerations of Croissant: one for each set of values that columns share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aussage.release.metadata.facts import CategoryFacts, ColumnFacts, TableFacts
from aussage.tables.columns import SCALE

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The values that some columns may take; `id` names the record set, `column` is the first column that has them."""

    id: str
    column: ColumnFacts

    @property
    def key(self) -> str:
        """The id of the field that holds the value as it stands in the data."""
        return f"{self.id}/value"


@dataclass(frozen=True, slots=True)
class Enumerations:
    """All enumerations in the order of the tables; found by their values or by their variable."""

    by_values: Mapping[tuple[str, tuple[CategoryFacts, ...]], Enumeration]

    def of_column(self, column: ColumnFacts) -> Enumeration | None:
        """The enumeration of a column's values; nothing if the column is free."""
        return self.by_values.get((column.variable, column.values))

    def of_variable(self, variable: str) -> Enumeration | None:
        """The enumeration of the variable's own values; nothing if no column has them."""
        return next((found for found in self.by_values.values() if found.id == f"categories/{variable}"), None)


def enumerations(tables: Iterable[TableFacts]) -> Enumerations:
    """The enumerations of the columns of these tables.

    The smallest set of values of a variable bears the variable's name; a larger one, as derived rows have it, and one
    without a variable bear the names of the first table and column that have it.
    """
    places: dict[tuple[str, tuple[CategoryFacts, ...]], tuple[str, ColumnFacts]] = {}
    for table in tables:
        for column in table.columns:
            if column.values:
                places.setdefault((column.variable, column.values), (f"{table.name}-{column.name}", column))
    smallest: dict[str, int] = {}
    for variable, values in places:
        smallest[variable] = min(len(values), smallest.get(variable, len(values)))
    named: dict[tuple[str, tuple[CategoryFacts, ...]], Enumeration] = {}
    taken: set[str] = set()
    for (variable, values), (place, column) in places.items():
        name = variable if variable and len(values) == smallest[variable] and variable not in taken else place
        taken.add(name)
        named[variable, values] = Enumeration(f"categories/{name}", column)
    return Enumerations(named)


def enumeration_record_set(enumeration: Enumeration) -> Json:
    """An enumeration as a record set that carries its data: value, name and definition of each category."""
    id_, column = enumeration.id, enumeration.column
    number = column.kind == SCALE
    fields = (
        ("value", "sc:Integer" if number else "sc:Text", "The value as it stands in the data."),
        ("name", "sc:Text", "The label of the category."),
        ("description", "sc:Text", "The definition of the category."),
    )
    return {
        "@type": "cr:RecordSet",
        "@id": id_,
        "name": id_.removeprefix("categories/"),
        "description": _described(column),
        "dataType": "sc:Enumeration",
        "key": {"@id": enumeration.key},
        "field": [
            {"@type": "cr:Field", "@id": f"{id_}/{name}", "name": name, "description": description, "dataType": type_}
            for name, type_, description in fields
        ],
        "data": [
            {
                f"{id_}/value": int(category.value) if number else category.value,
                f"{id_}/name": category.label or category.value,
                f"{id_}/description": category.definition or column.description,
            }
            for category in column.values
        ],
    }


def _described(column: ColumnFacts) -> str:
    if column.variable:
        return f"The categories of the codebook's variable »{column.variable}«, in decision order."
    return f"The values of the column »{column.name}«: {column.description}"
