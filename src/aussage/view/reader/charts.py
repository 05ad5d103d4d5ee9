"""Charts as pictures in the page: an SVG inside an `img`, where no script in it can run and nothing is loaded."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from aussage.diagnostics.printing import visible


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, its picture as SVG, and in words what it shows, for those who do not see it."""

    title: str
    svg: bytes
    description: str


def chart_figures(charts: Iterable[Chart]) -> str:
    """The charts as HTML figures, empty if there are none."""
    return "\n".join(_figures(charts))


def _figures(charts: Iterable[Chart]) -> Iterator[str]:
    for chart in charts:
        source = f"data:image/svg+xml;base64,{b64encode(chart.svg).decode()}"
        title, description = escape(visible(chart.title)), escape(visible(chart.description))
        yield f'<figure class="chart"><img src="{source}" alt="{description}">'
        yield f"<figcaption><strong>{title}</strong> {description}</figcaption></figure>"
