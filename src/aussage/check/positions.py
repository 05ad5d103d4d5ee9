"""Where rows stand to each other: the rows of one document in order, the sentences that spans touch, lists compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aussage.check.tables import Mask, Numbers, Tables, kept

APART = 1 << 33  # between the first code points of two documents: no offset is so large that it leads into another


@dataclass(frozen=True, slots=True)
class Runs:
    """The rows of a table by document: `order` are their numbers, `begins` marks the first of each document."""

    order: Numbers
    begins: Mask

    def before(self, values: Numbers) -> Numbers:
        """What the row before in the same document has; 0 for the first one."""
        shifted = np.zeros(len(values), np.int64)
        shifted[1:] = values[self.order[:-1]]
        shifted[self.begins] = 0
        return self._by_row(shifted)

    def numbers(self) -> Numbers:
        """The number of each row within its document, from 1."""
        counted = np.arange(len(self.order))
        return self._by_row(counted - np.maximum.accumulate(np.where(self.begins, counted, 0)) + 1)

    def _by_row(self, values: Numbers) -> Numbers:
        found = np.empty_like(values)
        found[self.order] = values
        return found


@kept
def sentence_runs(tables: Tables) -> Runs:
    """The sentences of each document, in the order of rows; ids that no document has keep their own rows together."""
    ids = tables.texts("sentences", "document_id").dictionary_encode().indices
    codes = np.asarray(ids)
    order = np.argsort(codes, kind="stable")
    begins = np.ones(len(codes), bool)
    begins[1:] = codes[order[1:]] != codes[order[:-1]]
    return Runs(order, begins)


@dataclass(frozen=True, slots=True)
class Touched:
    """Spans and the sentences that they share a character with, one row for each two: their numbers in their tables.

    `spans` are the numbers of the spans among all of their column, `rows` those of their claims.
    """

    spans: Numbers
    rows: Numbers
    sentences: Numbers


def touched(tables: Tables, column: str) -> Touched:
    """The sentences of its document that each span of a list column of claims shares a character with."""
    spans = tables.lists("claims", column)
    places = tables.places("claims", "document_id", "documents")[spans.rows]
    order, starts, ends = _sentences_in_order(tables)
    first = np.searchsorted(ends, places * APART + spans.number("start"), side="right")
    last = np.searchsorted(starts, places * APART + spans.number("end"), side="left")
    found, numbers = expanded(first, np.where(places < 0, first, last))
    return Touched(found, spans.rows[found], order[numbers])


@kept
def content_touched(tables: Tables) -> Touched:
    """The sentences that the content of claims touches."""
    return touched(tables, "content_spans")


def touching_others(tables: Tables, column: str) -> Mask:
    """Which claims have a span in a list column that touches a sentence that is not one of the claim's sentences."""
    found, listed = touched(tables, column), tables.lists("claims", "sentence_ids")
    count = tables.count("sentences")
    sentences = tables.places("sentences", "sentence_id", "sentences")[found.sentences]
    given = tables.places("claims", "sentence_ids", "sentences")
    has_span = np.zeros(tables.count("claims"), bool)
    has_span[found.rows] = True
    own = (listed.rows * count + given)[has_span[listed.rows] & (given >= 0)]
    wrong = np.zeros(tables.count("claims"), bool)
    wrong[found.rows[~np.isin(found.rows * count + sentences, own)]] = True
    return wrong


@kept
def _sentences_in_order(tables: Tables) -> tuple[Numbers, Numbers, Numbers]:
    """The rows of the sentences in the order in which they start, and beside them where they start and end."""
    begins = tables.places("sentences", "document_id", "documents") * APART
    starts = begins + tables.numbers("sentences", "char_start")
    order = np.argsort(starts, kind="stable")
    return order, starts[order], (begins + tables.numbers("sentences", "char_end"))[order]


def expanded(first: Numbers, last: Numbers) -> tuple[Numbers, Numbers]:
    """The numbers in each range from `first` to before `last`, and before them the number of the range for each."""
    counts = np.maximum(last - first, 0)
    ranges = np.repeat(np.arange(len(counts)), counts)
    before = counts.cumsum() - counts
    return ranges, np.arange(len(ranges)) + (first - before)[ranges]


def distinct(values: Numbers) -> Numbers:
    """Each value once, rising; on values that are nearly sorted faster than `numpy.unique`."""
    ordered: Numbers = np.sort(values, kind="stable")
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def unlike_lists(count: int, rows: Numbers, items: Numbers, other_rows: Numbers, other_items: Numbers) -> Mask:
    """Which of `count` rows have different lists; the items of both come with their rows, which must not fall."""
    wrong: Mask = np.bincount(rows, minlength=count) != np.bincount(other_rows, minlength=count)
    kept, other_kept = ~wrong[rows], ~wrong[other_rows]
    wrong[rows[kept][items[kept] != other_items[other_kept]]] = True
    return wrong
