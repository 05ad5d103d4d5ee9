"""A codebook that has been read and found whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from aussage.diagnostics import Diagnostics, nearest
from aussage.records import Read, json_schema, read_record
from aussage.records.codebook import Category, CodebookFile, Issue, Variable
from aussage.source import Path, Project, Source, decode
from aussage.source.yaml import read_yaml
from aussage.tables import TABLES

FILE = "schema/codebook.yaml"
LARGEST_SCALE = 127  # scales are stored in one byte
KNOWN_VALUES: dict[str, tuple[str | int, ...]] = {
    "voice": ("narrator", "attributed"),
    "form": ("none",),
    "alignment": ("neutral", "na"),
    "evidence": ("unstated",),
    "stance": (0,),
    "id_status": ("verified", "empty"),
    "date_status": ("unknown",),
    "rights_status": ("unverified",),
}
"""The values that the compiler knows by name, by variable."""
DERIVED_VALUES: dict[str, tuple[str | int, ...]] = {
    c.variable: c.more for table in TABLES.values() for c in table.columns if c.variable and c.more
}


@dataclass
class Codebook:
    """The categories of each variable in decision order, the issues by id, and the file they come from."""

    record: CodebookFile
    source: Source | None = field(default=None, repr=False)

    @property
    def version(self) -> str:
        """The codebook's own version."""
        return self.record.version

    @cached_property
    def variables(self) -> dict[str, Variable]:
        """The variables by name, in the order of the file."""
        return {variable.name: variable for variable in self.record.variables}

    @cached_property
    def choices(self) -> Mapping[str, Sequence[Category]]:
        """The categories of each variable that has some."""
        return {name: variable.values for name, variable in self.variables.items() if variable.values}

    @cached_property
    def enumerations(self) -> dict[str, tuple[str, ...]]:
        """The values of each variable that has some, as texts, in decision order."""
        return {name: tuple(str(c.value) for c in chosen) for name, chosen in self.choices.items()}

    @cached_property
    def issues(self) -> dict[str, Issue]:
        """The issues by id, in the order of the file."""
        return {issue.id: issue for issue in self.record.issues}

    def rank(self, variable: str, value: str) -> int:
        """The position of a value in the decision order of its variable, from 0."""
        return self._ranks[variable][value]

    @cached_property
    def _ranks(self) -> dict[str, dict[str, int]]:
        return {name: {value: rank for rank, value in enumerate(some)} for name, some in self.enumerations.items()}

    def default(self, variable: str) -> str | int | bool | None:
        """What a variable is when a coder leaves it out."""
        return self._defaults.get(variable)

    @cached_property
    def _defaults(self) -> dict[str, str | int | bool | None]:
        return {name: variable.default for name, variable in self.variables.items()}

    def modes(self, event_type: str) -> tuple[str, ...]:
        """The event modes that belong to an event type; modes that name no type belong to all."""
        modes = self.choices.get("event_mode", ())
        return tuple(str(mode.value) for mode in modes if not mode.of_type or event_type in mode.of_type)


def load_codebook(project: Project, diagnostics: Diagnostics) -> Codebook | None:
    """The codebook of a project, or nothing and findings."""
    path = project.root / FILE
    data = project.read(path, diagnostics)
    text = decode(data, FILE, diagnostics) if data is not None else None
    source = read_yaml(text, FILE, diagnostics) if text is not None else None
    if source is None:
        return None
    read = read_record(source, CodebookFile, json_schema(CodebookFile, {}), diagnostics)
    if read is None or not read.complete:
        return None
    before = diagnostics.count_errors()
    _examine(read, diagnostics)
    return Codebook(read.record, read.source) if diagnostics.count_errors() == before else None


def _examine(read: Read[CodebookFile], diagnostics: Diagnostics) -> None:
    _examine_names(read, diagnostics)
    _examine_enumerations(read, diagnostics)
    _examine_defaults(read, diagnostics)
    names = [variable.name for variable in read.record.variables]
    frames = [c.value for v in read.record.variables if v.name == "frame" for c in v.values]
    for number, issue in enumerate(read.record.issues):
        if issue.frame not in frames:
            read.source.report(
                diagnostics,
                "codebook-reference",
                ("issues", number, "frame"),
                f"»{issue.frame}« is no frame",
                expected=", ".join(map(str, frames)),
                nearest=nearest(issue.frame, map(str, frames)),
            )
    for number, ruling in enumerate(read.record.rulings):
        for position, name in enumerate(ruling.variables):
            if name not in names:
                read.source.report(
                    diagnostics,
                    "codebook-reference",
                    ("rulings", number, "variables", position),
                    f"»{name}« is no variable",
                    nearest=nearest(name, names),
                )


def _examine_names(read: Read[CodebookFile], diagnostics: Diagnostics) -> None:
    record = read.record
    for part, ids in (
        ("variables", [variable.name for variable in record.variables]),
        ("issues", [issue.id for issue in record.issues]),
        ("rulings", [ruling.id for ruling in record.rulings]),
    ):
        seen: set[str] = set()
        for number, name in enumerate(ids):
            if name in seen:
                key = "name" if part == "variables" else "id"
                read.source.report(diagnostics, "duplicate-id", (part, number, key), f"»{name}« is given twice")
            seen.add(name)
    for number, variable in enumerate(record.variables):
        values: set[str | int] = set()
        for position, category in enumerate(variable.values):
            if category.value in values:
                path = ("variables", number, "values", position, "value")
                read.source.report(diagnostics, "duplicate-id", path, f"the value »{category.value}« is given twice")
            values.add(category.value)


def _examine_defaults(read: Read[CodebookFile], diagnostics: Diagnostics) -> None:
    """The compiler knows some values by name, and fills defaults in: they must be there."""
    for number, variable in enumerate(read.record.variables):
        values: list[str | int] = [category.value for category in variable.values]
        for value in KNOWN_VALUES.get(variable.name, ()) if values else ():
            if value not in values:
                message = f"the variable »{variable.name}« lacks the value »{value}«"
                read.source.report(diagnostics, "codebook-variable", ("variables", number, "name"), message)
        if values and variable.default is not None and variable.default not in values:
            message = f"the default »{variable.default}« is no value of »{variable.name}«"
            path: Path = ("variables", number, "default")
            expected = ", ".join(map(str, values))
            read.source.report(diagnostics, "codebook-reference", path, message, expected=expected)
        for position, category in enumerate(variable.values):
            path = ("variables", number, "values", position, "value")
            if category.value in DERIVED_VALUES.get(variable.name, ()):
                message = f"the value »{category.value}« is derived, never coded"
                read.source.report(diagnostics, "codebook-variable", path, message)
            if isinstance(category.value, int) and abs(category.value) > LARGEST_SCALE:
                message = f"the value {category.value} is too large"
                read.source.report(diagnostics, "codebook-variable", path, message, expected=f"at most {LARGEST_SCALE}")


def _examine_enumerations(read: Read[CodebookFile], diagnostics: Diagnostics) -> None:
    """Every variable that a table column enumerates must be there, with texts or with numbers as the column needs."""
    variables = {variable.name: (number, variable) for number, variable in enumerate(read.record.variables)}
    needed = {(c.variable, c.kind) for table in TABLES.values() for c in table.columns if c.variable}
    for name, kind in sorted(needed):
        number, variable = variables.get(name, (0, None))
        if variable is None:
            message = f"the codebook has no variable »{name}«"
            read.source.report(diagnostics, "codebook-variable", ("variables",), message, key=True)
        elif not variable.values:
            message = f"the variable »{name}« has no values"
            read.source.report(diagnostics, "codebook-variable", ("variables", number), message)
        wanted = int if kind == "scale" else str
        for position, category in enumerate(variable.values if variable and kind != "effects" else ()):
            if not isinstance(category.value, wanted):
                read.source.report(
                    diagnostics,
                    "codebook-variable",
                    ("variables", number, "values", position, "value"),
                    f"the value »{category.value}« of »{name}« is of another kind",
                    expected="whole numbers" if wanted is int else "texts; quote what looks like a number",
                )
