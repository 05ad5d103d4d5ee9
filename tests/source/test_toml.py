"""TOML values have places, and what the standard library lets pass but nobody can store is refused."""

import pytest

from aussage.diagnostics import Diagnostics
from aussage.source import Source
from aussage.source.toml import read_toml

TEXT = """\
[corpus]
name = "x"  # a comment
languages = [
  "de",
]
[[corpus.creators]]
name = "A"
[[corpus.creators]]
name = "B"
orcid = "1"
[levels."no-annotation"]
level = "note"
"""


def read(text: str) -> tuple[Source | None, list[tuple[str, int, int]]]:
    diagnostics = Diagnostics()
    source = read_toml(text, "a.toml", diagnostics)
    return source, [(found.code, found.place.line, found.place.column) for found in diagnostics]


def test_every_key_and_value_has_its_place() -> None:
    source, found = read(TEXT)
    assert found == []
    assert source is not None
    for path, value, key in (
        (("corpus",), (1, 1), (1, 1)),
        (("corpus", "name"), (2, 8), (2, 1)),
        (("corpus", "languages"), (3, 13), (3, 1)),
        (("corpus", "languages", 0), (3, 13), (3, 13)),
        (("corpus", "creators", 1, "name"), (9, 8), (9, 1)),
        (("corpus", "creators", 1, "orcid"), (10, 9), (10, 1)),
        (("levels", "no-annotation", "level"), (12, 9), (12, 1)),
    ):
        at, of_key = source.place(path), source.place(path, key=True)
        assert (at.line, at.column) == value, path
        assert (of_key.line, of_key.column) == key, path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = ", ("toml-syntax", 1, 5)),
        ("a = 1\na = 2", ("toml-syntax", 2, 6)),
        ("a = 01", ("toml-syntax", 1, 6)),
        ("", ("empty-file", 0, 0)),
        ("# x", ("empty-file", 0, 0)),
        ("a = nan", ("not-finite", 1, 5)),
        ("a = -inf", ("not-finite", 1, 5)),
        ("a = 1234567890123456789", ("ambiguous-number", 1, 5)),
        ("a = " + "9" * 5000, ("ambiguous-number", 0, 0)),
        ("a = 0x" + "f" * 5000, ("ambiguous-number", 1, 5)),
        ("a = " + "[" * 5000, ("nested-too-deep", 0, 0)),
        ("a = " + "[" * 40 + "]" * 40, ("nested-too-deep", 1, 5)),
        ("a." * 5000 + "a = 1", ("nested-too-deep", 1, 1)),
        ('a = "\\u0000"', ("control-character", 1, 5)),
        ('a = "u\\u0308"', ("decomposed-unicode", 1, 5)),
        ('a = "\\ud800"', ("toml-syntax", 1, 12)),
    ],
)
def test_what_is_refused_and_where(text: str, found: tuple[str, int, int]) -> None:
    source, findings = read(text)
    assert source is None
    assert findings == [found]
