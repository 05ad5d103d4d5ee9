"""JSON Lines: one record a line, the same records as in YAML, read so that each value has its position."""

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any
from unicodedata import is_normalized, normalize

from aussage.diagnostics import Diagnostics, Place
from aussage.source.bytes import LARGEST_RECORD, examine_value
from aussage.source.scalars import Refused, plain_scalar
from aussage.source.tree import Kind, Node, Source

DEEPEST = 32
SPACE = re.compile(r"[ \t\r\n]*")
WORD = re.compile(r"[^\s,\]}:]+")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
LITERALS = {"null": None, "true": True, "false": False}


def read_json_lines(text: str, name: str, diagnostics: Diagnostics) -> Iterator[Source]:
    """The records of a JSON Lines text, each as a source; lines that are no record are reported and passed over."""
    for number, line in enumerate(text.split("\n")):
        source = read_json_line(line, number, name, diagnostics)
        if source is not None:
            yield source


def read_json_line(line: str, number: int, name: str, diagnostics: Diagnostics) -> Source | None:
    """One line of JSON as a source, or nothing and findings (none if it is blank); `number` counts from 0."""
    before = len(diagnostics)
    if len(line) > LARGEST_RECORD:
        message, expected = f"the line has {len(line):,} characters", f"at most {LARGEST_RECORD:,}"
        diagnostics.add("file-too-large", Place(name, number + 1, 1), message, expected=expected)
        return None
    root = _Reader(line, number, name, diagnostics).read() if line.strip() else None
    if root is None or len(diagnostics) > before:
        return None
    return Source(name, [line], root, first_line=number)


def good_source(line: str, number: int, name: str) -> Source:
    """The source of a line in which nothing is to be found (see `good_lines`); its tree is made when it is needed."""
    return Source(name, [line], _tree_of, first_line=number)


def _tree_of(lines: list[str]) -> Node:
    root = _Reader(lines[0], 0, "", Diagnostics()).read()
    if root is None:
        raise ValueError("the line is no JSON")
    return root


class _Stop(Exception):
    """Reading this line cannot go on."""


class _Reader:
    """A JSON reader that keeps positions; strings are decoded by the standard library's scanner."""

    def __init__(self, line: str, number: int, name: str, diagnostics: Diagnostics) -> None:
        self.line, self.number, self.name, self.diagnostics = line, number, name, diagnostics
        self.at = 0

    def report(self, code: str, at: int, message: str, length: int = 1) -> None:
        place = Place(self.name, self.number + 1, at + 1, self.line, length)
        self.diagnostics.add(code, place, message)

    def fail(self, expected: str) -> _Stop:
        found = self.line[self.at : self.at + 1]
        self.report("json-syntax", self.at, f"{expected} expected, found " + (f"»{found}«" if found else "the end"))
        return _Stop()

    def read(self) -> Node | None:
        try:
            root = self.value(0)
            self.skip()
            if self.at < len(self.line):
                raise self.fail("the end of the line")
            return root
        except _Stop:
            return None

    def skip(self) -> str:
        """Pass over white space; gives the next character, or nothing at the end."""
        match = SPACE.match(self.line, self.at)
        self.at = match.end() if match else self.at
        return self.line[self.at : self.at + 1]

    def value(self, depth: int) -> Node:
        sign = self.skip()
        if depth > DEEPEST:
            self.report("nested-too-deep", self.at, f"nested more than {DEEPEST} levels deep")
            raise _Stop
        if sign == "{":
            return self.mapping(depth)
        if sign == "[":
            return self.sequence(depth)
        if sign == '"':
            return self.string()
        return self.word()

    def mapping(self, depth: int) -> Node:
        node = Node(Kind.MAPPING, 0, self.at)
        self.at += 1
        if self.skip() == "}":
            self.at += 1
            return node
        while True:
            if self.skip() != '"':
                raise self.fail("a key in double quotes")
            key = self.string()
            if self.skip() != ":":
                raise self.fail("»:«")
            self.at += 1
            value = self.value(depth + 1)
            if key.value in node.entries:
                self.report("duplicate-key", key.column, f"the key »{key.value}« stands twice", key.length)
            node.entries[key.value] = (key, value)
            if not self.more("}"):
                return node

    def sequence(self, depth: int) -> Node:
        node = Node(Kind.SEQUENCE, 0, self.at)
        self.at += 1
        if self.skip() == "]":
            self.at += 1
            return node
        while True:
            node.items.append(self.value(depth + 1))
            if not self.more("]"):
                return node

    def more(self, end: str) -> bool:
        sign = self.skip()
        if sign not in {",", end} or not sign:
            raise self.fail(f"»,« or »{end}«")
        self.at += 1
        return sign == ","

    def string(self) -> Node:
        start = self.at
        try:
            value, self.at = scanstring(self.line, start + 1, True)
        except json.JSONDecodeError as error:
            self.report("json-syntax", error.pos, error.msg)
            raise _Stop from error
        if any("\ud800" <= char <= "\udfff" for char in value):
            self.report("lone-surrogate", start, "the text holds half of a surrogate pair", self.at - start)
        elif self.at - start != len(value) + 2:  # something was escaped
            place = Place(self.name, self.number + 1, start + 1, self.line, self.at - start)
            examine_value(value, place, self.diagnostics)
        elif not is_normalized("NFC", value):
            composed = normalize("NFC", value)
            at = next((i for i, (a, b) in enumerate(zip(value, composed, strict=False)) if a != b), len(composed))
            message = f"the text is not in normal form C, first at its character {at + 1}"
            self.report("decomposed-unicode", start, message, self.at - start)
        return Node(Kind.SCALAR, 0, start, self.at - start, value)

    def word(self) -> Node:
        match = WORD.match(self.line, self.at)
        if not match:
            raise self.fail("a value")
        text, start = match.group(), self.at
        node = Node(Kind.SCALAR, 0, start, len(text), self.scalar(text))
        self.at = match.end()
        return node

    def scalar(self, text: str) -> Any:
        if text in LITERALS:
            return LITERALS[text]
        try:
            value = plain_scalar(text)
        except Refused as refused:
            self.report(refused.code, self.at, str(refused), len(text))
            return None
        if not NUMBER.fullmatch(text):
            raise self.fail("a value")
        return value
