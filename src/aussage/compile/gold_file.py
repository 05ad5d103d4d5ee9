"""The files `gold.yaml`: which there are, and whether they say what layers and adjudication give."""

from pathlib import Path

from aussage.compile.gold_text import gold_text
from aussage.compile.layers import FOLDER, Layers
from aussage.diagnostics import Diagnostics, Place
from aussage.source import Project
from aussage.tables.of_documents import GOLD


def gold_files(project: Project, layers: Layers, only_existing: bool = False) -> dict[Path, str]:
    """Path and text of every gold.yaml that the layers of a project give; layers in JSON Lines have none."""
    files = {}
    for document_id in sorted(layers.by_document):
        path = project.root / FOLDER / document_id / f"{GOLD}.yaml"
        of_document = layers.of(document_id)
        in_yaml = all(read.source.name.endswith(".yaml") for read in of_document.coders.values())
        usable = of_document.base in of_document.coders
        if usable and (path.exists() or (in_yaml and not only_existing)):
            files[path] = gold_text(of_document)[0]
    return files


def examine_gold_files(project: Project, layers: Layers, diagnostics: Diagnostics) -> None:
    """Warn of every gold.yaml that is not what the layers give; a missing one is no finding."""
    for path, text in gold_files(project, layers, only_existing=True).items():
        data = project.read(path, diagnostics)
        if data is not None and data != text.encode():
            name = project.name(path)
            diagnostics.add("stale-gold", Place(name), f"{name} is not what the layers give")
