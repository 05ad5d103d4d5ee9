"""A build: all sources of a project read and examined, then the corpus written beside and swapped into place."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from aussage.codebook import Codebook, load_codebook
from aussage.compile.document import compile_document
from aussage.compile.documents import FOLDER as DOCUMENTS
from aussage.compile.documents import GivenDocument, examine_article_files, read_documents
from aussage.compile.entities import entity_rows_by_id, registry_batches
from aussage.compile.given import annotation_files, document_files, given_in
from aussage.compile.gold_file import examine_gold_files
from aussage.compile.layers import FOLDER as ANNOTATIONS
from aussage.compile.layers import Layers, read_layers
from aussage.diagnostics import Diagnostics, Place, Severity
from aussage.project import read_project
from aussage.records.sources import ProjectFile
from aussage.registry import Registry, load_registry
from aussage.remote import is_remote
from aussage.source import Project
from aussage.source.bytes import reason
from aussage.tables import TABLES
from aussage.tables.flat import DERIVED
from aussage.tables.swap import Busy, Foreign, replacing
from aussage.tables.writer import MANIFEST, SET_ASIDE, CorpusWriter

CORPUS = "dataset/corpus"
CODEBOOK_FILE = "codebook.json"
OURS = {MANIFEST, CODEBOOK_FILE, *(f"{name}.parquet" for name in TABLES)}
SOURCE_FOLDERS = ("seeds", "schema", "dataset/annotations", "dataset/registry")
Progress = Callable[[list[GivenDocument]], Iterable[GivenDocument]]


@dataclass(slots=True)
class BuildResult:
    """What a build found and, if nothing stopped it, made: folder, content hash, rows by table.

    `set_aside` is the number of documents that were left out because of their errors, which are in `aside`; `parts`
    is how many parts the corpus has, and `reused` how many of them were there already.
    """

    diagnostics: Diagnostics
    folder: Path | None = None
    content_hash: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    set_aside: int = 0
    aside: Diagnostics = field(default_factory=Diagnostics)
    parts: int = 1
    reused: int = 0


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources of a project that could be read."""

    facts: ProjectFile
    codebook: Codebook
    registry: Registry
    documents: list[GivenDocument]
    layers: Layers


def build(root: Path, out: Path | None = None, progress: Progress = iter) -> BuildResult:
    """Compile the project at `root` into `out` (default: its `dataset/corpus`).

    All findings are in the result. If one of them is an error nothing is written, and a corpus that was there
    stays as it was. `progress` may wrap the documents to show how far the build is.
    """
    project = Project(root)
    diagnostics = Diagnostics()
    sources = read_sources(project, diagnostics)
    if sources is None:
        return BuildResult(diagnostics)
    result = BuildResult(diagnostics)
    replace_corpus(root, out, result, lambda folder: _write(sources, folder, result, progress))
    return result


def replace_corpus(root: Path, out: Path | None, result: BuildResult, write: Callable[[Path], None]) -> None:
    """Let a corpus be written into a new folder, which then takes the place of `out`, unless errors were found.

    What stands in the way is a finding of the result; only a corpus that took its place is its folder.
    """
    diagnostics = result.diagnostics
    shown = Place(Project(root).name(out or root / CORPUS))
    try:
        target = (out or root / CORPUS).resolve()
        sources = [(root / folder).resolve() for folder in SOURCE_FOLDERS]
        if is_remote(target) == is_remote(root) and any(target.is_relative_to(folder) for folder in sources):
            raise Foreign(["the project's sources"])
        with replacing(target, OURS | {SET_ASIDE}) as folder:
            write(folder)
            if diagnostics.has_errors:
                raise _Stopped
        result.folder = target
    except _Stopped:
        result.content_hash, result.rows = "", {}
    except Busy:
        diagnostics.add("build-running", shown, "another build writes there")
    except Foreign as foreign:
        names = ", ".join(foreign.args[0][:5])
        diagnostics.add("out-folder", shown, f"the folder holds {names}", expected="a corpus, or nothing")
    except (OSError, RuntimeError, pa.ArrowException) as error:  # RuntimeError: links in a circle
        diagnostics.add("cannot-write", shown, reason(error))


class _Stopped(Exception):
    """The build found errors; the swap must not happen."""


def read_sources(project: Project, diagnostics: Diagnostics) -> Sources | None:
    """Everything that a build stands on; nothing if project file or codebook cannot be used."""
    facts = read_project(project, diagnostics)
    if facts is not None:
        diagnostics.levels = {code: Severity(level.level) for code, level in facts.levels.items()}
    codebook = load_codebook(project, diagnostics)
    if codebook is None:
        return None
    registry = load_registry(project, codebook, diagnostics)
    records = given_in(project, document_files(project, DOCUMENTS), diagnostics)
    documents = read_documents(project, records, codebook, registry, diagnostics)
    examine_article_files(project, documents.articles, diagnostics)
    annotations = given_in(project, annotation_files(project, ANNOTATIONS, diagnostics), diagnostics)
    layers = read_layers(project, annotations, codebook, registry, documents.known, diagnostics)
    examine_gold_files(project, layers, diagnostics)
    if facts is None:
        _examine_only(documents.given, layers, codebook, registry, diagnostics)
        return None
    return Sources(facts, codebook, registry, documents.given, layers)


def _examine_only(
    documents: list[GivenDocument], layers: Layers, codebook: Codebook, registry: Registry, diagnostics: Diagnostics
) -> None:
    """Report what is wrong with the annotations although nothing can be built, so that one run shows everything."""
    entities = entity_rows_by_id(registry)
    for given in documents:
        compile_document(given, layers.of(given.record.id), codebook, registry, entities, diagnostics)


def _write(sources: Sources, folder: Path, result: BuildResult, progress: Progress) -> None:
    about = about_corpus(sources.facts, sources.codebook)
    writer = CorpusWriter(folder, sources.codebook.enumerations, about, DERIVED)
    try:
        writer.add_registries(registry_batches(sources.codebook, sources.registry))
        by_id = entity_rows_by_id(sources.registry)
        for given in progress(sources.documents):
            layers = sources.layers.of(given.record.id)
            rows = compile_document(given, layers, sources.codebook, sources.registry, by_id, result.diagnostics)
            if rows is not None and not result.diagnostics.has_errors:
                writer.add(given.record.id, rows)
        if result.diagnostics.has_errors:
            return
        result.content_hash = writer.finish({CODEBOOK_FILE: codebook_bytes(sources.codebook)})
        result.rows = writer.rows
    finally:
        writer.abandon()


def about_corpus(facts: ProjectFile, codebook: Codebook) -> dict[str, Any]:
    """What every file of the corpus says of it: name, title, versions, languages, licences, creators."""
    about: dict[str, Any] = msgspec.to_builtins(facts.corpus)
    about["codebook"] = {"name": codebook.record.name, "version": codebook.version}
    return about


def codebook_bytes(codebook: Codebook) -> bytes:
    """The codebook as it ships with the corpus: JSON, the same record as `schema/codebook.yaml`."""
    record = msgspec.to_builtins(codebook.record)
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
