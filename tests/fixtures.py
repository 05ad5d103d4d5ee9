"""Applies the edits of a fixture to a fresh copy of the made-up project, and builds it."""

import hashlib
import importlib
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from neudorf import copy_neudorf
from ruamel.yaml import YAML

from aussage.codebook import Codebook, load_codebook
from aussage.compile import BuildResult
from aussage.diagnostics import Diagnostics
from aussage.source import Project

building = importlib.import_module("aussage.compile.build")
CODEBOOK = "schema/codebook.yaml"
PARSED: dict[bytes, Codebook | None] = {}


def load(text: str) -> dict[str, Any]:
    """A fixture as plain data."""
    return YAML(typ="safe", pure=True).load(text)


@cache
def template() -> dict[str, bytes]:
    """The files of the unspoiled project."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        root = copy_neudorf(Path(folder) / "neudorf")
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def fresh(folder: Path) -> Path:
    """A copy of the made-up project; beside it a file and a folder that are no part of it."""
    for name, data in template().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder.parent / "outside.txt").write_text("not part of the project\n", encoding="utf-8")
    return folder


def spoil(folder: Path, edits: list[dict[str, Any]]) -> None:
    """Apply the edits of a fixture, in their order."""
    for edit in edits:
        if "remove" in edit:
            path = folder / edit["remove"]
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        elif "symlink" in edit:
            name, target = edit["symlink"]
            (folder / name).symlink_to(target)
        elif "rehash" in edit:
            _rehash(folder / edit["rehash"])
        else:
            path = folder / edit["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_edited(path, edit))


def _edited(path: Path, edit: dict[str, Any]) -> bytes:
    """The bytes of a file after one edit."""
    if "hex" in edit:
        return bytes.fromhex(edit["hex"])
    if "text" in edit:
        return bytes(edit["text"].encode())
    if "repeat" in edit:
        text, times = edit["repeat"]
        return bytes((text * times).encode())
    old = path.read_bytes().decode()
    if "append" in edit:
        return (old + edit["append"] * edit.get("times", 1)).encode()
    if "cut" in edit:
        first, last = edit["cut"]
        start = old.index(first)
        return (old[:start] + edit["put"] + old[old.index(last, start) :]).encode()
    assert edit.get("all") or old.count(edit["find"]) == 1, f"{edit['find']!r} occurs {old.count(edit['find'])} times"
    assert edit["find"] in old
    return old.replace(edit["find"], edit["put"]).encode()


def _rehash(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    sha256 = hashlib.sha256(record.with_suffix(".txt").read_bytes()).hexdigest()
    record.write_text(re.sub(r"(?m)^sha256: .*$", f"sha256: {sha256}", text), encoding="utf-8")


def codebook_once(project: Project, diagnostics: Diagnostics) -> Codebook | None:
    """As `load_codebook`, but the unspoiled codebook of the made-up project is read only once."""
    path = project.root / CODEBOOK
    if path.is_symlink() or not path.is_file() or path.read_bytes() != template()[CODEBOOK]:
        return load_codebook(project, diagnostics)
    data = template()[CODEBOOK]
    if data not in PARSED:
        PARSED[data] = load_codebook(project, diagnostics)
    return PARSED[data]


def run(folder: Path) -> BuildResult:
    """Build the project, with the codebook read only once in a test run."""
    kept = building.load_codebook
    building.load_codebook = codebook_once
    try:
        return building.build(folder)
    finally:
        building.load_codebook = kept
