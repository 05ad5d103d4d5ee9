"""TOML to trees with positions: the standard library reads the values, a look at the lines finds their places."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from aussage.diagnostics import Diagnostics, Place
from aussage.source.bytes import examine_value
from aussage.source.scalars import LONGEST_NUMBER
from aussage.source.tree import Kind, Node, Path, Source

DEEPEST = 32
HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"(\s*)([A-Za-z0-9_.\-\"']+)(\s*=\s*)")
WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class _At:
    """Where a value stands and where its key does, counted from 0; a table's header is both."""

    line: int = 0
    column: int = 0
    length: int = 1
    key_column: int = 0
    key_length: int = 1


def read_toml(text: str, name: str, diagnostics: Diagnostics) -> Source | None:
    """The TOML text as a source, or nothing and findings."""
    lines = text.split("\n")
    try:
        data = tomllib.loads(text)
    except RecursionError:
        diagnostics.add("nested-too-deep", Place(name), "lists or tables are nested too deep")
        return None
    except ValueError as error:  # TOMLDecodeError, or an integer of thousands of digits
        _report_syntax(error, lines, name, diagnostics)
        return None
    if not data:
        diagnostics.add("empty-file", Place(name), "the file holds no facts")
        return None
    before = len(diagnostics)
    root = _Builder(name, lines, diagnostics, _places(lines)).node(data, (), _At())
    return Source(name, lines, root) if len(diagnostics) == before else None


def _report_syntax(error: ValueError, lines: list[str], name: str, diagnostics: Diagnostics) -> None:
    found = WHERE.search(str(error))
    if found is None and not isinstance(error, tomllib.TOMLDecodeError):
        diagnostics.add("ambiguous-number", Place(name), "a number has more digits than a number can hold")
        return
    last = next((number for number in range(len(lines), 0, -1) if lines[number - 1].strip()), 1)
    line, column = (int(found[1]), int(found[2])) if found else (last, len(lines[last - 1]) + 1)
    shown = lines[line - 1] if line <= len(lines) else ""
    message = WHERE.sub("", str(error)).removesuffix("(at end of document)").strip()
    diagnostics.add("toml-syntax", Place(name, line, column, shown), message)


def _places(lines: list[str]) -> dict[Path, _At]:
    """Where each key stands that begins a line, and its value; and where each table's header stands."""
    places: dict[Path, _At] = {}
    section: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(lines):
        if header := HEADER.match(line):
            section = tuple(part.strip(" \"'") for part in header[2].split("."))
            column, length = line.index("["), len(line.strip())
            if header[1] == "[[":
                counts[section] = counts.get(section, -1) + 1
                section = (*section, counts[section])
            places[section] = _At(number, column, length, column, length)
        elif key := KEY.match(line):
            path = (*section, *(part.strip("\"'") for part in key[2].split(".")))
            length = max(len(line[len(key[0]) :].rstrip()), 1)
            places[path] = _At(number, len(key[0]), length, len(key[1]), len(key[2]))
    return places


@dataclass(frozen=True, slots=True)
class _Builder:
    """Turns the values that the standard library gives into nodes."""

    name: str
    lines: list[str]
    diagnostics: Diagnostics
    places: dict[Path, _At]

    def report(self, code: str, at: _At, message: str) -> None:
        self.diagnostics.add(code, self.place(at), message)

    def place(self, at: _At) -> Place:
        return Place(self.name, at.line + 1, at.column + 1, self.lines[at.line], at.length)

    def node(self, value: Any, path: Path, around: _At) -> Node:
        """The value at `path` as a node; what has no place of its own stands where its parent does."""
        at = self.places.get(path, around)
        node = Node(Kind.SCALAR, at.line, at.column, at.length)
        if isinstance(value, dict | list) and len(path) >= DEEPEST:
            self.report("nested-too-deep", at, f"nested more than {DEEPEST} levels deep")
        elif isinstance(value, dict):
            node.kind = Kind.MAPPING
            for key, part in value.items():
                inner = self.places.get((*path, key), at)
                key_node = Node(Kind.SCALAR, inner.line, inner.key_column, inner.key_length, key)
                node.entries[key] = (key_node, self.node(part, (*path, key), at))
        elif isinstance(value, list):
            node.kind = Kind.SEQUENCE
            node.items = [self.node(part, (*path, number), at) for number, part in enumerate(value)]
        else:
            node.value = self.scalar(value, at)
        return node

    def scalar(self, value: Any, at: _At) -> Any:
        if isinstance(value, str):
            examine_value(value, self.place(at), self.diagnostics)
        elif isinstance(value, int) and abs(value) >= 10**LONGEST_NUMBER:
            self.report("ambiguous-number", at, "the number has more digits than a number can hold")
            return None
        elif isinstance(value, float) and not abs(value) < float("inf"):
            self.report("not-finite", at, f"»{value}« is not a number that can be stored")
            return None
        return value
