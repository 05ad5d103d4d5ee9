"""A file of the corpus, read and examined: a document, or everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wikinews_format import (
    DOCUMENT_FIELDS,
    LARGEST_FILE,
    MEDIUMS,
    QUOTE_FIELDS,
    ROLE_FIELDS,
    ROLES,
    SENTENCE_FIELDS,
    SPAN_FIELDS,
    TOKEN_FIELDS,
    TYPES,
    Finding,
    Quote,
    Role,
    SourceDocument,
    Span,
    Step,
    words,
)
from wikinews_offsets import Measure, in_code_points, unit_of


def read_document(name: str, path: Path) -> tuple[SourceDocument | None, list[Finding]]:
    """One file as a document, or nothing and everything that is wrong with it."""
    try:
        if (size := path.stat().st_size) > LARGEST_FILE:
            return None, [Finding(name, 1, 1, f"the file has {size:,} bytes", f"at most {LARGEST_FILE:,}")]
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        given = json.loads(text, object_pairs_hook=_without_repeated_keys)
    except OSError as error:
        return None, [Finding(name, 1, 1, f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Finding(name, line, 1, f"byte 0x{data[error.start]:02x} at {error.start} is not UTF-8", "UTF-8")]
    except json.JSONDecodeError as error:
        return None, [Finding(name, error.lineno, error.colno, f"no JSON: {error.msg}")]
    except (_RepeatedKey, RecursionError) as error:
        what = f"the key »{error}« stands twice in one object" if isinstance(error, _RepeatedKey) else "nested too deep"
        return None, [Finding(name, 1, 1, what)]
    examination = _Examination(name, text, given)
    document = examination.document(hashlib.sha256(data).hexdigest())
    return (None if examination.wrong else document), examination.findings()


class _RepeatedKey(ValueError):
    """A key stands twice in a JSON object, so that one value would be lost."""


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKey(key)
        found[key] = value
    return found


class _Examination:
    """One file under examination; `wrong` collects paths in the JSON with what is wrong there."""

    def __init__(self, name: str, source: str, given: Any) -> None:
        self.name, self.source, self.given = name, source, given
        self.wrong: list[tuple[tuple[Step, ...], str, str]] = []

    def report(self, path: tuple[Step, ...], message: str, expected: str = "") -> None:
        self.wrong.append((path, message, expected))

    def findings(self) -> list[Finding]:
        """The findings with line and column, in the order of the file."""
        places = _Places(self.name, self.source) if self.wrong else None
        found = [Finding(self.name, *places.of(path), m, e) for path, m, e in self.wrong] if places else []
        return sorted(found, key=lambda finding: (finding.line, finding.column, finding.message))

    def document(self, sha256: str) -> SourceDocument | None:
        given = self.mapping(self.given, (), DOCUMENT_FIELDS, ("annotations", "documentName", "originalText"))
        text = self.kind(given, "originalText", (), str, "")
        name = self.kind(given, "documentName", (), str, "")
        for key, value in (("originalText", text), ("documentName", name)):
            if any("\ud800" <= sign <= "\udfff" for sign in value):
                self.report((key,), "the text holds half of a surrogate pair")
                return None
        quotes = [
            self.quote(item, ("annotations", number), number)
            for number, item in enumerate(self.kind(given, "annotations", (), list, []))
        ]
        spans: list[tuple[Span, str | None]] | None = None
        if given.get("sentences") is not None:
            items = self.kind(given, "sentences", (), list, [])
            spans = [self.placed(item, ("sentences", n), SENTENCE_FIELDS) for n, item in enumerate(items)]
        tokens = self.kind(given, "tokens", (), list, [])
        placed_tokens = [self.placed(item, ("tokens", n), TOKEN_FIELDS) for n, item in enumerate(tokens)]
        if self.wrong:
            return None
        measure = unit_of(text, quotes, placed_tokens)
        self.examine_bounds(quotes, spans or [], placed_tokens, measure)
        if self.wrong:
            return None
        counted = [in_code_points(quote, measure) for quote in quotes]
        return SourceDocument(
            self.name,
            sha256,
            name,
            text,
            tuple(counted),
            tuple((measure.at[s], measure.at[e]) for (s, e), _ in spans) if spans is not None else None,
            len(tokens),
            measure.name,
            sum(words(text, role) != role.text for quote in counted for role in quote.roles.values()),
        )

    def quote(self, item: Any, path: tuple[Step, ...], number: int) -> Quote:
        given = self.mapping(item, path, QUOTE_FIELDS, ("quote",))
        roles = {name: self.role(given.get(name), (*path, name)) for name in ROLES}
        given_id = given.get("id")
        if isinstance(given_id, bool) or not isinstance(given_id, int | str | None):
            self.report((*path, "id"), "the id is neither a number nor a text")
        return Quote(
            number,
            given_id,
            self.category(given, "type", path, TYPES),
            self.category(given, "medium", path, MEDIUMS),
            self.kind(given, "isNested", path, bool, False),
            self.kind(given, "hasNested", path, bool, False),
            roles,
        )

    def category(self, given: dict[str, Any], key: str, path: tuple[Step, ...], known: tuple[str, ...]) -> str | None:
        value = given.get(key)
        if value is not None and value not in known:
            self.report((*path, key), f"»{value}« is no {key}", ", ".join(known))
            return None
        return value

    def role(self, item: Any, path: tuple[Step, ...]) -> Role:
        """A role; an empty list, as in the README of the corpus, nothing, or no field at all is an empty role."""
        if item is None or item == []:
            return Role()
        given = self.mapping(item, path, ROLE_FIELDS, ("spans",))
        spans, token_spans = [], []
        for number, span in enumerate(self.kind(given, "spans", path, list, [])):
            here = (*path, "spans", number)
            found = self.mapping(span, here, SPAN_FIELDS, ("charBegin", "charEnd"))
            spans.append((self.number(found, "charBegin", here), self.number(found, "charEnd", here)))
            if "begin" in found and "end" in found:
                token_spans.append((self.number(found, "begin", here), self.number(found, "end", here)))
        ids = self.kind(given, "tokenIds", path, list, [])
        for number, token in enumerate(ids):
            if isinstance(token, bool) or not isinstance(token, int):
                self.report((*path, "tokenIds", number), "the token is no number")
        return Role(tuple(spans), self.kind(given, "text", path, str, ""), tuple(ids), tuple(token_spans))

    def placed(self, item: Any, path: tuple[Step, ...], fields: set[str]) -> tuple[Span, str | None]:
        given = self.mapping(item, path, fields, ("charBegin", "charEnd"))
        span = self.number(given, "charBegin", path), self.number(given, "charEnd", path)
        return span, self.kind(given, "text", path, str, "")

    def mapping(self, item: Any, path: tuple[Step, ...], fields: set[str], needed: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(item, dict):
            self.report(path, f"{_what(item)} where an object was expected")
            return {}
        for key in item:
            if key not in fields:
                self.report((*path, key), f"there is no field »{key}« in this format", ", ".join(sorted(fields)))
        for key in needed:
            if key not in item:
                self.report(path, f"the field »{key}« is missing")
        return item

    def kind(self, given: dict[str, Any], key: str, path: tuple[Step, ...], kind: type, default: Any) -> Any:
        value = given.get(key, default)
        if not isinstance(value, kind):
            self.report((*path, key), f"»{key}« is {_what(value)}", _what(kind()))
            return default
        return value

    def number(self, given: dict[str, Any], key: str, path: tuple[Step, ...]) -> int:
        value = given.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int):
            self.report((*path, key), f"»{key}« is {_what(value)}", "a whole number")
            return 0
        return value

    def examine_bounds(
        self,
        quotes: list[Quote],
        sentences: list[tuple[Span, str | None]],
        tokens: list[tuple[Span, str | None]],
        measure: Measure,
    ) -> None:
        """Report spans that lie outside the text or in the middle of a character."""
        spans: Iterator[tuple[tuple[Step, ...], Span]] = (
            (("annotations", quote.position, name, "spans", number), span)
            for quote in quotes
            for name in ROLES
            for number, span in enumerate(quote.roles[name].spans)
        )
        others = ((("sentences", n), span) for n, (span, _) in enumerate(sentences))
        tokened = ((("tokens", n), span) for n, (span, _) in enumerate(tokens))
        for path, (start, end) in (*spans, *others, *tokened):
            if not 0 <= start <= end <= measure.length:
                self.report(path, f"the span from {start} to {end} does not fit", f"0 to {measure.length}")
            elif start not in measure.at or end not in measure.at:
                self.report(path, f"the span from {start} to {end} cuts a character in two")


def _what(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "a truth value",
        int: "a number",
        float: "a number",
    }
    return "nothing" if value is None else names.get(type(value), "a value")


class _Places:
    """Line and column of a path in a JSON text, worked out only when something is wrong."""

    def __init__(self, name: str, text: str) -> None:
        from aussage.diagnostics import Diagnostics
        from aussage.source.json_lines import read_json_line

        self.text = text
        line = text.translate({ord(sign): " " for sign in "\n\r\t"})
        source = read_json_line(line, 0, name, Diagnostics())
        self.root = source.root if source else None

    def of(self, path: tuple[Step, ...]) -> tuple[int, int]:
        """Line and column, from 1, of the value at the path or of the last one on the way to it."""
        node = self.root
        for step in path:
            following = node.child(step) if node is not None else None
            if following is None:
                break
            node = following
        at = node.column if node is not None else 0
        start = self.text.rfind("\n", 0, at) + 1
        return self.text.count("\n", 0, at) + 1, at - start + 1
