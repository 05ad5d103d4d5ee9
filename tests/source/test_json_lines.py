"""JSON Lines are read as strictly as YAML, and a bad line does not hide the others."""

import json

import pytest

from aussage.diagnostics import Diagnostics
from aussage.source.json_lines import read_json_lines


def read(text: str) -> tuple[list[object], list[tuple[str, int, int]]]:
    diagnostics = Diagnostics()
    sources = list(read_json_lines(text, "a.jsonl", diagnostics))
    return [source.root.plain() for source in sources], [
        (found.code, found.place.line, found.place.column) for found in diagnostics
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("{", ("json-syntax", 1, 2)),
        ('{"a"}', ("json-syntax", 1, 5)),
        ('{"a": }', ("json-syntax", 1, 7)),
        ('{"a": 1,}', ("json-syntax", 1, 9)),
        ("{'a': 1}", ("json-syntax", 1, 2)),
        ('{"a": 1} x', ("json-syntax", 1, 10)),
        ('{"a": tru}', ("json-syntax", 1, 7)),
        ('{"a": True}', ("json-syntax", 1, 7)),
        ('{"a": 0x1}', ("json-syntax", 1, 7)),
        ('{"a": .5}', ("json-syntax", 1, 7)),
        ('{"a": +1}', ("json-syntax", 1, 7)),
        ('{"a": "b}', ("json-syntax", 1, 7)),
        ('{"a": "\t"}', ("json-syntax", 1, 8)),
        ('{"a": "\\x"}', ("json-syntax", 1, 8)),
        ('{"a": 012}', ("ambiguous-number", 1, 7)),
        ('{"a": 12345678901234567890}', ("ambiguous-number", 1, 7)),
        ('{"a": NaN}', ("not-finite", 1, 7)),
        ('{"a": -Infinity}', ("not-finite", 1, 7)),
        ('{"a": 1e999}', ("not-finite", 1, 7)),
        ('{"a": 1, "a": 2}', ("duplicate-key", 1, 10)),
        ('{"a": "\\ud800"}', ("lone-surrogate", 1, 7)),
        ('{"\\ud800": 1}', ("lone-surrogate", 1, 2)),
        ('{"a": "\\u0000"}', ("control-character", 1, 7)),
        ('{"a": "u\u0308"}', ("decomposed-unicode", 1, 7)),
        ('{"a": "u\\u0308"}', ("decomposed-unicode", 1, 7)),
        ('{"a": "\\r"}', ("carriage-return", 1, 7)),
        ("[" * 40, ("nested-too-deep", 1, 34)),
        ("// x", ("json-syntax", 1, 1)),
    ],
)
def test_what_is_refused_and_where(line: str, found: tuple[str, int, int]) -> None:
    assert read(line) == ([], [found])


def test_good_lines_are_read_beside_bad_ones() -> None:
    records, found = read('{"a": 1}\n\n{"b"\n  {"c": "\\u00e4\\n\\ud83d\\ude42"}  \n')
    assert records == [{"a": 1}, {"c": "ä\n🙂"}]
    assert found == [("json-syntax", 3, 5)]


def test_what_the_standard_library_writes_is_read_back() -> None:
    record = {"a": [1, -2.5, 1e-7, True, None, 'ä\u2028"\\/', {"": []}, {}], "b": "🙂\n\t"}
    for text in (json.dumps(record), json.dumps(record, ensure_ascii=False)):
        assert read(text) == ([record], [])


def test_a_mark_after_an_escape_is_not_decomposed() -> None:
    """In the line it follows the letter n; in the text it follows a line end."""
    diagnostics = Diagnostics()
    (source,) = read_json_lines('{"text": "one\\n\u0301two"}', "documents.jsonl", diagnostics)
    assert not len(diagnostics)
    assert source.root.plain() == {"text": "one\n\u0301two"}
