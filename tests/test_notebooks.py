"""Every committed notebook runs, gives the outputs that are committed with it, and runs on other corpora."""

import itertools
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from fixtures import run
from neudorf import ROOT

nbformat = pytest.importorskip("nbformat", reason="needs the extra aussage[notebooks]")
pytest.importorskip("nbclient", reason="needs the extra aussage[notebooks]")
pytest.importorskip("altair", reason="needs the extra aussage[notebooks]")

from notebooks_execute import LOAD, NOTEBOOKS, code_of, executed, run_on  # noqa: E402

SVG, TEXT, LARGEST = "image/svg+xml", "text/plain", 500_000
TITLE, LAST = re.compile(r"^# ", re.MULTILINE), "## What one article cannot show\n"
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def outputs(notebook: Any) -> list[Any]:
    return [
        [output.get("data", output.get("text", output.get("evalue"))) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def markdown(notebook: Any) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


@pytest.fixture
def project(neudorf: Path, request: pytest.FixtureRequest) -> Path:
    """The made-up project as it is, with an article that nobody has coded, or without any article."""
    if request.param != "one coder":
        shutil.rmtree(neudorf / "dataset" / "annotations")
    if request.param == "no article":
        for seed in (neudorf / "seeds").iterdir():
            seed.unlink()
    run(neudorf)
    return neudorf


def counted_anew(shown: list[Any]) -> list[Any]:
    """Outputs with the ids of clips counted from 0: pictures of one process count on."""
    text = json.dumps(shown, ensure_ascii=False)
    ids = {id_: f"clip-{number}" for number, id_ in enumerate(dict.fromkeys(re.findall(r"\bclip\d+\b", text)))}
    return list(json.loads(re.sub(r"\bclip\d+\b", lambda found: ids[found.group()], text)))


STALE = "run `.venv/bin/python tests/notebooks_execute.py`, and look at what has changed"


@each_notebook
def test_notebook_runs_and_gives_the_committed_outputs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cell by cell in this process; that a kernel gives the same is a longer proof."""
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("AUSSAGE_CHARTS", "static")
    committed = nbformat.read(path, as_version=4)
    with pd.option_context("display.max_columns", 20):  # what pandas takes in a kernel
        shown = run_on(path)
    assert counted_anew([[bundle] if bundle else [] for bundle in shown]) == counted_anew(outputs(committed)), STALE


@pytest.mark.prove
@each_notebook
def test_notebook_gives_the_committed_outputs_in_a_kernel(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    assert outputs(executed(path)) == outputs(nbformat.read(path, as_version=4)), STALE


@each_notebook
@pytest.mark.parametrize("project", ["one coder", "no claim", "no article"], indirect=True)
def test_notebook_runs_on_another_corpus(path: Path, project: Path) -> None:
    shown = run_on(path, project)
    assert sum(SVG in bundle for bundle in shown) == figures_on(path, has_coders=False)
    assert "Nordkorea" not in json.dumps(shown, ensure_ascii=False)


@pytest.mark.prove
@each_notebook
def test_notebook_runs_on_a_large_corpus_of_two_coders(path: Path, large: Path) -> None:
    assert sum(SVG in bundle for bundle in run_on(path, large)) == figures_on(path, has_coders=True)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "corpus"
    sys.path.append(str(ROOT / "benchmarks"))
    from synthetic_corpus import make_corpus

    make_corpus(folder, 5000)
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({"title": "Made up"} | json.loads(manifest.read_text("utf-8"))), "utf-8")
    return folder


def figures_on(path: Path, has_coders: bool) -> int:
    """How many charts the notebook shows; those of agreement are only drawn if there are two coders."""
    sources = [source for source in code_of(nbformat.read(path, as_version=4)) if "view.show(" in source]
    return sum(has_coders or "agreement_chart" not in source for source in sources)


@each_notebook
def test_notebook_is_committed_as_it_was_written(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert notebook.metadata == {"language_info": {"name": "python"}}
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not any(cell.metadata for cell in notebook.cells)
    assert path.stat().st_size < LARGEST


@each_notebook
def test_notebook_has_one_title_and_ordered_headings(path: Path) -> None:
    cells = markdown(nbformat.read(path, as_version=4))
    lines = [line for cell in cells for line in re.sub(r"```.*?```", "", cell, flags=re.DOTALL).splitlines()]
    levels = [len(line) - len(line.lstrip("#")) for line in lines if line.startswith("#")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@each_notebook
def test_notebook_asks_first_and_says_last_what_it_cannot_show(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    first, *_, last = markdown(notebook)
    assert TITLE.match(first)
    assert "?" in first
    assert last.startswith(LAST)
    assert sum(len(LOAD.findall(source)) for source in code_of(notebook)) == 1
    assert LOAD.search(code_of(notebook)[0])


@each_notebook
def test_every_figure_has_a_description(path: Path) -> None:
    bundles = [bundle for shown in outputs(nbformat.read(path, as_version=4)) for bundle in shown if SVG in bundle]
    assert len(bundles) == figures_on(path, has_coders=True)
    for bundle in bundles:
        assert len(bundle[TEXT].split()) > 5
        assert bundle[TEXT][:12] in bundle[SVG]


def test_great_expectations_are_called_as_their_readme_says() -> None:
    readme = (ROOT / "validation" / "great_expectations" / "README.md").read_text("utf-8")
    block = re.search(r"```python\n.*?```", readme, re.DOTALL)
    assert block is not None
    (notebook,) = [path for path in NOTEBOOKS if path.stem == "07-reliability"]
    assert block.group() in "\n".join(markdown(nbformat.read(notebook, as_version=4)))
