"""What a project holds already: the ids of its documents, and their texts for comparison."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from aussage.intake.rows import opened
from aussage.source import Project
from aussage.source.packed import ENDINGS as LINES

FOLDER = "seeds"


class _Line(msgspec.Struct):
    """What is read of a line of JSON Lines here; whether the line is sound is for the build to say."""

    id: str = ""
    text: str = ""


def present_documents(project: Project, texts: bool = True) -> Iterator[tuple[str, Path, str | None]]:
    """Id, file and text of every document in `seeds/`; no text where it cannot be read, or if `texts` is off."""
    for path in project.files(FOLDER):
        if path.suffix == ".yaml":
            yield path.stem, path, _text(path.with_suffix(".txt")) if texts else None
        elif path.name.endswith(LINES):
            yield from ((line.id, path, line.text or None) for line in _lines(path))


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _lines(path: Path) -> Iterator[_Line]:
    decoder = msgspec.json.Decoder(_Line)
    try:
        with opened(path) as stream:
            for line in stream:
                try:
                    yield decoder.decode(line)
                except (msgspec.MsgspecError, UnicodeError):
                    continue
    except (OSError, UnicodeDecodeError):
        return
