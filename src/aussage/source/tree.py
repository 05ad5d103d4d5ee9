"""A source as a tree of nodes with positions, and as plain data without them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aussage.diagnostics import Diagnostics, Place

Path = tuple[str | int, ...]
"""Where a value stands in a record: keys and list positions from the root, as in ("claims", 0, "cue")."""


class Kind(StrEnum):
    """The three shapes of a node."""

    MAPPING = "mapping"
    SEQUENCE = "sequence"
    SCALAR = "scalar"


@dataclass(slots=True)
class Node:
    """One value of a source; line and column count from 0, as parsers do."""

    kind: Kind
    line: int
    column: int
    length: int = 1
    value: Any = None
    items: list["Node"] = field(default_factory=list)
    entries: dict[str, tuple["Node", "Node"]] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value as dict, list or scalar; the tree is never deeper than readers allow."""
        if self.kind is Kind.MAPPING:
            return {key: value.plain() for key, (_, value) in self.entries.items()}
        if self.kind is Kind.SEQUENCE:
            return [item.plain() for item in self.items]
        return self.value

    def child(self, step: str | int) -> "Node | None":
        """The value one step further, or nothing if the source has none there."""
        if self.kind is Kind.MAPPING and isinstance(step, str):
            return self.entries[step][1] if step in self.entries else None
        if self.kind is Kind.SEQUENCE and isinstance(step, int):
            return self.items[step] if 0 <= step < len(self.items) else None
        return None


@dataclass(slots=True)
class Source:
    """One record of a source file: its name inside the project, its lines, and its tree.

    `first_line` is where the record begins in the file (counted from 0); only JSON Lines have it. A tree may be made
    only when somebody asks for a place: then `tree` makes it from the lines.
    """

    name: str
    lines: list[str]
    tree: Node | Callable[[list[str]], Node]
    first_line: int = 0

    @property
    def root(self) -> Node:
        """The tree."""
        if not isinstance(self.tree, Node):
            self.tree = self.tree(self.lines)
        return self.tree

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """The place of the value at `path`, or of the nearest thing around it that exists.

        With `key`, the place of the key instead of its value.
        """
        node = self.root
        for number, step in enumerate(path, start=1):
            if key and number == len(path) and isinstance(step, str) and step in node.entries:
                return self._at(node.entries[step][0])
            found = node.child(step)
            if found is None:
                break
            node = found
        return self._at(node)

    def _at(self, node: Node) -> Place:
        shown = self.lines[node.line] if node.line < len(self.lines) else ""
        return Place(self.name, self.first_line + node.line + 1, node.column + 1, shown, node.length)

    def report(
        self, diagnostics: Diagnostics, code: str, path: Path, message: str, *, key: bool = False, **more: Any
    ) -> None:
        """Report a finding about the value (or the key) at `path`."""
        diagnostics.add(code, self.place(path, key=key), message, **more)
