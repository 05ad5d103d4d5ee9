"""Documents of a project: record and article, proved to belong together, with the frozen sentences."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aussage.codebook import Codebook
from aussage.compile.given import Given
from aussage.diagnostics import Diagnostics, Place
from aussage.records import schema_of
from aussage.records.sources import Document
from aussage.registry.registry import Entry, Registry
from aussage.source import Project, decode
from aussage.source.bytes import normal_form
from aussage.source.packed import is_json_lines
from aussage.text.article import Article
from aussage.text.spans import Span

FOLDER = "seeds"
LONGEST_NAME = 255  # bytes, on most file systems


@dataclass(frozen=True, slots=True)
class GivenDocument:
    """A document as it was given: its record, where the record stands, and the article."""

    entry: Entry[Document]
    article: Article
    sha256: str

    @property
    def record(self) -> Document:
        """The record."""
        return self.entry.record


@dataclass(slots=True)
class Documents:
    """The documents of records, in the order of their ids; those whose article or record misfits are left out.

    `known` has the ids of all that have a record, `articles` the paths of the files that records name.
    """

    given: list[GivenDocument] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)


def read_documents(
    project: Project, records: Iterable[Given], codebook: Codebook, registry: Registry, diagnostics: Diagnostics
) -> Documents:
    """The documents of records; what misfits is reported."""
    seen: dict[str, Entry[Document]] = {}
    read = Documents()
    for entry in _records(project, records, codebook, read, diagnostics):
        record = entry.record
        if record.id in seen:
            first = seen[record.id].source.place(seen[record.id].path)
            entry.report(diagnostics, "duplicate-id", ("id",), f"the document »{record.id}« is given in {first}")
            continue
        seen[record.id] = entry
        if ("documents", record.id) in registry.withdrawn:
            entry.report(diagnostics, "reused-id", ("id",), f"the document »{record.id}« was withdrawn")
        given = _with_article(project, entry, registry, diagnostics)
        if given is not None:
            read.given.append(given)
    read.given.sort(key=lambda given: given.record.id)
    read.known |= set(seen)
    return read


def _records(
    project: Project, records: Iterable[Given], codebook: Codebook, documents: Documents, diagnostics: Diagnostics
) -> Iterator[Entry[Document]]:
    """The records that could be read; ids of the others become known, and the files that they name."""
    for one in records:
        path = one.path
        read, misfit = one.read(project, Document, schema_of(Document, codebook.choices), diagnostics)
        given = {"id": read.record.id, "file": read.record.file} if read else misfit
        if given is not None:
            article = str(given.get("file") or f"{path.stem}.txt")
            documents.articles.add(path.with_name(article).as_posix() if _is_plain_name(article) else "")
        if read is None or not read.complete:
            documents.known |= {str((given or {}).get("id")), *([] if one.is_line else [path.stem])}
            continue
        entry = Entry(read.record, read.source, ())
        if not one.is_line and path.stem != read.record.id:
            message, expected = f"the record of »{read.record.id}« is in {path.name}", f"{read.record.id}.yaml"
            entry.report(diagnostics, "name-differs", ("id",), message, expected=expected)
            documents.known.add(path.stem)
        yield entry


def _with_article(
    project: Project, entry: Entry[Document], registry: Registry, diagnostics: Diagnostics
) -> GivenDocument | None:
    record, before = entry.record, diagnostics.count_errors()
    if (record.file is None) == (record.text is None):
        message = "the record needs the name of the article's file, or in JSON Lines its text"
        entry.report(diagnostics, "missing-field", (), message, expected="one of file, text")
        return None
    if record.rights is None:
        entry.report(diagnostics, "rights-missing", (), "the record has no rights")
    text, sha256 = _article_text(project, entry, diagnostics)
    if text is None:
        return None
    if not text or not text.strip():
        code = "no-paragraphs" if text else "empty-article"
        entry.report(diagnostics, code, ("file",), f"the article of »{record.id}« has no text")
        return None
    article = Article(record.id, text, {s.id: Span(s.start, s.end) for s in record.sentences})
    _examine_sentences(entry, text, registry, diagnostics)
    return GivenDocument(entry, article, sha256) if diagnostics.count_errors() == before else None


def _article_text(project: Project, entry: Entry[Document], diagnostics: Diagnostics) -> tuple[str | None, str]:
    """The article and its SHA-256; nothing and findings if it is not there or not the one that was recorded."""
    record = entry.record
    if record.text is not None:
        data = record.text.encode()
        name, text = entry.source.name, decode(data, entry.source.name, diagnostics)
    else:
        path = (project.root / entry.source.name).parent / str(record.file)
        if not _is_plain_name(str(record.file)):
            message = f"»{record.file}« is no name of a file beside the record"
            entry.report(diagnostics, "outside-project", ("file",), message)
            return None, ""
        if not path.exists() and not path.is_symlink():
            message = f"there is no file {project.name(path)}"
            entry.report(diagnostics, "missing-file", ("file",), message)
            return None, ""
        read = project.read(path, diagnostics)
        if read is None:
            return None, ""
        data, name = read, project.name(path)
        text = decode(data, name, diagnostics)
    sha256 = hashlib.sha256(data).hexdigest()
    if record.sha256 is None and record.file is not None:
        entry.report(diagnostics, "missing-field", (), "the field »sha256« is missing", expected=sha256)
    if record.sha256 not in (None, sha256):
        entry.report(
            diagnostics,
            "article-changed",
            ("sha256",),
            f"the article {name} has SHA-256 {sha256}",
            expected=str(record.sha256),
        )
        return None, sha256
    if text is None or not normal_form(text, name, diagnostics):
        return None, sha256
    return text, sha256


def _is_plain_name(name: str) -> bool:
    return not set(name) & set("/\\\0") and name not in {"", ".", ".."} and len(name.encode()) <= LONGEST_NAME


def _examine_sentences(entry: Entry[Document], text: str, registry: Registry, diagnostics: Diagnostics) -> None:
    """Frozen sentences have unique ids, are ordered, inside the article, and cover all of its words."""
    record = entry.record
    if not record.sentences:
        entry.report(diagnostics, "no-sentences", (), f"the record of »{record.id}« has no frozen sentences")
        return
    seen: set[str] = set()
    reached = 0
    for number, sentence in enumerate(record.sentences):
        path = ("sentences", number)
        if sentence.id in seen:
            entry.report(diagnostics, "duplicate-id", (*path, "id"), f"the sentence »{sentence.id}« is given twice")
        seen.add(sentence.id)
        if ("sentences", f"{record.id}/{sentence.id}") in registry.withdrawn:
            entry.report(diagnostics, "reused-id", (*path, "id"), f"the sentence »{sentence.id}« was withdrawn")
        words = text[sentence.start : sentence.end]
        if sentence.start < reached or sentence.end > len(text) or not words or words != words.strip():
            entry.report(
                diagnostics,
                "sentence-bounds",
                path,
                f"the sentence »{sentence.id}« from {sentence.start} to {sentence.end} does not fit",
                expected=f"bounds between {reached} and {len(text)}, at the sentence's first and last character",
            )
        elif gap := text[reached : sentence.start].strip():
            entry.report(diagnostics, "sentence-gap", path, f"before »{sentence.id}« no sentence has »{gap[:60]}«")
        reached = max(reached, sentence.end)
    if gap := text[reached:].strip():
        message = f"after the last sentence no sentence has »{gap[:60]}«"
        entry.report(diagnostics, "sentence-gap", ("sentences", len(record.sentences) - 1), message)


def examine_article_files(project: Project, articles: set[str], diagnostics: Diagnostics) -> None:
    """Every file in the folder of seeds is a record or an article that a record names; none is passed over."""
    folder = project.root / FOLDER
    if not folder.is_dir():
        diagnostics.add("missing-file", Place(FOLDER), f"there is no folder {FOLDER}")
        return
    for path in project.everything(FOLDER):
        if path.is_dir() and path.is_symlink():
            name = project.name(path)
            diagnostics.add("unknown-file", Place(name), f"{name} is a link to a folder, which is not followed")
        if path.is_dir() or path.suffix in {".yaml", ".md"} or is_json_lines(path):
            continue
        if path.as_posix() not in articles:
            message = f"no record names the file {path.name}"
            diagnostics.add("unknown-file", Place(project.name(path)), message, expected="a record <id>.yaml beside it")
