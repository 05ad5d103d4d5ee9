"""Whatever a user names, opened as a corpus folder: folder, bundle, revision of the project, kept version."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aussage.corpus.manifest import FULL
from aussage.project import find_project
from aussage.release.opening.folders import folder_of_corpus
from aussage.release.opening.kept import Kept, kept
from aussage.release.opening.refusal import NotFound
from aussage.release.opening.revision import commit_of, write_corpus
from aussage.release.opening.zip_bundle import is_zip, unpack_corpus

PATHS = (".", "/", "~", "\\")


@contextmanager
def opened(named: str | os.PathLike[str], around: Path | None = None) -> Iterator[Path]:
    """A corpus folder (with `manifest.json`) of what is named, for as long as the block runs.

    `named` is the path of a project folder, corpus folder, bundle folder or bundle zip; or a git revision (`v0.1.0`,
    `HEAD~2`, `main:`) of the project in which `around` lies (by default the current folder); or a version in the local
    store (`0.1.0`, `name@0.1.0`). A `Path`, and a text that begins with `.`, `/` or `~`, is a path and nothing else.
    What had to be unpacked stands in a temporary folder, which is removed when the block ends.

    Raises:
        NotFound: the name means nothing, or several things; the message says which.
        Refused: it is a bundle, a revision or a corpus that is not whole or not safe.
        CorpusError: there is no corpus in what was named.
    """
    text = os.fspath(named)
    if isinstance(named, os.PathLike) or text.startswith(PATHS):
        meanings: list[Path | str | Kept] = [_path_of(text)]
    else:
        project = find_project(around or Path.cwd())
        meanings = _meanings(text, project)
    if len(meanings) != 1:
        raise _unclear(text, meanings, around)
    meaning = meanings[0]
    if isinstance(meaning, Kept):
        yield meaning.folder
    elif isinstance(meaning, Path) and not is_zip(meaning):
        yield folder_of_corpus(meaning)
    else:
        with tempfile.TemporaryDirectory(prefix="aussage-") as place:
            target = Path(place) / "corpus"
            if isinstance(meaning, Path):
                unpack_corpus(meaning, target)
            else:
                write_corpus(meaning, find_project(around or Path.cwd()), target)
            yield target


def _path_of(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as error:  # no home folder for ~
        raise NotFound(f"{text} cannot be read: {error}") from None


def _meanings(text: str, project: Path) -> list[Path | str | Kept]:
    """All that a name could mean: a path, a commit, versions in the store."""
    found: list[Path | str | Kept] = [Path(text)] if os.path.lexists(text) else []
    if commit := commit_of(text.removesuffix(":") or text, project):
        found.append(commit)
    name, _, version = text.rpartition("@")
    same = [one for one in kept() if one.version == version and name in ("", one.name) and one.content_hash]
    fullest = {one.name: one for one in sorted(same, key=lambda one: one.edition == FULL)}
    return [*found, *fullest.values()]


def _unclear(text: str, meanings: list[Path | str | Kept], around: Path | None) -> NotFound:
    if meanings:
        ways = [_way(text, meaning) for meaning in meanings]
        return NotFound(f"{text!r} could be {', or '.join(ways)}; say which")
    project = find_project(around or Path.cwd())
    known = ", ".join(dict.fromkeys(f"{one.name}@{one.version}" for one in kept())) or "none"
    if text.startswith("-"):
        return NotFound(f"{text!r} is no name of a corpus or revision; for a path that begins with '-' write ./{text}")
    return NotFound(
        f"there is no {text!r}: no such file or folder, no git revision of {project} "
        f"and no version in the local store (kept: {known}; `aussage store add BUNDLE` adds one)"
    )


def _way(text: str, meaning: Path | str | Kept) -> str:
    if isinstance(meaning, Path):
        return f"the path ./{text}"
    if isinstance(meaning, Kept):
        return f"the kept version {meaning.name}@{meaning.version}"
    return f"the git commit {meaning[:12]} ({meaning[:12]} names it alone)"
