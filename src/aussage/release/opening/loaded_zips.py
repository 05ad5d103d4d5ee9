"""The corpora of zips that were loaded: proved and unpacked once into the store, and found there the next time."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from aussage.corpus.errors import CorpusError
from aussage.corpus.loading import MANIFEST
from aussage.release.opening.kept import VARIABLE, store_folder
from aussage.release.opening.zip_bundle import unpack_corpus

PLACE = ".loaded"


def corpus_of_zip(bundle: Path) -> Path:
    """The corpus of a bundle's zip, unpacked in the store under the SHA-256 of the zip's bytes.

    The first time the whole bundle is proved; afterwards only the zip is read, to know it again.

    Raises:
        Refused: the bundle is not whole or not safe.
        CorpusError: it cannot be read, or the store not be written.
    """
    try:
        with bundle.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        folder = loaded_zips() / digest
        if not (folder / MANIFEST).is_file():
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".", dir=folder.parent) as place:
                unpack_corpus(bundle, Path(place) / "corpus")
                _take_place(Path(place) / "corpus", folder)
    except OSError as error:
        raise CorpusError(
            f"{bundle} cannot be unpacked into {loaded_zips()}: {error.strerror}; "
            f"name a folder that can be written in {VARIABLE}, or unpack the zip and load its folder"
        ) from None
    return folder


def loaded_zips() -> Path:
    """The folder in which they stand; nothing in it is needed again."""
    return store_folder() / PLACE


def forget() -> int:
    """Remove all of them, and tell how many there were.

    Raises:
        CorpusError: they cannot be removed.
    """
    try:
        found = [path for path in loaded_zips().iterdir() if path.is_dir()]
        shutil.rmtree(loaded_zips())
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise CorpusError(f"{loaded_zips()} cannot be removed: {error.strerror}") from None
    return sum(not path.name.startswith(".") for path in found)


def _take_place(new: Path, folder: Path) -> None:
    """Rename a folder unless another process was first with the same content."""
    try:
        new.rename(folder)
    except OSError:
        if not (folder / MANIFEST).is_file():
            raise
