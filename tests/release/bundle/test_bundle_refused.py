"""What `aussage release` refuses, all of it at once, and that nothing is written then."""

from pathlib import Path

import pytest
from released_project import aussage, git, ready_project

pytest.importorskip("scipy", reason="the datasheet needs scipy")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return ready_project(tmp_path / "neudorf")


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


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
    git(project, "add", "--force", "dataset/corpus")
    git(project, "commit", "--quiet", "--message", "with its corpus")
    git(project, "tag", "v0.1.0")
    actors = project / "dataset" / "registry" / "actors.yaml"
    text = actors.read_text(encoding="utf-8")
    actors.write_text(f"{text.rstrip()}\n- {{id: newcomer, type: person, label: {{de: Neu}}}}\n", encoding="utf-8")
    edited(project / "aussage.toml", 'version = "0.1.0"', 'version = "0.1.1"')
    assert aussage(project, "build")["ok"]
    assert aussage(project, "schema")["ok"]
    git(project, "add", "--all", "--force", "dataset/corpus")
    git(project, "commit", "--quiet", "--all", "--message", "a new actor")
    said = aussage(project, "release")
    assert said["code"] == 1
    assert (said["earlier"], said["step"]) == ("0.1.0", "minor")
    assert [refusal["code"] for refusal in said["refusals"]] == ["version-too-small"]
    assert "0.2.0" in said["refusals"][0]["mend"]


def test_a_project_with_mistakes_is_not_released(project: Path) -> None:
    edited(next((project / "dataset" / "annotations").rglob("*.yaml")), "claimant:", "claimant: nobody-at-all #")
    said = aussage(project, "release")
    assert said["code"] == 1
    assert said["bundles"] == []
    assert [found["code"] for found in said["findings"] if found["severity"] == "error"] == ["unknown-actor"], said
