"""Finds the folder of a corpus: the one that comes with Aussage, a project's, or the folder itself."""

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, cast

from aussage.corpus.errors import CorpusError, TextFreeEdition, how_to_put_back
from aussage.remote import Unreachable, is_address, is_remote, path_of
from aussage.remote.unreachable import MEND

if TYPE_CHECKING:
    from aussage.corpus.corpus import Corpus

MANIFEST, PROJECT_FILE, BUILT = "manifest.json", "aussage.toml", Path("dataset") / "corpus"
BAG = "bagit.txt"
PACKAGE = Path(__file__).resolve().parents[1]


def load(path: str | os.PathLike[str] | None = None, *, version: str | None = None) -> "Corpus":
    """Load a built corpus; tables are read when they are asked for, over a network only where the path is an address.

    Args:
        path: A project folder (with `aussage.toml` or `dataset/corpus`), a corpus folder (with `manifest.json`), the
            address of one of them as `s3://bucket/folder` (pip install 'aussage[remote]'), or a bundle that
            `aussage release` made: its zip, or the folder that was in it. Bundles are proved as a whole before
            anything of them is used; a zip is unpacked once into the local store (AUSSAGE_STORE), and is there at
            once when it is loaded again. Without a path: the corpus that comes with Aussage.
        version: An earlier release of that corpus, kept in the local store (`aussage store add BUNDLE`).

    Returns:
        The corpus; `claims`, `mentions` and `relations` show its gold layer.

    Raises:
        CorpusError: there is no corpus, it is damaged, or it was made by a newer Aussage; a bundle is not whole or not
            safe; the version is not kept; an address cannot be reached.

    Warns:
        TextFreeEdition: the corpus comes without the texts of its articles.
    """
    from aussage.corpus.corpus import Corpus
    from aussage.corpus.store import Store

    try:
        folder = shipped_folder() if path is None else _named_folder(_path(path))
        if version is not None:
            folder = _version_of(folder, version)
        store = Store(folder.absolute())
    except Unreachable as error:
        raise CorpusError(f"{error}; {MEND}") from None
    except (OSError, RuntimeError) as error:  # RuntimeError: no home folder for ~
        raise CorpusError(f"{path} cannot be read: {error}") from None
    if not store.manifest.has_texts:
        name = f"{store.manifest.name} {store.manifest.version}"
        message = (
            f"{name} is the text-free edition: the texts of its articles are not in it; {how_to_put_back(store.folder)}"
        )
        warnings.warn(message, TextFreeEdition, stacklevel=2)
    return Corpus(store)


def _path(given: str | os.PathLike[str]) -> Path:
    """A path, or what an address stands for; the folder of a build in a remote place is that already."""
    if is_remote(given):
        return cast("Path", given)
    return path_of(given) if isinstance(given, str) and is_address(given) else Path(given).expanduser()


def _named_folder(path: Path) -> Path:
    """The corpus folder in what `path` names. What knows bundles is imported only for one: it is rarely needed."""
    if is_remote(path):
        return corpus_folder(path)
    if path.is_file():
        from aussage.release.opening.loaded_zips import corpus_of_zip
        from aussage.release.opening.zip_bundle import is_zip

        return corpus_of_zip(path) if is_zip(path) else corpus_folder(path)
    if any((place / BAG).is_file() for place in (path, path / "..", path / ".." / "..")):
        from aussage.release.opening.folders import folder_of_corpus

        return folder_of_corpus(path)
    return corpus_folder(path)


def _version_of(folder: Path, version: str) -> Path:
    """The folder of a version of the corpus in `folder`: from the local store, or itself if it is that version."""
    from aussage.corpus.manifest import read_manifest
    from aussage.release.opening.kept import find

    manifest = read_manifest(folder)
    try:
        return find(manifest.name, version).folder
    except CorpusError:
        if manifest.version == version:
            return folder
        raise


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
        raise CorpusError(
            f"{path} is a file; name the project folder or corpus folder in which it lies, or the zip of a bundle"
        )
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
