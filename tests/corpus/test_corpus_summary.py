"""`aussage summary` and `corpus.summary()`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import aussage
from aussage.cli.summary import command


def run(*arguments: str) -> tuple[int, str, str]:
    answer = CliRunner().invoke(command, arguments)
    return answer.exit_code, answer.stdout, answer.stderr


def test_summary_says_what_is_there(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    code, text, _ = run()
    assert code == 0
    assert text == aussage.load(".").summary() + "\n"
    assert len(text.splitlines()) < 45
    assert text.isascii()
    for said in (
        "2 documents, 3 sentences, 4 gold claims",
        "REPORT                          3 ########################",
        "DENIAL                          1 ########\n",
        "ASSESS                          0\n",
        "Mayor <b>                                               1",
        "coder-a: language model",
        "unverified (2)",
        aussage.load(".").content_hash,
        "Files: dataset/corpus\n",
        "aussage.load('dataset/corpus')",
        "pandas.read_parquet('dataset/corpus/flat.parquet')",
    ):
        assert said in text


def test_the_lines_that_say_how_to_load_do_load(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas

    monkeypatch.chdir(project)
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in run()[1].splitlines()[-3:]}
    assert len(eval(lines["Python"], {"aussage": aussage})) == 4
    assert len(eval(lines["pandas"], {"pandas": pandas})) == 4
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    assert dict(duckdb.sql(lines["DuckDB"]).fetchall()) == {"REPORT": 3, "DENIAL": 1}


def test_json_has_the_same_facts(project: Path) -> None:
    code, text, _ = run(str(project), "--json")
    facts = json.loads(text)
    assert (code, facts["ok"]) == (0, True)
    assert facts["claim_types"] == {"DENIAL": 1, "REPORT": 3, "ASSESS": 0}
    assert facts["claimants"][0] == {"id": "council", "label": "Council", "count": 1}
    assert facts["layers"][2] == {
        "layer": "coder-b", "claims": 1, "coders": [{"id": "coder-b", "kind": "person"}],
    }  # fmt: skip
    assert run(str(project / "dataset" / "corpus"), "--json")[0] == 0


def test_without_a_corpus_it_says_how_to_get_one(project: Path, tmp_path: Path) -> None:
    (project / "dataset" / "corpus").rename(tmp_path / "away")
    code, text, error = run(str(project))
    assert (code, text) == (1, "")
    assert "aussage build" in error
    code, text, _ = run(str(project), "--json")
    assert code == 1
    assert not json.loads(text)["ok"]
    (project / "aussage.toml").unlink()
    assert run(str(project))[0] == 2
