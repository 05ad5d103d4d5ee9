"""The local store of earlier releases, written: releases are added whole, never changed, and removed by version."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from aussage.corpus.errors import CorpusError
from aussage.corpus.manifest import FULL, Manifest, read_manifest
from aussage.release.opening import Refused, opened
from aussage.release.opening.kept import VARIABLE, Kept, find, kept, kept_versions, store_folder
from aussage.release.opening.loaded_zips import forget
from aussage.release.opening.proof import corpus_problems
from aussage.release.opening.zip_names import fault_of_name
from aussage.release.versions import NoVersion, Version

__all__ = ["FULL", "Kept", "add", "find", "forget", "kept", "kept_versions", "remove", "store_folder"]


def add(named: str | Path) -> tuple[Kept, bool]:
    """Add a release to the store: the corpus of a bundle, or of whatever `opened` opens.

    It is copied, read back and proved before it gets its place, in one step.

    Returns:
        The release, and whether it is new; it is not if the same was kept already.

    Raises:
        Refused: the bundle is not whole or not safe.
        CorpusError: another content is kept under the same version (versions are never used again); the corpus has no
            name or version that can be kept; the store cannot be written.
    """
    with opened(named) as folder:
        manifest = read_manifest(folder)
        _examine(manifest)
        place = store_folder() / manifest.name / manifest.version / manifest.edition
        release = Kept(manifest.name, manifest.version, manifest.edition, manifest.content_hash, place)
        if _is_kept(release):
            return release, False
        try:
            return release, _copy(folder, release)
        except OSError as error:
            raise CorpusError(
                f"{store_folder()} cannot be written: {error.strerror}; name another folder in {VARIABLE}"
            ) from None


def remove(version: str, name: str | None = None) -> list[Kept]:
    """Remove a version, in all its editions, and give what was removed; `name` says of which corpus.

    Raises:
        CorpusError: it is not kept, several corpora have it, or it cannot be removed.
    """
    found = [one for one in kept(name) if one.version == version]
    names = sorted({one.name for one in found})
    if not found:
        known = ", ".join(dict.fromkeys(f"{one.name}@{one.version}" for one in kept(name))) or "nothing"
        raise CorpusError(f"version {version}{f' of {name}' if name else ''} is not in the store; kept is {known}")
    if len(names) > 1:
        raise CorpusError(f"version {version} is kept of {', '.join(names)}; say which: {names[0]}@{version}")
    folder = found[0].folder.parent
    try:
        # A name with a dot first: what is left if this is cut off is no release.
        going = Path(tempfile.mkdtemp(prefix=".removed-", dir=store_folder()))
        folder.rename(going / "version")
        shutil.rmtree(going)
        if not any(folder.parent.iterdir()):
            folder.parent.rmdir()
    except OSError as error:
        raise CorpusError(f"{folder} cannot be removed: {error.strerror}") from None
    return found


def _examine(manifest: Manifest) -> None:
    try:
        Version.parse(manifest.version)
    except NoVersion as error:
        raise CorpusError(f"the corpus cannot be kept: {error}") from None
    fault = fault_of_name(manifest.name)
    if fault or "/" in manifest.name or manifest.name.startswith("."):
        raise CorpusError(f"the corpus cannot be kept: its name {manifest.name!r} can be no folder's")
    if manifest.masked:
        raise CorpusError("the corpus cannot be kept: its texts are masked; add the text-free or the full edition")


def _is_kept(release: Kept) -> bool:
    """Whether the same is kept already; what is damaged there makes way.

    Raises:
        CorpusError: something else is kept under the version.
    """
    for one in kept(release.name):
        if one.version == release.version and one.content_hash not in ("", release.content_hash):
            raise CorpusError(
                f"{one.name} {one.version} is kept with other contents (content hash {one.content_hash[:16]}…, this "
                f"one has {release.content_hash[:16]}…): a version is never used for two contents. If the kept one is "
                f"wrong, remove it first: aussage store remove {one.name}@{one.version}"
            )
    return release.folder.is_dir() and not corpus_problems(release.folder)


def _copy(source: Path, release: Kept) -> bool:
    """Copy a corpus to its place, proved, in one step; gives whether it was not there."""
    store_folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=store_folder()) as place:
        new = Path(place) / "corpus"
        new.mkdir()
        manifest = read_manifest(source)
        tables = [name for table in manifest.tables.values() for name in table.files]
        for name in ["manifest.json", *manifest.files, *tables]:
            (new / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(source / name, new / name)
        if problems := corpus_problems(new):
            raise Refused(f"{source}", problems)
        release.folder.parent.mkdir(parents=True, exist_ok=True)
        if release.folder.is_dir():  # damaged
            release.folder.rename(Path(place) / "damaged")
        try:
            new.rename(release.folder)
        except OSError:
            if not _is_kept(release):  # another process was first
                raise
            return False
    return True
