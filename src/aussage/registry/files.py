"""The files of the registries: which there may be, in what order they are read, and which stand there by mistake."""

from dataclasses import dataclass
from pathlib import Path

from aussage.diagnostics import Diagnostics, Place
from aussage.source import Project
from aussage.source.packed import ENDINGS as LINES
from aussage.source.packed import PACKED as COMPRESSION

FOLDER = "dataset/registry"
TABLES = ("actors", "locations", "coders")
TIMES_PACKED = 10  # how many times longer JSON Lines may be than what gzip or Zstandard make of them; a guess is enough


@dataclass(frozen=True, slots=True)
class RegistryFiles:
    """The files of one registry: one of YAML, or none, and those of JSON Lines in the order in which they are read."""

    table: str
    yaml: Path | None
    lines: tuple[Path, ...]

    def size(self) -> int:
        """About how many bytes of JSON Lines there are."""
        return sum(_size(path) * (TIMES_PACKED if path.suffix in COMPRESSION else 1) for path in self.lines)


def registry_files(project: Project, stem: str, need: bool = True) -> RegistryFiles:
    """The files `<stem>.yaml`, `<stem>.jsonl[.gz|.zst]`, and those of JSON Lines in the folder `<stem>`.

    A registry that is needed and has no file at all is said to have its YAML file, so that reading it reports that.
    """
    base = project.root / stem
    there = {path.name: path for path in _inside(base.parent)}
    lines = [there[name] for ending in LINES if (name := base.name + ending) in there]
    lines += [path for path in _inside(base) if path.name.endswith(LINES)] if base.name in there else []
    yaml = there.get(f"{base.name}.yaml")
    missing = base.with_name(f"{base.name}.yaml") if need and not lines else None
    return RegistryFiles(base.name, yaml or missing, tuple(lines))


def examine_files(project: Project, diagnostics: Diagnostics) -> None:
    """Report what stands in the folder of the registries and is none."""
    folder = project.root / FOLDER
    known = [f"{name}{ending}" for name in TABLES for ending in (".jsonl", ".yaml")]
    expected = f"{', '.join(sorted(known))} (.jsonl also as .jsonl.gz or .jsonl.zst, or a folder of such files)"
    for path in _inside(folder):
        if path.name in TABLES and path.is_dir():
            for part in _inside(path):
                if not part.name.endswith(LINES):
                    message = f"{part.name} is no part of a registry"
                    diagnostics.add("unknown-file", Place(project.name(part)), message, expected=", ".join(LINES))
        elif path.name not in known and path.name not in {f"{name}{ending}" for name in TABLES for ending in LINES}:
            place = Place(project.name(path))
            diagnostics.add("unknown-file", place, f"{path.name} is no registry", expected=expected)


def _inside(folder: Path) -> list[Path]:
    """What stands in a folder under a name that is not hidden, in the order of names; nothing if it is no folder."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
