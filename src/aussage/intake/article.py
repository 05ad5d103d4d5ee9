"""An article on its way into the project: its text, and what is known of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from aussage.diagnostics import Diagnostics, Place
from aussage.source import decode
from aussage.source.bytes import normal_form

SURROGATE = re.compile("[\ud800-\udfff]")
NAMES = ("title", "date", "url", "publisher", "author", "language", "rights", "holder", "licence")
"""What front matter, columns and pages may say of an article, under these names."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article when it enters; nothing is made up for what is not known."""

    language: str
    document_id: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    rights: str | None = None
    holder: str | None = None
    licence: str | None = None
    note: str | None = None

    def with_found(self, found: dict[str, str]) -> Facts:
        """These facts, and for what they leave open what was `found` in the article's own file."""
        language = found.get("language") or self.language
        return replace(
            self, **{name: value for name, value in found.items() if getattr(self, name) is None}, language=language
        )


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that was read but not yet taken in.

    `place` is where it stands among the files that are added, `stem` what its id is made from if it has none.
    """

    place: Place
    text: str
    facts: Facts
    stem: str

    @property
    def data(self) -> bytes:
        """The bytes that are stored."""
        return self.text.encode()

    @property
    def document_id(self) -> str:
        """The id that was given, or one made from the name; it may still be no id."""
        return self.facts.document_id or slug(self.stem) or f"article-{digest(self.text)[:8]}"


def examined(text: str | None, place: Place, diagnostics: Diagnostics) -> bool:
    """Whether a text can be an article: it has words, in normal form C, without what an article never holds."""
    if text is None or not normal_form(text, place.file, diagnostics):
        return False
    if not text.strip():
        diagnostics.add("no-paragraphs" if text else "empty-article", place, f"{place} has no text")
        return False
    return True


def mended(text: str, place: Place, diagnostics: Diagnostics) -> str | None:
    """A text taken out of another format, with LF line ends and in normal form C; nothing and findings if unfit."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if SURROGATE.search(lines):
        diagnostics.add("lone-surrogate", place, "the text holds half of a surrogate pair")
        return None
    found = Diagnostics()
    if decode(lines.encode(), place.file, found) is None:
        for finding in found:
            diagnostics.add(finding.code, place, finding.message)
        return None
    return lines if examined(lines, place, diagnostics) else None


def slug(name: str) -> str:
    """A name as an id: letters without marks, everything else a hyphen; empty if nothing is left."""
    spelled = name.casefold()
    for letter, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        spelled = unicodedata.normalize("NFC", spelled).replace(letter, plain)
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
