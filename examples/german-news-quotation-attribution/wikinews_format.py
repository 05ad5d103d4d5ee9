"""The format of the German news quotation attribution corpus: its fields, categories, and documents once read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLES = ("quote", "speaker", "cue", "frame", "addressee")
TYPES = ("Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect")
MEDIUMS = ("Speech", "Thought", "Writing", "ST", "SW", "TW", "none")
DOCUMENT_FIELDS = {"annotations", "documentName", "originalText", "sentences", "tokens"}
QUOTE_FIELDS = {*ROLES, "hasNested", "isNested", "id", "medium", "type"}
ROLE_FIELDS = {"spans", "text", "tokenIds"}
SPAN_FIELDS = {"begin", "charBegin", "charEnd", "end"}
SENTENCE_FIELDS = {"begin", "charBegin", "charEnd", "end", "id", "text", "tokenIds", "tokens"}
TOKEN_FIELDS = {"charBegin", "charEnd", "id", "sentence", "text", "word"}
LARGEST_FILE = 16_000_000
CODE_POINTS, UTF_16 = "code points", "UTF-16 code units"

Span = tuple[int, int]
Step = str | int


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a file of the corpus, and where."""

    file: str
    line: int
    column: int
    message: str
    expected: str = ""

    def __str__(self) -> str:
        """One line: place, message, what was expected."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}" + (
            f"; expected {self.expected}" if self.expected else ""
        )


@dataclass(frozen=True, slots=True)
class Role:
    """One role of a quote: its spans in code points, its words and tokens as they were given."""

    spans: tuple[Span, ...] = ()
    text: str = ""
    token_ids: tuple[int, ...] = ()
    token_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """An annotation: `position` counts from 0 in its file, `given_id` is what the file says."""

    position: int
    given_id: int | str | None
    type: str | None
    medium: str | None
    is_nested: bool
    has_nested: bool
    roles: dict[str, Role]

    @property
    def identity(self) -> tuple[Any, ...]:
        """All that must come back from the built corpus."""
        spans = tuple((name, self.roles[name].spans) for name in ROLES)
        return (self.given_id, self.type, self.medium, self.is_nested, self.has_nested, spans)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document of the corpus. All offsets are code points of `text`; `unit` is what the file counted in."""

    file: str
    sha256: str
    name: str
    text: str
    quotes: tuple[Quote, ...]
    sentences: tuple[Span, ...] | None
    n_tokens: int
    unit: str
    n_words_differ: int


def corpus_files(folder: Path) -> list[tuple[str, Path]]:
    """The JSON files below a folder with their names in it, sorted; hidden files and folders are passed over."""
    found = []
    for path in folder.rglob("*.json"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            found.append((unicodedata.normalize("NFC", "/".join(parts)), path))
    return sorted(found)


def words(text: str, role: Role) -> str:
    """What a role's text should be: the words of its spans, joined by one space."""
    return " ".join(text[start:end] for start, end in role.spans)
