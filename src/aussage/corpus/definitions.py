"""What a variable or one of its categories means: look-ups in the codebook that came with a corpus."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from textwrap import fill
from typing import Any

from aussage.corpus.errors import CorpusError, unknown
from aussage.tables import TABLES

Entry = Mapping[str, Any]
WIDTH = 100


@dataclass(frozen=True, repr=False)
class Definition:
    """What a variable (`value` is None) or one of its categories means.

    `entry` is the whole record of the codebook. `str()` and the notebook show it as text.
    """

    variable: str
    value: str | int | None
    label: str
    definition: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    values: tuple[str | int, ...] = ()
    entry: Entry = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return "\n".join(fill(line, WIDTH, subsequent_indent=" " * 4) for line in self._lines())

    __repr__ = __str__

    def _lines(self) -> Iterator[str]:
        yield f"{self.variable}{'' if self.value is None else f' = {self.value}'} ({self.label})"
        yield f"  {self.definition}"
        if self.entry.get("decided_by"):
            yield f"  Decided by: {self.entry['decided_by']}"
        yield from (f"  + {line}" for line in self.include)
        yield from (f"  - {line}" for line in self.exclude)
        for name in ("example", "near_miss"):
            yield from _example(name.replace("_", " "), self.entry.get(name) or {})
        if self.values:
            yield f"  Values: {', '.join(map(str, self.values))}"


def define(codebook: Entry, variable: str, value: str | int | None = None) -> Definition:
    """The definition of a variable, by its own name or the name of a column, or of one of its categories.

    Raises:
        CorpusError: the codebook has no such variable, or the variable no such category.
    """
    try:
        found = _variable(codebook, variable)
        entry = found if value is None else _category(found, variable, value)
        return Definition(
            variable,
            None if value is None else entry["value"],
            _label(entry),
            entry["definition"],
            tuple(entry.get("include") or ()),
            tuple(entry.get("exclude") or ()),
            () if value is not None else tuple(category["value"] for category in entry.get("values") or ()),
            entry,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"the corpus's codebook.json is damaged at {variable!r}: {error}") from None


def _variable(codebook: Entry, wanted: str) -> Entry:
    entries: list[Entry] = codebook["variables"]
    by_name = {entry["name"]: entry for entry in entries}
    by_column = {entry["column"]: entry for entry in entries if entry.get("column")}
    of_tables = {
        column.name: by_name[column.variable]
        for table in TABLES.values()
        for column in table.columns
        if column.variable in by_name
    }
    known: dict[str, Entry] = of_tables | by_column | by_name
    if wanted not in known:
        raise unknown("variable", wanted, known)
    return known[wanted]


def _category(entry: Entry, variable: str, wanted: str | int) -> Entry:
    known: dict[str, Entry] = {str(category["value"]): category for category in entry.get("values") or ()}
    if not known:
        raise CorpusError(f"the variable {variable!r} has no categories: it is free")
    if str(wanted) not in known:
        raise unknown(f"category of {variable!r}", str(wanted), known)
    return known[str(wanted)]


def _label(entry: Entry) -> str:
    labels: Mapping[str, str] = entry["label"]
    return labels.get("en") or next(iter(labels.values()), "")


def _example(name: str, example: Entry) -> Iterator[str]:
    if example.get("text"):
        coded = next((example[key] for key in ("value", "answer") if example.get(key) is not None), None)
        instead = "" if coded is None else f" = {coded}."
        why = f" {example['why']}" if example.get("why") else ""
        yield f"  {name.capitalize()}: {example['text']}{instead}{why}"
