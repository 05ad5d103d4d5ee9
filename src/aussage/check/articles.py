"""All articles of some tables as one array of bytes: where code points, words and lines stand, what a span says."""

from __future__ import annotations

import numpy as np

from aussage.check.slices import WORD, Bytes, TextBytes, bytes_of, unequal
from aussage.check.tables import Lists, Mask, Numbers, Tables, kept

# What str.isspace and \s take for white space. In UTF-8 the rarer ones begin with one of four bytes.
WHITE = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
WORDS, SPACE, PERHAPS = 0, 1, 2
LINE_END = ord("\n")
LAST_CONTINUATION = -65  # the highest byte within a code point, as a signed number


class Articles:
    """The articles of the documents, one after another; a place is the row of a document, -1 or -2 for none.

    Offsets are code points within an article. `lengths` are those of the articles and, at the end, 0: the length of
    an article that is not there.
    """

    def __init__(self, texts: TextBytes) -> None:
        self.data, self.offsets = texts.data, texts.offsets
        begins_code_point = np.ones(self.offsets[-1] + 1, bool)
        np.greater(self.data[:-WORD].view(np.int8), LAST_CONTINUATION, out=begins_code_point[:-1])
        self._bytes = np.flatnonzero(begins_code_point)  # where each code point begins, and where the last one ends
        self.begins = np.searchsorted(self._bytes, self.offsets)
        self.lengths = np.append(np.diff(self.begins), 0)
        self._words_before = np.zeros(len(begins_code_point), np.int32)
        np.cumsum(~_white(self.data)[:-WORD], dtype=np.int32, out=self._words_before[1:])
        self._lines = self._lines_with_words()
        self._lines_before = np.searchsorted(self._lines, self.offsets)

    def _lines_with_words(self) -> Numbers:
        """The bytes at which lines begin that hold more than white space."""
        line_ends = np.flatnonzero(self.data[:-WORD] == LINE_END)
        begins = np.unique(np.concatenate([self.offsets, line_ends + 1]))
        return begins[:-1][self.has_words(begins[:-1], begins[1:])]

    @property
    def paragraphs(self) -> Numbers:
        """How many lines with words each article has."""
        return np.diff(self._lines_before)

    def _home(self, places: Numbers) -> Numbers:
        """The places with one after the last document for those that are none."""
        return np.where(places < 0, len(self.lengths) - 1, places)

    def length(self, places: Numbers) -> Numbers:
        """The number of code points of the article at each place."""
        return self.lengths[self._home(places)]

    def point(self, places: Numbers, offsets: Numbers) -> Numbers:
        """The number of a code point among those of all articles; one outside its article is moved to its edge."""
        home = self._home(places)
        return self.begins[home] + np.clip(offsets, 0, self.lengths[home])

    def cut(self, places: Numbers, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
        """The first byte and the number of bytes of each span; none for one before or after the text, or reversed."""
        begins = self._bytes[self.point(places, starts)]
        lengths = self._bytes[self.point(places, ends)] - begins
        return begins, np.where((starts < 0) | (starts >= ends), 0, lengths)

    def has_words(self, begins: Numbers, ends: Numbers) -> Mask:
        """Whether anything but white space stands between two bytes."""
        return self._words_before[ends] > self._words_before[begins]

    def has_white_edge(self, begins: Numbers, lengths: Numbers) -> Mask:
        """Which of some bytes begin or end with white space."""
        ends = begins + lengths
        first, last = np.minimum(begins + 1, ends), np.maximum(ends - 1, begins)
        return (lengths > 0) & ~(self.has_words(begins, first) & self.has_words(last, ends))

    def paragraph(self, places: Numbers, offsets: Numbers) -> Numbers:
        """How many lines with words begin in the article at or before a code point."""
        home = self._home(places)
        bytes_ = self._bytes[self.point(places, offsets)]
        until = np.searchsorted(self._lines, bytes_, side="right")
        # The end of an article is where the next one begins.
        until = np.minimum(until, np.append(self._lines_before[1:], 0)[home])
        return np.where((places < 0) | (offsets < 0), 0, until - self._lines_before[home])


@kept
def articles_of(tables: Tables) -> Articles:
    """The articles of the documents."""
    return Articles(bytes_of(tables.texts("documents", "text")))


def _white(data: Bytes) -> Mask:
    """Which bytes belong to white space."""
    kinds = np.zeros(256, np.uint8)
    encoded = [sign.encode() for sign in WHITE]
    for sign in encoded:
        kinds[sign[0]] = SPACE if len(sign) == 1 else PERHAPS
    found = kinds.take(data)
    perhaps = np.flatnonzero(found[:-WORD] == PERHAPS)
    white: Mask = found == SPACE
    three = (data[perhaps].astype(np.int64) << 16) | (data[perhaps + 1].astype(np.int64) << 8) | data[perhaps + 2]
    for width in (2, 3):
        known = [int.from_bytes(sign) for sign in encoded if len(sign) == width]
        begins = perhaps[np.isin(three >> 8 * (3 - width), known)]
        for byte in range(width):
            white[begins + byte] = True
    return white


def unlike_slices(articles: Articles, texts: TextBytes, begins: Numbers, lengths: Numbers) -> Mask:
    """Which texts are not the bytes that stand at their place in the articles."""
    wrong: Mask = texts.lengths != lengths
    same = np.flatnonzero(~wrong)
    wrong[same] = unequal(texts.data, texts.offsets[same], articles.data, begins[same], lengths[same])
    return wrong


def unlike_pieces(articles: Articles, texts: TextBytes, given: Mask, places: Numbers, pieces: Lists) -> Mask:
    """Which texts are not the pieces of their article joined by one space; without words there must be no text."""
    begins, lengths = articles.cut(places[pieces.rows], pieces.number("start"), pieces.number("end"))
    until = np.concatenate([[0], (lengths + 1).cumsum()])
    joined = np.diff(until[pieces.offsets]) - 1
    wrong: Mask = (given != (joined > 0)) | (given & (texts.lengths != joined))
    # Only pieces of texts as long as they must be are compared: the others may lie anywhere.
    compared = np.flatnonzero(given[pieces.rows] & ~wrong[pieces.rows])
    rows = pieces.rows[compared]
    inside = until[compared] - until[pieces.offsets[rows]]
    targets = texts.offsets[rows] + inside
    differ = unequal(texts.data, targets, articles.data, begins[compared], lengths[compared])
    differ |= (inside > 0) & (texts.data[targets - 1] != ord(" "))
    wrong[rows[differ]] = True
    return wrong
