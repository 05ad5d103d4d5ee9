"""Reads what two corpora say of themselves, and compares it: format, metadata, editions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aussage.corpus.errors import CorpusError
from aussage.corpus.loading import MANIFEST
from aussage.corpus.manifest import FULL, read_json, read_manifest
from aussage.release.comparison.change import Action, Area, Change
from aussage.release.versions import Step
from aussage.tables import TABLES
from aussage.tables.parts import PARTED_FORMAT, WHOLE_FORMAT, digest_of_parts

CODEBOOK = "codebook.json"
UNCOUNTED = {"version", "released", "codebook", "content_hash", "tables", "files", "edition", "salt", "format", "parts"}
"""Keys of a manifest that change with every release, or are told elsewhere."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two corpora: its folder, its manifest, its codebook, the true SHA-256 of its files by name."""

    folder: Path
    manifest: Mapping[str, Any]
    codebook: Mapping[str, Any]
    digests: Mapping[str, str]
    spoiled: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the corpus."""
        return str(self.manifest["name"])

    @property
    def version(self) -> str:
        """The version of the corpus."""
        return str(self.manifest["version"])

    @property
    def codebook_version(self) -> str:
        """The version of the codebook."""
        return str(self.codebook.get("version") or "")

    @property
    def content_hash(self) -> str:
        """The content hash that the manifest names."""
        return str(self.manifest["content_hash"])

    @property
    def edition(self) -> str:
        """Which edition it is."""
        return str(self.manifest.get("edition", FULL))

    @property
    def tables(self) -> dict[str, Path]:
        """The files of the tables that this Aussage knows, in their order."""
        named = self.manifest["tables"]
        return {name: self.folder / f"{name}.parquet" for name in TABLES if name in named}

    @property
    def is_parted(self) -> bool:
        """Whether its tables of documents are in parts."""
        return bool(self.manifest.get("parts"))

    def as_record(self) -> dict[str, str]:
        """What identifies the corpus."""
        return {
            "name": self.name,
            "version": self.version,
            "codebook_version": self.codebook_version,
            "edition": self.edition,
            "content_hash": self.content_hash,
        }


def read_side(folder: Path) -> Side:
    """What a corpus says of itself; every file is hashed, so that nothing is believed that is not so.

    Raises:
        CorpusError: there is no corpus, or it is damaged.
    """
    known = read_manifest(folder)
    manifest = read_json(folder, MANIFEST, (folder / MANIFEST).read_bytes())
    try:
        codebook = read_json(folder, CODEBOOK, (folder / CODEBOOK).read_bytes())
    except OSError as error:
        raise CorpusError(f"{folder / CODEBOOK} cannot be read: {error.strerror}; build the corpus again") from None
    said = {f"{name}.parquet": known.tables[name].sha256 for name in TABLES if name in known.tables}
    if CODEBOOK in known.files:
        said[CODEBOOK] = known.files[CODEBOOK].sha256
    files = {table.file: [part.file for part in table.parts] for table in known.tables.values()}
    digests = {name: _digest(folder / name, files.get(name, ())) for name in said}
    spoiled = tuple(name for name, digest in digests.items() if digest != said[name])
    return Side(folder, manifest, codebook, digests, spoiled)


def _digest(path: Path, parts: Sequence[str]) -> str:
    """The SHA-256 of a file, or of the files of a table in parts."""
    return digest_of_parts((_sha256(path / part), part) for part in parts) if parts else _sha256(path)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}; build the corpus again") from None


def examine_editions(old: Side, new: Side) -> None:
    """Refuse to compare two editions of which one lacks the texts: each lacking text would look like a removal.

    Raises:
        CorpusError: the editions differ.
    """
    if old.edition != new.edition:
        raise CorpusError(
            f"the old corpus ({old.name} {old.version}) is the {old.edition} edition, the new one ({new.name} "
            f"{new.version}) the {new.edition} edition; compare two of the same edition: `aussage rehydrate` puts the "
            "texts back into a text-free one"
        )


def warnings(old: Side, new: Side) -> Iterator[str]:
    """What should be known before the changes are read."""
    for which, side in (("old", old), ("new", new)):
        for name in side.spoiled:
            yield f"{name} of the {which} corpus is not the file that its manifest names; it is compared as it is"
        for name in side.manifest["tables"]:
            if name not in TABLES:
                yield f"the {which} corpus has a table {name!r} that this Aussage does not know; its rows are left out"
    if old.name != new.name:
        yield f"these are two corpora of different names, {old.name!r} and {new.name!r}"


def fact_changes(old: Side, new: Side) -> Iterator[Change]:
    """The changes of the manifest: the format is the tool's, all else metadata; versions and digests are left out."""
    before, after = old.manifest, new.manifest
    for key in [*before, *(key for key in after if key not in before)]:
        old_fact, new_fact = before.get(key), after.get(key)
        if key in UNCOUNTED or old_fact == new_fact:
            continue
        action = Action.ADDED if old_fact is None else Action.REMOVED if new_fact is None else Action.CHANGED
        is_tools = key == "format_version"
        if is_tools and {old_fact, new_fact} == {WHOLE_FORMAT, PARTED_FORMAT}:
            continue  # the same rows, in single files or in parts
        area, step = (Area.TOOL, Step.MAJOR) if is_tools else (Area.METADATA, Step.PATCH)
        yield Change(area, step, action, "manifest", key, "", old_fact, new_fact)
