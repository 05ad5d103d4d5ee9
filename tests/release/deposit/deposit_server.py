"""A deposit API as Zenodo documents it, in memory: drafts, files, versions, publication, and a list that lags.

`style` is `documented` (developers.zenodo.org) or `current` (what Zenodo does since it moved to InvenioRDM).
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "neudorf-secret-token-0123456789"
ROUTES = [
    ("GET", r"/api/deposit/depositions", "list"),
    ("POST", r"/api/deposit/depositions", "create"),
    ("GET", r"/api/deposit/depositions/(\d+)", "read"),
    ("PUT", r"/api/deposit/depositions/(\d+)", "describe"),
    ("DELETE", r"/api/deposit/depositions/(\d+)", "discard"),
    ("DELETE", r"/api/deposit/depositions/(\d+)/files/([^/]+)", "remove_file"),
    ("POST", r"/api/deposit/depositions/(\d+)/actions/newversion", "newversion"),
    ("POST", r"/api/deposit/depositions/(\d+)/actions/publish", "publish"),
    ("PUT", r"/api/files/([^/]+)/([^/]+)", "upload"),
    ("GET", r"/api/records/(\d+)", "public"),
]
REQUIRED = ("title", "upload_type", "description", "creators")


@dataclass
class Answer:
    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        return b"" if self.body is None else json.dumps(self.body).encode()


class Fault(Exception):
    def __init__(self, status: int, message: str, errors: list[dict[str, Any]] | None = None) -> None:
        self.answer = Answer(status, {"status": status, "message": message} | ({"errors": errors} if errors else {}))


class Server:
    def __init__(self, base: str, now: Any = lambda: 0.0, style: str = "current", lag: float = 0.0) -> None:
        self.base, self.now, self.style, self.lag = base, now, style, lag
        self.depositions: dict[int, dict[str, Any]] = {}
        self.shown: list[tuple[float, list[dict[str, Any]]]] = []
        self.next = 1000
        self.calls: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.published_twice = 0
        self.sandbox = "10.5281"

    # what tests ask
    @property
    def records(self) -> list[dict[str, Any]]:
        return [entry for entry in self.depositions.values() if entry["submitted"]]

    @property
    def drafts(self) -> list[dict[str, Any]]:
        return [entry for entry in self.depositions.values() if not entry["submitted"]]

    def handle(self, method: str, address: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(address)
        self.calls.append((method, parts.path))
        self.agents.add(headers.get("user-agent", ""))
        assert "access_token" not in parts.query
        if headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer(401, {"status": 401, "message": "The server could not verify that you are authorized"})
        for wanted, pattern, name in ROUTES:
            found = re.fullmatch(pattern, parts.path)
            if found and wanted == method:
                try:
                    arguments = [unquote(group) for group in found.groups()]
                    answer = getattr(self, f"_{name}")(arguments, body, parse_qs(parts.query))
                except Fault as fault:
                    answer = fault.answer
                self._remember()
                return answer
        return Answer(404, {"status": 404, "message": "no such address"})

    def _remember(self) -> None:
        if self.lag:
            self.shown.append((self.now(), [self._view(entry) for entry in self.depositions.values()]))

    def _one(self, number: str) -> dict[str, Any]:
        entry = self.depositions.get(int(number))
        if entry is None:
            raise Fault(404, "The persistent identifier does not exist.")
        return entry

    def _draft(self, number: str) -> dict[str, Any]:
        entry = self._one(number)
        if entry["submitted"]:
            raise Fault(403, "This deposition is published and cannot be changed.")
        return entry

    def _list(self, _: list[str], __: bytes, query: dict[str, list[str]]) -> Answer:
        entries = [self._view(entry) for entry in self.depositions.values()]
        if self.lag:
            old = [shown for moment, shown in self.shown if moment <= self.now() - self.lag]
            entries = old[-1] if old else []
        size, page = int(query.get("size", ["10"])[0]), int(query.get("page", ["1"])[0])
        assert query.get("all_versions") == ["true"]
        return Answer(200, entries[::-1][(page - 1) * size : page * size])

    def _create(self, _: list[str], body: bytes, __: Any) -> Answer:
        metadata = json.loads(body).get("metadata", {})
        return Answer(201, self._view(self._new(str(self.next), metadata, bump=2)))

    def _new(self, concept: str, metadata: dict[str, Any], bump: int = 1) -> dict[str, Any]:
        number = self.next + bump - 1
        self.next += bump
        entry = {"id": number, "concept": concept, "metadata": copy.deepcopy(metadata), "files": {}, "submitted": False}
        entry["bucket"] = f"b-{number}"
        self.depositions[number] = entry
        return entry

    def _read(self, arguments: list[str], _: bytes, __: Any) -> Answer:
        return Answer(200, self._view(self._one(arguments[0])))

    def _describe(self, arguments: list[str], body: bytes, _: Any) -> Answer:
        entry = self._draft(arguments[0])
        metadata = json.loads(body)["metadata"]
        if metadata.get("license") == "no-such-licence":
            error = {"field": "metadata.rights", "messages": ["Invalid value no-such-licence."]}
            raise Fault(400, "A validation error occurred.", [error])
        entry["metadata"] = metadata
        return Answer(200, self._view(entry))

    def _discard(self, arguments: list[str], _: bytes, __: Any) -> Answer:
        self._draft(arguments[0])
        del self.depositions[int(arguments[0])]
        return Answer(204)

    def _remove_file(self, arguments: list[str], _: bytes, __: Any) -> Answer:
        files = self._draft(arguments[0])["files"]
        for name, (identity, _, _) in files.items():
            if identity == arguments[1]:
                del files[name]
                return Answer(204)
        raise Fault(404, "no such file")

    def _upload(self, arguments: list[str], body: bytes, _: Any) -> Answer:
        entry = next((entry for entry in self.depositions.values() if entry["bucket"] == arguments[0]), None)
        if entry is None:
            raise Fault(404, "no such bucket")
        self._draft(str(entry["id"]))
        checksum = hashlib.md5(body).hexdigest()
        entry["files"][arguments[1]] = (f"f-{checksum[:8]}-{len(arguments[1])}", len(body), checksum)
        return Answer(201, {"key": arguments[1], "size": len(body), "checksum": f"md5:{checksum}", "is_head": True})

    def _newversion(self, arguments: list[str], _: bytes, __: Any) -> Answer:
        record = self._one(arguments[0])
        own = [entry for entry in self.depositions.values() if entry["concept"] == record["concept"]]
        latest = max(entry["id"] for entry in own if entry["submitted"]) if record["submitted"] else 0
        if latest != record["id"]:
            raise Fault(404, "The persistent identifier is not registered.")
        draft = next((entry for entry in own if not entry["submitted"]), None)
        if draft is None:
            draft = self._new(record["concept"], record["metadata"])
            draft["files"] = dict(record["files"])
            if self.style == "current":
                draft["metadata"] = {
                    key: value for key, value in draft["metadata"].items() if key not in ("version", "publication_date")
                }
        elif self.style == "current" and draft["files"]:
            error = {"field": "files.enabled", "messages": ["Please remove all files first."]}
            raise Fault(400, "A validation error occurred.", [error])
        return Answer(201, self._view(draft if self.style == "current" else record))

    def _publish(self, arguments: list[str], _: bytes, __: Any) -> Answer:
        entry = self._one(arguments[0])
        if entry["submitted"]:
            self.published_twice += 1
            raise Fault(404, "The draft does not exist.")
        missing = [name for name in REQUIRED if not entry["metadata"].get(name)]
        if missing or not entry["files"]:
            errors = [
                {"field": f"metadata.{name}", "messages": ["Missing data for required field."]} for name in missing
            ]
            raise Fault(400, "A validation error occurred.", errors or [{"field": "files", "message": "no files"}])
        entry["submitted"] = True
        return Answer(202, self._view(entry))

    def _public(self, arguments: list[str], _: bytes, __: Any) -> Answer:
        entry = self._one(arguments[0])
        if not entry["submitted"]:
            raise Fault(404, "The persistent identifier is not registered.")
        view = self._view(entry)
        files = [
            {"id": identity, "key": name, "size": size, "checksum": f"md5:{checksum}"}
            for name, (identity, size, checksum) in entry["files"].items()
        ]
        return Answer(200, {"id": entry["id"], "doi": view["doi"], "conceptdoi": view["conceptdoi"], "files": files})

    def _view(self, entry: dict[str, Any]) -> dict[str, Any]:
        number, concept = entry["id"], entry["concept"]
        own = [other for other in self.depositions.values() if other["concept"] == concept]
        draft = next((other["id"] for other in own if not other["submitted"]), number)
        own_address = f"{self.base}/api/deposit/depositions/{number}"
        # »current«: the link of a record leads to itself, wherever its draft is (zenodo-rdm, issue 858).
        led = number if self.style == "current" else draft
        view = {
            "id": number,
            "conceptrecid": concept,
            "title": entry["metadata"].get("title", ""),
            "metadata": self._spelled(entry["metadata"])
            | {"prereserve_doi": {"doi": f"{self.sandbox}/zenodo.{number}", "recid": number}},
            "links": {
                "self": own_address,
                "bucket": f"{self.base}/api/files/{entry['bucket']}",
                "latest_draft": f"{self.base}/api/deposit/depositions/{led}",
                "publish": f"{own_address}/actions/publish",
            },
            "state": "done" if entry["submitted"] else "unsubmitted",
            "submitted": entry["submitted"],
        }
        if entry["files"] or self.style == "documented":
            view["files"] = [
                {"id": identity, "filename": name, "filesize": size, "checksum": checksum}
                for name, (identity, size, checksum) in entry["files"].items()
            ]
        if any(other["submitted"] for other in own):
            view["conceptdoi"] = f"{self.sandbox}/zenodo.{concept}"
        if entry["submitted"]:
            view["doi"] = f"{self.sandbox}/zenodo.{number}"
            view["record_id"] = number
        return copy.deepcopy(view)

    def _spelled(self, metadata: dict[str, Any]) -> dict[str, Any]:
        """As Zenodo gives metadata back: cleaned HTML, ids in small letters, fields of its own."""
        spelled = copy.deepcopy(metadata)
        if self.style == "current" and spelled:
            spelled.setdefault("imprint_publisher", "Zenodo")
            if "license" in spelled:
                spelled["license"] = spelled["license"].lower()
            if "description" in spelled:
                spelled["description"] = spelled["description"].replace("</p><p>", "</p>\n<p>")
            for creator in spelled.get("creators", []):
                creator.setdefault("affiliation", None)
        return spelled
