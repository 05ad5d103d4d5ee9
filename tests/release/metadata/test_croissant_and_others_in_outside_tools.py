"""The tools of the communities read what is made here: tests/outside_tools/validate.py in an environment of its own."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from described_corpora import CORPORA, bundle
from neudorf import ROOT

VALIDATE = ROOT / "tests" / "outside_tools" / "validate.py"
PYTHON = Path(os.environ.get("AUSSAGE_VALIDATORS", ROOT / ".venv-validators" / "bin" / "python"))
pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(
        not PYTHON.exists(),
        reason="AUSSAGE_VALIDATORS names no Python that has tests/outside_tools/validators.txt",
    ),
]


def validated(folder: Path) -> tuple[int, str]:
    done = subprocess.run([PYTHON, VALIDATE, folder], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("name", CORPORA)
def test_every_tool_is_content(name: str) -> None:
    code, said = validated(bundle(CORPORA[name]()))
    assert code == 0, said
    assert said.count(": valid") == 8


def test_every_tool_says_what_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    shutil.copytree(bundle(CORPORA["made-up"]()), folder)
    data = folder / "data"
    table = (data / "csv" / "relations.csv").read_text(encoding="utf-8")
    (data / "csv" / "relations.csv").write_text(table.replace("s01", "s99"), encoding="utf-8")
    spoil(data / "croissant.json", '"corpus/claims.parquet"', '"corpus/sentences.parquet"')
    spoil(data / "README.md", "config_name: claims", "config_name: other")
    spoil(data / "prov.json", '"entity"', '"nothing"')
    spoil(data / "datacite.json", '"titles"', '"headings"')
    manifest = json.loads((data / "corpus" / "manifest.json").read_text(encoding="utf-8"))
    manifest["tables"]["claims"]["rows"] += 1
    (data / "corpus" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (data / "stray.txt").write_text("not listed", encoding="utf-8")
    code, said = validated(folder)
    assert code == 1
    assert said.count("FAILED") == 8, said
    assert "stray.txt is no part of the crate" in said


def spoil(path: Path, words: str, other: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert words in text
    path.write_text(text.replace(words, other), encoding="utf-8")
