"""Formats in which articles come: what becomes text, what becomes the record, and what is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aussage.diagnostics import Diagnostics
from aussage.intake import Arrival, Columns, Facts, arrivals, files_of

PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}"><title>Sand is short | News</title>
<meta property="og:title" content="Sand is short"><meta property="og:site_name" content="Neudorf News">
<meta name="author" content="Anna Kern"><meta property="article:published_time" content="2024-05-03T10:00:00Z">
<link rel="canonical" href="https://news.example/sand"></head><body><nav>Home About Contact</nav><article>
<h1>Sand is short</h1>
<p>There is not enough sand in Neudorf, the fire brigade said on Friday, and none will come before the month ends.</p>
<p>The café owners denied this. “We have sand,” said one of them, who had visited the depot in the morning.</p>
</article><footer>Imprint</footer></body></html>"""


def read(path: Path, found: Diagnostics, facts: Facts | None = None, form: str | None = None) -> list[Arrival]:
    return list(arrivals(path, path.name, facts or Facts("en"), Columns(), form, found))


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def codes(found: Diagnostics) -> list[str]:
    return [finding.code for finding in found]


def test_plain_text_stays_byte_for_byte(tmp_path: Path) -> None:
    text = "  Two  spaces.\t\n\n\nNo line end"
    (one,) = read(write(tmp_path / "Ärger in Neudorf.txt", text), Diagnostics())
    assert one.data == text.encode()
    assert one.document_id == "aerger-in-neudorf"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"caf\xe9", "wrong-encoding"),
        ("text".encode("utf-16"), "wrong-encoding"),
        (b"\xef\xbb\xbftext", "byte-order-mark"),
        (b"a\r\nb", "carriage-return"),
        (b"", "empty-article"),
        (b" \n", "no-paragraphs"),
        ("e\u0301".encode(), "decomposed-unicode"),
    ],
)
def test_plain_text_that_would_not_last_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    found = Diagnostics()
    assert read(write(tmp_path / "a.txt", data), found) == []
    assert codes(found) == [code]


MARKDOWN = """\
---
title: "The river: rises"
date: 2024-10-28T10:00:00
author: [Kern, Stone]
license: CC-BY-4.0
tags: [water]
---
The **river** rises, [the *town*](https://town.example "Town") says. Nobody
was hurt. ![a picture](x.png)

## What comes next

- One `bridge` closes.
- Two <b>stay</b> open.

> “We wait.”

| place | level |
| --- | --- |
| Neudorf | 3 m |
"""


def test_markdown_loses_its_marks_and_keeps_its_facts(tmp_path: Path) -> None:
    pytest.importorskip("markdown_it")
    found = Diagnostics()
    (one,) = read(write(tmp_path / "river.md", MARKDOWN.replace("\n", "\r\n")), found)
    assert codes(found) == []
    assert one.text.split("\n\n") == [
        "The river rises, the town says. Nobody was hurt.",
        "What comes next",
        "One bridge closes.",
        "Two stay open.",
        "“We wait.”",
        "place | level",
        "Neudorf | 3 m\n",
    ]
    facts = one.facts
    assert (facts.title, facts.date, facts.author, facts.licence) == (
        "The river: rises",
        "2024-10-28",
        "Kern; Stone",
        "CC-BY-4.0",
    )
    assert facts.note is not None
    assert "river.md" in facts.note


def test_the_first_heading_is_the_title_where_there_is_no_other(tmp_path: Path) -> None:
    pytest.importorskip("markdown_it")
    path = write(tmp_path / "river.md", "# It *rises*\n\nThe river rises.\n")
    (one,) = read(path, Diagnostics())
    assert (one.facts.title, one.text) == ("It rises", "The river rises.\n")
    (named,) = read(path, Diagnostics(), Facts("en", title="Given"))
    assert named.facts.title == "Given", "what is said on the command line holds"


def test_front_matter_that_is_no_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    pytest.importorskip("markdown_it")
    found = Diagnostics()
    assert read(write(tmp_path / "a.md", "---\ntitle: x\ntitle: y\n---\nText.\n"), found) == []
    (finding,) = found
    assert (finding.code, finding.place.line) == ("duplicate-key", 3)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_html_gives_the_text_and_what_the_page_says_of_itself(tmp_path: Path, charset: str) -> None:
    pytest.importorskip("trafilatura")
    page = PAGE.format(charset=charset).replace("“", '"').replace("”", '"')
    found = Diagnostics()
    (one,) = read(write(tmp_path / "page.html", page.encode(charset)), found)
    assert codes(found) == []
    assert "café" in one.text
    assert "Imprint" not in one.text
    assert "Home" not in one.text
    assert one.text.startswith("There is not enough sand")
    facts = one.facts
    assert (facts.title, facts.date, facts.url) == ("Sand is short", "2024-05-03", "https://news.example/sand")
    assert (facts.author, facts.publisher) == ("Anna Kern", "Neudorf News")


def test_html_in_an_encoding_that_nobody_declares_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    found = Diagnostics()
    assert read(write(tmp_path / "page.html", b"<p>caf\xe9</p>"), found) == []
    assert codes(found) == ["wrong-encoding"]


@pytest.mark.parametrize(("name", "library"), [("a.md", "markdown_it"), ("a.html", "trafilatura")])
def test_a_library_that_is_not_there_is_named(
    tmp_path: Path, name: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    found = Diagnostics()
    assert read(write(tmp_path / name, "Text."), found) == []
    (finding,) = found
    assert finding.code == "missing-library"
    assert "pip install" in finding.message


def test_folders_and_patterns_give_their_files_once_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/c.html", ".hidden/d.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, "x")
    found = Diagnostics()
    given = [str(tmp_path), str(tmp_path / "*.txt"), str(tmp_path / "b.txt")]
    assert [name for _, name in files_of(given, found)] == ["a.md", "b.txt", "deep/c.html"]
    assert codes(found) == []
    assert files_of([str(tmp_path / "*.csv"), str(tmp_path / "no.txt")], found) == []
    assert codes(found) == ["missing-file", "missing-file"]
