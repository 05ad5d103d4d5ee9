"""A made-up project under version control, ready to be released."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from neudorf import copy_neudorf

from aussage.cli.main import cli

GIT = ("git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
IGNORED = "dist/\ndataset/corpus/\ndataset/.corpus*\n"


def git(root: Path, *command: str) -> None:
    """Run git in the project."""
    subprocess.run([*GIT, *command], cwd=root, check=True, capture_output=True)


def aussage(root: Path, *command: str) -> Any:
    """What a command says as JSON, with its exit code as `code`; run in this process."""
    environment = {"AUSSAGE_STORE": str(root.parent / "store"), "AUSSAGE_TRACEBACK": "1"}
    name, *options = command
    done = CliRunner(env=environment).invoke(cli, [name, str(root), *options, "--json"])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return {"code": done.exit_code, **json.loads(done.stdout)}


def aussage_elsewhere(root: Path, *command: str, **environment: str) -> Any:
    """The same from a process of its own, as somebody else: with another environment."""
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
    shutil.copytree(_prepared(), folder)
    return folder


@cache
def _prepared() -> Path:
    """The project, made once in each process of the tests."""
    root = copy_neudorf(Path(tempfile.mkdtemp()) / "neudorf")
    atexit.register(shutil.rmtree, root.parent)
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
