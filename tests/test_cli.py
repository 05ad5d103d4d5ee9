"""The command line as a user meets it: help, exit codes, JSON, wrong use."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aussage.cli.main import COMMANDS, cli


def aussage(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.argv[0] = 'aussage'; from aussage.cli import main; main()"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, encoding="utf-8")


def called(*arguments: str | Path) -> Result:
    """The same in this process, which is faster: for what commands do, not for how a process ends."""
    return CliRunner().invoke(cli, [*map(str, arguments)], catch_exceptions=False)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_and_is_in_the_readme(command: str, root: Path) -> None:
    answer = aussage(command, "--help")
    assert answer.returncode == 0
    assert "Usage: aussage" in answer.stdout
    assert "--json" in answer.stdout
    known = "".join((root / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md", "Makefile"))
    assert re.search(rf"(aussage|/aussage) {command}\b", known), command


def test_wrong_use_is_exit_code_2_and_says_what_was_meant(tmp_path: Path) -> None:
    answer = aussage("bild")
    assert answer.returncode == 2
    assert "'build'" in answer.stderr
    for arguments in (("build", tmp_path / "nowhere"), ("build", tmp_path), ("build", "--wrong")):
        answer = aussage(*arguments, cwd=tmp_path)
        assert answer.returncode == 2, arguments
        assert "Traceback" not in answer.stderr


def test_build_check_summary_of_a_good_project(neudorf: Path) -> None:
    built = aussage("build", "--json", cwd=neudorf)
    record = json.loads(built.stdout)
    assert (built.returncode, record["ok"], record["findings"]) == (0, True, [])
    assert record["rows"]["sentences"] == 5
    for command in ("check", "summary"):
        answer = aussage(command, cwd=neudorf)
        assert answer.returncode == 0, answer.stderr
        assert record["content_hash"][:12] in answer.stdout


def test_the_project_is_found_from_a_folder_inside(neudorf: Path) -> None:
    answer = aussage("build", cwd=neudorf / "dataset" / "registry")
    assert answer.returncode == 0
    assert (neudorf / "dataset" / "corpus" / "manifest.json").is_file()


def test_out_builds_elsewhere_and_leaves_the_project_alone(neudorf: Path, tmp_path: Path) -> None:
    answer = called("build", neudorf, "--out", tmp_path / "elsewhere")
    assert answer.exit_code == 0
    assert (tmp_path / "elsewhere" / "sentences.parquet").is_file()
    assert not (neudorf / "dataset" / "corpus").exists()


def test_errors_are_exit_code_1_and_nothing_is_built(neudorf: Path) -> None:
    path = neudorf / "dataset/annotations/bruecken/coder-a.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("cue: mitteilte", "cue: mitteilten"), encoding="utf-8")
    answer = aussage("build", neudorf)
    assert answer.returncode == 1
    assert "dataset/annotations/bruecken/coder-a.yaml:12:10: error[quote-not-found]" in answer.stderr
    assert "»mitteilte,«" in answer.stderr or "»mitteilte«" in answer.stderr
    assert not (neudorf / "dataset" / "corpus").exists()


def test_gold_and_schema_say_what_is_stale(neudorf: Path) -> None:
    for command in ("gold", "schema"):
        assert called(command, "--check", neudorf).exit_code == 1
        assert called(command, neudorf).exit_code == 0
        assert called(command, "--check", neudorf).exit_code == 0


def test_an_article_is_added_recorded_and_builds(neudorf: Path, tmp_path: Path) -> None:
    article = tmp_path / "Über die Dörfer.txt"
    article.write_text("Am 3. Mai kam Dr. Muster. Er blieb.\n", encoding="utf-8")
    answer = called("add", article, "--project", neudorf, "--title", "Über die Dörfer", "--date", "2024-05")
    assert answer.exit_code == 0, answer.stderr
    record = (neudorf / "seeds" / "ueber-die-doerfer.yaml").read_text(encoding="utf-8")
    assert "- {id: s02, start: 26, end: 35}" in record
    assert (neudorf / "seeds" / "ueber-die-doerfer.txt").read_bytes() == article.read_bytes()
    built = called("build", "--json", neudorf)
    assert json.loads(built.stdout)["rows"]["documents"] == 2
    again = called("add", article, "--project", neudorf)
    assert again.exit_code == 1
    assert "is there already" in again.stderr


def test_explain_knows_every_code() -> None:
    answer = aussage("explain", "quote-not-found")
    assert answer.returncode == 0
    assert "letter by letter" in answer.stdout
    wrong = aussage("explain", "quote-not-fund")
    assert wrong.returncode == 2
    assert "quote-not-found" in wrong.stderr


def test_help_answers_at_once() -> None:
    """No heavy library is imported for --help (measured as a ratio in benchmarks, here by what is imported)."""
    code = (
        "import sys; sys.argv = ['aussage', '--help']\n"
        "from aussage.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in ('pandas', 'pyarrow', 'numpy', 'ruamel', 'jsonschema', 'msgspec') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "[]"


def test_a_fault_of_the_program_is_told_without_a_traceback(neudorf: Path) -> None:
    code = (
        "import sys; sys.argv = ['aussage', 'build']\n"
        "import aussage.parts\n"
        "def broken(*given): raise ZeroDivisionError('by nothing')\n"
        "aussage.parts.build = broken\n"
        "from aussage.cli import main; main()"
    )
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=neudorf)
    assert answer.returncode == 3
    assert "Traceback" not in answer.stderr
    assert "ZeroDivisionError" in answer.stderr
    assert "AUSSAGE_TRACEBACK=1" in answer.stderr


@pytest.mark.parametrize("inside", ["seeds", "schema/corpus", "dataset/annotations/x", "dataset/registry"])
def test_a_corpus_is_not_built_among_the_sources(neudorf: Path, inside: str) -> None:
    """The next build would take its files for sources."""
    answer = called("build", neudorf, "--out", neudorf / inside)
    assert answer.exit_code == 1
    assert "error[out-folder]" in answer.stderr
    assert not (neudorf / inside / "manifest.json").exists()
    assert called("build", neudorf).exit_code == 0


def test_differences_that_nobody_listed_are_seen_by_check(neudorf: Path) -> None:
    folder = neudorf / "dataset/annotations/bruecken"
    text = (folder / "coder-a.yaml").read_text(encoding="utf-8")
    (folder / "coder-b.yaml").write_text(
        text.replace("coder: coder-a", "coder: coder-b").replace("type: COMMIT", "type: FORECAST"), encoding="utf-8"
    )
    with (neudorf / "dataset/registry/coders.yaml").open("a", encoding="utf-8") as registry:
        registry.write("- {id: coder-b, kind: person, name: made up}\n")
    assert called("build", neudorf).exit_code == 0
    assert "warning[differences-unlisted]" in called("check", neudorf).stdout
    wrong = called("adjudicate", neudorf, "--adjudicator", "nobody: #x")
    assert wrong.exit_code == 1
    assert "coder-a, coder-b" in wrong.stderr
    assert not (folder / "adjudication.yaml").exists()
    unlisted = called("adjudicate", neudorf, "--check")
    assert unlisted.exit_code == 1
    assert "does not list every difference" in unlisted.stdout
    assert called("adjudicate", neudorf, "--adjudicator", "coder-a").exit_code == 0
    assert called("build", neudorf).exit_code == 0
    checked = called("check", neudorf).stdout
    assert "warning[undecided-difference]" in checked
    assert "differences-unlisted" not in checked
