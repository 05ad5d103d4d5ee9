"""The same sources give the same bytes, whatever surrounds the build; findings come in the same words and order."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fixtures import building as build_module
from fixtures import fresh, load, run, spoil

from aussage.tables import writer

ROOT = Path(__file__).resolve().parents[1]
INVALID = ROOT / "tests" / "invalid"
COMMAND = [sys.executable, "-c", "from aussage.cli import main; main()", "build"]


def bytes_of(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "src")} | more


def built(project: Path, where: Path | None = None, **more: str) -> dict[str, str]:
    outcome = subprocess.run(
        [*COMMAND, str(project)], cwd=where or project, env=environment(**more), capture_output=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr.decode()
    return bytes_of(project / "dataset/corpus")


def larger(project: Path, documents: int = 5) -> Path:
    """The made-up project with more documents, each in JSON Lines, the second half in a file of its own."""
    records, annotations = [], []
    for number in range(documents):
        text = f"Der Fluss steigt um {number} Zentimeter. Die Feuerwehr übt in Neudorf."
        first = text.index(".") + 1
        id_ = f"fluss-{number:03d}"
        sentences = [{"id": "s01", "start": 0, "end": first}, {"id": "s02", "start": first + 1, "end": len(text)}]
        records.append(
            {"id": id_, "language": "de", "text": text, "rights": {"status": "cleared"}, "sentences": sentences}
        )
        claim = {"type": "REPORT", "modality": "CT+", "time": "present", "content": "Die Feuerwehr übt in Neudorf"}
        annotations.append(
            {
                "document": id_,
                "coder": "coder-a",
                "codebook": "1.0.0",
                "sentences": [
                    {"id": "s01", "text": text[:first]},
                    {"id": "s02", "text": text[first + 1 :], "claims": [{"id": "s02.c1", **claim}]},
                ],
            }
        )
    half = documents // 2
    for name, rows in (("b", records[:half]), ("a", records[half:])):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (project / "seeds" / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    lines = "".join(json.dumps(row) + "\n" for row in reversed(annotations))
    (project / "dataset/annotations/all.jsonl").write_text(lines, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    project = larger(fresh(tmp_path_factory.mktemp("reference") / "neudorf"))
    return built(project, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")


def test_other_surroundings(reference: dict[str, str], tmp_path: Path) -> None:
    project = larger(fresh(tmp_path / "ein anderer Ort – mit Umläuten" / "neudorf"))
    more = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"}
    assert built(project, tmp_path, COLUMNS="40", PYTHONUTF8="1", **more) == reference


def test_files_made_in_another_order(reference: dict[str, str], tmp_path: Path) -> None:
    first = larger(fresh(tmp_path / "first"))
    project = tmp_path / "second"
    for path in sorted((path for path in first.rglob("*") if path.is_file()), reverse=True):
        copy = project / path.relative_to(first)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (1, 1))
    assert run(project).folder is not None
    assert bytes_of(project / "dataset/corpus") == reference


def test_built_again_and_elsewhere(reference: dict[str, str], tmp_path: Path) -> None:
    project = larger(fresh(tmp_path / "neudorf"))
    for out in (tmp_path / "out", tmp_path / "out", None):
        result = build_module.build(project, out)
        assert result.folder is not None
        assert bytes_of(result.folder) == reference


@pytest.mark.parametrize("rows", [1, 3, 7])
def test_the_content_hash_does_not_depend_on_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    import pyarrow.parquet as pq

    project = larger(fresh(tmp_path / "neudorf"))
    usual = run(project)
    tables = {name: pq.read_table(usual.folder / f"{name}.parquet") for name in usual.rows} if usual.folder else {}
    monkeypatch.setattr(writer, "ROWS_PER_GROUP", rows)
    grouped = run(project)
    assert grouped.folder is not None
    assert grouped.content_hash == usual.content_hash
    assert pq.ParquetFile(grouped.folder / "claims.parquet").num_row_groups > 1
    for name, table in tables.items():
        assert pq.read_table(grouped.folder / f"{name}.parquet").equals(table), name


def test_the_order_of_keys_in_a_record_does_not_matter(tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    before = run(project).content_hash
    registry = project / "dataset/registry/actors.yaml"
    text = registry.read_text(encoding="utf-8")
    turned = text.replace("label: {en: city council, de: Stadtrat}", "label: {de: Stadtrat, en: city council}")
    registry.write_text(turned + "# a comment\n", encoding="utf-8")
    assert turned != text
    assert run(project).content_hash == before


def test_any_change_of_a_value_changes_the_content_hash(tmp_path: Path) -> None:
    project = fresh(tmp_path / "neudorf")
    hashes = {run(project).content_hash}
    changes = (
        ("dataset/registry/actors.yaml", "de: Feuerwehr", "de: Wehr"),
        ("dataset/registry/locations.yaml", "latitude: 51", "latitude: 51.0000001"),
        ("dataset/annotations/bruecken/coder-a.yaml", "doubt: low", "doubt: high"),
        ("dataset/annotations/bruecken/coder-a.yaml", "role: venue", "role: presence"),
    )
    for number, (name, old, new) in enumerate(changes, start=1):
        path = project / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        hashes.add(run(project).content_hash)
        assert len(hashes) == number + 1


@pytest.mark.parametrize("name", ["errors-in-several-files", "codebook-unknown-frame"])
def test_findings_in_the_same_words_and_order(name: str, tmp_path: Path) -> None:
    project = fresh(tmp_path / "project" / "neudorf")
    spoil(project, load((INVALID / f"{name}.yaml").read_text(encoding="utf-8"))["edits"])
    said = set()
    for seed in ("1", "2"):
        outcome = subprocess.run(
            [*COMMAND, str(project)], env=environment(PYTHONHASHSEED=seed), capture_output=True, check=False
        )
        assert outcome.returncode == 1
        said.add(outcome.stderr)
    assert len(said) == 1
