"""Charts in notebooks and files: the same bytes where nothing is live, nothing loaded, nothing run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import altair as alt
import pytest
from chromium import Chromium
from made_up_charts import actors_frame, frames

from aussage.view.charts import Shown, enable, save, show, voices_chart

PAYLOAD = "</script><script>window.hurt = 1</script><img src=x onerror='window.hurt = 1'>${window.hurt = 1}"
STATIC = """
import os, sys
sys.path.insert(0, {tests!r})
from made_up_charts import frames
from aussage.view import show, voices_chart
os.environ["AUSSAGE_CHARTS"] = "static"
show(voices_chart(frames()))
"""
LIVE = """
del os.environ["AUSSAGE_CHARTS"]
show(voices_chart(frames()))
"""


@pytest.mark.prove
def test_a_notebook_holds_picture_and_words_and_the_widget_where_it_is_live() -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    sources = (STATIC.format(tests=str(Path(__file__).parent)), LIVE)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    nbclient.NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    static, live = (dict(cell.outputs[0]["data"]) for cell in notebook.cells)
    assert static == show(voices_chart(frames()))._repr_mimebundle_()
    assert set(static) == {"image/svg+xml", "text/plain"}
    assert set(live) == {"application/vnd.jupyter.widget-view+json", *static}


def test_without_a_kernel_there_is_no_widget_unless_it_is_asked_for() -> None:
    chart = voices_chart(frames())
    assert set(show(chart)._repr_mimebundle_()) == {"image/svg+xml", "text/plain"}
    assert "application/vnd.jupyter.widget-view+json" in show(chart, interactive=True)._repr_mimebundle_()
    assert "2 of 4 claims" in repr(show(chart))


def test_the_widget_brings_its_program_along() -> None:
    show(voices_chart(frames()), interactive=True)._repr_mimebundle_()
    assert "esm.sh" not in alt.JupyterChart._esm
    assert len(alt.JupyterChart._esm) > 100_000
    alt.JupyterChart.enable_offline(False)


@pytest.mark.prove
@pytest.mark.parametrize("ending", ["svg", "png", "html", "json"])
def test_a_saved_chart_is_the_same_bytes_each_time(ending: str, tmp_path: Path) -> None:
    first, second = (save(voices_chart(frames()), tmp_path / f"{name}.{ending}").read_bytes() for name in ("a", "b"))
    assert first == second
    assert first[:20].strip()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a.{ending}", f"b.{ending}"]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.svg, \.png, \.html or \.json"):
        save(voices_chart(frames()), tmp_path / "chart.gif")


def test_the_saved_page_shows_hostile_text_and_runs_none(browser: Chromium, tmp_path: Path) -> None:
    chart = voices_chart(frames(actors=actors_frame(mayor=PAYLOAD, inspector=PAYLOAD)))
    page = save(chart, tmp_path / "chart.html")
    browser.events.clear()
    browser.send("Page.navigate", url=page.as_uri())
    browser.until("document.querySelectorAll('svg text').length > 5")
    assert PAYLOAD[:12] in browser.run("document.querySelector('svg').textContent")
    assert browser.run("String(window.hurt)") == "undefined"
    assert browser.requests() == []


def test_enabling_gives_other_charts_the_look_and_importing_changes_nothing() -> None:
    before = alt.theme.active, alt.renderers.active
    assert before == ("default", "default")  # though the charts are imported
    try:
        enable()
        chart = alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_bar().encode(x="a:Q")
        assert chart.to_dict()["config"]["background"] == "#fdfcf9"
        assert "image/svg+xml" in chart._repr_mimebundle_(None, None)
    finally:
        alt.theme.enable(before[0])
        alt.renderers.enable(before[1])


def test_asking_for_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, aussage.view, aussage.view.charts; assert not {'altair', 'pandas', 'networkx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_name_of_the_charts_is_there() -> None:
    from aussage import view
    from aussage.view import charts

    assert all(getattr(view, name) is getattr(charts, name) for name in charts.__all__)
    assert isinstance(show(voices_chart(frames())), Shown)
    json.dumps(charts.__all__)
