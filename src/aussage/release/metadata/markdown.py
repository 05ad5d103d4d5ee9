"""Words of the data in Markdown: answers, cells of a table, counts."""

from collections.abc import Mapping
from html import escape

Answer = tuple[str, str]
"""A question and what is answered, one paragraph of Markdown."""
NOT_KNOWN = "Not known."


def plain(text: str) -> str:
    """A text from the data inside a paragraph: nothing in it is taken for markup of HTML or a new line."""
    return escape(" ".join(text.split()), quote=False)


def cell(text: str) -> str:
    """A text from the data as one cell of a table."""
    return plain(text).replace("|", "\\|")


def amount(number: int, one: str, several: str = "") -> str:
    """A number with its noun, as in `1 article` or `2,000 articles`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(counts: Mapping[str, int]) -> str:
    """Counts by name, as in `empty: 17, verified: 10`."""
    return ", ".join(f"{name}: {number:,}" for name, number in counts.items())
