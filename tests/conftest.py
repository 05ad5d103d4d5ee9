"""Fixtures that all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures import building, codebook_once
from neudorf import ROOT, copy_neudorf

from aussage.check import project as check_project


@pytest.fixture(scope="session", autouse=True)
def _codebook_of_the_made_up_project() -> Iterator[None]:
    """It is read once in a process: reading it takes longer than all else in a build of the made-up project."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "load_codebook", codebook_once)
        patch.setattr(check_project, "load_codebook", codebook_once)
        yield


@pytest.fixture
def neudorf(tmp_path: Path) -> Path:
    """The folder of a fresh copy of the made-up project."""
    return copy_neudorf(tmp_path / "neudorf")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT
