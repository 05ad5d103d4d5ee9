"""The layers of each document: which coder's annotation files there are, read when the document is compiled."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from aussage.codebook import Codebook
from aussage.compile.given import Given
from aussage.diagnostics import Diagnostics, Place, nearest
from aussage.records import Read, schema_of
from aussage.records.adjudication import Adjudication
from aussage.records.annotation import Annotation
from aussage.registry.registry import Registry
from aussage.source import Project

FOLDER = "dataset/annotations"
ADJUDICATION = "adjudication.yaml"
NOT_LAYERS = {"gold.yaml", ADJUDICATION}


@dataclass(frozen=True, slots=True)
class DocumentLayers:
    """The layers of one document by coder, sorted; its adjudication; whether some file of it could not be used."""

    coders: dict[str, Read[Annotation]] = field(default_factory=dict)
    adjudication: Read[Adjudication] | None = None
    attempted: bool = False

    @property
    def base(self) -> str:
        """The coder with whose layer gold begins: the adjudication's base, else the first; empty without layers."""
        return self.adjudication.record.base if self.adjudication else min(self.coders, default="")


@dataclass(slots=True)
class Layers:
    """The annotations by document and coder; `attempted` has the documents of which some file could not be used."""

    by_document: dict[str, dict[str, Read[Annotation]]] = field(default_factory=dict)
    adjudications: dict[str, Read[Adjudication]] = field(default_factory=dict)
    attempted: set[str] = field(default_factory=set)

    def of(self, document_id: str) -> DocumentLayers:
        """The layers of a document; without coders if it has none."""
        layers = self.by_document.get(document_id, {})
        coders = {coder: layers[coder] for coder in sorted(layers)}
        return DocumentLayers(coders, self.adjudications.get(document_id), document_id in self.attempted)


def read_layers(
    project: Project,
    records: Iterable[Given],
    codebook: Codebook,
    registry: Registry,
    documents: Collection[str],
    diagnostics: Diagnostics,
) -> Layers:
    """The annotations of records; `documents` are the ids of all documents that have a record."""
    layers = Layers()
    for read in _annotations(project, records, codebook, layers, diagnostics):
        record = read.record
        if _examine(read, codebook, registry, documents, diagnostics):
            coders = layers.by_document.setdefault(record.document, {})
            if record.coder in coders:
                first = coders[record.coder].source.place()
                message = f"the layer of »{record.coder}« for »{record.document}« is given already in {first}"
                read.source.report(diagnostics, "duplicate-id", ("coder",), message)
            else:
                coders[record.coder] = read
    _examine_versions(layers, codebook, diagnostics)
    return layers


def _examine_versions(layers: Layers, codebook: Codebook, diagnostics: Diagnostics) -> None:
    """Report what was coded under another codebook, unless an adjudication under this one has gone over it."""
    for document_id in sorted(layers.by_document):
        of_document = layers.of(document_id)
        last = of_document.adjudication
        reads = [last] if last else of_document.coders.values()
        for read in reads:
            version = read.record.codebook
            if version != codebook.version:
                message = f"coded under version {version} of the codebook, which now is {codebook.version}"
                place = ("codebook",)
                read.source.report(diagnostics, "codebook-version", place, message, expected=codebook.version)


def _annotations(
    project: Project, records: Iterable[Given], codebook: Codebook, layers: Layers, diagnostics: Diagnostics
) -> Iterator[Read[Annotation]]:
    for one in records:
        path, name = one.path, project.name(one.path)
        if not one.is_line and path.name in NOT_LAYERS:
            siblings = [other for other in path.parent.glob("*.yaml") if other.name not in NOT_LAYERS]
            if not siblings:
                diagnostics.add("gold-without-layer", Place(name), f"{name} has no layer beside it")
            elif path.name == ADJUDICATION:
                _read_adjudication(project, one, codebook, layers, diagnostics)
            continue
        read, _ = one.read(project, Annotation, schema_of(Annotation, codebook.choices), diagnostics)
        if one.is_line and read:
            yield read
        elif not one.is_line and not read:
            layers.attempted.add(path.parent.name)
        elif read and _examine_name(read, path.parent.name, path.stem, diagnostics):
            yield read
        elif read:
            layers.attempted.update((path.parent.name, read.record.document))


def _read_adjudication(
    project: Project, given: Given, codebook: Codebook, layers: Layers, diagnostics: Diagnostics
) -> None:
    document_id = given.path.parent.name
    read, _ = given.read(project, Adjudication, schema_of(Adjudication, codebook.choices), diagnostics)
    if not read or not read.complete:
        layers.attempted.add(document_id)
    elif read.record.document != document_id:
        message = f"the file says document »{read.record.document}«, but its path says »{document_id}«"
        read.source.report(diagnostics, "name-differs", ("document",), message, expected=document_id)
        layers.attempted.add(document_id)
    else:
        layers.adjudications[document_id] = read


def _examine_name(read: Read[Annotation], folder: str, stem: str, diagnostics: Diagnostics) -> bool:
    """Report where a file is not of the coder and document that its path names; whether its document is sure."""
    for key, said, named in (("document", read.record.document, folder), ("coder", read.record.coder, stem)):
        if said != named:
            message = f"the file says {key} »{said}«, but its path says »{named}«"
            read.source.report(diagnostics, "name-differs", (key,), message, expected=named)
    return read.record.document == folder


def _examine(
    read: Read[Annotation], codebook: Codebook, registry: Registry, documents: Collection[str], diagnostics: Diagnostics
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
    if record.document not in documents:
        read.source.report(
            diagnostics,
            "unknown-document",
            ("document",),
            f"there is no document »{record.document}«",
            nearest=nearest(record.document, sorted(documents)),
        )
    return record.document in documents
