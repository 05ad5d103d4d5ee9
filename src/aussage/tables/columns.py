"""What a column and a table are, and short ways to write one down."""

from dataclasses import dataclass

TEXT, CATEGORY, INTEGER, SCALE, NUMBER, FLAG = "text", "category", "integer", "scale", "number", "flag"
TEXTS, CATEGORIES, SPANS, EFFECTS, FIGURES, LABELS = "texts", "categories", "spans", "effects", "figures", "labels"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, kind, what it holds, and whether it may be empty.

    `variable` names the codebook variable whose values it takes, `more` values that only derived rows have;
    `refers` is the table (or tables) whose ids it holds; `quotes` says that it holds words of the article, which an
    edition without texts leaves out.
    """

    name: str
    kind: str
    description: str
    required: bool = False
    variable: str = ""
    more: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    quotes: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: name, what a row is, its columns; the first column is its key.

    `local` tables have rows that belong to one document, and are kept in the order of documents.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    local: bool = True

    @property
    def key(self) -> str:
        """The name of the column that identifies a row."""
        return self.columns[0].name

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        return next(column for column in self.columns if column.name == name)


def id_column(name: str, description: str, *refers: str, required: bool = True) -> Column:
    """A column of ids; `refers` names the tables whose rows they are."""
    return Column(name, TEXT, description, required, refers=refers)


def text(name: str, description: str, required: bool = False) -> Column:
    """A column of free text."""
    return Column(name, TEXT, description, required)


def quotation(name: str, description: str, required: bool = False) -> Column:
    """A column of words of the article."""
    return Column(name, TEXT, description, required, quotes=True)


def category(name: str, variable: str, description: str, required: bool = False, *more: str) -> Column:
    """A column of categories of a codebook variable, and of `more` that only derived rows have."""
    return Column(name, CATEGORY, description, required, variable, more)


def whole(name: str, description: str, required: bool = True) -> Column:
    """A column of whole numbers."""
    return Column(name, INTEGER, description, required)


def ids(name: str, description: str, *refers: str) -> Column:
    """A column of lists of ids."""
    return Column(name, TEXTS, description, True, refers=refers)


def outside(name: str, what: str) -> tuple[Column, ...]:
    """The three columns of an outside id: the id, how far it can be trusted, what it was verified against."""
    return (
        text(f"{name}_id", f"{what}; empty if there is none."),
        category(f"{name}_status", "id_status", f"How far the {what} can be trusted."),
        text(f"{name}_against", f"What the {what} was verified against."),
    )
