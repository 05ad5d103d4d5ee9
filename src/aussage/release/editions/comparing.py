"""Compares a user's copy with an article known only by digests, sentence by sentence, and says where it differs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aussage.corpus.errors import CorpusError
from aussage.release.editions.folding import Places, apply, edits, fold
from aussage.release.editions.locating import locate
from aussage.release.editions.restoration import Demanded, Piece, digest_of

SHOWN = 80  # characters of the copy in a message
SENTENCE_END = re.compile(r"(?<=[.!?:;])[\"')\]]* ")
LINE_END = re.compile(r"\r\n|\r|\n|\x85|\u2028|\u2029")


@dataclass(frozen=True)
class Copy:
    """A user's copy of an article as it was read; `encoding` is how."""

    path: Path
    text: str
    encoding: str = "UTF-8"

    @cached_property
    def folded(self) -> str:
        """The copy in the form in which copies are compared."""
        return fold(self.text)

    @cached_property
    def places(self) -> Places:
        """Leads from places of the folded copy to those of the file."""
        return Places(self.folded, edits(self.text))

    def line_and_column(self, place: int) -> tuple[int, int]:
        """Line and column, counted from 1, of a place of the folded copy."""
        before = self.text[: self.places.in_text(place)]
        ends = list(LINE_END.finditer(before))
        return len(ends) + 1, len(before) - (ends[-1].end() if ends else 0) + 1


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that a copy has otherwise, or lacks; or a document without a copy.

    `sentence_id` is empty for what stands between sentences and for the whole document. Line and column (from 1) are
    where the sentence should be in the file; `words` are those of the copy there; lengths are of the folded texts.
    """

    document_id: str
    sentence_id: str
    file: str
    line: int | None
    column: int | None
    words: str
    expected_length: int
    found_length: int | None

    def __str__(self) -> str:
        """One line for people."""
        what = self.sentence_id or (self.document_id if self.line is None else f"{self.document_id} between sentences")
        expected = f"{self.expected_length:,} characters"
        if self.line is None:
            return f"{what}: there is no copy of this article ({expected})"
        place = f"{self.file}, line {self.line}, column {self.column}"
        if not self.found_length:
            return f"{what}: missing at {place}, before »{self.words}«; expected {expected} there"
        return f"{what}: differs at {place}: »{self.words}« ({self.found_length:,} characters, expected {expected})"


def restored(demanded: Demanded, copy: Copy, salt: str) -> str | list[Difference]:
    """The article, every character of it, if the copy has all of its sentences; else where the copy differs.

    The copy may have more around and between the sentences. The whole is compared first; only if it differs each
    sentence is looked for, from where it is expected outwards.

    Raises:
        CorpusError: all sentences are there, but do not give the article; then the edition itself is damaged.
    """
    if _sha256(copy.text) == demanded.sha256:
        return copy.text
    folded = copy.folded
    if digest_of(salt, folded) != demanded.folded_digest:
        found = locate(demanded.pieces, folded, salt)
        if None in found or not found:
            return list(_differences(demanded, copy, found))
        folded = _assembled(demanded, folded, found)
    article = apply(folded, demanded.edits)
    if _sha256(article) != demanded.sha256:
        raise CorpusError(
            f"all sentences of {demanded.document_id!r} are in {copy.path}, but they do not give the article; "
            "the edition is damaged: take the bundle again from its source"
        )
    return article


def _assembled(demanded: Demanded, folded: str, found: list[int | None]) -> str:
    """The folded article: its pieces from the copy, with one space between them where the article has one."""
    parts, seen = [], 0
    for piece, place in zip(demanded.pieces, found, strict=True):
        parts.append(" " * (piece.start - seen))
        parts.append(folded[place or 0 : (place or 0) + piece.end - piece.start])
        seen = piece.end
    return "".join(parts)


def _differences(demanded: Demanded, copy: Copy, found: list[int | None]) -> Iterator[Difference]:
    """A difference for each piece that was not found; neighbours share what the copy has between those found."""
    if not demanded.pieces:
        yield _difference(demanded, Piece("", 0, demanded.folded_length, ""), copy, 0, len(copy.folded))
    number = 0
    while number < len(found):
        if found[number] is not None:
            number += 1
            continue
        end = number
        while end < len(found) and found[end] is None:
            end += 1
        first, last = _between(demanded.pieces, found, number, end, len(copy.folded))
        yield from _of_region(demanded, number, end, copy, first, last)
        number = end


def _between(pieces: list[Piece], found: list[int | None], number: int, end: int, length: int) -> tuple[int, int]:
    """The part of the copy between the pieces found before and after; at most twice as long as what is missing."""
    wanted = pieces[end - 1].end - pieces[number].start
    before = found[number - 1] if number else None
    after = found[end] if end < len(found) else None
    if before is not None:
        before += pieces[number - 1].end - pieces[number - 1].start
        if after is None or after < before:
            after = min(length, before + 2 * wanted)
        return before, after
    if after is None:
        return 0, min(length, 2 * wanted)
    return max(0, after - 2 * wanted), after


def _of_region(demanded: Demanded, number: int, end: int, copy: Copy, first: int, last: int) -> Iterator[Difference]:
    """The pieces from `number` to `end` laid over a part of the copy that has none of them as it should."""
    missing = demanded.pieces[number:end]
    starts = [first, *(first + match.end() for match in SENTENCE_END.finditer(copy.folded[first:last]))]
    wanted = missing[-1].end - missing[0].start
    shift = 0 if number else max(0, last - first - wanted) if last < len(copy.folded) else 0
    bounds = []
    for piece in missing:
        expected = first + shift + piece.start - missing[0].start
        bounds.append(_nearest(starts, expected))
    for place, (piece, start) in enumerate(zip(missing, bounds, strict=True)):
        stop = bounds[place + 1] if place + 1 < len(bounds) else last
        yield _difference(demanded, piece, copy, start, max(start, stop))


def _nearest(places: list[int], expected: int) -> int:
    return min(places, key=lambda place: (abs(place - expected), place))


def _difference(demanded: Demanded, piece: Piece, copy: Copy, start: int, stop: int) -> Difference:
    folded = copy.folded
    words = folded[start:stop].strip()
    at = start + len(folded[start:stop]) - len(folded[start:stop].lstrip())
    if len(words) > 2 * (piece.end - piece.start) + SHOWN:
        words = words[: piece.end - piece.start]
    line, column = copy.line_and_column(min(at, len(folded)))
    around = words or folded[stop : stop + SHOWN].strip() or "the end of the file"
    return Difference(
        demanded.document_id,
        piece.sentence_id,
        str(copy.path),
        line,
        column,
        around if len(around) <= SHOWN else f"{around[:SHOWN].rstrip()} …",
        piece.end - piece.start,
        len(words),
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
