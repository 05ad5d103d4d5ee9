"""`aussage add` as a user meets it: records, annotation files, coders, and nothing by half."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fixtures import codebook_once
from hypothesis import given
from hypothesis import strategies as st

from aussage.cli.add import command
from aussage.diagnostics import Diagnostics
from aussage.intake.scalars import scalar
from aussage.source.yaml import read_yaml

ARTICLE = "Am 3. Mai kam Dr. Muster: Er blieb.\n\n- „Nein“, sagte er. # Nicht?\n"
CODER = "- id: {}\n  kind: {}\n  name: made up for tests\n"


@pytest.fixture(autouse=True)
def _codebook_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aussage.codebook.load_codebook", codebook_once)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "Über die Dörfer.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def add(project: Path, *words: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(command, [*map(str, words), "--project", str(project)], catch_exceptions=False, **more)


def test_record_and_annotation_file_are_written_ready_to_be_filled_in_and_build(neudorf: Path, article: Path) -> None:
    from aussage.compile import build

    answer = add(neudorf, article, "--date", "2024-05", "--licence", "CC-BY-4.0", "--holder", "Der Bote")
    assert answer.exit_code == 0, answer.stderr
    record = (neudorf / "seeds" / "ueber-die-doerfer.yaml").read_text(encoding="utf-8")
    assert record.startswith("# yaml-language-server: $schema=../schema/document.schema.json\n")
    assert "holder: Der Bote\n  licence: CC-BY-4.0\n" in record
    path = neudorf / "dataset" / "annotations" / "ueber-die-doerfer" / "coder-a.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../schema/annotation.schema.json\n")
    assert "- id: s02\n  text: '- „Nein“, sagte er.'\n- id: s03\n  text: '# Nicht?'\n" in text
    result = build(neudorf)
    assert list(result.diagnostics) == []
    path.write_text(
        f"{text}  claims:\n  - {{id: s03.c1, content: Nicht, type: ASSESS, modality: CT-, time: present}}\n"
    )
    filled = build(neudorf)
    assert list(filled.diagnostics) == []
    assert filled.rows["claims"] == result.rows["claims"] + 2, "in the layer, and in gold"


def test_hints_name_fields_and_categories_that_there_are(neudorf: Path, article: Path) -> None:
    """The example in the comment is taken out of it, with real ids and words, and compiled."""
    from aussage.compile import build

    add(neudorf, article)
    path = neudorf / "dataset" / "annotations" / "ueber-die-doerfer" / "coder-a.yaml"
    text = path.read_text(encoding="utf-8")
    hints = "".join(line[2:] + "\n" for line in text.splitlines() if line.startswith("#   "))
    for hint, real in (
        ("the words that state the proposition", "Er blieb"),
        ("id-of-an-actor ", "council "),
        ("the words for who says it", "Dr. Muster"),
        ("the words that attribute", "kam"),
        ("a name in the sentence", "Muster"),
        ("id-of-an-actor}", "council}"),
        ("a place in the sentence", "Mai"),
        ("id-of-a-place", "neudorf"),
    ):
        assert hint in hints
        hints = hints.replace(hint, real)
    first = "- id: s02\n"
    path.write_text(text.replace(first, hints + first), encoding="utf-8")
    result = build(neudorf)
    assert list(result.diagnostics) == []
    assert result.rows["documents"] == 2


@pytest.mark.parametrize(
    ("coders", "options", "expected"),
    [
        ("", [], "has no coder"),
        (CODER.format("a", "person") + CODER.format("b", "program"), [], "a.yaml"),
        (CODER.format("a", "person") + CODER.format("b", "person"), [], "has several coders (a, b)"),
        (CODER.format("a", "person") + CODER.format("b", "person"), ["--coder", "b"], "b.yaml"),
    ],
)
def test_the_only_person_is_the_coder(
    neudorf: Path, article: Path, coders: str, options: list[str], expected: str
) -> None:
    shutil.rmtree(neudorf / "dataset" / "annotations")
    (neudorf / "dataset" / "registry" / "coders.yaml").write_text(f"coders:\n{coders}" if coders else "coders: []\n")
    answer = add(neudorf, article, *options)
    assert answer.exit_code == 0, answer.stderr
    assert expected in answer.stdout
    written = [path.name for path in neudorf.glob("dataset/annotations/*/*")]
    assert written == ([expected] if expected.endswith(".yaml") else [])


def test_an_unknown_coder_is_refused_with_the_nearest(neudorf: Path, article: Path) -> None:
    answer = add(neudorf, article, "--coder", "coder-x")
    assert answer.exit_code == 1
    assert "coder-a" in answer.stderr
    assert not (neudorf / "seeds" / "ueber-die-doerfer.yaml").exists()


def test_all_mistakes_of_all_files_are_told_and_nothing_is_written(neudorf: Path, article: Path) -> None:
    folder = article.parent
    (folder / "empty.txt").write_text("")
    (folder / "windows.txt").write_bytes(b"a\r\nb")
    before = sorted(neudorf.rglob("*"))
    answer = add(neudorf, article, folder / "empty.txt", folder / "windows.txt", "--date", "soon", "--json")
    assert answer.exit_code == 1
    told = json.loads(answer.stdout)
    assert [finding["code"] for finding in told["findings"]] == ["empty-article", "wrong-value", "carriage-return"]
    assert (told["articles"], told["written"]) == ([], False)
    assert sorted(neudorf.rglob("*")) == before


def test_rights_are_those_of_the_codebook(neudorf: Path, article: Path) -> None:
    answer = add(neudorf, article, "--rights", "clear")
    assert answer.exit_code == 1
    assert "cleared" in answer.stderr
    assert add(neudorf, article, "--rights", "restricted").exit_code == 0


def test_a_dry_run_writes_nothing(neudorf: Path, article: Path) -> None:
    before = sorted(neudorf.rglob("*"))
    answer = add(neudorf, article, "--dry-run", "--json")
    assert answer.exit_code == 0
    told = json.loads(answer.stdout)
    assert (told["ok"], told["written"], told["articles"][0]["sentences"]) == (True, False, 3)
    assert sorted(neudorf.rglob("*")) == before


def test_standard_input_needs_a_name(neudorf: Path) -> None:
    answer = add(neudorf, "-", "--title", "Der Fluss", input="Er steigt.\n")
    assert answer.exit_code == 0, answer.stderr
    assert (neudorf / "seeds" / "der-fluss.txt").read_text(encoding="utf-8") == "Er steigt.\n"


def test_a_title_for_several_files_is_wrong_use(neudorf: Path, article: Path) -> None:
    other = article.with_name("other.txt")
    other.write_text("Anders.")
    assert add(neudorf, article, other, "--title", "Beide").exit_code == 2
    table = article.with_name("rows.csv")
    table.write_text("text\nEins.\n")
    assert add(neudorf, table, "--id", "eins").exit_code == 2


def test_if_one_file_cannot_take_its_place_the_others_are_taken_away(
    neudorf: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(neudorf.rglob("*"))
    real = Path.replace

    def fails_for_annotations(self: Path, target: Path) -> Path:
        if target.name == "coder-a.yaml":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fails_for_annotations)
    answer = add(neudorf, article)
    assert answer.exit_code == 1
    assert "No space left" in answer.stderr
    assert sorted(neudorf.rglob("*")) == before


# What no article may hold (controls, bidirectional controls, half surrogates) is refused before it is written.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn"]), min_size=1) | st.text(
    "a:# -'\"\n\\{}[]0.~%&*!|>@`?,\x85\u2028", min_size=1
)


@given(text=WORDS)
def test_every_text_is_read_from_yaml_as_it_was_written(text: str) -> None:
    source = read_yaml(f"text: {scalar(text)}\n", "x.yaml", Diagnostics())
    assert source is not None
    assert source.root.plain() == {"text": text}
