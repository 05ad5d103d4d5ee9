"""All that a metadata file may say of a corpus, gathered once from its folder and its project file."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from aussage.corpus.errors import CorpusError
from aussage.corpus.loading import MANIFEST
from aussage.corpus.manifest import FULL, TEXT_FREE
from aussage.records.sources import Corpus as ProjectFacts
from aussage.records.sources import Dois, ProjectFile
from aussage.release.metadata.shipped import PARQUET, ShippedFile
from aussage.tables import TABLES, Column
from aussage.tables.parts import PartFile
from aussage.tables.schemas import ARROW_TYPES
from aussage.tables.table_files import open_table

CODEBOOK = "codebook.json"


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """A value that a column may take; label and definition are those of the codebook, empty if it has none."""

    value: str
    label: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A column as the file has it.

    `kind` is the kind of `aussage.tables.columns` (empty for a column that has no definition there), `type` the Arrow
    type, `variable` the variable of the codebook that it codes, `refers` the tables whose ids it holds.
    """

    name: str
    kind: str
    type: pa.DataType
    description: str
    required: bool
    values: tuple[CategoryFacts, ...] = ()
    variable: str = ""
    refers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table: what a row is, the name of its file in the corpus folder, its columns; the first one is the key.

    Of a table in parts `file` is the folder of its part files, and `bytes` and `sha256` are of all of them. Only the
    metadata of a repository meets such tables: what is released has one file a table.
    """

    name: str
    row: str
    file: str
    rows: int
    bytes: int
    sha256: str
    columns: tuple[ColumnFacts, ...]
    parts: tuple[PartFile, ...] = ()

    def shipped(self, corpus_path: str) -> list[ShippedFile]:
        """Its file, or those of its parts; `corpus_path` is the path of the corpus folder."""
        path, said = f"{corpus_path}/{self.file}", f"The table {self.name}: one row is {self.row}."
        if not self.parts:
            return [ShippedFile(path, self.bytes, self.sha256, PARQUET, said)]
        return [
            ShippedFile(f"{path}/{part.file}", part.bytes, part.sha256, PARQUET, f"Part {part.part}. {said}")
            for part in self.parts
        ]

    @property
    def key(self) -> str:
        """The name of the column that identifies a row."""
        return self.columns[0].name


@dataclass(frozen=True, slots=True)
class CoderFacts:
    """A coder: `kind` is `person`, `language-model` or `program` (or what else the codebook has)."""

    id: str
    kind: str
    name: str
    saw: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class MetadataFacts:
    """What the generators of metadata know; they read nothing else.

    `project` is `[corpus]` of aussage.toml, `dois` what deposits brought; `content_hash` is that of the full edition
    also in an edition without texts. `rights` counts the documents by the status of the rights in their texts, `dates`
    are the first and the last known day on which a document appeared. `files` are the files of the folder that the
    metadata describes, with paths relative to it and in the order of their paths; `corpus_path` is the corpus folder
    as seen from there. `commit` is the revision of the sources, empty where it cannot be said; `sources` are the files
    from which the corpus was compiled, with paths relative to the project, empty where only the corpus is there.
    """

    project: ProjectFacts
    dois: Dois
    edition: str
    content_hash: str
    codebook: Mapping[str, Any]
    tables: tuple[TableFacts, ...]
    coders: tuple[CoderFacts, ...]
    rights: Mapping[str, int]
    dates: tuple[str, str] | None
    files: tuple[ShippedFile, ...]
    tool_version: str
    commit: str = ""
    corpus_path: str = "corpus"
    sources: tuple[ShippedFile, ...] = ()

    @property
    def is_text_free(self) -> bool:
        """Whether this is the edition without the words of the articles."""
        return self.edition == TEXT_FREE

    @property
    def doi(self) -> str | None:
        """The DOI of this version, if a deposit brought one."""
        return self.dois.versions.get(self.project.version)

    @property
    def codebook_version(self) -> str:
        """The version of the codebook."""
        return str(self.codebook.get("version", ""))

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """The number of rows of each table, by its name."""
        return {table.name: table.rows for table in self.tables}

    @property
    def description(self) -> str:
        """What the corpus is and what this edition of it holds; plain text, one paragraph."""
        own = self.project.description or f"Annotated news articles: {self.project.title}."
        sentences = [own if own.endswith((".", "!", "?")) else f"{own}."]
        if self.is_text_free:
            sentences.append(
                "This edition holds no words of the articles: annotations point into them by offsets, and the texts "
                "can be put back from a reader's own copies."
            )
        return " ".join(sentences)

    def table(self, name: str) -> TableFacts:
        """The table of that name; KeyError if there is none."""
        return {table.name: table for table in self.tables}[name]


def gather_facts(
    corpus_folder: Path,
    project: ProjectFile | None = None,
    *,
    edition: str | None = None,
    files: Iterable[ShippedFile] = (),
    commit: str | None = None,
    corpus_path: str = "corpus",
    sources: Iterable[ShippedFile] = (),
) -> MetadataFacts:
    """The facts of the corpus in `corpus_folder`; its manifest stands in for the project file where there is none.

    Args:
        corpus_folder: folder with manifest.json, codebook.json and the Parquet files.
        project: the project file; it alone knows the DOIs.
        edition: `full` or `text-free`; by default what the manifest says, else `full`.
        files: the files of the folder that the metadata is to describe.
        commit: the revision of the sources.
        corpus_path: path of the corpus folder inside the folder that the metadata describes.
        sources: the files from which the corpus was compiled, as `source_files` gives them.

    Raises:
        CorpusError: manifest, codebook or a table is missing or damaged.
    """
    from aussage import __version__

    manifest = _read(corpus_folder / MANIFEST)
    codebook = _read(corpus_folder / CODEBOOK)
    try:
        stated = {name: manifest[name] for name in ProjectFacts.__struct_fields__ if name in manifest}
        own = project.corpus if project is not None else msgspec.convert(stated, ProjectFacts)
        return MetadataFacts(
            project=own,
            dois=project.dois or Dois() if project is not None else Dois(),
            edition=edition or str(manifest.get("edition", FULL)),
            content_hash=str(manifest["content_hash"]),
            codebook=codebook,
            tables=tuple(_tables(corpus_folder, manifest["tables"], codebook)),
            coders=tuple(_coders(corpus_folder)),
            rights=_counted(corpus_folder, "rights_status"),
            dates=_dates(corpus_folder),
            files=tuple(sorted(files, key=lambda file: file.path)),
            tool_version=__version__,
            commit=commit or "",
            corpus_path=corpus_path,
            sources=tuple(sorted(sources, key=lambda file: file.path)),
        )
    except (KeyError, TypeError, AttributeError, msgspec.ValidationError) as error:
        raise CorpusError(f"{corpus_folder / MANIFEST} is damaged: {error}; run `aussage build`") from None
    except (OSError, pa.ArrowException) as error:
        raise CorpusError(f"{corpus_folder} cannot be read: {error}; run `aussage build`") from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}; run `aussage build`") from None
    except msgspec.MsgspecError as error:
        raise CorpusError(f"{path} is damaged: {error}; run `aussage build`") from None


def _tables(folder: Path, entries: Mapping[str, Any], codebook: Mapping[str, Any]) -> Iterable[TableFacts]:
    variables = {variable["name"]: variable for variable in codebook.get("variables", ())}
    for name, entry in entries.items():
        with open_table(folder / f"{name}.parquet") as file:
            schema = file.schema_arrow
        defined = {column.name: column for column in TABLES[name].columns} if name in TABLES else {}
        columns = tuple(_column(field, defined.get(field.name), variables) for field in schema)
        row = (schema.metadata or {}).get(b"aussage.description", b"").decode()
        parts = msgspec.convert(entry.get("parts", ()), tuple[PartFile, ...])
        yield TableFacts(name, row, str(entry["file"]), entry["rows"], entry["bytes"], entry["sha256"], columns, parts)


def _column(field: pa.Field, column: Column | None, variables: Mapping[str, Any]) -> ColumnFacts:
    about = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    known = (
        {str(value["value"]): value for value in variables.get(column.variable, {}).get("values", ())} if column else {}
    )
    values = tuple(_category(value, known.get(value, {})) for value in json.loads(about.get("values", "[]")))
    return ColumnFacts(
        name=field.name,
        kind=column.kind if column else _kind(field.type),
        type=field.type,
        description=about.get("description", ""),
        required=not field.nullable,
        values=values,
        variable=column.variable if column else "",
        refers=column.refers if column else (),
    )


def _kind(type_: pa.DataType) -> str:
    return next((kind for kind, known in ARROW_TYPES.items() if known == type_), "")


def _category(value: str, entry: Mapping[str, Any]) -> CategoryFacts:
    labels = entry.get("label") or {}
    label = labels.get("en") or next(iter(labels.values()), "")
    return CategoryFacts(value, str(label), " ".join(str(entry.get("definition", "")).split()))


def _coders(folder: Path) -> Iterable[CoderFacts]:
    with open_table(folder / "coders.parquet") as file:
        rows = file.read().to_pylist()
    for row in rows:
        yield CoderFacts(row["coder_id"], row["kind"], row["name"], tuple(row["saw"]), row["note"] or "")


def _counted(folder: Path, column: str) -> Mapping[str, int]:
    """How often each value of a column of documents occurs, in the order of the column's categories."""
    counts: dict[str, int] = {}
    with open_table(folder / "documents.parquet") as file:
        for batch in file.iter_batches(columns=[column]):
            values = batch.column(0)
            if pa.types.is_dictionary(values.type):
                counts = dict.fromkeys(values.dictionary.to_pylist(), 0) | counts
            for entry in pc.value_counts(values.cast(pa.string())).to_pylist():
                if entry["values"] is not None:
                    counts[entry["values"]] = counts.get(entry["values"], 0) + entry["counts"]
    return {value: number for value, number in counts.items() if number}


def _dates(folder: Path) -> tuple[str, str] | None:
    """The first and the last date of the documents, as written; nothing if none is known."""
    first, last = "", ""
    with open_table(folder / "documents.parquet") as file:
        for batch in file.iter_batches(columns=["date"]):
            dates: Sequence[str] = batch.column(0).drop_null().to_pylist()
            if dates:
                first, last = min([*([first] if first else []), *dates]), max([last, *dates])
    return (first, last) if first else None
