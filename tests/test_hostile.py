"""What is meant to hurt: huge, deep, circular or disguised input is refused quickly, and nothing raw is printed."""

import os
import socket
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from fixtures import fresh, run

from aussage.cli.build import command
from aussage.diagnostics import Diagnostics, Place, as_json, as_text, nearest
from aussage.diagnostics.printing import dumps
from aussage.intake import Facts, take_in
from aussage.source import Project

ANNOTATION = "dataset/annotations/bruecken/coder-a.yaml"
QUICK = 3.0  # seconds


def codes(project: Path) -> list[str]:
    return [finding.code for finding in run(project).diagnostics]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = fresh(tmp_path / "neudorf")
    run(made)  # the codebook is read once, before time is taken
    return made


def test_a_line_of_fifty_megabytes_in_yaml(project: Path) -> None:
    (project / ANNOTATION).write_text("note: " + "a" * 50_000_000, encoding="utf-8")
    begun = time.monotonic()
    assert codes(project) == ["file-too-large"]
    assert time.monotonic() - begun < QUICK


def test_a_line_of_fifty_megabytes_in_json_lines(project: Path) -> None:
    long = '{"document": "' + "a" * 50_000_000 + '"}\n'
    (project / "dataset/annotations/more.jsonl").write_text(long, encoding="utf-8")
    begun = time.monotonic()
    (finding,) = run(project).diagnostics
    assert time.monotonic() - begun < QUICK
    assert (finding.code, finding.place.line) == ("file-too-large", 1)
    assert len(as_text(finding)) < 1000


def test_an_article_of_fifty_megabytes(project: Path) -> None:
    (project / "seeds/bruecken.txt").write_text("Wort " * 10_000_000, encoding="utf-8")
    begun = time.monotonic()
    assert codes(project) == ["file-too-large"]
    assert time.monotonic() - begun < QUICK


def test_a_very_long_value_is_not_repeated(project: Path) -> None:
    text = (project / ANNOTATION).read_text(encoding="utf-8")
    for old, new in (("target: council", "target: "), ("type: COMMIT", "type: "), ("coder: coder-a", "coder: ")):
        (project / ANNOTATION).write_text(text.replace(old, new + "b" * 300_000), encoding="utf-8")
        for finding in run(project).diagnostics:
            assert len(as_text(finding)) < 3000
            assert len(dumps(as_json([finding]))) < 5000


@pytest.mark.parametrize("name", ["seeds/bruecken.txt", "seeds/pipe.yaml", ANNOTATION, "dataset/registry/coders.yaml"])
def test_a_pipe_is_not_waited_for(project: Path, name: str) -> None:
    (project / name).unlink(missing_ok=True)
    os.mkfifo(project / name)
    begun = time.monotonic()
    assert "unreadable-file" in codes(project)
    assert time.monotonic() - begun < QUICK


def test_a_socket_is_no_source(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "seeds")  # names of sockets must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.yaml")
        assert codes(project) == ["unreadable-file"]


def test_a_link_into_the_system_is_not_read(project: Path) -> None:
    for name, target in ((ANNOTATION, "/dev/zero"), ("seeds/bruecken.yaml", "/dev/zero")):
        (project / name).unlink()
        (project / name).symlink_to(target)
    begun = time.monotonic()
    assert codes(project) == ["outside-project", "outside-project"]
    assert time.monotonic() - begun < QUICK


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "{", "[{a: ", "? ", "a: [", '{"a":', "((", "!!a [", "&a ["])
def test_deep_nesting_is_refused_everywhere(project: Path, opening: str) -> None:
    for name in (ANNOTATION, "dataset/annotations/more.jsonl", "dataset/registry/actors.yaml", "aussage.toml"):
        kept = (project / name).read_bytes() if (project / name).exists() else b""
        (project / name).write_text(opening * 3000, encoding="utf-8")
        assert codes(project)
        (project / name).write_bytes(kept)


def test_terminal_escapes_never_reach_the_output(project: Path) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\x00"
    text = (project / ANNOTATION).read_text(encoding="utf-8")
    (project / ANNOTATION).write_text(text.replace("cue: sagte", f"cue: {evil}"), encoding="utf-8")
    (project / "seeds" / "\x1b[31mred\x1b[0m\u202e.txt").write_text("x", encoding="utf-8")
    (project / "seeds" / "bruecken.txt").write_text(evil, encoding="utf-8")
    registry = project / "dataset/registry/actors.yaml"
    registry.write_text(registry.read_text(encoding="utf-8").replace("id: city", 'id: "\\e[31m"'), encoding="utf-8")
    for options in ([], ["--json"]):
        outcome = CliRunner().invoke(command, [str(project), *options])
        assert outcome.exit_code == 1
        printed = outcome.output.replace("\n", "")
        assert printed
        assert not [sign for sign in printed if ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 or sign == "\u202e"]


def test_a_file_name_that_is_no_text(project: Path) -> None:
    (project / "seeds" / os.fsdecode(b"caf\xe9.txt")).write_text("x", encoding="utf-8")
    outcome = CliRunner().invoke(command, [str(project)])
    assert outcome.exit_code == 1
    assert "unknown-file" in outcome.output
    outcome.output.encode()


@pytest.mark.parametrize(
    ("before", "meant", "pad", "carets"),
    [
        ("cue: ", "Wort", 5, 4),
        ("漢字: ", "Wort", 6, 4),
        ("漢字: ", "漢字", 6, 4),
        ("e\u0301e\u0301: ", "o\u0308x", 4, 2),
        ("ก็: ", "กิน", 3, 2),
        ("\t: ", "x", 8, 1),
        ("🙂: ", "🙂", 4, 2),
        ("\u202e: ", "\x1b", 8, 6),
        ("می\u200cخواهم: ", "x", 9, 1),
        ("☝\ufe0f: ", "x", 3, 1),
    ],
)
def test_the_caret_stands_under_what_is_meant(before: str, meant: str, pad: int, carets: int) -> None:
    place = Place("a.yaml", 1, len(before) + 1, f"{before}{meant} rest", len(meant))
    diagnostics = Diagnostics()
    diagnostics.add("wrong-value", place, "m")
    (finding,) = diagnostics
    assert as_text(finding).split("\n")[3] == "  | " + " " * pad + "^" * carets


def test_the_caret_of_a_long_line_stays_in_the_window() -> None:
    line = "".join(f"{number:04d}-" for number in range(1000))
    for column in (1, 50, 2500, 4990, 5000):
        diagnostics = Diagnostics()
        diagnostics.add("wrong-value", Place("a", 7, column, line, 4), "m")
        (finding,) = diagnostics
        _, _, shown, carets, *_ = as_text(finding).split("\n")
        at = carets.index("^")
        assert shown[at : at + 4].startswith(line[column - 1 : column + 3])


def test_nearest_is_quick_and_modest() -> None:
    begun = time.monotonic()
    assert nearest("x" * 10_000_000, ["xx", "yy"]) in ([], ["xx"])
    assert nearest("", ["a"]) == []
    assert nearest("council", []) == []
    assert time.monotonic() - begun < QUICK


def test_findings_are_counted_once_and_sorted() -> None:
    diagnostics = Diagnostics()
    for line in (3, 1, 2, 1):
        diagnostics.add("wrong-value", Place("a", line, 1), "m")
    diagnostics.extend(list(diagnostics))
    assert [finding.place.line for finding in diagnostics] == [1, 2, 3]
    assert diagnostics.count_errors() == len(diagnostics) == 3


TITLES = [
    "nan",
    "012",
    "true",
    "null",
    "~",
    "- a",
    "a: b",
    "#x",
    "[x",
    "'",
    '"',
    "%",
    "12345678901234567890",
    "x\ny",
    "🙂",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_record_that_was_taken_in_can_be_read(tmp_path: Path, title: str) -> None:
    project = fresh(tmp_path / "neudorf")
    article = tmp_path / "Wasser.txt"
    article.write_text("Der Fluss steigt.\n", encoding="utf-8")
    found = Diagnostics()
    facts = Facts("de", title=title, author=title, publisher=title, url=title, date="2024-10")
    assert take_in(Project(project), article, facts, found)
    assert codes(project) == ["no-annotation"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (Facts("de", date="yesterday"), "wrong-value"),
        (Facts("Deutsch!"), "wrong-value"),
        (Facts("de", title="\x1b[31m"), "control-character"),
        (Facts("de", title="\udce9"), "lone-surrogate"),
        (Facts("de", title="e\u0301"), "decomposed-unicode"),
        (Facts("de", document_id="../x"), "bad-id"),
        (Facts("de", document_id="bruecken"), "duplicate-id"),
        (Facts("de", title=""), "wrong-value"),
    ],
)
def test_bad_facts_are_refused_before_anything_is_written(tmp_path: Path, facts: Facts, code: str) -> None:
    project = fresh(tmp_path / "neudorf")
    article = tmp_path / "wasser.txt"
    article.write_text("Der Fluss steigt.\n", encoding="utf-8")
    before = sorted(project.rglob("*"))
    found = Diagnostics()
    assert take_in(Project(project), article, facts, found) is None
    assert code in [finding.code for finding in found]
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize("name", ["seeds", "seeds/wasser.txt"])
def test_taking_in_where_something_stands_in_the_way(tmp_path: Path, name: str) -> None:
    import shutil

    project = fresh(tmp_path / "neudorf")
    article = tmp_path / "wasser.txt"
    article.write_text("Der Fluss steigt.\n", encoding="utf-8")
    if name == "seeds":
        shutil.rmtree(project / name)
        (project / name).write_text("in the way", encoding="utf-8")
    else:
        (project / name).mkdir()
    found = Diagnostics()
    assert take_in(Project(project), article, Facts("de"), found) is None
    assert [finding.code for finding in found] == ["cannot-write"]
