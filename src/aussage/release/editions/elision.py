"""Runs of words of an article are taken out of a cell, and put back: a marker says where they stand in the article.

A marker is `⟦document_id:start-end⟧`, code points of the article; a literal ⟦ of the cell is doubled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from aussage.release.words import RUN, Word, run_hashes, word_hashes, words_of

OPENING = "⟦"
MARKER = re.compile(r"⟦(?:(⟦)|([^⟦⟧]+):(\d+)-(\d+)⟧)")
OCCURRENCES = 16  # of one run in one article that are compared for the best: more look alike


class NotExact(Exception):
    """A cell repeats a run of words, but not one of them exactly; its argument is the run as the cell has it."""


class Piece(NamedTuple):
    """Code points of a cell, from `start` to `end`, that stand exactly so in the article, from `place`."""

    start: int
    end: int
    place: int


class Article:
    """An article whose words are withheld."""

    def __init__(self, document_id: str, text: str) -> None:
        self.document_id, self.text = document_id, text

    @cached_property
    def words(self) -> list[Word]:
        """All words of the article."""
        return words_of(self.text)

    @cached_property
    def places(self) -> dict[int, list[int]]:
        """The numbers of the words at which a run begins, by the run's hash."""
        found: dict[int, list[int]] = {}
        for number, hash_ in enumerate(run_hashes(word_hashes(self.text)).tolist()):
            found.setdefault(hash_, []).append(number)
        return found


def elide(text: str, articles: Sequence[Article]) -> str:
    """The text with a marker for each passage of one of the articles; what is left repeats no run of five words.

    Passages of fewer than five words stay. Of several articles the first that has a passage is named.

    Raises:
        NotExact: a run of words cannot be taken out, since the article has it in other letters (as capitals).
    """
    words = words_of(text)
    runs = run_hashes(word_hashes(text)).tolist()
    parts, seen, number = [], 0, 0
    while number < len(runs):
        found = _passage(text, words, number, runs[number], articles)
        if found is None:
            number += 1
            continue
        article, pieces = found
        for piece in pieces:
            parts.append(_escaped(text[seen : piece.start]))
            parts.append(f"⟦{article.document_id}:{piece.place}-{piece.place + piece.end - piece.start}⟧")
            seen = piece.end
        while number < len(words) and words[number].start < seen:
            number += 1
    return "".join((*parts, _escaped(text[seen:])))


def restore(text: str, article_of: Callable[[str], str]) -> str:
    """The text that was elided; `article_of` gives the article of a document.

    Raises:
        KeyError: `article_of` does not know a document that a marker names.
    """
    if OPENING not in text:
        return text
    return MARKER.sub(
        lambda found: OPENING if found[1] else article_of(found[2])[int(found[3]) : int(found[4])],
        text,
    )


def _escaped(text: str) -> str:
    return text.replace(OPENING, OPENING * 2)


def _passage(
    text: str, words: list[Word], number: int, run: int, articles: Sequence[Article]
) -> tuple[Article, list[Piece]] | None:
    """The article that has the run of words from this one on, and its exact pieces; nothing if none has it."""
    repeated = 0
    for article in articles:
        best: list[Piece] = []
        for place in article.places.get(run, [])[:OCCURRENCES]:
            length = _length(words, number, article.words, place)
            if length < RUN:
                continue  # another run has the same hash
            repeated = max(repeated, length)
            pieces = _pieces(text, words[number : number + length], article, place)
            if sum(piece.end - piece.start for piece in pieces) > sum(piece.end - piece.start for piece in best):
                best = pieces
        if best:
            return article, best
    if repeated:
        raise NotExact(text[words[number].start : words[number + repeated - 1].end])
    return None


def _length(words: list[Word], number: int, others: list[Word], place: int) -> int:
    """How many words are the same from these two places on."""
    length = 0
    for word, other in zip(words[number:], others[place:], strict=False):
        if word.text != other.text:
            break
        length += 1
    return length


def _pieces(text: str, run: list[Word], article: Article, place: int) -> list[Piece]:
    """The longest exact pieces of a repeated run, of whole words; none if five words of it would be left in a row."""
    others = article.words[place : place + len(run)]
    pieces: list[Piece] = []
    number = left = 0
    while number < len(run):
        first, other, last = run[number], others[number], number
        while last < len(run) and text[first.start : run[last].end] == article.text[other.start : others[last].end]:
            last += 1
        if last > number:
            pieces.append(Piece(first.start, run[last - 1].end, other.start))
            number, left = last, 0
        else:
            number, left = number + 1, left + 1
            if left >= RUN:
                return []
    return pieces
