"""Which records a source file has: document, place and digest of every line, made once for each state of the file.

A listing is made anew when size, time or inode of its file have changed, or the ETag of a remote one. Where there is no
ETag it is trusted only if the file had been at rest for some seconds when it was listed: two changes in one tick of the
clock would look the same.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec
import pyarrow as pa

from aussage.compile.documents import FOLDER as DOCUMENTS
from aussage.compile.given import annotation_files, document_files
from aussage.compile.layers import FOLDER as ANNOTATIONS
from aussage.diagnostics import Diagnostics
from aussage.parts.cache import Cache
from aussage.remote import is_remote
from aussage.remote.stat import RemoteStat
from aussage.source import Project
from aussage.source.bytes import LARGEST_RECORD
from aussage.source.packed import is_json_lines, is_packed, unpacked

VERSION = 1
DOCUMENT, ANNOTATION = 0, 1
WHOLE_FILE = -1  # in place of the number of a line
BLOCK = 4_000_000
ROWS_OF_A_BATCH = 20_000
AT_REST = 3.0  # seconds
RESTED = "rested"
FIRST_KEY = re.compile(rb'[ \t]*\{[ \t]*"(id|document)"[ \t]*:[ \t]*"([a-z0-9-]+)"')
OF_KIND = {DOCUMENT: b"id", ANNOTATION: b"document"}
SCHEMA = pa.schema(
    {
        "document": pa.string(),
        "name": pa.string(),
        "offset": pa.int64(),
        "length": pa.int64(),
        "number": pa.int64(),
        "digest": pa.binary(),
    }
)
Row = tuple[str, str, int, int, int, bytes]
"""Document, file, where the record begins and how many bytes it has, its number as a line, and its digest."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of JSON Lines, or all files of YAML of a folder (then `path` is the folder)."""

    path: Path
    name: str
    kind: int
    is_lines: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A source file as listed: its state then, its records in a file of the cache, where its lines stand plainly."""

    file: SourceFile
    state: str
    cache: Cache
    records: str
    plain: Path

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The records, some at a time, with the columns of `SCHEMA`.

        Raises:
            OSError: they are no longer in the cache.
        """
        with pa.memory_map(str(self.cache.local(self.records))) as source, pa.ipc.open_file(source) as reader:
            for number in range(reader.num_record_batches):
                yield reader.get_batch(number)


class _Document(msgspec.Struct):
    id: str = ""


class _Annotation(msgspec.Struct):
    document: str = ""


def source_files(project: Project, diagnostics: Diagnostics) -> list[SourceFile]:
    """The files of JSON Lines of a project by name, and before those of a folder all its YAML as one.

    What stands in the folders and cannot be read is a finding.
    """
    found = []
    annotations = annotation_files(project, ANNOTATIONS, diagnostics)
    for kind, folder, files in (
        (DOCUMENT, DOCUMENTS, document_files(project, DOCUMENTS)),
        (ANNOTATION, ANNOTATIONS, annotations),
    ):
        found.append(SourceFile(project.root / folder, folder, kind, is_lines=False))
        lines = [path for path in files if is_json_lines(path) and project.size(path, diagnostics) is not None]
        found += [SourceFile(path, project.name(path), kind, is_lines=True) for path in lines]
    return found


def listing_of(project: Project, file: SourceFile, cache: Cache) -> Listing:
    """The records of a source file, from the cache if it is as it was.

    Raises:
        OSError: the file cannot be read, or is damaged where it is packed.
    """
    if not file.is_lines:
        return _list_folder(project, file, cache)
    state, rested = _state(file)
    name, spool = f"listings/{state}.arrow", f"unpacked/{state}.jsonl"
    if not _is_trusted(cache, name, rested) or (is_packed(file.path) and not cache.has(spool)):
        _list_lines(file, name, spool, cache, rested)
    plain = cache.path(spool) if is_packed(file.path) else file.path
    return Listing(file, state, cache, name, plain)


def _state(file: SourceFile) -> tuple[str, bool]:
    """What stands for the state of a file, and whether it is at rest.

    Of a remote file it is its ETag or another digest, which is another one after every change; where there is none,
    size and time, and whether it is at rest.
    """
    about = file.path.stat()
    rested = time.time() - about.st_mtime > AT_REST
    if isinstance(about, RemoteStat):
        rested = rested or about.is_sure
        said = f"{VERSION}\0{file.name}\0{about.state}\0{rested}"
    else:
        said = f"{VERSION}\0{file.name}\0{about.st_size}\0{about.st_mtime_ns}\0{about.st_ino}"
    return hashlib.sha256(said.encode()).hexdigest(), rested


def _is_trusted(cache: Cache, name: str, rested: bool) -> bool:
    """Whether a listing is there, whole, and of a file that was at rest.

    A remote cache is not asked for it yet: it may have the plan already, and then nobody needs the listing.
    """
    if not cache.has(name):
        return False
    if is_remote(cache.folder):
        return rested
    try:
        with pa.memory_map(str(cache.path(name))) as source, pa.ipc.open_file(source) as reader:
            return bool((reader.schema.metadata or {}).get(RESTED.encode()) == b"True")
    except (OSError, pa.ArrowException):
        return False


def _list_lines(file: SourceFile, name: str, spool: str, cache: Cache, rested: bool) -> None:
    """List the lines of a file; what is packed is unpacked into the cache on the way."""
    schema = SCHEMA.with_metadata({RESTED: str(rested)})
    with ExitStack() as stack:
        stream = stack.enter_context(unpacked(file.path))
        copy = stack.enter_context(cache.writing(spool)) if is_packed(file.path) else None
        target = stack.enter_context(cache.writing(name))
        with pa.ipc.new_file(target, schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
            for batch in _batches(_records(_lines(stream, copy), file), schema):
                writer.write(batch)


def _lines(stream: BinaryIO, copy: BinaryIO | None = None) -> Iterator[tuple[int, int, bytes]]:
    """Offset, length and bytes of every line; of a line that is far too long only its first bytes."""
    offset, length, kept = 0, 0, b""
    while block := stream.read(BLOCK):
        if copy:
            copy.write(block)
        *ended, rest = block.split(b"\n")
        for line in ended:
            yield offset, length + len(line), kept + line
            offset, length, kept = offset + length + len(line) + 1, 0, b""
        kept = kept + rest if length < LARGEST_RECORD * 4 else kept
        length += len(rest)
    if length:
        yield offset, length, kept


def _records(lines: Iterator[tuple[int, int, bytes]], file: SourceFile) -> Iterator[Row]:
    for number, (offset, length, line) in enumerate(lines):
        if line and not line.isspace():
            digest = hashlib.sha256(line).digest()[:16]
            yield _document_of(line, file.kind), file.name, offset, length, number, digest


def _document_of(line: bytes, kind: int) -> str:
    """The document that a line is of; empty if it does not say so.

    Mostly its first key names it. A key that stands twice is found when the line is read.
    """
    key = FIRST_KEY.match(line)
    if key and key.group(1) == OF_KIND[kind]:
        return key.group(2).decode()
    try:
        if kind == DOCUMENT:
            return msgspec.json.decode(line, type=_Document).id
        return msgspec.json.decode(line, type=_Annotation).document
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""


def _batches(records: Iterator[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while rows := list(islice(records, ROWS_OF_A_BATCH)):
        columns = zip(*rows, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _list_folder(project: Project, file: SourceFile, cache: Cache) -> Listing:
    """List the YAML files of a folder: documents are named by files or folders, digests are of contents."""
    state = hashlib.sha256()

    def records() -> Iterator[Row]:
        for path in files:
            if not is_json_lines(path):
                name, data = project.name(path), _bytes_of(path)
                digest = hashlib.sha256(data).digest()[:16]
                state.update(digest + name.encode() + b"\0")
                yield path.stem if file.kind == DOCUMENT else path.parent.name, name, 0, len(data), WHOLE_FILE, digest

    if file.kind == DOCUMENT:
        files = document_files(project, file.name)
    else:
        files = annotation_files(project, file.name, Diagnostics())  # what is none was reported before

    listing = f"listings/{file.name.replace('/', '-')}.arrow"
    with Cache(cache.desk).writing(listing) as target, pa.ipc.new_file(target, SCHEMA) as writer:
        for batch in _batches(records(), SCHEMA):
            writer.write(batch)
    return Listing(file, state.hexdigest(), cache, listing, file.path)


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file; none if it cannot be read, which is reported when it is compiled."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
