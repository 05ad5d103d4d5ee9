"""Notebooks run from first cell to last, so that a reader sees what they show; the same bytes each time."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aussage.corpus.errors import CorpusError

LOAD = re.compile(r"^(corpus = aussage\.load)\(\)", re.MULTILINE)  # the one line to change for another corpus
COLOUR = re.compile("\x1b\\[[0-9;]*m")
SECONDS_A_CELL = 600
QUIET = ["--log-level=ERROR"]  # a kernel warns of its connection, which does not leave this machine
MASKED = (
    "**This is the edition without texts.** What is shown below was made from the same corpus with ░ for every letter "
    "of the articles. To run the notebook, put the texts back (`aussage rehydrate BUNDLE --text FILE…`) and load the "
    "folder that this writes."
)
ENVIRONMENT = {
    "AUSSAGE_CHARTS": "static",  # pictures, the same bytes each time
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
}


def write_notebooks(notebooks: Path, target: Path, *, masked: bool = False) -> None:
    """Run all notebooks of a folder in `target`, beside the folder `corpus` that they load, and leave them there.

    If that corpus is `masked`, the second cell says so: it is not the one that they find when they are run again.

    Raises:
        CorpusError: a cell fails, or what runs notebooks is not installed.
    """
    found = sorted(notebooks.glob("*.ipynb")) if notebooks.is_dir() else []
    if not found:
        return
    if not (find_spec("nbclient") and find_spec("ipykernel")):
        raise CorpusError("notebooks cannot be run: pip install 'aussage[all]'")
    import nbformat

    target.mkdir()
    with _environment():
        for path in found:
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    cell.source = LOAD.sub(r'\1("../corpus")', cell.source)
            if masked:
                notebook.cells.insert(1, nbformat.v4.new_markdown_cell(MASKED, id="without-texts"))
            (target / path.name).write_bytes(_written(executed(notebook, target, path.name)))


def executed(notebook: Any, folder: Path, name: str) -> Any:
    """The notebook after all its cells ran in a kernel in `folder`, without times and facts of the machine.

    Raises:
        CorpusError: a cell fails.
    """
    import nbclient
    import nbformat
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    resources = {"metadata": {"path": str(folder)}}
    client = nbclient.NotebookClient(
        notebook, timeout=SECONDS_A_CELL, record_timing=False, resources=resources, extra_arguments=QUIET
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        last = COLOUR.sub("", str(error)).strip().splitlines()[-1]
        raise CorpusError(f"notebooks/{name}: a cell fails: {last}; run it in JupyterLab to see all of it") from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            # Warnings name files of this machine.
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    notebook.metadata = nbformat.from_dict({"language_info": {"name": "python"}})
    return notebook


def _written(notebook: Any) -> bytes:
    import nbformat

    text: str = nbformat.writes(notebook)
    return (text.rstrip("\n") + "\n").encode()


@contextmanager
def _environment() -> Iterator[None]:
    """What the kernel inherits, for as long as notebooks are run."""
    changed = {**ENVIRONMENT, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with tempfile.TemporaryDirectory() as settings:
        changed["IPYTHONDIR"] = settings  # nobody's own settings and history
        before = {name: os.environ.get(name) for name in changed}
        os.environ.update(changed)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
