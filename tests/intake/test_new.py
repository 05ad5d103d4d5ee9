"""`aussage new`: a project that builds and passes its own check at once, or nothing at all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fixtures import building

from aussage.beginning.codebooks import shipped_codebook
from aussage.check import check
from aussage.cli.new import command
from aussage.codebook import Codebook, load_codebook
from aussage.compile import build
from aussage.diagnostics import Diagnostics
from aussage.generate.everything import generated_files
from aussage.source import Project

READ: dict[bytes, Codebook] = {}
LINE = re.compile(r"^# yaml-language-server: \$schema=(.*)$", re.MULTILINE)


def read_once(project: Project, diagnostics: Diagnostics) -> Codebook | None:
    """As `load_codebook`, but the same bytes are read only once: it takes longer than all else here."""
    data = (project.root / "schema" / "codebook.yaml").read_bytes()
    if data not in READ:
        before = len(diagnostics)
        read = load_codebook(project, diagnostics)
        if read is None or len(diagnostics) > before:
            return read
        READ[data] = read
    return READ[data]


@pytest.fixture(scope="module", autouse=True)
def _codebooks_are_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aussage.generate.everything.load_codebook", read_once)
        patch.setattr(building, "load_codebook", read_once)
        yield


def new(folder: Path, *words: str, **more: Any) -> Result:
    return CliRunner().invoke(command, [str(folder), *words], catch_exceptions=False, **more)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "Die Brücken"
    answer = new(
        folder, "--creator", "Kern, Anna", "--language", "de", "--language", "en", "--title", 'Brücken & "Sand"'
    )
    assert answer.exit_code == 0, answer.stderr
    return folder


def test_it_builds_an_empty_corpus_and_passes_the_check(project: Path, tmp_path: Path) -> None:
    result = build(project, tmp_path / "corpus")
    assert list(result.diagnostics) == []
    assert result.rows["documents"] == 0
    assert result.rows["issues"] == 0
    assert not check(tmp_path / "corpus").has_errors


def test_what_is_generated_can_be_made_of_an_empty_corpus(project: Path) -> None:
    readme = project / "README.md"
    places = "<!-- example -->\n<!-- /example -->\n<!-- citation -->\n<!-- /citation -->\n"
    readme.write_text(readme.read_text(encoding="utf-8") + places, encoding="utf-8")
    assert build(project).folder
    files = generated_files(project, Diagnostics())
    assert files is not None
    assert re.search(r"<!-- citation -->\n> .*Brücken & \"Sand\"", files[readme].decode())


def test_it_says_of_itself_what_was_answered(project: Path) -> None:
    import tomllib

    corpus = tomllib.loads((project / "aussage.toml").read_text(encoding="utf-8"))["corpus"]
    assert corpus["name"] == "die-bruecken"
    assert corpus["title"] == 'Brücken & "Sand"'
    assert corpus["languages"] == ["de", "en"]
    assert corpus["creators"] == [{"name": "Kern, Anna", "kind": "person"}]
    assert 'name: "Kern, Anna"' in (project / "dataset" / "registry" / "coders.yaml").read_text(encoding="utf-8")


def test_every_file_leads_editors_to_a_schema_that_is_there(project: Path) -> None:
    files = [path for path in project.rglob("*.yaml") if LINE.search(path.read_text(encoding="utf-8"))]
    assert {path.stem for path in files} == {"actors", "coders", "locations", "codebook"}
    for path in files:
        schema = path.parent / LINE.findall(path.read_text(encoding="utf-8"))[0]
        assert "properties" in json.loads(schema.read_text(encoding="utf-8"))["$defs"].popitem()[1]


def test_the_codebook_is_the_shipped_scheme_without_the_issues_of_another_corpus(project: Path, root: Path) -> None:
    ours = read_once(Project(project), Diagnostics())
    theirs = read_once(Project(root), Diagnostics())
    assert ours is not None
    assert theirs is not None
    assert ours.variables == theirs.variables
    assert ours.record.rulings == theirs.record.rulings
    assert (len(ours.issues), len(theirs.issues) > 0) == (0, True)
    assert shipped_codebook() == root / "schema" / "codebook.yaml", "a clone has one source of it"


def test_the_minimal_codebook_has_the_same_categories_and_no_examples(tmp_path: Path, root: Path) -> None:
    assert new(tmp_path / "small", "--codebook", "minimal", "-y").exit_code == 0
    small = read_once(Project(tmp_path / "small"), Diagnostics())
    whole = read_once(Project(root), Diagnostics())
    assert small is not None
    assert whole is not None
    assert small.enumerations == whole.enumerations
    assert not small.record.rulings
    assert not [v.name for v in small.record.variables if v.example or any(c.example for c in v.values)]


def test_a_codebook_of_ones_own_is_taken_byte_for_byte_or_refused(tmp_path: Path, root: Path) -> None:
    own = root / "schema" / "codebook.yaml"
    assert new(tmp_path / "own", "--codebook", str(own), "-y").exit_code == 0
    assert (tmp_path / "own" / "schema" / "codebook.yaml").read_bytes() == own.read_bytes()
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: x\n")
    for name in (bad, tmp_path / "none.yaml"):
        answer = new(tmp_path / "refused", "--codebook", str(name), "-y")
        assert answer.exit_code == 1
        assert "error" in answer.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml", "own"]


@pytest.mark.parametrize(
    "words", [["--name", "Not An Id"], ["--language", "xx"], ["--licence", "Freedom"], ["--title", "\udc80"]]
)
def test_bad_answers_leave_nothing(tmp_path: Path, words: list[str]) -> None:
    answer = new(tmp_path / "deep" / "new", *words)
    assert answer.exit_code == 1, answer.stdout
    assert "aussage.toml" in answer.stderr
    assert not (tmp_path / "deep" / "new").exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_is_not_empty_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    answer = new(tmp_path, "-y", "--json")
    assert answer.exit_code == 1
    assert [finding["code"] for finding in json.loads(answer.stdout)["findings"]] == ["out-folder"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert new(tmp_path / "mine.txt", "-y").exit_code == 1


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    assert new(tmp_path / "here", "-y").exit_code == 0
    assert (tmp_path / "here" / "aussage.toml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_in_a_terminal_it_asks_for_what_no_option_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []

    def prompt(question: str, default: str, err: bool) -> str:
        asked.append(question.split(" ")[0])
        return "de, fr" if question.startswith("Language") else default

    monkeypatch.setattr("click.prompt", prompt)
    monkeypatch.setattr("sys.stdin", Terminal())
    with pytest.raises(SystemExit) as ended:
        command.callback(
            tmp_path / "x", (), False, False, name=None, title="T", creator=None, codebook=None, licence=None
        )  # type: ignore[misc]
    assert ended.value.code == 0
    assert asked == ["Name", "Language", "Codebook", "Who", "Licence"]
    assert 'languages = ["de", "fr"]' in (tmp_path / "x" / "aussage.toml").read_text(encoding="utf-8")


@pytest.mark.prove
def test_its_own_tests_pass(project: Path) -> None:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(project)]
    answer = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "1 passed" in answer.stdout, answer.stdout
