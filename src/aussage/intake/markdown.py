"""Markdown as an article: front matter gives facts, the text loses its marks; a paragraph or list item is a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aussage.diagnostics import Diagnostics, Place
from aussage.intake.article import NAMES
from aussage.source.yaml import read_yaml

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
OTHER_NAMES = {"license": "licence", "lang": "language", "source": "publisher"}


class LibraryMissing(Exception):
    """A library that reads a format is not installed; its message says how to get it."""


def markdown_article(text: str, place: Place, diagnostics: Diagnostics) -> tuple[str, dict[str, str]]:
    """The text of a Markdown file without marks, and the facts of its front matter.

    The first heading of level 1 is the title where front matter has none, and then stands only there.

    Raises:
        LibraryMissing: markdown-it-py is not installed.
    """
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        raise LibraryMissing("Markdown is read with markdown-it-py: pip install markdown-it-py") from None
    front = _FRONT.match(text)
    found = _facts(front[1], place, diagnostics) if front else {}
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
    headings = [number for number, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"]
    if headings and "title" not in found:
        found["title"] = _words(tokens[headings[0] + 1])
        del tokens[headings[0] : headings[0] + 3]
    return "\n\n".join(_paragraphs(tokens)) + "\n", {name: value for name, value in found.items() if value}


def _facts(front: str, place: Place, diagnostics: Diagnostics) -> dict[str, str]:
    """What front matter says under known names; lists of names are joined, all else is left out."""
    source = read_yaml("\n" + front, place.file, diagnostics)  # the line of the three hyphens
    given = source.root.plain() if source else None
    if not isinstance(given, dict):
        return {}
    found: dict[str, str] = {}
    for key, value in given.items():
        name = str(key).casefold()
        name = OTHER_NAMES.get(name, name)
        if name in (*NAMES, "id") and value is not None:
            found[name] = "; ".join(map(str, value)) if isinstance(value, list) else str(value).strip()
    if "date" in found:
        found["date"] = day(found["date"])
    return found


def day(date: str) -> str:
    """The day of a date that also has a time of day."""
    return date[:10] if re.match(r"\d{4}-\d\d-\d\d[T ]", date) else date


def _paragraphs(tokens: list[Token]) -> list[str]:
    """The text of each block that has some, one line each."""
    found: list[str] = []
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            found.append(" | ".join(cells))
            cells = None
        elif token.type in {"inline", "html_block", "fence", "code_block"}:
            words = _words(token) if token.type == "inline" else _line(_TAG.sub(" ", token.content))
            if cells is not None:
                cells.append(words)
            elif words:
                found.append(words)
    return found


def _words(token: Token) -> str:
    """The words of a line: emphasis and links lose their marks, pictures and tags are left out."""
    parts: list[Any] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return _line("".join(parts))


def _line(text: str) -> str:
    return " ".join(text.split())
