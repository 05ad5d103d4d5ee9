"""The made-up project that tests copy and spoil."""

import re
import shutil
from pathlib import Path

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
    text = re.sub("^version: .*$", 'version: "1.0.0"', text, count=1, flags=re.MULTILINE)
    (folder / "schema" / "codebook.yaml").write_text(text, encoding="utf-8")
    return folder
