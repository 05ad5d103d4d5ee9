"""A made-up project under version control, ready to be released."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from neudorf import copy_neudorf

GIT = ("git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
IGNORED = "dist/\ndataset/corpus/\ndataset/.corpus*\n"


def git(root: Path, *command: str) -> None:
    """Run git in the project."""
    subprocess.run([*GIT, *command], cwd=root, check=True, capture_output=True)


def aussage(root: Path, *command: str, **environment: str) -> Any:
    """What a command says as JSON, with its exit code as `code`."""
    done = subprocess.run(
        [sys.executable, "-m", "aussage", *command, "--json"],
        cwd=root,
        env={**os.environ, "AUSSAGE_STORE": str(root.parent / "store"), **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr, done.stderr
    return {"code": done.returncode, **json.loads(done.stdout)}


def ready_project(folder: Path) -> Path:
    """A project whose sources and generated files are committed."""
    root = copy_neudorf(folder)
    facts = root / "aussage.toml"
    text = facts.read_text(encoding="utf-8").replace("[corpus]\n", '[corpus]\nreleased = "2026-01-01"\n', 1)
    facts.write_text(text, encoding="utf-8")
    (root / ".gitignore").write_text(IGNORED, encoding="utf-8")
    assert aussage(root, "build")["ok"]
    assert aussage(root, "schema")["ok"]
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "ready")
    return root
