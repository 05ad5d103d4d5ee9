"""`aussage build` with shards and parts, and `aussage merge`, as they are called from a shell."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from neudorf import copy_neudorf
from test_determinism import larger

from aussage.cli.build import command as build
from aussage.cli.check import command as check
from aussage.cli.merge import command as merge
from aussage.cli.summary import command as summary

SMALL_PARTS = ("--part-size", "0.0015", "--jobs", "1")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return larger(copy_neudorf(tmp_path / "project"), 12)


def called(command: object, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])  # type: ignore[arg-type]


def test_a_corpus_in_parts_is_built_checked_and_told_of(project: Path) -> None:
    answer = called(build, project, *SMALL_PARTS)
    assert answer.exit_code == 0, answer.output
    assert "parts (0 unchanged), documents 13, sentences 29" in answer.stdout
    assert (project / "dataset/corpus/claims.parquet").is_dir()
    again = called(build, project, *SMALL_PARTS, "--json")
    record = json.loads(again.stdout)
    assert (record["ok"], record["reused"], record["set_aside"]) == (True, record["parts"], 0)
    checked = called(check, project, "--json")
    findings = {found["rule"]: found["level"] for found in json.loads(checked.stdout)["findings"]}
    assert "error" not in findings.values(), findings
    assert "13 documents" in called(summary, project).stdout


def test_articles_in_packed_files_are_compared_with_the_corpus(project: Path) -> None:
    for path in sorted(project.glob("seeds/*.jsonl")):
        with gzip.open(f"{path}.gz", "wb") as file:
            file.write(path.read_bytes())
        path.unlink()
    called(build, project, *SMALL_PARTS)
    assert "article-stale" not in called(check, project).stdout
    with gzip.open(project / "seeds" / "a.jsonl.gz", "wb") as file:
        file.write(b"")
    assert "article-stale" in called(check, project).stdout


def test_shards_then_merge(project: Path) -> None:
    for number in (1, 2):
        answer = called(build, project, "--shard", f"{number}/2", *SMALL_PARTS)
        assert (answer.exit_code, f"compiled shard {number} of 2" in answer.stdout) == (0, True)
        assert not (project / "dataset/corpus").exists()
        if number == 1:
            early = called(merge, project, *SMALL_PARTS)
            assert (early.exit_code, "error[part-missing]" in early.stderr) == (1, True)
    merged = called(merge, project, *SMALL_PARTS)
    assert (merged.exit_code, "documents 13" in merged.stdout) == (0, True)


@pytest.mark.parametrize("given", ["0/3", "4/3", "2", "a/b", "1/0", "-1/2"])
def test_a_share_that_is_none_is_refused(project: Path, given: str) -> None:
    answer = called(build, project, f"--shard={given}")
    assert answer.exit_code == 2
    assert "I/N" in answer.stderr


def test_documents_set_aside_have_an_exit_code_of_their_own(project: Path) -> None:
    path = project / "dataset/annotations/all.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"CT+"', '"sure"', 1), encoding="utf-8")
    assert called(build, project, *SMALL_PARTS).exit_code == 1
    answer = called(build, project, *SMALL_PARTS, "--keep-going")
    assert answer.exit_code == 4
    assert "error[unknown-category]" in answer.stderr
    assert "1 document was set aside" in answer.stderr
    again = called(build, project, *SMALL_PARTS, "--keep-going", "--json")
    record = json.loads(again.stdout)
    assert (record["ok"], record["set_aside"], len(record["aside"])) == (True, 1, 1)
    assert "Set aside: 1 document" in called(summary, project).stdout


def test_a_damaged_packed_file_is_a_finding(project: Path) -> None:
    data = gzip.compress((project / "seeds" / "a.jsonl").read_bytes())
    (project / "seeds" / "a.jsonl").unlink()
    (project / "seeds" / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    answer = called(build, project, *SMALL_PARTS)
    assert answer.exit_code == 1
    assert "seeds/a.jsonl.gz: error[unreadable-file]" in answer.stderr
    assert "Traceback" not in answer.output


def test_the_check_knows_the_file_of_what_was_set_aside(project: Path) -> None:
    path = project / "dataset/annotations/all.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"CT+"', '"sure"', 1), encoding="utf-8")
    for size in ("0.0015", "16"):
        called(build, project, "--keep-going", "--part-size", size)
        assert called(check, project).exit_code == 0
    (project / "dataset/corpus/set-aside.jsonl").write_text("", encoding="utf-8")
    assert called(check, project).exit_code == 1
