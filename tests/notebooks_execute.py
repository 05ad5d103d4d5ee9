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


def run_on(path: Path, corpus: Path | None = None) -> list[Any]:
    """What the cells of the notebook show, as mime bundles (empty for nothing), on their own or another corpus.

    The cells run in this process, one after the other, so that the libraries are imported once for all notebooks. An
    error in a cell is raised.
    """
    from IPython.core.displayhook import DisplayHook
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Kept(DisplayHook):
        """Keeps what a cell shows instead of printing it."""

        bundle: Any = None

        def compute_format_data(self, result: Any) -> Any:
            found = super().compute_format_data(result)
            self.bundle = found[0]
            return found

        def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
            """Nothing is printed."""

    sources = code_of(nbformat.read(path, as_version=4))
    if corpus is not None:
        sources = [LOAD.sub(lambda _: f"corpus = aussage.load({str(corpus)!r})", source) for source in sources]
    quiet = Config({"HistoryManager": {"enabled": False}})
    shell = InteractiveShell.instance(config=quiet, displayhook_class=Kept)
    shown = []
    try:
        for source in sources:
            shell.displayhook.bundle = {}
            shell.run_cell(source).raise_error()
            shown.append(shell.displayhook.bundle)
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
