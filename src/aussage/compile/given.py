"""The records of a project as they were given: files of YAML, and lines of JSON Lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from aussage.diagnostics import Diagnostics, Place
from aussage.records import Read, read_line, read_record
from aussage.records.fields import Record
from aussage.registry.registry import LARGEST_JSON_LINES, read_text
from aussage.source import Project, decode
from aussage.source.bytes import reason
from aussage.source.packed import is_json_lines, is_packed, unpacked
from aussage.source.yaml import read_yaml

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Given:
    """Where a record was given: a file of its own, or a line of a file (with its number, from 0, and its text)."""

    path: Path
    number: int = -1
    line: str = ""

    @property
    def is_line(self) -> bool:
        """Whether the record is a line of JSON Lines."""
        return self.number >= 0

    def read(
        self, project: Project, record: type[R], schema: dict[str, Any], diagnostics: Diagnostics
    ) -> tuple[Read[R] | None, dict[str, Any] | None]:
        """The typed record, or nothing and findings; and what was given if it is a mapping that does not fit.

        The second is empty, not nothing, where a file could not be read at all.
        """
        misfits: list[Any] = []
        name = project.name(self.path)
        if self.is_line:
            read = read_line(self.line, self.number, name, record, schema, diagnostics, misfits)
        else:
            text = read_text(project, self.path, diagnostics)
            source = read_yaml(text, name, diagnostics) if text is not None else None
            read = read_record(source, record, schema, diagnostics) if source else None
            misfits = [source.root.plain() if source else {}]
        given = [one if isinstance(one, dict) else {} for one in misfits if read is None]
        return read, given[0] if given else None


def lines_of(project: Project, path: Path, diagnostics: Diagnostics) -> Iterator[Given]:
    """The lines of a file of JSON Lines, plain or packed, that are not empty."""
    if is_packed(path):
        name = project.name(path)
        try:
            with unpacked(path) as stream:
                data = stream.read()
        except OSError as error:
            diagnostics.add("unreadable-file", Place(name), f"cannot unpack {name}: {reason(error)}")
            return
        text = decode(data, name, diagnostics)
    else:
        text = read_text(project, path, diagnostics, LARGEST_JSON_LINES)
    for number, line in enumerate((text or "").split("\n")):
        if line.strip():
            yield Given(path, number, line)


def document_files(project: Project, folder: str) -> Iterator[Path]:
    """The files in a folder of a project that hold records of documents, in the order of names."""
    for path in project.files(folder):
        if is_json_lines(path) or path.suffix == ".yaml":
            yield path


def annotation_files(project: Project, folder: str, diagnostics: Diagnostics) -> Iterator[Path]:
    """The annotation files in a folder of a project, in the order of names; what is none is reported."""
    base = project.root / folder
    for path in project.everything(folder):
        name = project.name(path)
        if path.is_dir() and path.is_symlink():
            diagnostics.add("unknown-file", Place(name), f"{name} is a link to a folder, which is not followed")
        if path.is_dir() or path.suffix == ".md":
            continue
        if is_json_lines(path) or (path.suffix == ".yaml" and path.parent.parent == base):
            yield path
        else:
            expected = f"{folder}/<document>/<coder>.yaml or {folder}/*.jsonl"
            diagnostics.add("unknown-file", Place(name), f"{name} is no annotation file", expected=expected)


def given_in(project: Project, paths: Iterable[Path], diagnostics: Diagnostics) -> Iterator[Given]:
    """The records in some files, in their order: a file of YAML is one, and so is a line of JSON Lines."""
    for path in paths:
        if is_json_lines(path):
            yield from lines_of(project, path, diagnostics)
        else:
            yield Given(path)
