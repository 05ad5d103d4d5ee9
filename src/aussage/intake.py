"""An article enters the project: copied byte for byte, recorded, and its sentences split once and frozen."""

import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from aussage.diagnostics import Diagnostics, Place
from aussage.records import json_schema, read_record
from aussage.records.fields import SLUG
from aussage.records.sources import Document
from aussage.source import Project, decode
from aussage.source.bytes import LARGEST_RECORD, normal_form, reason
from aussage.source.scalars import Refused, plain_scalar
from aussage.source.yaml import read_yaml
from aussage.text.sentences import split_sentences

FOLDER = "seeds"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article when it enters; nothing is made up for what is not known."""

    language: str
    document_id: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None


def take_in(project: Project, article: Path, facts: Facts, diagnostics: Diagnostics) -> Path | None:
    """Record the article in `seeds/` with its frozen sentences; gives the record's path, or nothing and findings.

    An article that is already there is not touched; neither is a record.
    """
    name = article.name
    try:
        size = article.stat().st_size
        data = article.read_bytes() if size <= LARGEST_RECORD else b""
    except OSError as error:
        diagnostics.add("unreadable-file", Place(name), f"cannot read {article}: {error.strerror}")
        return None
    if size > LARGEST_RECORD:
        message, expected = f"the file has {size:,} bytes", f"at most {LARGEST_RECORD:,} bytes"
        diagnostics.add("file-too-large", Place(name), message, expected=expected)
        return None
    text = decode(data, name, diagnostics)
    if text is None or not normal_form(text, name, diagnostics):
        return None
    if not text.strip():
        diagnostics.add("no-paragraphs" if text else "empty-article", Place(name), f"{name} has no text")
        return None
    document_id = facts.document_id or _slug(article.stem)
    if not re.search(SLUG, document_id):
        expected = "lower-case letters, digits and single hyphens; name one with --id"
        diagnostics.add("bad-id", Place(name), f"»{document_id}« is no id", expected=expected)
        return None
    record = _record(document_id, data, text, facts)
    if not _is_readable(record, f"{FOLDER}/{document_id}.yaml", diagnostics):
        return None
    return _write(project, document_id, data, record, diagnostics)


def _is_readable(record: str, name: str, diagnostics: Diagnostics) -> bool:
    """Whether the record can be read again; what is wrong with the facts given is reported before it is written."""
    before = diagnostics.count_errors()
    text = decode(record.encode("utf-8", "surrogatepass"), name, diagnostics)
    source = read_yaml(text, name, diagnostics) if text is not None and normal_form(text, name, diagnostics) else None
    if source is not None:
        read_record(source, Document, json_schema(Document, {}), diagnostics)
    return diagnostics.count_errors() == before


def _slug(name: str) -> str:
    """A file name as an id: letters without marks, everything else a hyphen."""
    spelled = name.casefold()
    for letter, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        spelled = unicodedata.normalize("NFC", spelled).replace(letter, plain)
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def _record(document_id: str, data: bytes, text: str, facts: Facts) -> str:
    """The text of the record: facts first, then a line a sentence."""
    from ruamel.yaml import YAML

    spans = split_sentences(text, facts.language)
    width = max(2, len(str(len(spans))))
    head = {
        "id": document_id,
        "file": f"{document_id}.txt",
        "sha256": hashlib.sha256(data).hexdigest(),
        "language": facts.language,
        "title": _quoted(facts.title),
        "date": {"status": "known", "value": _quoted(facts.date)} if facts.date else {"status": "unknown"},
        "origin": {name: _quoted(getattr(facts, name)) for name in ("publisher", "author", "url")},
        "rights": {"status": "unverified", "holder": None, "licence": None},
    }
    writer, stream = YAML(typ="rt", pure=True), io.StringIO()
    writer.representer.add_representer(type(None), lambda dumper, _: dumper.represent_scalar(_NULL, "null"))
    writer.dump(head, stream)
    lines = [
        f"- {{id: s{number:0{width}d}, start: {span.start}, end: {span.end}}}"
        for number, span in enumerate(spans, start=1)
    ]
    return stream.getvalue() + "sentences:\n" + "\n".join(lines) + "\n"


def _quoted(text: str | None) -> str | None:
    """A text in quotation marks where, without them, it would be read as something else."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if text is None:
        return None
    try:
        plain = plain_scalar(text) == text
    except Refused:
        plain = False
    return text if plain else DoubleQuotedScalarString(text)


_NULL = "tag:yaml.org,2002:null"


def _write(project: Project, document_id: str, data: bytes, record: str, diagnostics: Diagnostics) -> Path | None:
    folder = project.root / FOLDER
    text_path, record_path = folder / f"{document_id}.txt", folder / f"{document_id}.yaml"
    place = Place(project.name(record_path))
    try:
        if record_path.exists() or (text_path.exists() and text_path.read_bytes() != data):
            taken = record_path if record_path.exists() else text_path
            message = f"{project.name(taken)} is there already"
            diagnostics.add("duplicate-id", place, message, mend="choose another id with --id")
            return None
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in ((text_path, data), (record_path, record.encode())):
            beside = path.with_name(f".{path.name}.new")
            beside.write_bytes(content)
            beside.replace(path)
    except OSError as error:
        diagnostics.add("cannot-write", place, reason(error), mend="check that you may write there")
        return None
    return record_path
