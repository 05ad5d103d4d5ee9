"""Opening a corpus that nobody vouches for: every file is proved against the manifest before it is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pyarrow as pa

from aussage.check.reading import UNREADABLE, Footer, TableReader
from aussage.check.rule import Failing
from aussage.codebook import Codebook
from aussage.records.codebook import CodebookFile
from aussage.tables import TABLES, arrow_schema
from aussage.tables.parts import PART_HASH, PARTED_FORMAT, PartFacts, PartFile, problems_of_parts
from aussage.tables.writer import FORMAT, MANIFEST

CODEBOOK_FILE = "codebook.json"
MOST_TOLD = 3  # contradictions in a manifest
NUMBERS = {"-1", "0", "1"}  # what a scale may hold


class FileFacts(msgspec.Struct):
    """What the manifest says of a file."""

    bytes: int
    sha256: str


class TableFacts(FileFacts):
    """What the manifest says of a table's file, or of its folder and the files of its parts in that."""

    file: str
    rows: int
    parts: list[PartFile] = []

    @property
    def files(self) -> dict[str, TableFacts | PartFile]:
        """The facts of each file by its path in the corpus folder."""
        return {f"{self.file}/{part.file}": part for part in self.parts} or {self.file: self}


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
    parts: list[PartFacts] = []


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
    named: dict[str, FileFacts | PartFile] = {**manifest.files}
    for facts in manifest.tables.values():
        named |= facts.files
    whole = {name for name, facts in named.items() if _is_whole(opened, name, facts)}
    _find_foreign(opened, set(named))
    if CODEBOOK_FILE in whole:
        _read_codebook(opened)
    for name, facts in manifest.tables.items():
        if whole.issuperset(facts.files):
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
    if manifest.format != FORMAT or not 1 <= manifest.format_version <= PARTED_FORMAT:
        detail = f"{manifest.format} {manifest.format_version}, known is {FORMAT} up to {PARTED_FORMAT}"
        opened.fail("manifest-format", "", MANIFEST, detail=detail)
    elif given != wanted or any(not _is_plain(name) for name in manifest.files):
        odd = [name for name in {**wanted, **given} if wanted.get(name) != given.get(name)]
        detail = f"tables {odd}" if odd else "a file's name is a path"
        opened.fail("manifest-broken", "", MANIFEST, detail=detail)
    elif CODEBOOK_FILE not in manifest.files:
        opened.fail("manifest-broken", "", MANIFEST, detail=f"it does not name {CODEBOOK_FILE}")
    elif problems := list(problems_of_parts(manifest.tables, manifest.parts, manifest.format_version)):
        opened.fail("manifest-broken", "", MANIFEST, detail="; ".join(problems[:MOST_TOLD]))
    else:
        opened.manifest = manifest


def _is_plain(name: str) -> bool:
    return not {"/", "\\", "\0"} & set(name) and name not in {"", ".", "..", MANIFEST}


def _is_whole(opened: Opened, name: str, facts: FileFacts | PartFile) -> bool:
    """Whether the file is there, a file of its own, and has the bytes that the manifest gives."""
    path = opened.folder / name
    try:
        if not path.is_file() or path.is_symlink() or (path.parent != opened.folder and path.parent.is_symlink()):
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
    known = {*named, MANIFEST}
    folders = {name.split("/")[0] for name in named if "/" in name}
    foreign = [path.name for path in opened.folder.iterdir() if path.name not in known | folders]
    for name in folders:
        folder = opened.folder / name
        if folder.is_dir() and not folder.is_symlink():
            foreign += [f"{name}/{path.name}" for path in folder.iterdir() if f"{name}/{path.name}" not in known]
    if foreign:
        opened.fail("file-foreign", "", *sorted(foreign))


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
        reader = TableReader(opened.folder / facts.file, [part.file for part in facts.parts] or None)
        known = _is_as_defined(opened, name, reader.schema)
        files = facts.files
        for footer in reader.footers:
            _examine_footer(opened, name, files[footer.file], footer)
    except UNREADABLE as error:
        opened.fail("file-unreadable", "", facts.file, detail=f"{type(error).__name__}: {error}")
        return
    if known:
        opened.readers[name] = reader


def _examine_footer(opened: Opened, name: str, about: TableFacts | PartFile, footer: Footer) -> None:
    """Compare what the footer of a file says with the manifest; of a part it is the hash of the part."""
    manifest = opened.manifest
    if manifest is None:
        return
    if footer.rows != about.rows:
        opened.fail("row-count", name, footer.file, detail=f"manifest {about.rows:,}, file {footer.rows:,}")
    if isinstance(about, PartFile):
        identity = {PART_HASH: manifest.parts[about.part].hash}
    else:
        identity = {"aussage.content_hash": manifest.content_hash}
    wanted = {"aussage.corpus": manifest.name, "aussage.version": manifest.version, "aussage.table": name, **identity}
    for key, value in wanted.items():
        if footer.metadata.get(key.encode()) != value.encode():
            opened.fail("file-metadata", name, footer.file, column=key.removeprefix("aussage."))


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
