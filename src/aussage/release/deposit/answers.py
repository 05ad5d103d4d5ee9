"""What Zenodo's deposit API answers, as plain facts.

The documentation (https://developers.zenodo.org) describes a deposition with `id`, `conceptrecid`, `doi`, `metadata`,
`files`, `links`, `state` and `submitted`. Since Zenodo moved to InvenioRDM (October 2023) its answers differ from it:
`files` is left out when there is none, checksums of files in a deposition have no `md5:` before them while those of the
bucket and of records have, and `state` is `unsubmitted` for a draft, `done` for a record and `inprogress` for a record
whose metadata somebody edits (`submitted` stays true there). Everything here takes both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

NUMBER = re.compile(r"/(\d{1,15})/?$", re.ASCII)
MD5 = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that Zenodo has."""

    identity: str
    name: str
    size: int
    md5: str


@dataclass(frozen=True, slots=True)
class Deposition:
    """A draft or a published record, as the deposit API shows it to its owner."""

    number: int
    concept: str
    concept_doi: str
    doi: str
    is_published: bool
    metadata: dict[str, Any]
    files: tuple[RemoteFile, ...]
    bucket: str
    latest_draft: int | None

    @property
    def title(self) -> str:
        """The title; empty if there is none yet."""
        return str(self.metadata.get("title") or "")

    @property
    def version(self) -> str:
        """The version; empty if there is none yet."""
        return str(self.metadata.get("version") or "")


def deposition(answer: Any) -> Deposition:
    """The facts of one deposition.

    Raises:
        ValueError: it is none.
    """
    record = _record(answer)
    number = record.get("id")
    links, metadata = _record(record.get("links", {})), _record(record.get("metadata", {}))
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(record.get("submitted"), bool):
        raise ValueError("id or submitted is missing")
    draft = NUMBER.search(urlsplit(str(links.get("latest_draft", ""))).path)
    return Deposition(
        number=number,
        concept=str(record.get("conceptrecid") or ""),
        concept_doi=str(record.get("conceptdoi") or ""),
        doi=str(record.get("doi") or ""),
        is_published=record["submitted"],
        metadata=metadata,
        files=tuple(_file(entry) for entry in _list(record.get("files"))),
        bucket=str(links.get("bucket") or ""),
        latest_draft=int(draft.group(1)) if draft else None,
    )


def depositions(answer: Any) -> list[Deposition]:
    """The facts of all depositions in a list."""
    return [deposition(entry) for entry in _list(answer)]


def bucket_file(answer: Any) -> RemoteFile:
    """What a bucket says of a file that it took."""
    return _file(_record(answer))


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """What `GET /api/records/:id` shows of a published record."""

    doi: str
    concept_doi: str
    files: tuple[RemoteFile, ...]


def public_record(answer: Any) -> PublicRecord:
    """The facts of a published record."""
    record = _record(answer)
    doi = record.get("doi") or _record(record.get("metadata", {})).get("doi") or ""
    files = tuple(_file(entry) for entry in _list(record.get("files")))
    return PublicRecord(str(doi), str(record.get("conceptdoi") or ""), files)


def _file(answer: Any) -> RemoteFile:
    entry = _record(answer)
    name, size = entry.get("filename") or entry.get("key"), entry.get("filesize", entry.get("size"))
    md5 = str(entry.get("checksum") or "").removeprefix("md5:").lower()
    if not isinstance(name, str) or isinstance(size, bool) or not isinstance(size, int | float | str):
        raise ValueError("a file without name or size")
    # A checksum that is missing belongs to a file that did not arrive whole: it differs from all others.
    return RemoteFile(str(entry.get("id") or ""), name, int(float(size)), md5 if MD5.fullmatch(md5) else "")


def _record(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise ValueError("no object where one is expected")
    return answer


def _list(answer: Any) -> list[Any]:
    if answer is None:
        return []
    if not isinstance(answer, list):
        raise ValueError("no list where one is expected")
    return answer
