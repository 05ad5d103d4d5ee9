"""Every defect that a project can have is found, at the place where a person would look, and nothing else is.

Each file in `invalid/` spoils a copy of the made-up project (`edits`) and lists all findings of a build (`expect`).
"""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fixtures import CODEBOOK, fresh, load, run, spoil

from aussage.cli.build import command
from aussage.diagnostics import CATALOGUE, Diagnostic, Severity, as_text

FOLDER = Path(__file__).parent / "invalid"
FIXTURES = {path.stem: load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
ELSEWHERE = {
    "cluster-unusable": "parts/test_dask_engine.py",
    "part-missing": "parts/test_parts_build.py",
    "source-changed": "parts/test_parts_build.py",
    "worker-lost": "parts/test_parts_build.py",
    "out-folder": "test_swap.py",
    "cannot-write": "test_swap.py",
    "build-running": "test_swap.py",
    "duplicate-article": "intake/test_intake_duplicates.py",
    "missing-library": "intake/test_intake_formats.py",
    "similar-article": "intake/test_intake_duplicates.py",
}
ANNOTATION = "dataset/annotations/bruecken/coder-a.yaml"


def spoiled(name: str, folder: Path) -> Path:
    project = fresh(folder / "project" / name)
    spoil(project, FIXTURES[name]["edits"])
    return project


def short(finding: Diagnostic) -> tuple[Any, ...]:
    where = finding.place.shown.strip() if finding.place.file == CODEBOOK else finding.place.line
    return finding.code, finding.place.file, where or None, finding.place.column or None


@pytest.mark.parametrize("name", FIXTURES)
def test_all_findings_of_an_invalid_project(name: str, tmp_path: Path) -> None:
    project = spoiled(name, tmp_path)
    result = run(project)
    expected = FIXTURES[name]["expect"]
    found = list(result.diagnostics)
    wanted = [(e["code"], e["file"], e.get("line") or e.get("shown"), e.get("column")) for e in expected]
    assert [short(finding) for finding in found] == wanted
    for finding, entry in zip(found, expected, strict=True):
        assert str(entry.get("message", "")) in finding.message
        assert str(entry.get("expected", "")) in finding.expected
        assert str(entry.get("nearest", "")) in (finding.nearest or ("",))[0]
        assert finding.message
        assert finding.mend
        assert str(tmp_path) not in as_text(finding), "a path of the machine is shown"
    is_built = (project / "dataset" / "corpus").exists()
    assert is_built == (not any(finding.severity is Severity.ERROR for finding in found))
    assert not list(project.glob("dataset/.corpus*"))


def test_every_code_of_the_catalogue_is_produced() -> None:
    produced = {entry["code"] for fixture in FIXTURES.values() for entry in fixture["expect"]}
    assert produced.isdisjoint(ELSEWHERE)
    assert produced | set(ELSEWHERE) == set(CATALOGUE)
    for code, file in ELSEWHERE.items():
        assert f'"{code}"' in (FOLDER.parent / file).read_text(encoding="utf-8")


def test_the_unspoiled_project_has_no_findings(tmp_path: Path) -> None:
    result = run(fresh(tmp_path / "neudorf"))
    assert list(result.diagnostics) == []
    assert result.rows["claims"] == 12


def test_the_country_code_no_is_norway(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    result = run(spoiled("country-no-is-norway", tmp_path))
    assert result.folder is not None
    rows = pq.read_table(result.folder / "actors.parquet").to_pylist()
    assert {row["actor_id"]: row["country"] for row in rows}["fire-brigade"] == "NO"


TEXTS = {
    "quote-not-found": """\
dataset/annotations/bruecken/coder-a.yaml:29:14: error[quote-not-found]: »Die Sperrung ist unnütz« does not occur \
in sentence s02
   |
29 |     content: Die Sperrung ist unnütz
   |              ^^^^^^^^^^^^^^^^^^^^^^^
   = expected: words of the sentence, letter by letter
   = nearest: {nearest}
   = mend: copy the words from the sentence, letter by letter""",
    "unknown-category": """\
dataset/annotations/bruecken/coder-a.yaml:14:11: error[unknown-category]: »COMIT« is no category of »type«
   |
14 |     type: COMIT
   |           ^^^^^
   = expected: DENIAL, DIRECTIVE, THREAT, COMMIT, FORECAST, ASSESS, REPORT
   = nearest: COMMIT
   = mend: use a category of schema/codebook.yaml, or add it there""",
    "country-in-small-letters": """\
dataset/registry/actors.yaml:23:12: error[unknown-country]: »no« is no country code
   |
23 |   country: no
   |            ^^
   = expected: an ISO 3166-1 alpha-2 code
   = nearest: NO
   = mend: use the two-letter code in capitals""",
    "annotation-with-nul": """\
dataset/annotations/bruecken/coder-a.yaml:12:13: error[control-character]: control character U+0000
   |
12 |     cue: mit\\u0000teilte
   |             ^^^^^^
   = mend: remove the character""",
    "missing-registry": """\
dataset/registry/locations.yaml: error[missing-file]: there is no file dataset/registry/locations.yaml
   = mend: create the file, or mend the name that points to it""",
    "json-duplicate-key": """\
dataset/registry/actors.jsonl:1:65: error[duplicate-key]: the key »id« stands twice
  |
1 | {"id": "river", "type": "population", "label": {"de": "Fluss"}, "id": "dam"}
  |                                                                 ^^^^
   = mend: remove or rename one of them""",
    "json-unknown-actor-in-line-2": """\
dataset/annotations/more.jsonl:2:170: error[unknown-actor]: there is no actor »dam«
  |
2 | …d": "s01", "text": "Der Damm hält.", "actors": [{"id": "s01.a1", "text": "Damm", "actor": "dam"}]}]}
  |                                                                                            ^^^^^
   = nearest: administration
   = mend: use an id of dataset/registry/actors.yaml, or add the actor there""",
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_printed_text(name: str, tmp_path: Path) -> None:
    (finding,) = run(spoiled(name, tmp_path)).diagnostics
    assert as_text(finding) == TEXTS[name].replace("{nearest}", ", ".join(finding.nearest))


def test_json_and_exit_code_of_a_bad_project(tmp_path: Path) -> None:
    project = spoiled("quote-not-found", tmp_path)
    outcome = CliRunner().invoke(command, [str(project), "--json"])
    assert outcome.exit_code == 1
    record = json.loads(outcome.stdout)
    (finding,) = record["findings"]
    nearest = finding.pop("nearest")
    assert "Die Sperrung ist unnötig" in nearest[0]
    assert finding == {
        "code": "quote-not-found",
        "severity": "error",
        "message": "»Die Sperrung ist unnütz« does not occur in sentence s02",
        "file": ANNOTATION,
        "line": 29,
        "column": 14,
        "length": 23,
        "shown": "    content: Die Sperrung ist unnütz",
        "expected": "words of the sentence, letter by letter",
        "mend": "copy the words from the sentence, letter by letter",
    }
    assert (record["ok"], record["folder"], record["content_hash"], record["rows"]) == (False, None, None, {})


def test_json_and_exit_code_of_a_good_project(tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    outcome = CliRunner().invoke(command, [str(project), "--json"])
    record = json.loads(outcome.stdout)
    assert outcome.exit_code == 0
    assert record["ok"] is True
    assert record["findings"] == []
    assert len(record["content_hash"]) == 64
    assert record["rows"]["claims"] == 12


def test_a_warning_alone_does_not_fail_a_build(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(command, [str(spoiled("no-annotation", tmp_path))])
    assert outcome.exit_code == 0
    assert "warning[no-annotation]" in outcome.stderr
    assert "1 warning" in outcome.stderr


def test_wrong_use_has_exit_code_2(tmp_path: Path) -> None:
    for arguments in ([str(tmp_path)], [str(tmp_path / "nowhere")], ["--no-such-option"]):
        outcome = CliRunner().invoke(command, arguments)
        assert outcome.exit_code == 2
        assert "Traceback" not in outcome.output


def test_findings_do_not_depend_on_how_often_a_file_is_read(tmp_path: Path) -> None:
    project = spoiled("errors-in-several-files", tmp_path)
    assert list(run(project).diagnostics) == list(run(project).diagnostics)
