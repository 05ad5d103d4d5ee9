"""An article with its frozen sentences; nothing else in the house counts characters."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from aussage.text.spans import Span, paragraphs


@dataclass(frozen=True)
class Article:
    """The text of a document, its sentences by id (ordered, without overlap), all offsets in code points."""

    document_id: str
    text: str
    sentences: dict[str, Span]

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The paragraphs, in order."""
        return paragraphs(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self._spans]

    @cached_property
    def _ends(self) -> list[int]:
        return [span.end for span in self._spans]

    @cached_property
    def _ids(self) -> list[str]:
        return list(self.sentences)

    @cached_property
    def _spans(self) -> list[Span]:
        return list(self.sentences.values())

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [span.start for span in self.paragraphs]

    def paragraph_of(self, span: Span) -> int:
        """The number of the paragraph in which a span begins, counted from 1."""
        return max(bisect_right(self._paragraph_starts, span.start), 1)

    def sentences_of(self, spans: Sequence[Span]) -> list[str]:
        """The ids of all sentences that any of the spans touches, in the order of the article."""
        if not spans:
            return []
        number = max(bisect_right(self._starts, spans[0].start) - 1, 0)
        start, end = self._starts[number], self._ends[number]
        for span in spans:
            if span.start < start or span.end > end:
                break
        else:  # nearly always they lie in one sentence
            return [self._ids[number]]
        touched: set[int] = set()
        for span in spans:
            first = max(bisect_right(self._starts, span.start) - 1, 0)
            for number in range(first, len(self._ids)):
                sentence = self._spans[number]
                if sentence.start >= span.end:
                    break
                if sentence.end > span.start:
                    touched.add(number)
        return [self._ids[number] for number in sorted(touched)]

    def joined(self, spans: Sequence[Span]) -> str | None:
        """The words of the spans, joined by one space; nothing for no spans."""
        if not spans:
            return None
        if len(spans) == 1:
            return self.text[spans[0].start : spans[0].end] or None
        return " ".join([self.text[span.start : span.end] for span in spans]) or None
