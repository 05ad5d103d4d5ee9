"""The local store of earlier releases, read: where it is, what is kept in it, and one version of it.

The store is the folder that AUSSAGE_STORE names, else the platform's folder for the data of programs. A release stands
in NAME/VERSION/EDITION, a corpus folder each. Folders that begin with a dot hold what is being added, and the corpora
of zips that were loaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from aussage.corpus.errors import CorpusError
from aussage.corpus.manifest import FULL, read_manifest
from aussage.release.versions import NoVersion, Version

VARIABLE = "AUSSAGE_STORE"


class Kept(NamedTuple):
    """A release in the store; `content_hash` is empty if its manifest cannot be used."""

    name: str
    version: str
    edition: str
    content_hash: str
    folder: Path


def store_folder() -> Path:
    """The folder of the store, which need not be there yet."""
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("aussage", appauthor=False)


def kept(name: str | None = None) -> list[Kept]:
    """All releases in the store, or those of one corpus: by name, version (SemVer order) and edition."""
    found = list(_found(name))
    return sorted(found, key=lambda one: (one.name, _version(one.version), one.version, one.edition))


def kept_versions(name: str) -> list[str]:
    """The versions of a corpus that are in the store, in any edition, the earliest first."""
    return list(dict.fromkeys(one.version for one in kept(name) if one.content_hash))


def find(name: str, version: str) -> Kept:
    """One version of a corpus in the store, with its texts if they are kept.

    Raises:
        CorpusError: it is not kept; the message says which versions are, and how to get one in.
    """
    found = [one for one in kept(name) if one.version == version and one.content_hash]
    if found:
        return next((one for one in found if one.edition == FULL), found[0])
    versions = ", ".join(kept_versions(name))
    have = f"kept of it are {versions}" if versions else "no version of it is kept"
    raise CorpusError(
        f"version {version} of {name} is not in the local store {store_folder()}: {have}; "
        "get its bundle and add it: aussage store add BUNDLE"
    )


def _found(name: str | None) -> Iterator[Kept]:
    for corpus in _folders(store_folder()):
        if name not in (None, corpus.name):
            continue
        for version in _folders(corpus):
            for edition in _folders(version):
                yield Kept(corpus.name, version.name, edition.name, _content_hash(edition), edition)


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.is_dir())
    except OSError:
        return []


def _content_hash(folder: Path) -> str:
    try:
        manifest = read_manifest(folder)
    except CorpusError:
        return ""
    told = (manifest.name, manifest.version, manifest.edition)
    return manifest.content_hash if told == folder.parts[-3:] else ""


def _version(text: str) -> Version:
    try:
        return Version.parse(text)
    except NoVersion:
        return Version.parse("0.0.0-0")
