"""Puts texts back into an edition without them, from a user's own copies: all documents, or nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from aussage.corpus.errors import CorpusError
from aussage.corpus.manifest import FULL, TEXT_FREE
from aussage.release.editions.comparing import Copy, Difference, restored
from aussage.release.editions.copies import Copies
from aussage.release.editions.elision import MARKER, OPENING, restore
from aussage.release.editions.passages import with_passages
from aussage.release.editions.reading import LOCAL, REGISTRIES, EditionFolder, Part
from aussage.release.editions.restoration import RESTORATION_SCHEMA, Demanded, demanded_documents
from aussage.release.editions.shape import free_columns, full_schema, strings_in
from aussage.release.editions.text_free import require_edition
from aussage.release.editions.writing import CODEBOOK_FILE, RESTORATION, EditionWriter, edition_manifest, new_folder
from aussage.tables.definitions import TABLES
from aussage.tables.hashing import ContentHash, document_lines, registry_lines
from aussage.tables.schemas import ARROW_TYPES

SALT = re.compile(r"(?:[0-9a-f]{2}){16,64}")
NEEDED = {
    "documents": ["document_id", "sha256"],
    "sentences": ["sentence_id", "document_id", "text_digest"],
    "restoration": ["document_id", "folded_digest", "folded_length", "sentences", "gaps", "edits"],
}
SHOWN = 50


@dataclass(slots=True)
class Rehydrated:
    """A corpus that has its texts again: folder, content hash, rows by table, and what is worth saying."""

    folder: Path
    content_hash: str
    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class CopiesDiffer(CorpusError):
    """Copies are missing or differ; nothing was written. `differences` has every one, `problems` those of files."""

    def __init__(self, differences: list[Difference], problems: list[str], notes: list[str]) -> None:
        self.differences, self.problems, self.notes = differences, problems, notes
        lines = [*map(str, differences[:SHOWN]), *problems]
        if len(differences) > SHOWN:
            lines.append(f"… and {len(differences) - SHOWN:,} more differences")
        documents = len({difference.document_id for difference in differences})
        noun = "article" if documents == 1 else "articles"
        head = f"the texts were not put back: {documents:,} {noun} missing or different; nothing was written"
        super().__init__("\n  ".join([head, *lines]))


def rehydrate(
    edition: Path,
    texts: Sequence[Path],
    target: Path,
    *,
    progress: Callable[[list[int]], Iterable[int]] = iter,
) -> Rehydrated:
    """Write the full edition into the folder `target`: the corpus folder `edition`, and the texts of `texts`.

    Args:
        edition: The corpus folder of an edition without texts.
        texts: Files, or folders of files, with copies of the articles: named after the documents, or known by what
            is in them. Other line ends, Unicode forms, quotation marks and dashes, and more text around and between
            the sentences do no harm.
        target: The folder to write; it may hold an older corpus, but nothing else.
        progress: May wrap the numbers of the row groups to show how far the work is.

    Raises:
        CopiesDiffer: documents have no copy, or one that differs; it lists every difference.
        CorpusError: the folder is no edition without texts or is damaged, a file is not there, `target` cannot be
            written, or the tables do not have the content hash of the full edition.
    """
    with EditionFolder(edition) as given:
        require_edition(given, TEXT_FREE, "only an edition without texts can have its texts put back")
        salt = given.manifest.get("salt")
        if not isinstance(salt, str) or not SALT.fullmatch(salt):
            raise given.damaged("manifest", "it has no salt")
        if not given.schema(RESTORATION).equals(RESTORATION_SCHEMA):
            raise given.damaged(RESTORATION, "it has other columns than this version of Aussage makes")
        copies = Copies(texts)
        articles = _Articles(given, copies, salt)
        articles.examine(_quoted_elsewhere(given))
        with new_folder(target) as folder:
            rows = _write(given, articles, folder, progress)
    return Rehydrated(target, given.content_hash, rows, copies.notes)


class _Articles:
    """The articles of an edition, made from copies; those that other documents quote are kept."""

    def __init__(self, given: EditionFolder, copies: Copies, salt: str) -> None:
        self._given, self._copies, self._salt = given, copies, salt
        self._kept: dict[str, str] = {}

    def examine(self, kept: set[str]) -> None:
        """Make every article once, and keep these.

        Raises:
            CopiesDiffer: some copies are missing or differ.
        """
        self._match()
        differences: list[Difference] = []
        for part in self._given.parts(NEEDED):
            for demanded in demanded_documents(part):
                found, copy = self._made(demanded)
                if not isinstance(found, str):
                    differences += found
                    continue
                if copy is not None and copy.encoding != "UTF-8":
                    self._copies.notes.append(f"{copy.path} is no UTF-8; it was read as {copy.encoding}")
                if demanded.document_id in kept:
                    self._kept[demanded.document_id] = found
        for path in self._copies.left():
            self._copies.notes.append(f"{path} is no copy of an article of this corpus")
        if differences:
            problems = self._copies.problems
            raise CopiesDiffer(differences, list(dict.fromkeys(problems)), self._copies.notes)

    def of(self, part: Part) -> dict[str, str]:
        """The articles of a part, by document."""
        articles = {}
        for demanded in demanded_documents(part):
            found, _ = self._made(demanded)
            if not isinstance(found, str):
                raise CopiesDiffer(found, ["a copy was changed while it was read"], [])
            articles[demanded.document_id] = found
        return articles

    def restore(self, rows: pa.Table, name: str, articles: Mapping[str, str]) -> pa.Table:
        """The rows of a table with passages for markers in their free cells."""

        def article_of(document: str) -> str:
            return articles[document] if document in articles else self._kept[document]

        for column in free_columns(name):
            cells = rows.column(column)
            if not _has_markers(cells):
                continue
            try:
                values = [_restored(value, article_of) for value in cells.to_pylist()]
            except KeyError as error:
                raise self._given.damaged(name, f"it names the document {error} that is not there") from None
            schema_field = rows.schema.field(column)
            rows = rows.set_column(
                rows.schema.get_field_index(column), schema_field, pa.array(values, schema_field.type)
            )
        return rows

    def _match(self) -> None:
        unnamed: set[str] = set()
        for group in self._given.groups("documents", ["document_id"]):
            unnamed.update(self._copies.match_names(group.column("document_id").to_pylist()))
        if unnamed and self._copies.left():
            wanted = [
                demanded
                for part in self._given.parts(NEEDED)
                for demanded in demanded_documents(part)
                if demanded.document_id in unnamed
            ]
            self._copies.match_contents(wanted, self._salt)

    def _made(self, demanded: Demanded) -> tuple[str | list[Difference], Copy | None]:
        copies = self._copies.of(demanded.document_id)
        if not copies:
            length = demanded.folded_length
            return [Difference(demanded.document_id, "", "", None, None, "", length, None)], None
        results = [(restored(demanded, copy, self._salt), copy) for copy in copies]
        whole = [result for result in results if isinstance(result[0], str)]
        if not whole and copies[0].encoding != "UTF-8":
            self._copies.problems.append(f"{copies[0].path} is no UTF-8; save it as UTF-8 and try again")
        return (whole or results)[0]


def _write(
    given: EditionFolder, articles: _Articles, folder: Path, progress: Callable[[list[int]], Iterable[int]]
) -> dict[str, int]:
    schemas = {name: _known_schema(given, name) for name in TABLES}
    writer, hashed = EditionWriter(folder, schemas, given.content_hash), ContentHash()
    try:
        registries = {
            name: pa.concat_tables([schemas[name].empty_table(), *map(_restoring(articles, name), given.groups(name))])
            for name in REGISTRIES
        }
        hashed.add(registry_lines(registries))
        for name, rows in registries.items():
            writer.write(name, rows.combine_chunks())
        steps = iter(progress(list(range(given.count_groups("documents")))))
        columns = {name: given.schema(name).names for name in (*LOCAL, RESTORATION)}
        for part in given.parts(columns):
            next(steps, None)
            texts = articles.of(part)
            part.pop(RESTORATION, None)
            part = {name: articles.restore(rows, name, texts) for name, rows in part.items()}
            part = with_passages(part, texts)
            hashed.add(document_lines(texts, part))
            for name, rows in part.items():
                writer.write(name, rows)
        if hashed.hexdigest() != given.content_hash:
            raise CorpusError(
                f"the tables have the content hash {hashed.hexdigest()[:16]}, not {given.content_hash[:16]}; "
                f"{given.folder} was changed after it was made: take the bundle again from its source"
            )
        codebook = (given.folder / CODEBOOK_FILE).read_bytes()
        writer.finish(edition_manifest(given.manifest, FULL), {CODEBOOK_FILE: codebook})
    finally:
        writer.abandon()
    return writer.rows


def _known_schema(given: EditionFolder, name: str) -> pa.Schema:
    """The schema that a table has with its texts; the content hash is only defined for the one that we know."""
    schema = full_schema(name, given.schema(name))
    known = [(column.name, ARROW_TYPES[column.kind]) for column in TABLES[name].columns]
    if [(column.name, column.type) for column in schema] != known:
        raise given.damaged(name, "it has other columns than this version of Aussage makes; use the one that made it")
    return schema


def _restoring(articles: _Articles, name: str) -> Callable[[pa.Table], pa.Table]:
    return partial(articles.restore, name=name, articles={})


def _restored(value: Any, article_of: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return restore(value, article_of)
    if isinstance(value, list):
        return [_restored(item, article_of) for item in value]
    if isinstance(value, dict):
        return {name: _restored(item, article_of) for name, item in value.items()}
    return value


def _texts(value: Any) -> list[str]:
    if isinstance(value, (list, dict)):
        return [text for item in (value.values() if isinstance(value, dict) else value) for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def _has_markers(cells: pa.ChunkedArray) -> bool:
    return bool(pc.any(pc.match_substring(strings_in(cells), OPENING)).as_py())


def _quoted_elsewhere(given: EditionFolder) -> set[str]:
    """The documents whose passages are in the registries or in cells of other documents."""
    found: set[str] = set()
    for name, table in TABLES.items():
        owner = ["document_id"] if table.local else []
        for group in given.groups(name, [*owner, *free_columns(name)]):
            owners = group.column("document_id").to_pylist() if owner else [None] * len(group)
            for column in free_columns(name):
                if _has_markers(group.column(column)):
                    for value, document in zip(group.column(column).to_pylist(), owners, strict=True):
                        found |= {match[2] for text in _texts(value) for match in MARKER.finditer(text)} - {document}
    return {document for document in found if document}
