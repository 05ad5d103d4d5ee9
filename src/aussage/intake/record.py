"""The record of an article: its facts, and its sentences split once and frozen; as YAML, or as a line of JSON."""

from __future__ import annotations

import json
from typing import Any

from aussage.diagnostics import Diagnostics
from aussage.intake.article import Arrival, digest
from aussage.intake.scalars import scalar
from aussage.records import json_schema, read_record
from aussage.records.sources import Document
from aussage.source import decode
from aussage.source.bytes import normal_form
from aussage.source.yaml import read_yaml
from aussage.text.sentences import split_sentences
from aussage.text.spans import Span

SCHEMA_LINE = "# yaml-language-server: $schema={}schema/{}.schema.json\n"
"""The line by which editors with a YAML language server find the schema, for completion and checks while writing."""


def sentence_ids(spans: list[Span]) -> list[str]:
    """The ids of so many sentences, from s01 on."""
    width = max(2, len(str(len(spans))))
    return [f"s{number:0{width}d}" for number in range(1, len(spans) + 1)]


def spans_of(arrival: Arrival) -> list[Span]:
    """The sentences of an article that enters."""
    return split_sentences(arrival.text, arrival.facts.language)


def facts_record(arrival: Arrival) -> dict[str, Any]:
    """The record without its text and sentences."""
    facts = arrival.facts
    date = {"status": "known", "value": facts.date} if facts.date is not None else {"status": "unknown"}
    origin = {name: getattr(facts, name) for name in ("publisher", "author", "url")}
    if facts.note:
        origin["note"] = facts.note
    rights = {"status": facts.rights or "unverified", "holder": facts.holder, "licence": facts.licence}
    return {
        "id": arrival.document_id,
        "file": f"{arrival.document_id}.txt",
        "sha256": digest(arrival.text),
        "language": facts.language,
        "title": facts.title,
        "date": date,
        "origin": origin,
        "rights": rights,
    }


def yaml_record(arrival: Arrival, spans: list[Span]) -> str:
    """The text of `seeds/<id>.yaml`: facts first, then a line a sentence."""
    lines = []
    for name, value in facts_record(arrival).items():
        if isinstance(value, dict):
            lines += [f"{name}:", *(f"  {key}: {scalar(item)}" for key, item in value.items())]
        else:
            lines.append(f"{name}: {scalar(value)}")
    lines.append("sentences:")
    lines += [
        f"- {{id: {name}, start: {span.start}, end: {span.end}}}"
        for name, span in zip(sentence_ids(spans), spans, strict=True)
    ]
    return SCHEMA_LINE.format("../", "document") + "\n".join(lines) + "\n"


def json_record(arrival: Arrival, spans: list[Span]) -> bytes:
    """A line of `seeds/*.jsonl`: the same record with the article itself."""
    record = facts_record(arrival)
    del record["file"]
    record["text"] = arrival.text
    record["sentences"] = [
        {"id": name, "start": span.start, "end": span.end}
        for name, span in zip(sentence_ids(spans), spans, strict=True)
    ]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def is_readable(record: str, name: str, choices: Any, diagnostics: Diagnostics) -> bool:
    """Whether the record can be read again; what is wrong with the facts given is reported before it is written."""
    before = diagnostics.count_errors()
    text = decode(record.encode("utf-8", "surrogatepass"), name, diagnostics)
    source = read_yaml(text, name, diagnostics) if text is not None and normal_form(text, name, diagnostics) else None
    if source is not None:
        read_record(source, Document, json_schema(Document, choices), diagnostics)
    return diagnostics.count_errors() == before
