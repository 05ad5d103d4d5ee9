"""Runs the notebooks of the repository; as a program, it writes their outputs into them anew."""

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LOAD = re.compile(r"^corpus = aussage\.load\(\)", re.MULTILINE)  # the one line to change for another corpus


def code_of(notebook: Any) -> list[str]:
    """The sources of the code cells."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def executed(path: Path) -> Any:
    """The notebook after all its cells ran in a kernel, without times and without what differs between machines."""
    import nbclient

    os.environ["AUSSAGE_CHARTS"] = "static"  # pictures, the same bytes each time; the kernel inherits it
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    nbclient.NotebookClient(notebook, timeout=120, record_timing=False, resources=resources).execute()
    notebook.metadata = nbformat.from_dict({"language_info": {"name": "python"}})
    return notebook


def run_on(path: Path, corpus: Path) -> list[Any]:
    """What the cells of the notebook show on another corpus, as mime bundles; an error in a cell is raised.

    The cells run in this process, one after the other, so that the libraries are imported once for all notebooks.
    """
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    sources = code_of(nbformat.read(path, as_version=4))
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    shown = []
    try:
        for source in sources:
            result = shell.run_cell(LOAD.sub(lambda _: f"corpus = aussage.load({str(corpus)!r})", source))
            result.raise_error()
            bundle, _ = shell.display_formatter.format(result.result)
            shown.append(bundle)
    finally:
        shell.reset(new_session=False)
        InteractiveShell.clear_instance()
    return shown


def main() -> None:
    """Write the outputs of all notebooks, or of those named."""
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    wanted = [path for path in NOTEBOOKS if not sys.argv[1:] or path.stem in sys.argv[1:]]
    with ThreadPoolExecutor(2) as pool:
        for path, notebook in zip(wanted, pool.map(executed, wanted), strict=True):
            nbformat.write(notebook, path)
            sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
