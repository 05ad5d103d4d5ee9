"""The layers of each document: which coder's annotation files there are, read when the document is compiled."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from aussage.codebook import Codebook
from aussage.diagnostics import Diagnostics, Place, nearest
from aussage.records import Read, json_schema, read_record
from aussage.records.annotation import Annotation
from aussage.registry.registry import LARGEST_JSON_LINES, Registry, read_text
from aussage.source import Project
from aussage.source.json_lines import read_json_lines
from aussage.source.yaml import read_yaml

FOLDER = "dataset/annotations"
GOLD = "gold"
NOT_LAYERS = {"gold.yaml", "adjudication.yaml"}


@dataclass(slots=True)
class Layers:
    """The annotations by document and coder; `attempted` has the documents of which some file could not be used."""

    by_document: dict[str, dict[str, Read[Annotation]]] = field(default_factory=dict)
    attempted: set[str] = field(default_factory=set)

    def of(self, document_id: str) -> dict[str, Read[Annotation]]:
        """The layers of a document by coder; empty if it has none."""
        layers = self.by_document.get(document_id, {})
        return {coder: layers[coder] for coder in sorted(layers)}


def read_layers(
    project: Project, codebook: Codebook, registry: Registry, documents: set[str], diagnostics: Diagnostics
) -> Layers:
    """All annotation files of a project; `documents` are the ids of all documents that have a record."""
    layers = Layers()
    for read in _annotations(project, codebook, layers, diagnostics):
        record = read.record
        if _examine(read, codebook, registry, documents, diagnostics):
            coders = layers.by_document.setdefault(record.document, {})
            if record.coder in coders:
                first = coders[record.coder].source.place()
                message = f"the layer of »{record.coder}« for »{record.document}« is given already in {first}"
                read.source.report(diagnostics, "duplicate-id", ("coder",), message)
            else:
                coders[record.coder] = read
    return layers


def _annotations(
    project: Project, codebook: Codebook, layers: Layers, diagnostics: Diagnostics
) -> Iterator[Read[Annotation]]:
    schema = json_schema(Annotation, codebook.choices)
    folder = project.root / FOLDER
    for path in project.everything(FOLDER):
        name = project.name(path)
        if path.is_dir() and path.is_symlink():
            diagnostics.add("unknown-file", Place(name), f"{name} is a link to a folder, which is not followed")
        if path.is_dir() or path.suffix == ".md":
            continue
        if path.suffix == ".jsonl":
            text = read_text(project, path, diagnostics, LARGEST_JSON_LINES)
            for source in read_json_lines(text or "", name, diagnostics):
                if (line := read_record(source, Annotation, schema, diagnostics)) is not None:
                    yield line
        elif path.suffix != ".yaml" or path.parent.parent != folder:
            expected = f"{FOLDER}/<document>/<coder>.yaml or {FOLDER}/*.jsonl"
            diagnostics.add("unknown-file", Place(name), f"{name} is no annotation file", expected=expected)
        elif path.name in NOT_LAYERS:
            siblings = [other for other in path.parent.glob("*.yaml") if other.name not in NOT_LAYERS]
            if not siblings:
                diagnostics.add("gold-without-layer", Place(name), f"{name} has no layer beside it")
        else:
            text = read_text(project, path, diagnostics)
            yaml = read_yaml(text, name, diagnostics) if text is not None else None
            read = yaml and read_record(yaml, Annotation, schema, diagnostics)
            if not read:
                layers.attempted.add(path.parent.name)
            elif _examine_name(read, path.parent.name, path.stem, diagnostics):
                yield read
            else:
                layers.attempted.update((path.parent.name, read.record.document))


def _examine_name(read: Read[Annotation], folder: str, stem: str, diagnostics: Diagnostics) -> bool:
    """Report where a file is not of the coder and document that its path names; whether its document is sure."""
    for key, said, named in (("document", read.record.document, folder), ("coder", read.record.coder, stem)):
        if said != named:
            message = f"the file says {key} »{said}«, but its path says »{named}«"
            read.source.report(diagnostics, "name-differs", (key,), message, expected=named)
    return read.record.document == folder


def _examine(
    read: Read[Annotation], codebook: Codebook, registry: Registry, documents: set[str], diagnostics: Diagnostics
) -> bool:
    """Whether the annotation belongs to a known document; unknown coders and old codebooks are reported too."""
    record = read.record
    if not registry.may_hold("coders", record.coder):
        read.source.report(
            diagnostics,
            "unknown-coder",
            ("coder",),
            f"there is no coder »{record.coder}«",
            nearest=nearest(record.coder, registry.coders),
        )
    if record.codebook != codebook.version:
        message = f"coded under version {record.codebook} of the codebook, which now is {codebook.version}"
        read.source.report(diagnostics, "codebook-version", ("codebook",), message, expected=codebook.version)
    if record.document not in documents:
        read.source.report(
            diagnostics,
            "unknown-document",
            ("document",),
            f"there is no document »{record.document}«",
            nearest=nearest(record.document, sorted(documents)),
        )
    return record.document in documents
