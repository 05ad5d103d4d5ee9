"""A report as one HTML file that loads nothing: its frame, its sections, its tables; what stands in them is text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from aussage.diagnostics.printing import visible

Sections = Mapping[str, tuple[str, Iterable[str]]]
"""Title and lines of HTML of each section, by its id; titles are text."""


def closed_page(
    heading: str, sections: Sections, policy: str, style: str, skip_to: str, below: str = ""
) -> Iterator[str]:
    """The lines of the page.

    Args:
        heading: Title and first heading, as text.
        sections: The sections in their order.
        policy: The Content-Security-Policy, as it stands in an attribute.
        style: The style sheet.
        skip_to: The section to which a reader without a mouse is led first.
        below: A paragraph under the heading, as text.
    """
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{words(heading)}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield f'<a class="skip" href="#{skip_to}">Skip to the {skip_to}</a>\n<header>\n<h1>{words(heading)}</h1>'
    if below:
        yield f"<p>{words(below)}</p>"
    yield '<nav aria-label="Sections"><ul>'
    yield "".join(f'<li><a href="#{name}">{words(title)}</a></li>' for name, (title, _) in sections.items())
    yield "</ul></nav>\n</header>\n<main>"
    for name, (title, lines) in sections.items():
        yield f'<section id="{name}" aria-labelledby="{name}-title">\n<h2 id="{name}-title">{words(title)}</h2>'
        yield from lines
        yield "</section>"
    yield "</main>\n</body>\n</html>"


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]], kind: str = "") -> Iterator[str]:
    """A table that can be scrolled by keyboard; the first cell of a row is its heading. Cells are text.

    Each cell stands for itself where scripts run in other directions. Without a `head` there is no row of titles.
    """
    classes = f' class="{kind}"' if kind else ""
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{words(caption)}"><table{classes}>'
    yield f"<caption>{words(caption)}</caption>"
    if titles := "".join(f'<th scope="col">{words(cell)}</th>' for cell in head):
        yield f"<thead><tr>{titles}</tr></thead>"
    yield "<tbody>"
    for first, *others in rows:
        cells = "".join(f"<td><bdi>{words(cell)}</bdi></td>" for cell in others)
        yield f'<tr><th scope="row"><bdi>{words(first)}</bdi></th>{cells}</tr>'
    yield "</tbody></table></div>"


def words(text: object) -> str:
    """Text for the page: control signs made visible, markup escaped."""
    return escape(visible(str(text)))
