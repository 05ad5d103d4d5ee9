"""The files from which a corpus is compiled: articles, codebook, annotations, registries, the project file."""

from collections.abc import Iterator
from pathlib import Path

from aussage.release.metadata.shipped import ShippedFile, shipped_files

SINGLE = ("aussage.toml", "schema/codebook.yaml", "dataset/withdrawn.yaml")
FOLDERS = ("seeds", "dataset/annotations", "dataset/registry")
DERIVED = "gold.yaml"


def source_files(root: Path) -> list[ShippedFile]:
    """The sources of the project at `root`, each with its digest, in the order of their paths.

    What is derived from them (`gold.yaml`) and hidden files are left out.

    Raises:
        OSError: one cannot be read.
    """
    return shipped_files(root, _paths(root))


def _paths(root: Path) -> Iterator[str]:
    yield from (path for path in SINGLE if (root / path).is_file())
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.is_file() and path.name != DERIVED and not path.name.startswith("."):
                yield path.relative_to(root).as_posix()
