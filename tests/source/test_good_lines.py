"""The quick way to read a line of JSON accepts nothing that the slow one refuses, and reads the same from it."""

import json
import unicodedata
from typing import Any

import msgspec
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from aussage.diagnostics import Diagnostics
from aussage.records import json_schema, read_line, read_record
from aussage.records.annotation import Annotation
from aussage.records.sources import Actor, Document
from aussage.source import decode
from aussage.source.good_lines import INERT, good_record
from aussage.source.json_lines import read_json_line

COMMON = settings(derandomize=True, deadline=None, database=None)
GOOD = [
    '{"a": 1, "b": [null, true, -2.5, 1e-7, "ä"], "c": {}}',
    '{"a":"z\\u00e4hlt","b":"\\ud83d\\ude42 „so“ – 5 €\\n\\t"}',
    '{"a":"er sagt \\"ja\\": nein","b":": x : y","c":"a \\\\\\"b"}',
    ' { "a" : [ 1 , 2 ] } ',
    '{"a": "漢字 שלום กำลัง"}',
    '{"": 1, "a:": "\\/"}',
]
REFUSED = [
    '{"a": 1, "a": 2}',
    '{"a": 1, "a" : 2}',
    '{"a" : 1, "a" : 2}',
    '{"a": 1, "\\u0061": 2}',
    '{"a": "x", "a": "\\u0022:"}',
    '{"a": [":x"], "a": ["\\u003ax"]}',
    '{"a": [":x"], "a": ["\\u003Ax"], "b": 1}',
    '{"a": "\\\\", "a": "\\":"}',
    '{"a": 1, "a" : "\\"\\u0020:"}',
    '{"a": "u\u0308"}',
    '{"a": "u\\u0308"}',
    '{"a": "\\u2126"}',
    '{"a": "\\r"}',
    '{"a": "\\u0000"}',
    '{"a": "\\u007f"}',
    '{"a": "\\u0080"}',
    '{"a": "\\u202e"}',
    '{"a": "\\ufffe"}',
    '{"a": "\\ud800"}',
    '{"a": "\\ude42\\ud83d"}',
    '{"a": "\t"}',
    '{"a": 1e999}',
    '{"a": NaN}',
    '{"a": 012}',
    '{"a": 1234567890123456789}',
    '{"a": -123456789012345678}',
    '{"a": 1} x',
    "[1]",
    "",
]
SIGNS = '{}[]:,"\\ \t0123456789-+.eEaäuU\u0308\u202e\u0085\x7f\ufffe„\nr'
TEXTS = st.one_of(
    st.text(st.sampled_from(SIGNS), max_size=6),
    st.text(max_size=6),
    st.sampled_from(['":', ":x", '"', "\\", "r", "e", "n\u0301", "Ω", "ä", "a" * 40, "1" * 18, "https://x.de/1"]),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), TEXTS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


def slow(line: str) -> Any:
    """What the reader that keeps positions reads without a finding; a text where it refuses the line."""
    found = Diagnostics()
    text = decode(line.encode("utf-8", "surrogatepass"), "a.jsonl", found)
    source = read_json_line(text, 0, "a.jsonl", found) if text is not None else None
    return source.root.plain() if source is not None and not len(found) else "refused"


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same, with the same types: 1 is not 1.0, and -0.0 not 0.0."""
    return repr(one) == repr(other)


@st.composite
def written(draw: st.DrawFn) -> str:
    """A line of JSON with some white space and some escapes, in which now and then something was spoiled."""
    space = draw(st.sampled_from(["", "", " ", "\t", "  "]))

    def text(value: str) -> str:
        how = draw(st.sampled_from([0, 0, 1, 2]))
        if how == 2:
            return '"' + "".join(f"\\u{ord(sign):04x}" if ord(sign) < 65536 else sign for sign in value) + '"'
        return json.dumps(value, ensure_ascii=how == 1)

    def of(value: Any) -> str:
        if isinstance(value, dict):
            pairs = [f"{text(key)}{space}:{space}{of(part)}" for key, part in value.items()]
            if pairs and not draw(st.integers(0, 5)):
                pairs.append(draw(st.sampled_from(pairs)))
            return "{" + f"{space},{space}".join(pairs) + "}"
        if isinstance(value, list):
            return f"[{space}" + f"{space},".join(map(of, value)) + "]"
        return text(value) if isinstance(value, str) else json.dumps(value)

    line = of(draw(st.dictionaries(TEXTS, VALUES, max_size=4)))
    if draw(st.booleans()) and draw(st.booleans()):
        at = draw(st.integers(0, len(line)))
        line = line[:at] + draw(st.text(st.sampled_from(SIGNS), max_size=2)) + line[at + draw(st.integers(0, 2)) :]
    return line


@pytest.mark.parametrize("line", GOOD)
def test_good_lines_are_read_the_quick_way(line: str) -> None:
    read = good_record(line.encode())
    assert same(read, json.loads(line))
    assert same(read, slow(line))


@pytest.mark.parametrize("line", REFUSED)
def test_what_is_refused_is_not_read_the_quick_way(line: str) -> None:
    assert good_record(line.encode()) is None


@pytest.mark.parametrize("number", [600, pytest.param(30_000, marks=pytest.mark.prove)])
def test_what_is_read_quickly_is_what_is_read_slowly(number: int) -> None:
    @settings(COMMON, max_examples=number)
    @given(written())
    def holds(line: str) -> None:
        quick = good_record(line.encode("utf-8", "surrogatepass"))
        if quick is None:
            event("not sure")
        else:
            assert same(quick, slow(line))
            event("read the quick way")

    holds()


@pytest.mark.parametrize("number", [300, pytest.param(10_000, marks=pytest.mark.prove)])
def test_numbers_are_read_as_the_standard_library_reads_them(number: int) -> None:
    digits = st.text("0123456789", min_size=1, max_size=22)
    numbers = st.builds(
        "".join,
        st.tuples(
            st.sampled_from(["", "-"]),
            digits,
            st.one_of(st.just(""), digits.map(lambda part: f".{part}")),
            st.one_of(st.just(""), st.integers(-330, 330).map(lambda exponent: f"e{exponent}")),
        ),
    )

    @settings(COMMON, max_examples=number)
    @given(st.one_of(numbers, st.floats(allow_nan=False, allow_infinity=False).map(repr)))
    def holds(text: str) -> None:
        line = f'{{"a": {text}}}'
        quick = good_record(line.encode())
        assert quick is None or same(quick, slow(line))

    holds()


def test_inert_characters_are_in_normal_form_beside_anything() -> None:
    inert = [chr(code) for code in range(0x80, 0x3000) if INERT.fullmatch(chr(code))]
    assert "ä" in inert
    for sign in inert:
        assert unicodedata.combining(sign) == 0
        assert all(unicodedata.is_normalized("NFC", before + sign) for before in "aäN<\u0f71\u1100")


ANNOTATION = {
    "document": "wasser",
    "coder": "coder-a",
    "codebook": "1.0.0",
    "sentences": [
        {
            "id": "s01",
            "text": "Der Damm hält.",
            "claims": [
                {"id": "s01.c1", "content": "Der Damm hält", "type": "REPORT", "modality": "CT+", "time": "now"}
            ],
            "actors": [{"id": "s01.a1", "text": "Damm", "actor": "dam"}],
        }
    ],
}
SHAPES = {
    Annotation: ANNOTATION,
    Document: {"id": "a", "language": "de", "text": "So.", "sentences": [{"id": "s01", "start": 0, "end": 3}]},
    Actor: {"id": "a", "type": "person", "label": {"de": "A"}, "ids": {"wikidata": {"status": "empty"}}},
}


def changed(value: Any) -> st.SearchStrategy[Any]:
    """The value, or another one in its place."""
    others = st.sampled_from([None, True, -1, 2, 1.0, "", "x", "s01", [], {}, [{}], {"text": "x"}, "u\u0308"])
    if isinstance(value, dict) and value:
        key = st.sampled_from(sorted(value))
        return key.flatmap(lambda key: changed(value[key]).map(lambda part: value | {key: part}))
    if isinstance(value, list) and value:
        return changed(value[0]).map(lambda part: [part, *value[1:]])
    return others


@pytest.mark.parametrize("number", [200, pytest.param(5_000, marks=pytest.mark.prove)])
def test_a_record_and_its_findings_are_the_same_in_both_ways(number: int) -> None:
    schemas = {record: json_schema(record, {}) for record in SHAPES}

    @settings(COMMON, max_examples=number)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        shape = data.draw(st.sampled_from(list(SHAPES)))
        value = SHAPES[shape]
        for _ in range(data.draw(st.integers(0, 2))):
            value = data.draw(changed(value))
        line = json.dumps(value, ensure_ascii=data.draw(st.booleans()))
        quickly, slowly = Diagnostics(), Diagnostics()
        read = read_line(line, 6, "a.jsonl", shape, schemas[shape], quickly)
        source = read_json_line(line, 6, "a.jsonl", slowly)
        known = source and read_record(source, shape, schemas[shape], slowly)
        assert list(quickly) == list(slowly)
        assert (read and read.record) == (known and known.record)
        if read and known:
            assert read.complete == known.complete
            for path in ((), ("id",), ("sentences", 0, "text"), ("sentences", 0, "claims", 0, "time")):
                assert read.source.place(path) == known.source.place(path)
                assert read.source.place(path, key=True) == known.source.place(path, key=True)
        event("findings" if len(quickly) else "a record")

    holds()


def test_misfits_are_given_back_and_blank_lines_passed_over() -> None:
    schema, found, misfits = json_schema(Actor, {}), Diagnostics(), []
    assert read_line('{"id": "a", "type": 1}', 0, "a.jsonl", Actor, schema, found, misfits) is None
    assert misfits == [{"id": "a", "type": 1}]
    before = len(found)
    assert read_line(" \t", 1, "a.jsonl", Actor, schema, found, misfits) is None
    assert read_line("{", 2, "a.jsonl", Actor, schema, found, misfits) is None
    assert (len(found), len(misfits)) == (before + 1, 1)


def test_every_record_of_json_lines_is_bounded_in_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else all its lines would be read the slow way; here the slow way is closed."""
    monkeypatch.setattr("aussage.records.reading.read_json_line", lambda *_: pytest.fail("read the slow way"))
    for shape, value in SHAPES.items():
        for line in (json.dumps(value), msgspec.json.encode(value).decode()):
            assert read_line(line, 0, "a.jsonl", shape, json_schema(shape, {}), Diagnostics()) is not None
