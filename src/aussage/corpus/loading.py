"""Finds the folder of a corpus: the one that comes with Aussage, a project's, or the folder itself."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from aussage.corpus.errors import CorpusError

if TYPE_CHECKING:
    from aussage.corpus.corpus import Corpus

MANIFEST, PROJECT_FILE, BUILT = "manifest.json", "aussage.toml", Path("dataset") / "corpus"
PACKAGE = Path(__file__).resolve().parents[1]


def load(path: str | os.PathLike[str] | None = None) -> "Corpus":
    """Load a built corpus; nothing is fetched from a network, and tables are read when they are asked for.

    Args:
        path: A project folder (with `aussage.toml` or `dataset/corpus`), or a corpus folder (with
            `manifest.json`). Without it: the corpus that comes with Aussage.

    Returns:
        The corpus; `claims`, `mentions` and `relations` show its gold layer.

    Raises:
        CorpusError: there is no corpus, it is damaged, or it was made by a newer Aussage.
    """
    from aussage.corpus.corpus import Corpus
    from aussage.corpus.store import Store

    try:
        folder = shipped_folder() if path is None else corpus_folder(Path(path).expanduser())
    except (OSError, RuntimeError) as error:  # RuntimeError: no home folder for ~
        raise CorpusError(f"{path} cannot be read: {error}") from None
    return Corpus(Store(folder.absolute()))


def corpus_folder(path: Path) -> Path:
    """The corpus folder that `path` names: its project's corpus, or itself.

    Raises:
        CorpusError: there is neither.
    """
    built = path / BUILT
    if (path / PROJECT_FILE).is_file() or built.is_dir() or _whole(built):
        return _corpus_in(built, path)
    if found := _whole(path):
        return found
    if not path.exists():
        raise CorpusError(f"there is no folder {path}; name a project folder or a corpus folder")
    if not path.is_dir():
        raise CorpusError(f"{path} is a file; name the project folder or corpus folder in which it lies")
    raise CorpusError(
        f"{path} holds no corpus: neither {MANIFEST} (a corpus folder) nor {PROJECT_FILE} or {BUILT.as_posix()} "
        "(a project folder) is in it; name another folder, or run `aussage build` in a project"
    )


def shipped_folder() -> Path:
    """The folder of the corpus that comes with Aussage: in the installed package, else in the clone around it.

    Raises:
        CorpusError: it is in neither place.
    """
    shipped = PACKAGE / "shipped"
    if found := _whole(shipped):
        return found
    clone = PACKAGE.parents[1]
    if PACKAGE.parent.name == "src" and (clone / PROJECT_FILE).is_file():
        return _corpus_in(clone / BUILT, clone)
    raise CorpusError(
        f"the corpus that comes with Aussage is missing: there is no {shipped / MANIFEST}; "
        "install Aussage again, or name a folder: aussage.load(PATH)"
    )


def _corpus_in(built: Path, project: Path) -> Path:
    if found := _whole(built):
        return found
    raise CorpusError(f"{project} has no built corpus: there is no {built / MANIFEST}; run `aussage build {project}`")


def _whole(folder: Path) -> Path | None:
    """The folder if it holds a corpus; the version before it if a build was cut off while it took its place."""
    if (folder / MANIFEST).is_file():
        return folder
    previous = folder.with_name(f".{folder.name}.previous") if folder.name else folder
    return previous if not folder.exists() and (previous / MANIFEST).is_file() else None
