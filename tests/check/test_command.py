"""The command, and a corpus that the compiler made."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_corpus import clean

from aussage.cli.check import command
from aussage.compile import build


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return clean(tmp_path / "corpus")


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
