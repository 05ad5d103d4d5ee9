"""Finds which free cells of a corpus repeat words of which articles, and takes those words out.

Two passes, so that memory grows with what people wrote in cells, not with the articles: the runs of words of all cells
first, as sorted hashes; then the articles one row group after another, of which only what a cell repeats is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from aussage.corpus.errors import CorpusError
from aussage.release.editions.elision import OPENING, Article, NotExact, elide
from aussage.release.editions.reading import EditionFolder
from aussage.release.editions.shape import free_columns, strings_in
from aussage.release.words import Hashes, run_hashes, word_hashes
from aussage.tables.definitions import TABLES

NAMED = 4  # articles that are remembered for one run of words
GATHERED = 1_000_000  # hashes that wait before they are sorted
KEPT = 3  # row groups whose articles are kept ready


class Withheld:
    """The articles of a corpus, so far as its cells repeat them."""

    def __init__(self, corpus: EditionFolder) -> None:
        self._corpus = corpus
        cells = _runs_of_cells(corpus)
        self._documents: dict[int, list[str]] = {}
        self._group: dict[str, int] = {}
        if len(cells):
            self._look_into_articles(cells)
        self._hits = np.sort(np.fromiter(self._documents, np.uint64))
        self._ready: dict[int, dict[str, Article]] = {}

    def elided(self, name: str, rows: pa.Table, first: int = 0) -> pa.Table:
        """The rows of a table without passages of articles in free cells; `first` is the number of the first row.

        Raises:
            CorpusError: an id holds words of an article, or a cell repeats an article in other letters, so that
                nothing can be taken out without loss.
        """
        table = TABLES[name]
        for number in np.flatnonzero(self._repeats(rows.column(table.key))).tolist()[:1]:
            id_ = rows.column(table.key)[number].as_py()
            raise CorpusError(
                f"{name}, row {first + number + 1}, column {table.key}: the id {id_!r} repeats words of an article, "
                "and ids cannot be taken out; give it a shorter id"
            )
        key = "document_id" if "document_id" in rows.column_names else None
        for column in free_columns(name):
            cells = rows.column(column)
            spoken = strings_in(cells)
            if self._repeats(spoken).any():
                owners = rows.column(key).to_pylist() if key else [None] * len(rows)
                place = f"{name}, column {column}"
                values = [
                    self._value(value, owner, f"{place}, row {first + number}")
                    for number, (value, owner) in enumerate(zip(cells.to_pylist(), owners, strict=True), start=1)
                ]
                field = rows.schema.field(column)
                rows = rows.set_column(rows.schema.get_field_index(column), field, pa.array(values, field.type))
        return rows

    def _value(self, value: Any, owner: str | None, place: str) -> Any:
        if isinstance(value, str):
            return self._cell(value, owner, place)
        if isinstance(value, list):
            return [self._value(item, owner, place) for item in value]
        if isinstance(value, dict):
            return {name: self._value(item, owner, place) for name, item in value.items()}
        return value

    def _cell(self, text: str, owner: str | None, place: str) -> str:
        runs = run_hashes(word_hashes(text))
        hits = runs[_are_in(runs, self._hits)].tolist()
        if not hits and OPENING not in text:
            return text
        named = dict.fromkeys(document for run in hits for document in self._documents[run])
        order = [owner, *named] if owner is not None and hits else [*named]
        articles = [self._article(document) for document in dict.fromkeys(order)]
        try:
            return elide(text, articles)
        except NotExact as error:
            raise CorpusError(
                f"{place}: the cell repeats words of an article, »{error.args[0]}«, but in other letters, so that "
                "they cannot be taken out without loss; quote them as the article has them, or fewer than five"
            ) from None

    def _repeats(self, texts: pa.Array | pa.ChunkedArray) -> Any:
        """For each text whether it repeats an article, or holds what looks like a marker."""
        encoded = pc.dictionary_encode(texts)
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        flags = [
            text is not None and (OPENING in text or bool(_are_in(run_hashes(word_hashes(text)), self._hits).any()))
            for text in encoded.dictionary.to_pylist()
        ]
        if not any(flags):
            return np.zeros(len(texts), bool)
        return np.array([flags[index] if index is not None else False for index in encoded.indices.to_pylist()])

    def _look_into_articles(self, cells: Hashes) -> None:
        for number, group in enumerate(self._corpus.groups("documents", ["document_id", "text"])):
            for document, text in zip(*(column.to_pylist() for column in group.columns), strict=True):
                runs = run_hashes(word_hashes(text))
                found = runs[_are_in(runs, cells)]
                for run in dict.fromkeys(found.tolist()):
                    documents = self._documents.setdefault(run, [])
                    if len(documents) < NAMED:
                        documents.append(document)
                if len(found):
                    self._group[document] = number

    def _article(self, document: str) -> Article:
        """An article that a cell repeats; those of the row groups used last are kept ready."""
        if document not in self._group:
            return Article(document, "")
        number = self._group[document]
        if number not in self._ready:
            schema = self._corpus.schema("documents")
            group = self._corpus.group("documents", number, schema, ["document_id", "text"])
            pairs = zip(*(column.to_pylist() for column in group.columns), strict=True)
            while len(self._ready) >= KEPT:
                del self._ready[next(iter(self._ready))]
            self._ready[number] = {id_: Article(id_, text) for id_, text in pairs if id_ in self._group}
        self._ready[number] = self._ready.pop(number)
        return self._ready[number][document]


def _are_in(runs: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """For each run whether it is among the known ones, which are sorted; numpy's own would go through all of them."""
    if not len(known):
        return np.zeros(len(runs), bool)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, runs), len(known) - 1)] == runs
    return found


def _runs_of_cells(corpus: EditionFolder) -> Hashes:
    """The hashes of all runs of words of all free cells and ids, sorted, each once."""
    known, waiting, count = np.empty(0, np.uint64), [], 0
    for text in _cells(corpus):
        runs = run_hashes(word_hashes(text))
        if len(runs):
            waiting.append(runs)
            count += len(runs)
        if count > GATHERED:
            known, waiting, count = np.unique(np.concatenate([known, *waiting])), [], 0
    return np.unique(np.concatenate([known, *waiting]))


def _cells(corpus: EditionFolder) -> Iterator[str]:
    """The texts of all free cells and ids, each once in its column of a row group."""
    for name, table in TABLES.items():
        for group in corpus.groups(name, [table.key, *free_columns(name)]):
            for column in group.columns:
                yield from _unique(strings_in(column))


def _unique(texts: pa.Array | pa.ChunkedArray) -> Sequence[str]:
    return [text for text in pc.unique(texts).to_pylist() if text is not None]
