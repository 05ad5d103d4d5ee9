"""The charts of a corpus as pictures: for the README, and for the reader."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import altair as alt

from aussage.discourse.analyses.frames import OtherCategories
from aussage.view.charts.certainty import certainty_chart
from aussage.view.charts.contradictions import contradictions_chart
from aussage.view.charts.course import course_chart
from aussage.view.charts.places import places_chart
from aussage.view.charts.positions import positions_chart
from aussage.view.charts.showing import description, svg
from aussage.view.charts.stance import stance_chart
from aussage.view.charts.voices import voices_chart
from aussage.view.charts.words import Words

if TYPE_CHECKING:
    from aussage.corpus import Corpus

Draw = Callable[..., alt.LayerChart]
README: dict[str, Draw] = {"course": course_chart, "positions": positions_chart}
READER: dict[str, Draw] = {
    "voices": voices_chart,
    "course": course_chart,
    "certainty": certainty_chart,
    "stance": stance_chart,
    "positions": positions_chart,
    "contradictions": contradictions_chart,
    "places": places_chart,
}


def readme_pictures(corpus: Corpus) -> dict[str, bytes]:
    """The pictures of the README: name of the file -> SVG, in English. The same corpus gives the same bytes."""
    return {f"{name}.svg": svg(draw(corpus)) for name, draw in README.items()}


def reader_charts(corpus: Corpus, language: str = "en") -> list[tuple[str, bytes, str]]:
    """The charts that the reader shows: heading, SVG, and in words what it says.

    A chart whose analysis knows other categories than the codebook of the corpus has is left out with a warning.

    Raises:
        ValueError: the language is none.
        CorpusError: a table of the corpus cannot be used.
    """
    return list(_charts(corpus, language))


def _charts(corpus: Corpus, language: str) -> Iterator[tuple[str, bytes, str]]:
    words = Words(language)
    for name, draw in READER.items():
        try:
            chart = draw(corpus, language=language)
        except OtherCategories as error:
            warnings.warn(f"the chart »{words(f'{name}.head')}« is left out: {error}", stacklevel=2)
            continue
        yield words(f"{name}.head"), svg(chart), description(chart)
