"""A small made-up project that every test may copy and spoil."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NEUDORF = ROOT / "tests" / "projects" / "neudorf"
ISSUES = """\
issues:
- id: bridges-closed
  proposition: {en: The bridges should be closed., de: Die Brücken sollen gesperrt werden.}
  frame: security
  agreement: {plus: they should, minus: they should not}
- id: sand-enough
  proposition: {en: There is enough sand., de: Es gibt genug Sand.}
  frame: security
"""


def copy_neudorf(folder: Path) -> Path:
    """A copy of the made-up project, with the repository's codebook and an issue list of its own."""
    shutil.copytree(NEUDORF, folder, dirs_exist_ok=True)
    codebook = (ROOT / "schema" / "codebook.yaml").read_text(encoding="utf-8")
    (folder / "schema").mkdir()
    text = codebook[: codebook.index("\nissues:\n") + 1] + ISSUES
    (folder / "schema" / "codebook.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def neudorf(tmp_path: Path) -> Path:
    """The folder of a fresh copy of the made-up project."""
    return copy_neudorf(tmp_path / "neudorf")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT
