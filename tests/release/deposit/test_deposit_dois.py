"""DOIs written into aussage.toml: nothing else in it changes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from aussage.corpus.errors import CorpusError
from aussage.project.dois import write_dois

HEAD = """\
# The project.

[corpus]   # facts
name = "neudorf"  # the bridge
version = "0.1.0"
languages = [
  "de",
]
"""
LEVELS = '\n[levels.no-annotation]\nlevel = "note"\nreason = "in work"\n'
DOI, CONCEPT = "10.5281/zenodo.12", "10.5281/zenodo.11"


def written(folder: Path, text: str, version: str = "0.1.0", doi: str = DOI, concept: str = CONCEPT) -> str:
    path = folder / "aussage.toml"
    path.write_bytes(text.encode())
    write_dois(path, version, doi, concept)
    assert [found.name for found in folder.iterdir()] == ["aussage.toml"]
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD + LEVELS,
        HEAD.rstrip("\n"),
        HEAD.replace("\n", "\r\n"),
        HEAD + '\n[dois] # kept\nconcept = "10.5281/zenodo.11" # all versions\n' + LEVELS,
        HEAD + '\n[dois]\n\n[dois.versions]\n"0.0.9" = "10.5281/zenodo.10" # the first\n' + LEVELS,
        HEAD + '\n[dois.versions]\n"0.0.9" = "10.5281/zenodo.10"\n' + LEVELS,
        HEAD + '\n[dois]\nconcept = "10.5281/zenodo.11"\nversions = { "0.0.9" = "10.5281/zenodo.10" }\n',
        (HEAD + '\n[dois.versions]\n"0.0.9" = "10.5281/zenodo.10"\n' + LEVELS).replace("\n", "\r\n"),
    ],
)
def test_the_doi_is_added_and_all_else_stays(tmp_path: Path, text: str) -> None:
    new = written(tmp_path, text)
    before, after = tomllib.loads(text), tomllib.loads(new)
    assert after["dois"]["concept"] == CONCEPT
    assert after["dois"]["versions"] == before.get("dois", {}).get("versions", {}) | {"0.1.0": DOI}
    assert {key: value for key, value in after.items() if key != "dois"} == {
        k: v for k, v in before.items() if k != "dois"
    }
    kept = [line for line in text.splitlines() if not line.startswith("versions = {")]
    assert [line for line in new.splitlines() if line in kept and line] == [line for line in kept if line]
    assert ("\r\n" in new) == ("\r\n" in text)
    assert new.count("\r\n") in (0, new.count("\n"))


def test_writing_it_again_changes_nothing(tmp_path: Path) -> None:
    once = written(tmp_path, HEAD + LEVELS)
    assert written(tmp_path, once) == once


def test_a_second_version_stands_below_the_first(tmp_path: Path) -> None:
    once = written(tmp_path, HEAD)
    twice = written(tmp_path, once, "0.2.0", "10.5281/zenodo.13")
    assert twice.startswith(once)
    assert tomllib.loads(twice)["dois"]["versions"] == {"0.1.0": DOI, "0.2.0": "10.5281/zenodo.13"}


def test_another_doi_is_not_overwritten(tmp_path: Path) -> None:
    once = written(tmp_path, HEAD)
    with pytest.raises(CorpusError, match=r"10\.5281/zenodo\.99"):
        written(tmp_path, once, doi="10.5281/zenodo.99")
    assert (tmp_path / "aussage.toml").read_text() == once


def test_when_it_cannot_be_written_the_doi_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r'"0\.1\.0" = "10\.5281/zenodo\.12"'):
        write_dois(tmp_path / "aussage.toml", "0.1.0", DOI)


def test_the_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "aussage.toml"
    path.write_text(HEAD)
    path.chmod(0o640)
    write_dois(path, "0.1.0", DOI)
    assert path.stat().st_mode & 0o777 == 0o640
