"""Charts in notebooks and files: a picture that needs nothing, and the interactive chart where a kernel runs."""

from __future__ import annotations

import json
from html import escape
from os import environ
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import altair as alt

from aussage.view.charts.theme import theme
from aussage.view.charts.typography import NOT_XML

Chart = alt.Chart | alt.LayerChart
ENVIRONMENT = "AUSSAGE_CHARTS"  # "static": pictures only, so that a notebook's outputs are the same bytes each time
THEME, RENDERER = "aussage", "aussage"
SVG, TEXT, PNG_SCALE = "image/svg+xml", "text/plain", 2
ENDINGS = ".svg, .png, .html or .json"
PAGE = """<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><title>{title}</title></head>
<body style="margin:0">
<div id="chart"></div>
<script type="application/json" id="specification">{specification}</script>
<script type="module">
{program}
</script>
</body>
</html>
"""
PROGRAM = (
    'const specification = JSON.parse(document.getElementById("specification").textContent);'
    'vegaEmbed("#chart", specification, {mode: "vega-lite", renderer: "svg", actions: false});'
)


class Shown:
    """A chart as a notebook shows it.

    The output holds an SVG picture and a description, and, if a notebook's kernel runs, the interactive chart as a
    widget that loads nothing from outside. The widget has a random id and is gone with its kernel: where a notebook is
    run to be committed, set the environment variable AUSSAGE_CHARTS to `static`, and only picture and description
    are kept, the same bytes each time.
    """

    def __init__(self, chart: Chart, interactive: bool | None = None) -> None:
        self.chart, self.interactive = chart, interactive

    def __repr__(self) -> str:
        return description(self.chart)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {SVG: svg(self.chart).decode(), TEXT: description(self.chart)}
        if _is_live() if self.interactive is None else self.interactive:
            bundle |= _widget(self.chart)
        return bundle


def show(chart: Chart, interactive: bool | None = None) -> Shown:
    """The chart, to be the last line of a notebook's cell.

    Args:
        chart: A chart.
        interactive: Whether the widget is shown; None for: where a notebook's kernel runs, unless the environment
            variable AUSSAGE_CHARTS is `static`.
    """
    return Shown(chart, interactive)


def enable() -> None:
    """Give Altair charts of one's own the same look, and have notebooks show them as `show` does; for this session."""
    alt.theme.register(THEME, enable=True)(theme)
    alt.renderers.register(RENDERER, _render)
    alt.renderers.enable(RENDERER)


def _render(specification: dict[str, Any], **options: Any) -> dict[str, Any]:
    return Shown(alt.Chart.from_dict(specification))._repr_mimebundle_()


def description(chart: Chart) -> str:
    """What the chart says, in words: its title and subtitle."""
    return str(_specification(chart).get("description", "Chart"))


def svg(chart: Chart) -> bytes:
    """The chart as SVG, with its description; the same chart gives the same bytes. Nothing is loaded."""
    import vl_convert

    picture = vl_convert.vegalite_to_svg(_specification(chart), vl_version=_version(), allowed_base_urls=[])
    named = f'<svg role="img" aria-label="{escape(description(chart))}" '
    return f"{picture.replace('<svg ', named, 1)}\n".encode()


def save(chart: Chart, path: str | Path) -> Path:
    """Write a chart to a file, whose ending says how; a file that is there is replaced.

    .svg and .png are pictures, .html is the interactive chart in one page that loads nothing, .json the Vega-Lite
    specification. Same chart, same bytes.

    Raises:
        ValueError: another ending.
        OSError: the file cannot be written; what was there stays.
    """
    path = Path(path)
    writers = {".svg": svg, ".png": _png, ".html": _html, ".json": _json}
    if path.suffix.lower() not in writers:
        raise ValueError(f"a chart is saved as {ENDINGS}, not as {path.name}")
    content = writers[path.suffix.lower()](chart)
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as beside:
        beside.write(content)
    return Path(beside.name).replace(path)


def _specification(chart: Chart) -> dict[str, Any]:
    made: dict[str, Any] = _safe(chart.to_dict())
    return made


def _safe(part: Any) -> Any:
    """The specification without characters at which vl-convert would end the whole process."""
    if isinstance(part, dict):
        return {_safe(name): _safe(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_safe(value) for value in part]
    return NOT_XML.sub("\ufffd", part) if isinstance(part, str) else part


def _version() -> str:
    return ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])


def _png(chart: Chart) -> bytes:
    import vl_convert

    picture: bytes = vl_convert.vegalite_to_png(
        _specification(chart), vl_version=_version(), scale=PNG_SCALE, allowed_base_urls=[]
    )
    return picture


def _json(chart: Chart) -> bytes:
    return (json.dumps(_specification(chart), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _html(chart: Chart) -> bytes:
    """The page is put together here, as vl-convert's own lets a text with `</script>` end its script."""
    from html import escape

    import vl_convert

    program = vl_convert.javascript_bundle(PROGRAM, vl_version=_version())
    text = json.dumps(_specification(chart), ensure_ascii=True, sort_keys=True).replace("<", "\\u003c")
    page = PAGE.replace("{title}", escape(description(chart))).replace("{program}", program)
    return page.replace("{specification}", text).encode()


def _widget(chart: Chart) -> dict[str, Any]:
    """The interactive chart as a widget that brings its program along."""
    alt.JupyterChart.enable_offline()
    found: Any = alt.JupyterChart(chart)._repr_mimebundle_()
    bundle: dict[str, Any] = found[0] if isinstance(found, tuple) else found
    return {name: value for name, value in bundle.items() if name not in (SVG, TEXT)}


def _is_live() -> bool:
    """Whether a notebook's kernel runs this, and nobody asked for pictures only."""
    if environ.get(ENVIRONMENT) == "static":
        return False
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    shell = get_ipython()
    return shell is not None and getattr(shell, "kernel", None) is not None
