"""The DOIs that deposits brought, written into `aussage.toml`: everything else in it stays as it is, byte for byte."""

from __future__ import annotations

import os
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path

from aussage.corpus.errors import CorpusError


def write_dois(path: Path, version: str, doi: str, concept: str = "") -> None:
    """Write the DOI of a version, and of the concept if one is given, into `[dois]`; comments and layout stay.

    The file is replaced whole or not at all; it is left alone if it says so already. Lines end as they did.

    Raises:
        CorpusError: the file cannot be read or written, or names another DOI already; the message says the DOI.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
        new = _with_dois(text, version, doi, concept)
        if new != text:
            _replace(path, new.encode("utf-8"))
    except (OSError, ValueError, CorpusError) as error:
        wanted = f'[dois] concept = "{concept}" and ' if concept else ""
        reason = error.strerror if isinstance(error, OSError) else error
        raise CorpusError(
            f"the DOI could not be written to {path.name} ({reason}): "
            f'write {wanted}[dois.versions] "{version}" = "{doi}"'
        ) from None


def _with_dois(text: str, version: str, doi: str, concept: str) -> str:
    """The text with the DOIs in it; a text without `[dois]` gets it at its end."""
    before = tomllib.loads(text)
    ends = "\r\n" if text.count("\r\n") == text.count("\n") > 0 else "\n"
    dois = before.get("dois", {})
    wanted = {
        **dois,
        "versions": {**dois.get("versions", {}), version: doi},
        **({"concept": concept} if concept else {}),
    }
    for what, old, value in (
        ("the concept", dois.get("concept"), concept),
        (f"version {version}", dois.get("versions", {}).get(version), doi),
    ):
        if old and value and old != value:
            raise CorpusError(f"{what} has the DOI {old} there already")
    if wanted == dois:
        return text
    new = (
        _edited(text, version, doi, concept, ends) if "dois" in before else _appended(text, version, doi, concept, ends)
    )
    # What was written is read again: nothing but the DOIs may differ.
    if tomllib.loads(new) != {**before, "dois": wanted}:
        raise CorpusError("its [dois] is laid out in a way that is not understood")
    return new


def _appended(text: str, version: str, doi: str, concept: str, ends: str) -> str:
    lines = [
        "",
        "[dois]",
        *([f'concept = "{concept}"'] if concept else []),
        "",
        "[dois.versions]",
        f'"{version}" = "{doi}"',
    ]
    return text + ("" if text.endswith("\n") or not text else ends) + ends.join([*lines, ""])


def _edited(text: str, version: str, doi: str, concept: str, ends: str) -> str:
    import tomlkit
    from tomlkit.items import AbstractTable

    document = tomlkit.parse(text)
    dois = document["dois"]
    if not isinstance(dois, AbstractTable):
        raise CorpusError("its dois is no table")
    if concept and "concept" not in dois:
        dois["concept"] = concept
    versions = dois.get("versions")
    if versions is None:
        dois["versions"] = tomlkit.table()
        versions = dois["versions"]
    if version not in versions:
        versions[version] = doi
    new = tomlkit.dumps(document)
    return new if ends == "\n" else new.replace("\r\n", "\n").replace("\n", "\r\n")


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the permissions that it had."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise
