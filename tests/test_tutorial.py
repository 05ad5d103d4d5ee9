"""The tutorial works as it is written, from an empty folder: every block of it is run, in order, by one shell."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

START, END = "<!-- tutorial -->", "<!-- /tutorial -->"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"(Save .* as|append to)\s+`([^`]+)`:\s*\Z", re.DOTALL)


def tutorial(root: Path) -> str:
    """The text of the tutorial in README.md."""
    text = (root / "README.md").read_text(encoding="utf-8")
    return text[text.index(START) : text.index(END)]


def script(text: str) -> tuple[str, list[str]]:
    """The tutorial as one script of the shell, and the kinds of its blocks; a file is one that the text names."""
    lines, kinds = ["set -eu"], []
    for found in BLOCK.finditer(text):
        kind, content = found.groups()
        kinds.append(kind)
        if kind == "bash":
            lines.append(content)
        elif kind == "python":
            lines.append(f"python - <<'END'\n{content}END")
        else:
            named = NAMED.search(text[: found.start()])
            assert named, f"the text before this block names no file:\n{content}"
            lines.append(f"cat {'>>' if named[1] == 'append to' else '>'} '{named[2]}' <<'END'\n{content}END")
    return "\n".join(lines), kinds


def run(folder: Path, commands: str) -> str:
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    answer = subprocess.run(
        ["bash", "-c", commands], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the tutorial is written for a POSIX shell")
def test_the_tutorial_works_as_written(tmp_path: Path, root: Path) -> None:
    commands, kinds = script(tutorial(root))
    assert kinds == ["bash", "text", "bash", "yaml", "yaml", "bash", "python"]
    printed = run(tmp_path, commands)
    assert "2 sentences" in printed
    assert "0 errors" in printed
    assert re.search(r"bridge/s02\s+attributed\s+town council of Neudorf\s+ASSESS", printed)
    (project,) = tmp_path.iterdir()
    own = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", project], capture_output=True, text=True
    )
    assert "1 passed" in own.stdout, own.stdout
