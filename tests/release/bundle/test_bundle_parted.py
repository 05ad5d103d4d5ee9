"""The bundles of a corpus in parts are those of the same corpus in single files, byte by byte."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from parted_corpus import write_parted
from released_project import aussage, ready_project

import aussage.compile as compiling

pytest.importorskip("scipy", reason="the agreement needs scipy")


@pytest.fixture
def parted_builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every build is rewritten in parts; gives the folders of the corpora."""
    folders: list[Path] = []
    build = compiling.build

    def build_in_parts(root: Path, target: Path | None = None, **options: Any) -> Any:
        result = build(root, target, **options)
        whole = result.folder.with_name("whole")
        result.folder.rename(whole)
        folders.append(write_parted(whole, result.folder, [1]))
        shutil.rmtree(whole)
        return result

    monkeypatch.setattr(compiling, "build", build_in_parts)
    return folders


@pytest.mark.prove
def test_bundles_are_the_same_bytes(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = ready_project(tmp_path / "neudorf")
    shutil.rmtree(project / "dataset" / "corpus")
    said = aussage(project, "release", "--out", str(tmp_path / "whole"))
    assert said["code"] == 0, said
    folders = request.getfixturevalue("parted_builds")
    said = aussage(project, "release", "--out", str(tmp_path / "parted"))
    assert said["code"] == 0, said
    assert len(folders) == 1
    names = sorted(path.name for path in (tmp_path / "whole").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "parted").iterdir())
    assert len(names) == 2
    for name in names:
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "parted" / name).read_bytes()
