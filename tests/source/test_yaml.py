"""YAML is read as version 1.2, with the place of every value, and with nothing that means something else."""

from typing import Any

import pytest

from aussage.diagnostics import Diagnostics
from aussage.source import Source
from aussage.source.yaml import read_yaml


def read(text: str) -> tuple[Source | None, list[tuple[str, int, int]]]:
    diagnostics = Diagnostics()
    source = read_yaml(text, "a.yaml", diagnostics)
    return source, [(found.code, found.place.line, found.place.column) for found in diagnostics]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("y", "y"), ("true", True), ("False", False),
        ("null", None), ("~", None), ("", None), ("12", 12), ("+12", 12), ("-0", 0), ("0o17", 15), ("0x1F", 31),
        ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("12:30", "12:30"), ("1_000", "1_000"),
        ("2024-10-28", "2024-10-28"), ("1.0.0", "1.0.0"), ("'12'", "12"), ('"true"', "true"), ("0b1", "0b1"),
        ("'it''s'", "it's"), ('"\\u00e4"', "ä"), ('"\\x41\\n"', "A\n"), ("|\n  x\n  y", "x\ny\n"),
        (">-\n  x\n  y", "x y"),
        ("١٢", "١٢"), ("=", "="),
    ],
)  # fmt: skip
def test_plain_values(written: str, value: Any) -> None:
    source, found = read(f"a: {written}\n")
    assert found == []
    assert source is not None
    plain = source.root.plain()["a"]
    assert (plain, type(plain)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: 012", [("ambiguous-number", 1, 4)]),
        ("a: -007", [("ambiguous-number", 1, 4)]),
        ("a: 0_1", [("ambiguous-number", 1, 4)]),
        ("a: .inf", [("not-finite", 1, 4)]),
        ("a: NaN", [("not-finite", 1, 4)]),
        ("a: 1e999", [("not-finite", 1, 4)]),
        ("a: 1\nb: 2\na: 3", [("duplicate-key", 3, 1)]),
        ("a: {b: 1, b: 2}", [("duplicate-key", 1, 11)]),
        ("12: a", []),
        ("? [a]\n: b", [("wrong-type", 1, 3)]),
        (": b", [("wrong-type", 1, 1)]),
        ("a: !x b", [("yaml-tag", 1, 4)]),
        ("a: !!binary aGk=", [("yaml-tag", 1, 4)]),
        ("a: &x b\nc: *x", [("yaml-alias", 1, 4), ("yaml-alias", 2, 4)]),
        ("a: {<<: {b: 1}}", [("yaml-merge-key", 1, 5)]),
        ("'<<': a", []),
        ("%YAML 1.2\n---\na: 1", []),
        ("%YAML 1.1\n---\na: 1", [("yaml-version", 1, 1)]),
        ("a: 1\n---\nb: 2", [("yaml-documents", 2, 1)]),
        ("a:\n\tb: 1", [("yaml-tab", 2, 1)]),
        ("a: [1", [("yaml-syntax", 1, 6)]),
        ("a: @b", [("yaml-syntax", 1, 4)]),
        ("a: b: c", [("yaml-syntax", 1, 5)]),
        ("a: 'b", [("yaml-syntax", 1, 6)]),
        ("", [("empty-file", 0, 0)]),
        ("# only this", [("empty-file", 0, 0)]),
        ("---\n...\n", [("empty-file", 0, 0)]),
        ("a: x\u2028y", [("yaml-syntax", 1, 5)]),
        ("# x\u0085a: 1", [("yaml-syntax", 1, 4)]),
        ('a: "\\u2028"', []),
        ('a: "\\ud800"', [("lone-surrogate", 1, 4)]),
        ('a: "\\e"', [("control-character", 1, 4)]),
        ('a: "\\u202e"', [("bidi-control", 1, 4)]),
        ('a: "u\\u0308"', [("decomposed-unicode", 1, 4)]),
    ],
)
def test_what_is_refused_and_where(text: str, codes: list[tuple[str, int, int]]) -> None:
    source, found = read(text)
    assert found == codes
    assert (source is None) == bool(codes)


def test_every_value_has_its_place() -> None:
    text = "a: x\nb:\n- c: 'y z'\n  d: [1, {e: \"ö\"}]\nf: |\n  g\n"
    source, _ = read(text)
    assert source is not None
    places = {
        ("a",): (1, 4), ("b", 0): (3, 3), ("b", 0, "c"): (3, 6), ("b", 0, "d", 1): (4, 10),
        ("b", 0, "d", 1, "e"): (4, 14), ("f",): (5, 4), ("b", 9): (3, 1), ("nowhere",): (1, 1),
    }  # fmt: skip
    for path, place in places.items():
        found = source.place(path)
        assert (found.line, found.column) == place, path
    key = source.place(("b", 0, "d"), key=True)
    assert (key.line, key.column, key.length) == (4, 3, 1)


def test_a_key_that_is_named_as_its_parent_has_its_own_place() -> None:
    source, _ = read("a:\n  a:\n    a: 1\n")
    assert source is not None
    assert [source.place(("a",) * depth, key=True).line for depth in (1, 2, 3)] == [1, 2, 3]


def test_all_mistakes_of_a_file_at_once() -> None:
    _, found = read("a: 01\nb: !x 1\nc: &d 1\nc: .nan\n")
    assert [code for code, _, _ in found] == [
        "ambiguous-number", "yaml-tag", "yaml-alias", "duplicate-key", "not-finite",
    ]  # fmt: skip


@pytest.mark.parametrize("depth", [31, 32, 33, 5000])
def test_the_depth_is_limited(depth: int) -> None:
    source, found = read("[" * depth + "]" * depth)
    assert [code for code, _, _ in found] == (["nested-too-deep"] if depth > 32 else [])
    assert (source is None) == (depth > 32)
