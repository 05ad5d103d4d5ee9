"""The calls of Zenodo's deposit API that a deposit needs (https://developers.zenodo.org, »Depositions«)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from aussage.release.deposit.answers import (
    Deposition,
    PublicRecord,
    RemoteFile,
    bucket_file,
    deposition,
    depositions,
    public_record,
)
from aussage.release.deposit.errors import Rejected
from aussage.release.deposit.wire import GONE, Wire

PAGE = 100
PAGES = 200  # of a hundred; nobody has more deposits


class Zenodo:
    """The deposit API of one server for one account."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def _address(self, number: int | None = None, *rest: str) -> str:
        parts = [self.wire.base, "api/deposit/depositions", *([] if number is None else [str(number)]), *rest]
        return "/".join(parts)

    def page(self, number: int) -> str:
        """Where a person looks at a draft."""
        return f"{self.wire.base}/deposit/{number}"

    def record_page(self, number: int) -> str:
        """Where anybody looks at a published record."""
        return f"{self.wire.base}/records/{number}"

    def listed(self) -> list[Deposition]:
        """All depositions of the account, drafts and records, all versions; what is searched may lag behind.

        `q` is left out: its syntax is that of the search engine, and a draft that it misses would be doubled.
        """
        found: dict[int, Deposition] = {}
        for page in range(1, PAGES + 1):
            params = {"all_versions": "true", "size": str(PAGE), "page": str(page)}
            entries = self.wire.get(self._address(), depositions, params)
            found.update((entry.number, entry) for entry in entries)
            if len(entries) < PAGE:
                break
        return [found[number] for number in sorted(found)]

    def read(self, number: int) -> Deposition | None:
        """A deposition as it is now; nothing if there is none of that number."""
        try:
            return self.wire.get(self._address(number), _exactly(number))
        except Rejected as error:
            if error.status in GONE:
                return None
            raise

    def read_public(self, number: int) -> PublicRecord | None:
        """A record as the public API shows it; nothing while it shows none."""
        try:
            return self.wire.get(f"{self.wire.base}/api/records/{number}", public_record)
        except Rejected as error:
            if error.status in GONE:
                return None
            raise

    def create(self, metadata: Mapping[str, Any]) -> Deposition:
        """A new draft, with its metadata from the first moment, so that it can be found again."""
        return self.wire.post(self._address(), deposition, {"metadata": dict(metadata)})

    def describe(self, number: int, metadata: Mapping[str, Any]) -> Deposition:
        """Replace the metadata of a draft."""
        return self.wire.put(self._address(number), {"metadata": dict(metadata)}, _exactly(number))

    def new_version(self, number: int) -> Deposition:
        """Begin a new version of a published record.

        As documented the answer is the record itself, whose link `latest_draft` leads to the draft, and calling it
        twice has no effect. Zenodo now answers with the draft, and refuses (400, »Please remove all files first«)
        if there is one with files; `latest_draft` of the record leads to the record (zenodo-rdm, issue 858).
        """
        return self.wire.post(self._address(number, "actions/newversion"), deposition)

    def publish(self, number: int) -> Deposition:
        """Publish a draft; documented as 202 with the deposition."""
        return self.wire.post(self._address(number, "actions/publish"), _exactly(number))

    def discard(self, number: int) -> None:
        """Delete a draft with its files."""
        self.wire.delete(self._address(number))

    def remove_file(self, number: int, file: RemoteFile) -> None:
        """Delete a file of a draft, by its id.

        Not by its name in the bucket: until August 2026 Zenodo answered that with 500 after having done it
        (zenodo-rdm, pull request 1434).
        """
        self.wire.delete(self._address(number, "files", quote(file.identity, safe="")))

    def upload(self, bucket: str, name: str, size: int, content: Callable[[], Iterator[bytes]]) -> RemoteFile:
        """Send a file into the bucket of a draft (»new files API«), in place of one of the same name."""
        return self.wire.put_bytes(f"{bucket}/{quote(name, safe='')}", content, size, bucket_file)


def _exactly(number: int) -> Callable[[Any], Deposition]:
    """Reads one deposition, and that one only: an answer that belongs to another question is no answer."""

    def read(answer: Any) -> Deposition:
        found = deposition(answer)
        if found.number != number:
            raise ValueError("the answer is about another deposition")
        return found

    return read
