"""What the offsets of a file count in, found out by the words that the file itself gives."""

from __future__ import annotations

from dataclasses import dataclass

from wikinews_format import CODE_POINTS, UTF_16, Quote, Role, Span


@dataclass(frozen=True, slots=True)
class Measure:
    """What offsets count in: its name, the length of the text in it, and the code point at each offset."""

    name: str
    length: int
    at: dict[int, int] | range


def unit_of(text: str, quotes: list[Quote], tokens: list[tuple[Span, str | None]]) -> Measure:
    """What this file's offsets count in, by its own words: code points unless UTF-16 code units fit more of them."""
    points = Measure(CODE_POINTS, len(text), range(len(text) + 1))
    if text.isascii() or max(text) < "\U00010000":
        return points
    at, offset = {}, 0
    for number, sign in enumerate(text):
        at[offset] = number
        offset += 2 if sign >= "\U00010000" else 1
    at[offset] = len(text)
    units = Measure(UTF_16, offset, at)
    said = [((role.spans[0]), role.text) for q in quotes for role in q.roles.values() if len(role.spans) == 1]
    said += [(span, word) for span, word in tokens if word]
    return units if _fits(text, said, units) > _fits(text, said, points) else points


def _fits(text: str, said: list[tuple[Span, str]], measure: Measure) -> int:
    return sum(
        start in measure.at and end in measure.at and text[measure.at[start] : measure.at[end]] == word
        for (start, end), word in said
    )


def in_code_points(quote: Quote, measure: Measure) -> Quote:
    """The quote with its spans in code points."""
    if measure.name == CODE_POINTS:
        return quote
    roles = {
        name: Role(
            tuple((measure.at[s], measure.at[e]) for s, e in role.spans), role.text, role.token_ids, role.token_spans
        )
        for name, role in quote.roles.items()
    }
    return Quote(quote.position, quote.given_id, quote.type, quote.medium, quote.is_nested, quote.has_nested, roles)
