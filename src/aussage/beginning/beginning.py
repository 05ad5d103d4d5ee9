"""A new project is made whole beside its place, proved to be readable, and only then put there."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aussage.beginning.codebooks import WHOLE, codebook_text
from aussage.beginning.files import (
    ACTORS,
    GITIGNORE,
    LOCATIONS,
    README,
    TEST,
    coders_file,
    project_file,
)
from aussage.diagnostics import Diagnostics, Place
from aussage.generate import write_files
from aussage.generate.everything import generated_files
from aussage.project import FILE, read_project
from aussage.source import Project
from aussage.source.bytes import reason

FOLDERS = ("seeds", "dataset/annotations", "dataset/registry", "schema", "tests")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a project says of itself at its beginning; `codebook` is `aussage`, `minimal` or the path of a file."""

    name: str
    title: str
    languages: list[str]
    creator: str
    licence: str = "CC-BY-4.0"
    codebook: str = WHOLE


def begin(folder: Path, answers: Answers, diagnostics: Diagnostics) -> bool:
    """Make the project in `folder`, which must not exist or be empty; gives whether it is there, else findings.

    Nothing is written to `folder` unless the project's own sources can be read without an error.
    """
    place = Place(folder.name or str(folder))
    target = folder.absolute()
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            message = f"{folder} is there already and not empty" if target.is_dir() else f"{folder} is a file"
            diagnostics.add("out-folder", place, message, expected="a new or an empty folder")
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        try:
            _fill(beside, answers, diagnostics)
            if not diagnostics.has_errors:
                _put(beside, target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        diagnostics.add("cannot-write", place, reason(error), mend="check that you may write there")
    return not diagnostics.has_errors


def _fill(folder: Path, answers: Answers, diagnostics: Diagnostics) -> None:
    """Write all files of the project; what its own readers find wrong is reported."""
    try:
        codebook = codebook_text(answers.codebook)
    except OSError as error:
        name = Path(answers.codebook).name
        diagnostics.add("unreadable-file", Place(name), f"cannot read {answers.codebook}: {reason(error)}")
        return
    facts = project_file(answers.name, answers.title, answers.languages, answers.creator, answers.licence)
    texts = {
        FILE: facts,
        ".gitignore": GITIGNORE,
        "README.md": README.format(title=answers.title),
        "dataset/registry/actors.yaml": ACTORS,
        "dataset/registry/locations.yaml": LOCATIONS,
        "dataset/registry/coders.yaml": coders_file(answers.creator),
        "tests/test_corpus.py": TEST,
    }
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    for name in ("seeds", "dataset/annotations"):  # kept by git although empty
        (folder / name / ".gitkeep").touch()
    (folder / "schema" / "codebook.yaml").write_bytes(codebook)
    read_project(Project(folder), diagnostics)
    generated = generated_files(folder, diagnostics) if not diagnostics.has_errors else None
    if generated and not diagnostics.has_errors:
        write_files(generated)


def _put(beside: Path, target: Path) -> None:
    """Give the folder its name; one that is empty, such as the current one, is filled instead."""
    if not target.exists():
        beside.rename(target)
        return
    placed: list[Path] = []
    try:
        for path in sorted(beside.iterdir()):
            os.rename(path, target / path.name)  # noqa: PTH104 - refuses to replace a folder that is not empty
            placed.append(target / path.name)
    except OSError:
        for path in placed:
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
