"""Opening a corpus that nobody vouches for: every file is proved against the manifest before it is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pyarrow as pa

from aussage.check.reading import UNREADABLE, TableReader
from aussage.check.rule import Failing
from aussage.codebook import Codebook
from aussage.records.codebook import CodebookFile
from aussage.tables import TABLES, arrow_schema
from aussage.tables.writer import FORMAT, FORMAT_VERSION, MANIFEST

CODEBOOK_FILE = "codebook.json"
NUMBERS = {"-1", "0", "1"}  # what a scale may hold


class FileFacts(msgspec.Struct):
    """What the manifest says of a file."""

    bytes: int
    sha256: str


class TableFacts(FileFacts):
    """What the manifest says of a table's file."""

    file: str
    rows: int


class NameAndVersion(msgspec.Struct):
    """The codebook's name and version."""

    name: str
    version: str


class Manifest(msgspec.Struct):
    """What of the manifest the check needs; it may say more."""

    format: str
    format_version: int
    name: str
    version: str
    codebook: NameAndVersion
    content_hash: str
    tables: dict[str, TableFacts]
    files: dict[str, FileFacts]


@dataclass(slots=True)
class Opened:
    """What stands in the folder of a corpus, and the rules that were found broken on the way, by code.

    `readers` are those of the tables whose files are whole and as defined; no row was read yet.
    """

    folder: Path
    manifest: Manifest | None = None
    codebook: Codebook | None = None
    readers: dict[str, TableReader] = field(default_factory=dict)
    failures: list[tuple[str, Failing]] = field(default_factory=list)

    def fail(self, code: str, table: str = "", *ids: str, column: str = "", detail: str = "") -> None:
        """Note a broken rule."""
        self.failures.append((code, Failing(table, ids, column, detail)))


def open_corpus(folder: Path) -> Opened:
    """Prove the files of the corpus in a folder; nothing is raised for what it holds."""
    opened = Opened(folder)
    _read_manifest(opened)
    manifest = opened.manifest
    if manifest is None:
        return opened
    named: dict[str, FileFacts] = {**manifest.files, **{facts.file: facts for facts in manifest.tables.values()}}
    whole = {name for name, facts in named.items() if _is_whole(opened, name, facts)}
    _find_foreign(opened, set(named))
    if CODEBOOK_FILE in whole:
        _read_codebook(opened)
    for name, facts in manifest.tables.items():
        if facts.file in whole:
            _read_table(opened, name, facts)
    return opened


def _read_manifest(opened: Opened) -> None:
    path = opened.folder / MANIFEST
    if not path.is_file() or path.is_symlink():
        opened.fail("manifest-missing", "", MANIFEST)
        return
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except UNREADABLE as error:
        opened.fail("manifest-broken", "", MANIFEST, detail=str(error))
        return
    wanted = {name: f"{name}.parquet" for name in TABLES}
    given = {name: facts.file for name, facts in manifest.tables.items()}
    if manifest.format != FORMAT or manifest.format_version != FORMAT_VERSION:
        detail = f"{manifest.format} {manifest.format_version}, known is {FORMAT} {FORMAT_VERSION}"
        opened.fail("manifest-format", "", MANIFEST, detail=detail)
    elif given != wanted or any(not _is_plain(name) for name in manifest.files):
        odd = [name for name in {**wanted, **given} if wanted.get(name) != given.get(name)]
        detail = f"tables {odd}" if odd else "a file's name is a path"
        opened.fail("manifest-broken", "", MANIFEST, detail=detail)
    elif CODEBOOK_FILE not in manifest.files:
        opened.fail("manifest-broken", "", MANIFEST, detail=f"it does not name {CODEBOOK_FILE}")
    else:
        opened.manifest = manifest


def _is_plain(name: str) -> bool:
    return not {"/", "\\", "\0"} & set(name) and name not in {"", ".", "..", MANIFEST}


def _is_whole(opened: Opened, name: str, facts: FileFacts) -> bool:
    """Whether the file is there, a file of its own, and has the bytes that the manifest gives."""
    path = opened.folder / name
    try:
        if not path.is_file() or path.is_symlink():
            opened.fail("file-missing", "", name)
            return False
        size = path.stat().st_size
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        opened.fail("file-unreadable", "", name, detail=str(error))
        return False
    if (size, sha256) != (facts.bytes, facts.sha256):
        given = f"{facts.bytes:,} bytes, {facts.sha256[:16]}…"
        opened.fail("file-changed", "", name, detail=f"manifest {given}, file {size:,} bytes, {sha256[:16]}…")
        return False
    return True


def _find_foreign(opened: Opened, named: set[str]) -> None:
    foreign = sorted(path.name for path in opened.folder.iterdir() if path.name not in {*named, MANIFEST})
    if foreign:
        opened.fail("file-foreign", "", *foreign)


def _read_codebook(opened: Opened) -> None:
    try:
        record = msgspec.json.decode((opened.folder / CODEBOOK_FILE).read_bytes(), type=CodebookFile)
    except UNREADABLE as error:
        opened.fail("codebook-broken", "", CODEBOOK_FILE, detail=str(error))
        return
    codebook = Codebook(record)
    columns = [column for table in TABLES.values() for column in table.columns if column.variable]
    numbers = {column.variable for column in columns if column.kind == "scale"}
    usable = {
        name for name, values in codebook.enumerations.items() if name not in numbers or NUMBERS.issuperset(values)
    }
    lacking = sorted({column.variable for column in columns} - usable)
    if lacking:
        opened.fail("codebook-broken", "", CODEBOOK_FILE, detail=f"it has no values of {', '.join(lacking)}")
        return
    opened.codebook = codebook
    named = opened.manifest.codebook if opened.manifest else None
    if named and (named.name, named.version) != (record.name, record.version):
        detail = f"manifest {named.name} {named.version}, codebook {record.name} {record.version}"
        opened.fail("codebook-manifest", "", CODEBOOK_FILE, detail=detail)


def _read_table(opened: Opened, name: str, facts: TableFacts) -> None:
    try:
        reader = TableReader(opened.folder / facts.file)
        known = _is_as_defined(opened, name, reader.schema)
        metadata, rows = reader.metadata.metadata or {}, reader.metadata.num_rows
    except UNREADABLE as error:
        opened.fail("file-unreadable", "", facts.file, detail=f"{type(error).__name__}: {error}")
        return
    if known:
        opened.readers[name] = reader
    if rows != facts.rows:
        opened.fail("row-count", name, facts.file, detail=f"manifest {facts.rows:,}, file {rows:,}")
    if opened.manifest is not None:
        _examine_metadata(opened, name, facts.file, metadata, opened.manifest)


def _examine_metadata(opened: Opened, name: str, file: str, metadata: dict[bytes, bytes], manifest: Manifest) -> None:
    wanted = {
        "corpus": manifest.name,
        "version": manifest.version,
        "table": name,
        "content_hash": manifest.content_hash,
    }
    for key, value in wanted.items():
        if metadata.get(f"aussage.{key}".encode()) != value.encode():
            opened.fail("file-metadata", name, file, column=key)


def _is_as_defined(opened: Opened, name: str, schema: pa.Schema) -> bool:
    """Whether the columns have the names and types of the definition; what else differs is noted too."""
    wanted = arrow_schema(TABLES[name], opened.codebook.enumerations if opened.codebook else {})
    given = {column.name: column.type for column in schema}
    if given != {column.name: column.type for column in wanted} or schema.names != wanted.names:
        columns = [column.name for column in schema]
        odd = sorted({*columns} ^ {*wanted.names} | {c.name for c in wanted if given.get(c.name) != c.type})
        opened.fail("columns", name, *(odd or columns), detail="" if odd else "the order differs")
        return False
    if opened.codebook:
        odd = [
            one.name
            for one, other in zip(schema, wanted, strict=True)
            if one.nullable != other.nullable or (one.metadata or {}) != (other.metadata or {})
        ]
        if odd:
            opened.fail("column-facts", name, *odd)
    key = b"aussage.description"
    if (schema.metadata or {}).get(key) != (wanted.metadata or {}).get(key):
        opened.fail("table-facts", name, name)
    return True
