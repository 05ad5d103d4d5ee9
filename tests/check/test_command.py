"""The command, and a corpus that the compiler made."""

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from small_corpus import clean, small_rows, write

from aussage.check import RULES
from aussage.cli.check import command
from aussage.cli.common import progress_of_rows
from aussage.compile import build
from aussage.expectations.outcome import FailedExpectation, Outcome, RuleOutcome


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return clean(tmp_path / "corpus")


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """A corpus in which every claim breaks the rule on words."""
    rows = small_rows()
    for row in rows["claims"]:
        row["content_text"] = "etwas anderes"
    return write(tmp_path / "spoiled", rows)


def run(*words: Any) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_a_corpus_alone(corpus: Path) -> None:
    result = CliRunner().invoke(command, [str(corpus)])
    assert result.exit_code == 0, result.output
    assert "verified; 0 errors, 0 warnings, 2 notes" in result.output
    assert "note[rights-unverified]" in result.output


def test_errors_give_exit_code_1(corpus: Path) -> None:
    (corpus / "claims.parquet").write_bytes(b"")
    result = CliRunner().invoke(command, [str(corpus)])
    assert result.exit_code == 1
    assert "error[file-changed]: A file does not have the bytes" in result.output
    assert "content hash NOT verified" in result.output
    assert "rules were not run" in result.output


def test_wrong_use_gives_exit_code_2(tmp_path: Path) -> None:
    assert CliRunner().invoke(command, [str(tmp_path)]).exit_code == 2
    (tmp_path / "aussage.toml").write_text("", encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path)])
    assert result.exit_code == 2
    assert "There is no corpus" in result.output


def test_what_the_compiler_makes_passes(neudorf: Path) -> None:
    built = build(neudorf, neudorf / "built")
    assert built.folder
    result = CliRunner().invoke(command, [str(neudorf), "--corpus", str(built.folder), "--json"])
    record = json.loads(result.output)
    assert record["counts"]["error"] == record["counts"]["warning"] == 0, record["findings"]
    assert record["ok"]
    assert record["content_hash_verified"]
    assert record["content_hash"] == built.content_hash
    assert result.exit_code == 0


class TestFiles:
    """What the command writes."""

    def test_all_failing_ids(self, spoiled: Path, tmp_path: Path) -> None:
        result = run(spoiled, "--failing", tmp_path / "failing.parquet", "--json")
        assert result.exit_code == 1, result.output
        findings = json.loads(result.output)["findings"]
        written = pq.read_table(tmp_path / "failing.parquet").to_pandas()
        counted = written.groupby(["rule", "level", "table", "column"]).size().to_dict()
        keys = ("rule", "level", "table", "column")
        assert counted == {tuple(found[key] for key in keys): found["rows"] for found in findings}
        claims = {row["claim_id"] for row in small_rows()["claims"]}
        assert set(written.loc[written["rule"] == "claim-words", "id"]) == claims

    def test_the_text_says_where_all_ids_are(self, spoiled: Path, tmp_path: Path) -> None:
        result = run(spoiled)
        assert "claims.content_text, 10 rows: " in result.output
        assert "(+5 more)" in result.output
        assert f"All ids: aussage check {spoiled} --failing FILE writes them as Parquet." in result.output
        path = tmp_path / "failing.parquet"
        result = run(spoiled, "--failing", path)
        assert f"All {pq.read_metadata(path).num_rows} ids are in {path}." in result.output
        assert f"wrote {path}" in result.output

    def test_page(self, spoiled: Path, tmp_path: Path) -> None:
        result = run(spoiled, "--html", tmp_path / "report.html")
        assert result.exit_code == 1
        page = (tmp_path / "report.html").read_text(encoding="utf-8")
        assert RULES["claim-words"].why in page
        assert str(tmp_path) not in page.split("All ids")[0]

    @pytest.mark.parametrize("option", ["--html", "--failing"])
    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("nowhere/file", "there is no folder"),
            ("", "is a folder"),
            ("/dev/null", "is no regular file"),
            ("corpus/claims.parquet", "lies in the folder of a corpus"),
            ("file/file", "there is no folder"),
            ("x" * 300, "cannot write"),
        ],
    )
    def test_refused(self, option: str, name: str, message: str, corpus: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        before = sorted(tmp_path.rglob("*"))
        result = run(corpus, option, tmp_path / name)
        assert result.exit_code == 2, result.output
        assert message in result.output
        assert "Errno" not in result.output
        assert sorted(tmp_path.rglob("*")) == before

    def test_one_file_for_two_things(self, corpus: Path, tmp_path: Path) -> None:
        assert run(corpus, "--html", tmp_path / "x", "--failing", tmp_path / "x").exit_code == 2

    def test_an_earlier_release_must_be_a_corpus(self, corpus: Path, tmp_path: Path) -> None:
        result = run(corpus, "--against", tmp_path)
        assert result.exit_code == 2
        assert "there is no corpus in" in result.output
        (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
        result = run(corpus, "--against", tmp_path)
        assert result.exit_code == 2
        assert "no sound earlier release" in result.output


class TestLevels:
    """Levels in aussage.toml, to the end of the command."""

    @pytest.fixture
    def project(self, neudorf: Path) -> Path:
        assert build(neudorf).folder
        return neudorf

    def findings(self, project: Path, levels: str) -> dict[str, dict[str, Any]]:
        path = project / "aussage.toml"
        path.write_text(path.read_text(encoding="utf-8") + "\n" + levels, encoding="utf-8")
        result = run(project, "--json")
        assert result.exit_code in (0, 1), result.output
        return {found["rule"]: found for found in json.loads(result.output)["findings"]}

    def test_a_level_that_nothing_needs(self, project: Path) -> None:
        found = self.findings(project, '[levels.claim-words]\nlevel = "note"\nreason = "known"\n')
        assert found["exemption-needless"]["level"] == "error"
        assert found["exemption-needless"]["column"] == "levels.claim-words"

    def test_a_row_that_nothing_excepts(self, project: Path) -> None:
        levels = '[levels.claim-words]\nlevel = "note"\nreason = "known"\nrows = ["x/gold/s01.c1"]\n'
        assert self.findings(project, levels)["exemption-needless"]["ids"] == ["x/gold/s01.c1"]

    def test_an_empty_list_of_rows_is_refused(self, project: Path) -> None:
        found = self.findings(project, '[levels.claim-words]\nlevel = "note"\nreason = "known"\nrows = []\n')
        assert "project-broken" in found

    def test_a_rule_that_could_not_be_run_is_not_judged(self, project: Path) -> None:
        (project / "dataset" / "corpus" / "claims.parquet").unlink()
        levels = '[levels.claim-words]\nlevel = "note"\nreason = "known"\n'
        assert "exemption-needless" not in self.findings(project, levels)


class TestSecondOpinion:
    """`--great-expectations`, with a stand-in for its room."""

    def asked(self, monkeypatch: pytest.MonkeyPatch, *rules: RuleOutcome) -> list[Path]:
        asked: list[Path] = []
        outcome = Outcome("9.9", rules, ("flat-cells",), 7)
        room = ModuleType("aussage.expectations")
        room.run_expectations = lambda folder: asked.append(folder) or outcome  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "aussage.expectations", room)
        return asked

    def test_both_agree(self, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        failed = FailedExpectation("documents", "rights_status", "a_type", 1)
        asked = self.asked(monkeypatch, RuleOutcome("claim-words", ()), RuleOutcome("rights-unverified", (failed,)))
        result = run(corpus, "--great-expectations")
        assert result.exit_code == 0, result.output
        assert "Great Expectations 9.9: 2 rules, 2 judged alike; 1 not compared" in result.output
        assert asked == [corpus]

    def test_each_disagreement_is_an_error(self, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        broken = FailedExpectation("claims", "", "a_type", 0, "KeyError: 'x'")
        failed = FailedExpectation("claims", "content_text", "another_type", 1200)
        self.asked(monkeypatch, RuleOutcome("claim-words", (broken, failed)))
        result = run(corpus, "--great-expectations")
        assert result.exit_code == 1
        assert "error: the engines disagree on claim-words: the check passes" in result.output
        assert "   = claims: a_type, raised KeyError: 'x'\n" in result.output
        assert "   = claims.content_text: another_type, 1,200 rows\n" in result.output
        record = json.loads(run(corpus, "--great-expectations", "--json").output)
        assert record["ok"] is False
        assert record["counts"]["error"] == 0
        assert record["great_expectations"]["great_expectations"] == "9.9"
        assert record["great_expectations"]["comparison"]["disagreeing"] == ["claim-words"]

    def test_it_is_not_asked_about_what_cannot_be_read(self, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = self.asked(monkeypatch)
        (corpus / "claims.parquet").write_bytes(b"")
        result = run(corpus, "--great-expectations")
        assert result.exit_code == 1
        assert "Great Expectations was not run, because the check could not read all tables" in result.output
        assert json.loads(run(corpus, "--great-expectations", "--json").output)["great_expectations"] is None
        assert asked == []

    def test_that_is_not_installed(self, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        result = run(corpus, "--great-expectations")
        assert result.exit_code == 2
        assert "pip install 'aussage[quality]'" in result.output


class TestProgress:
    """A bar for those who wait."""

    def shown(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        seconds: float,
        is_terminal: bool = True,
    ) -> str:
        now = iter([0.0, seconds, seconds])
        monkeypatch.setattr("time.monotonic", lambda: next(now))
        monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal, raising=False)
        show = progress_of_rows("checking")
        show(1, 4)
        show(4, 4)
        return capsys.readouterr().err

    def test_on_a_terminal(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        part, whole = self.shown(monkeypatch, capsys, 3).split("\r")[1:]
        assert part.rstrip() == f"checking [{'#' * 7:<30}] 1 of 4 rows, 0 a second, 9 s left"
        assert whole.rstrip() == f"checking [{'#' * 30}] 4 of 4 rows, 1 a second, 0 s left"
        assert len(part) == len(whole.rstrip("\n")), "a shorter line leaves nothing of a longer one"

    def test_not_on_short_runs(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.shown(monkeypatch, capsys, 1) == ""

    def test_not_where_nobody_looks(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.shown(monkeypatch, capsys, 3, is_terminal=False) == ""
