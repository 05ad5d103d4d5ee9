"""One look for all charts: colours, type, and a figure with title, subtitle and room for labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from aussage.view.charts.typography import legible, wrapped

# Families with the same widths as Arial come first, so that labels are as wide as they were taken to be.
FONT = "Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, sans-serif"
PAPER, INK, QUIET, RULE, SOFT = "#fdfcf9", "#1d1c1a", "#5c574d", "#ddd7ca", "#eee9de"
# Okabe and Ito (2008), Color Universal Design: colours that people with colour vision deficiencies tell apart.
BLUE, VERMILION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
PURPLE, SKY, YELLOW, GREY = "#CC79A7", "#56B4E9", "#F0E442", "#8C877C"
SIGN_COLOURS = {1: BLUE, 0: GREY, -1: VERMILION}
TITLE_SIZE, SUBTITLE_SIZE, LABEL_SIZE, SMALL_SIZE = 16, 12, 12, 11
Layer = alt.Chart | alt.LayerChart
EDGE = 16  # between the content and the edge of the picture

CONFIG: dict[str, Any] = {
    "background": PAPER,
    "font": FONT,
    "view": {"stroke": None, "fill": None},
    "title": {
        "anchor": "start", "frame": "group", "align": "left", "baseline": "top", "color": INK, "subtitleColor": QUIET,
        "fontSize": TITLE_SIZE, "subtitleFontSize": SUBTITLE_SIZE, "fontWeight": "bold", "lineHeight": 20,
        "subtitleLineHeight": 16, "subtitlePadding": 6, "limit": 0,
    },
    "axis": {
        "labelColor": QUIET, "titleColor": QUIET, "gridColor": SOFT, "domain": False, "ticks": False,
        "labelOverlap": False,
        "labelFontSize": SMALL_SIZE, "titleFontSize": SMALL_SIZE, "titleFontWeight": "normal", "labelLimit": 0,
    },
    "text": {"color": INK, "fontSize": LABEL_SIZE, "limit": 0},
    "bar": {"color": BLUE},
    "range": {"category": [BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, GREY]},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """The size of the plot and the room beside it, in pixels."""

    width: int
    height: int
    left: int = 0
    right: int = 0
    below: int = 0


def figure(layers: Sequence[Layer], room: Room, title: str, subtitle: Sequence[str] = ()) -> alt.LayerChart:
    """The layers as a chart with the common look; none may reach above the plot, where the title stands.

    Nothing is laid out by the width of letters of one machine's fonts, so that the picture is the same everywhere.
    """
    whole = room.left + room.width + room.right
    lines = wrapped(title, whole, TITLE_SIZE, bold=True)
    below = [line for text in subtitle for line in wrapped(text, whole, SUBTITLE_SIZE)]
    heading = 20 * len(lines) + (6 + 16 * len(below) if below else 0) + 8
    drawn: alt.LayerChart = (
        alt.layer(*layers)
        .properties(
            width=room.width,
            height=room.height,
            autosize=alt.AutoSizeParams(type="none"),
            padding={
                "left": EDGE + room.left, "right": EDGE + room.right,
                "top": EDGE + heading, "bottom": EDGE + room.below,
            },
            title=alt.TitleParams(text=lines, subtitle=below or alt.Undefined, dx=-room.left, offset=8),
            description=" ".join(f"{text.rstrip('.')}." for text in (title, *subtitle)),
        )
        .configure(**CONFIG)
    )  # fmt: skip
    return drawn


def message(title: str, text: str) -> alt.LayerChart:
    """A chart that has nothing to show, and says why."""
    note = alt.Chart(inline([{"text": text}])).mark_text(align="left", color=QUIET, x=0, y=20).encode(text="text:N")
    return figure([note], Room(560, 40), title)


def haloed(texts: alt.Chart, encodings: Mapping[str, Any], halo: str = PAPER, **style: Any) -> list[Layer]:
    """Texts of the field label, each with a halo that keeps it legible on lines."""
    return [
        texts.mark_text(baseline="middle", stroke=halo, strokeWidth=3, opacity=0.85, **style).encode(
            **encodings, text="label:N"
        ),
        texts.mark_text(baseline="middle", **style).encode(**encodings, text="label:N"),
    ]


def inline(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Rows as data that stand in the chart itself, with nothing hidden in their texts."""
    return alt.InlineData(
        values=[{n: legible(value) if isinstance(value, str) else value for n, value in row.items()} for row in rows]
    )


def theme() -> alt.theme.ThemeConfig:
    """The look as a theme of Altair, for charts of one's own."""
    return {"config": CONFIG}  # type: ignore[typeddict-item]
