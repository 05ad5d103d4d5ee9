"""YAML 1.2 to trees with positions: no aliases, tags, merge keys, duplicate keys, and no deep nesting.

The tree is built from the parser's events in a loop, so that hostile nesting cannot exhaust the stack,
and so that one run shows every mistake that leaves the syntax intact.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aussage.diagnostics import Diagnostics, Place
from aussage.source.bytes import SHOWN_FINDINGS, examine_value, place_of
from aussage.source.scalars import Refused, plain_scalar
from aussage.source.tree import Kind, Node, Source

DEEPEST = 32
TAG = re.compile(r"![^\s,\[\]{}]*")
BREAKS = re.compile("[\x85\u2028\u2029]")  # line ends in YAML 1.1, ordinary characters in YAML 1.2


@dataclass(slots=True)
class _Builder:
    """Takes events, gives nodes; open mappings and sequences stand on a stack."""

    name: str
    lines: list[str]
    diagnostics: Diagnostics
    stack: list[Node] = field(default_factory=list)
    keys: list[Node | None] = field(default_factory=list)
    root: Node | None = None
    documents: int = 0
    aliases: int = 0
    quoted: Any = None

    def report(self, code: str, mark: Any, message: str, length: int = 1, **more: Any) -> None:
        self.diagnostics.add(code, self.place(mark, length), message, **more)

    def place(self, mark: Any, length: int = 1) -> Place:
        """The place of a parser's mark, or of a node."""
        shown = self.lines[mark.line] if mark.line < len(self.lines) else ""
        return Place(self.name, mark.line + 1, mark.column + 1, shown, length)

    def report_alias(self, mark: Any, message: str, length: int) -> None:
        """Report an anchor or alias; a bomb has thousands, and the first few tell enough."""
        self.aliases += 1
        if self.aliases <= SHOWN_FINDINGS:
            self.report("yaml-alias", mark, message, length)

    def add(self, node: Node, mark: Any) -> None:
        """Put a finished or opened node where it belongs: root, list item, key or value."""
        if not self.stack:
            self.root = self.root or node
            return
        parent = self.stack[-1]
        if parent.kind is Kind.SEQUENCE:
            parent.items.append(node)
        elif self.keys[-1] is None:
            self.keys[-1] = node
        else:
            self._enter(parent, self.keys[-1], node, mark)
            self.keys[-1] = None

    def _enter(self, parent: Node, key: Node, value: Node, mark: Any) -> None:
        if key.kind is not Kind.SCALAR or not isinstance(key.value, str):
            self.report("wrong-type", key, "a key must be a text", key.length, expected="a field name")
        elif key.value in parent.entries:
            first = parent.entries[key.value][0]
            message = f"the key »{key.value}« stands already in line {first.line + 1}"
            self.report("duplicate-key", key, message, key.length)
        else:
            parent.entries[key.value] = (key, value)

    def scalar(self, event: Any) -> Node:
        mark, text = event.start_mark, event.value
        length = event.end_mark.column - mark.column if event.end_mark.line == mark.line else 1
        node = Node(Kind.SCALAR, mark.line, mark.column, max(length, 1), text)
        if any("\ud800" <= char <= "\udfff" for char in text):
            self.report("lone-surrogate", mark, "the text holds half of a surrogate pair", length)
            node.value = text.encode("utf-8", "replace").decode("utf-8")
        elif event.style in {'"', "'"} and event.end_mark.line > mark.line:
            self.quoted = event
        if event.style == '"':
            examine_value(text, self.place(mark, length), self.diagnostics)
        key = self.keys[-1] if self.stack and self.stack[-1].kind is Kind.MAPPING else None
        if not text and event.style is None and key is not None:
            # The parser places an empty value before the next token; a person looks at its key.
            node.line, node.column, node.length = key.line, key.column, key.length
        is_key = bool(self.stack) and self.stack[-1].kind is Kind.MAPPING and self.keys[-1] is None
        if event.style is None and event.implicit[0] and not (is_key and text):
            try:
                node.value = plain_scalar(text)
            except Refused as refused:
                self.report(refused.code, mark, str(refused), length)
        if is_key and text == "<<" and event.style is None:
            self.report("yaml-merge-key", mark, "a merge key", length)
        return node

    def open(self, kind: Kind, mark: Any) -> bool:
        node = Node(kind, mark.line, mark.column)
        self.add(node, mark)
        self.stack.append(node)
        self.keys.append(None)
        if len(self.stack) > DEEPEST:
            self.report("nested-too-deep", mark, f"nested more than {DEEPEST} levels deep")
            return False
        return True

    def close(self) -> None:
        self.stack.pop()
        self.keys.pop()


def read_yaml(text: str, name: str, diagnostics: Diagnostics) -> Source | None:
    """The one document of a YAML text as a source, or nothing and findings.

    The text is UTF-8 without control characters (see `source.bytes.decode`).
    """
    lines = text.split("\n")
    builder = _Builder(name, lines, diagnostics)
    before = len(diagnostics)
    if found := BREAKS.search(text):
        message = f"the line separator U+{ord(found.group()):04X} is read differently by different programs"
        mend = f'write it as "\\u{ord(found.group()):04x}" in a text in double quotes'
        diagnostics.add("yaml-syntax", place_of(text, found.start(), name), message, mend=mend)
        return None
    try:
        for event in _events(text):
            if not _take(builder, event):
                return None
    except Exception as error:
        _report_syntax(builder, error)
        return None
    if builder.root is None or (builder.root.value is None and builder.root.kind is Kind.SCALAR):
        diagnostics.add("empty-file", Place(name), "the file holds no record")
        return None
    return Source(name, lines, builder.root) if len(diagnostics) == before else None


def _events(text: str) -> Iterator[Any]:
    from ruamel.yaml import YAML

    yield from YAML(typ="safe", pure=True).parse(text)


def _take(builder: _Builder, event: Any) -> bool:
    """One event into the builder; false if reading cannot go on."""
    kind, mark = type(event).__name__, event.start_mark
    if kind == "DocumentStartEvent":
        builder.documents += 1
        if event.version is not None and tuple(event.version) != (1, 2):
            _report_version(builder, ".".join(map(str, event.version)))
        if builder.documents > 1:
            builder.report("yaml-documents", mark, "a second document begins here", length=3)
            return False
    if kind == "AliasEvent":
        builder.report_alias(mark, "an alias", event.end_mark.column - mark.column)
        builder.add(Node(Kind.SCALAR, mark.line, mark.column), mark)
        return True
    if getattr(event, "anchor", None):
        builder.report_alias(mark, f"the anchor »{event.anchor}«", len(event.anchor) + 1)
    if getattr(event, "tag", None):
        written = TAG.match(builder.lines[mark.line], mark.column) if mark.line < len(builder.lines) else None
        tag = written.group() if written else str(event.tag)
        builder.report("yaml-tag", mark, f"the tag »{tag}«", len(tag))
    if kind == "ScalarEvent":
        builder.add(builder.scalar(event), mark)
    elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
        return builder.open(Kind.MAPPING if kind.startswith("Mapping") else Kind.SEQUENCE, mark)
    elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
        builder.close()
    return True


def _report_version(builder: _Builder, version: str) -> None:
    number = next((n for n, line in enumerate(builder.lines) if line.startswith("%YAML")), 0)
    line = builder.lines[number]
    place = Place(builder.name, number + 1, 1, line, len(line))
    builder.diagnostics.add("yaml-version", place, f"YAML {version}", expected="1.2")


def _report_syntax(builder: _Builder, error: Exception) -> None:
    """Turn the parser's error into a finding; whatever it raised, the user sees the line."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    context = getattr(error, "context", None)
    message = f"{problem} ({context})" if context else str(problem)
    if mark is None:
        builder.diagnostics.add("yaml-syntax", Place(builder.name), message)
        return
    opened = getattr(error, "context_mark", None)
    if builder.quoted is not None and builder.quoted.end_mark.line == mark.line:
        message = f"the text in quotation marks that begins here ends in line {mark.line + 1}"
        builder.report("yaml-syntax", builder.quoted.start_mark, message)
        return
    if str(context).startswith("while parsing a flow") and opened is not None and opened.line < mark.line:
        builder.report("yaml-syntax", opened, f"the bracket is not closed: {problem} in line {mark.line + 1}")
        return
    line = builder.lines[mark.line] if mark.line < len(builder.lines) else ""
    tab = ("\t" in line[: mark.column + 1] and "\\t" in message) or line[mark.column : mark.column + 1] == "\t"
    builder.report("yaml-tab" if tab else "yaml-syntax", mark, "a tab" if tab else message)
