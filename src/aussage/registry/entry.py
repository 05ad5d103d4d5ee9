"""A record of a registry and where it stands."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aussage.diagnostics import Diagnostics
from aussage.records.fields import Record
from aussage.source import Node, Path, Source
from aussage.source.json_lines import read_json_line

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A record of a registry and where it stands."""

    record: R
    source: Source
    path: Path

    def report(self, diagnostics: Diagnostics, code: str, path: Path, message: str, **more: Any) -> None:
        """Report a finding about a field of the record."""
        self.source.report(diagnostics, code, (*self.path, *path), message, **more)


class SourceOfLine(Source):
    """A line of JSON Lines whose tree is made when somebody asks for a place: few lines are ever asked."""

    __slots__ = ()

    def __init__(self, name: str, number: int, line: str) -> None:
        self.name, self.lines, self.first_line = name, [line], number

    def __getattr__(self, name: str) -> Node:
        if name != "root":
            raise AttributeError(name)
        read = read_json_line(self.lines[0], self.first_line, self.name, Diagnostics())
        assert read is not None, "the line was read before"
        self.root = read.root
        return self.root

    def __reduce__(self) -> tuple[type[Source], tuple[str, int, str]]:
        return SourceOfLine, (self.name, self.first_line, self.lines[0])
