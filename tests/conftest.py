"""Fixtures that all tests share."""

from pathlib import Path

import pytest
from neudorf import ROOT, copy_neudorf


@pytest.fixture
def neudorf(tmp_path: Path) -> Path:
    """The folder of a fresh copy of the made-up project."""
    return copy_neudorf(tmp_path / "neudorf")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT
