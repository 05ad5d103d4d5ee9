"""What `aussage release` refuses, all of it at once, and that nothing is written then."""

from pathlib import Path

import pytest
from released_project import aussage, git, ready_project

from aussage.release.editions.text_free import make_text_free

pytest.importorskip("scipy", reason="the datasheet needs scipy")


NEWCOMER = "- {id: newcomer, type: person, label: {de: Neu}}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return ready_project(tmp_path / "neudorf")


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def committed(project: Path, message: str) -> None:
    """Build and generate anew, and commit all of it, the corpus too."""
    assert aussage(project, "build")["ok"]
    assert aussage(project, "schema")["ok"]
    git(project, "add", "--all")
    git(project, "add", "--force", "dataset/corpus")
    git(project, "commit", "--quiet", "--message", message)


def test_all_that_is_unfinished_is_said_at_once(project: Path) -> None:
    edited(project / "aussage.toml", 'released = "2026-01-01"\n', "")
    edited(project / "schema" / "CODEBOOK.md", "#", "# Edited by hand:")
    said = aussage(project, "release")
    assert said["code"] == 1
    assert said["bundles"] == []
    found = {refusal["code"]: refusal for refusal in said["refusals"]}
    assert {"no-date", "dirty-tree", "stale-corpus", "stale-files"} <= set(found)
    assert "aussage.toml" in found["dirty-tree"]["concerns"]
    assert "schema/CODEBOOK.md" in found["stale-files"]["concerns"]
    assert not list((project / "dist").glob("*"))


def test_a_version_that_is_too_small_is_refused(project: Path) -> None:
    committed(project, "with its corpus")
    git(project, "tag", "v0.1.0")
    actors = project / "dataset" / "registry" / "actors.yaml"
    actors.write_text(f"{actors.read_text(encoding='utf-8').rstrip()}\n{NEWCOMER}", encoding="utf-8")
    edited(project / "aussage.toml", 'version = "0.1.0"', 'version = "0.1.1"')
    edited(project / "schema" / "codebook.yaml", "There is enough sand.", "There is too much sand.")
    committed(project, "a new actor")
    said = aussage(project, "release")
    assert said["code"] == 1
    assert (said["earlier"], said["step"]) == ("0.1.0", "major")
    found = {refusal["code"]: refusal["mend"] for refusal in said["refusals"]}
    assert set(found) == {"version-too-small", "codebook-version-too-small"}
    assert "0.2.0" in found["version-too-small"]
    assert '"2.0.0" into schema/codebook.yaml' in found["codebook-version-too-small"]


def test_a_row_that_went_without_a_word_is_refused(project: Path) -> None:
    actors = project / "dataset" / "registry" / "actors.yaml"
    without = actors.read_text(encoding="utf-8")
    actors.write_text(f"{without.rstrip()}\n{NEWCOMER}", encoding="utf-8")
    committed(project, "with a newcomer")
    git(project, "tag", "v0.1.0")
    actors.write_text(without, encoding="utf-8")
    edited(project / "aussage.toml", 'version = "0.1.0"', 'version = "1.0.0"')
    committed(project, "without")
    said = aussage(project, "release")
    assert [refusal["code"] for refusal in said["refusals"]] == ["ids-not-kept"]
    assert said["refusals"][0]["concerns"] == ["actors newcomer: removed without a tombstone"]


def test_a_project_with_mistakes_is_not_released(project: Path) -> None:
    edited(next((project / "dataset" / "annotations").rglob("*.yaml")), "claimant:", "claimant: nobody-at-all #")
    said = aussage(project, "release")
    assert said["code"] == 1
    assert said["bundles"] == []
    assert [found["code"] for found in said["findings"] if found["severity"] == "error"] == ["unknown-actor"], said


def test_a_release_of_which_only_the_text_free_edition_is_kept_is_compared(project: Path, tmp_path: Path) -> None:
    make_text_free(project / "dataset" / "corpus", tmp_path / "text-free")
    edited(project / "aussage.toml", 'version = "0.1.0"', 'version = "0.0.9"')
    said = aussage(project, "release", "--against", str(tmp_path / "text-free"))
    assert (said["earlier"], said["step"]) == ("0.1.0", "none")
    assert "version-too-small" in {refusal["code"] for refusal in said["refusals"]}
