"""Carries requests to the server in memory, with faults by a seeded plan; and runs of a deposit over it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from deposit_server import TOKEN, Answer, Server

from aussage.release.deposit.deposit import Depositing, Outcome
from aussage.release.deposit.finding import Known
from aussage.release.deposit.note import Note
from aussage.release.deposit.patience import Patience
from aussage.release.deposit.plan import LocalFile, Plan
from aussage.release.deposit.states import Confirmed
from aussage.release.deposit.token import Token
from aussage.release.deposit.wire import Wire
from aussage.release.deposit.zenodo import Zenodo

BASE = "https://zenodo.test"
METADATA = {
    "upload_type": "dataset",
    "title": "Neudorf: the bridge",
    "version": "1.1.0",
    "description": "<p>Who says what on the bridge.</p><p>Made up.</p>",
    "creators": [{"name": "The Neudorf project"}],
    "access_right": "open",
    "license": "CC-BY-4.0",
    "keywords": ["bridge", "Neudorf"],
    "publication_date": "2026-11-22",
}
ZIP = bytes(random.Random(7).randbytes(5000))
FILES = {"neudorf-1.1.0-text-free.zip": ZIP, "README.md": b"# Neudorf\n", "CITATION.cff": b"cff-version: 1.2.0\n"}


def plan(**other: Any) -> Plan:
    files = tuple(LocalFile.of(name, data) for name, data in FILES.items())
    return Plan("neudorf", "1.1.0", "text-free", {**METADATA, **other}, files)


class Time:
    def __init__(self) -> None:
        self.moment, self.slept = 1_800_000_000.0, 0.0

    def now(self) -> float:
        return self.moment

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.moment += seconds
        self.slept += seconds


class Killed(BaseException):
    """The client is stopped, as by the system."""


@dataclass
class Faults:
    """What happens to each request: with a chance, one of the faults; or the client is killed at a certain request."""

    source: random.Random = field(default_factory=lambda: random.Random(0))
    chance: float = 0.0
    kill_at: int = 0
    kill_after: bool = False
    script: dict[str, list[str]] = field(default_factory=dict)  # faults for the next requests of a kind
    count: int = 0
    seen: list[str] = field(default_factory=list)

    def next(self, method: str, path: str) -> str:
        self.count += 1
        if self.kill_at and self.count == self.kill_at:
            return "kill after" if self.kill_after else "kill before"
        for kind, faults in self.script.items():
            if kind in f"{method} {path}" and faults:
                return faults.pop(0)
        if self.source.random() >= self.chance:
            return ""
        kinds = [
            "before",
            "after",
            "timeout before",
            "timeout after",
            "connect",
            "half",
            "429",
            "429 reset",
            "none left",
        ]
        kinds += ["reset", "reset part"] * 3 if "/api/files/" in path else []
        kinds += ["late"] * 2 if path.endswith("publish") else []
        kinds += ["twice"] if method != "GET" else []
        return self.source.choice(kinds)


class Carrier(httpx.BaseTransport):
    def __init__(self, server: Server, faults: Faults, clock: Time) -> None:
        self.server, self.faults, self.clock = server, faults, clock
        self.pending: list[tuple[float, Callable[[], Answer]]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for moment, act in list(self.pending):
            if moment <= self.clock.now():
                act()
                self.pending.remove((moment, act))
        fault = self.faults.next(request.method, request.url.path)
        if fault:
            self.faults.seen.append(fault)
        if fault in ("reset", "reset part"):
            self._reset(request, keep=fault == "reset part")
        status = self.faults.source.choice((500, 502, 503, 504))
        now = self.clock.now()
        if fault == "kill before":
            raise Killed
        if fault == "before":
            return httpx.Response(status, text="<html>")
        if fault == "timeout before":
            raise httpx.ReadTimeout("timed out", request=request)
        if fault == "connect":
            raise httpx.ConnectError("refused", request=request)
        if fault == "429":
            return httpx.Response(429, headers={"Retry-After": str(self.faults.source.randrange(1, 60))}, text="{}")
        if fault == "429 reset":
            return httpx.Response(429, headers={"X-RateLimit-Reset": str(int(now) + 40)}, json={"message": "slow down"})
        body = b"".join(request.stream)  # type: ignore[arg-type]
        act = lambda: self.server.handle(request.method, str(request.url), dict(request.headers), body)  # noqa: E731
        if fault == "late":
            self.pending.append((now + self.faults.source.randrange(1, 20), act))
            return httpx.Response(504)
        answer = act()
        if fault == "twice":
            answer = self.faults.source.choice((answer, act()))
        if fault == "kill after":
            raise Killed
        if fault == "after":
            return httpx.Response(status)
        if fault == "timeout after":
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)
        content = answer.bytes[: len(answer.bytes) // 2] if fault == "half" else answer.bytes
        left = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(now) + 30)} if fault == "none left" else {}
        return httpx.Response(answer.status, content=content, headers={**answer.headers, **left})

    def _reset(self, request: httpx.Request, keep: bool) -> None:
        """The connection breaks at 10-99 % of the bytes; the server keeps what it got, or nothing."""
        body = b"".join(request.stream)  # type: ignore[arg-type]
        part = body[: len(body) * self.faults.source.randrange(10, 100) // 100]
        if keep:
            self.server.handle(request.method, str(request.url), dict(request.headers), part)
        raise httpx.WriteError("[Errno 104] Connection reset by peer", request=request)


@dataclass
class World:
    """A server, a project's knowledge and a note, over several runs."""

    folder: Path
    style: str = "current"
    lag: float = 0.0
    known: Known = field(default_factory=Known)
    kept: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = Time()
        self.server = Server(BASE, self.clock.now, self.style, self.lag)

    def run(
        self, faults: Faults | None = None, publish: bool = True, this: Plan | None = None, seed: int = 0
    ) -> Outcome:
        carrier = Carrier(self.server, faults or Faults(), self.clock)
        patience = Patience(seed=str(seed))
        wire = Wire(
            BASE,
            Token(TOKEN),
            "aussage/0",
            clock=self.clock,
            patience=patience,
            say=self.said.append,
            transport=carrier,
        )
        this = this or plan()
        note = Note.beside(self.folder / "neudorf-1.1.0-text-free.zip", BASE)
        keep = lambda doi, concept: self.kept.append((doi, concept))  # noqa: E731
        try:
            deposit = Depositing(Zenodo(wire), this, self.known, note, self.said.append, lambda *_: None, keep)
            return deposit.run((lambda _: Confirmed(this.version)) if publish else None)
        finally:
            wire.close()
            for _, act in carrier.pending:  # what the server still had to do is done when the client looks again
                act()
            self.clock.sleep(90)

    # what was there before
    def with_record(self, version: str = "1.0.0", files: dict[str, bytes] | None = None, known: bool = True) -> int:
        number = self.draft(METADATA | {"version": version}, files or {"neudorf-1.0.0-text-free.zip": b"old", **FILES})
        self.call("POST", f"/api/deposit/depositions/{number}/actions/publish")
        if known:
            concept = self.server.depositions[number]["concept"]
            self.known = Known(f"10.5281/zenodo.{concept}", (f"10.5281/zenodo.{number}",))
        return number

    def draft(self, metadata: dict[str, Any], files: dict[str, bytes]) -> int:
        import json

        body = json.dumps({"metadata": metadata}).encode()
        number = int(self.call("POST", "/api/deposit/depositions", body).body["id"])
        for name, data in files.items():
            self.call("PUT", f"/api/files/b-{number}/{name}", data)
        return number

    def call(self, method: str, path: str, body: bytes = b"") -> Answer:
        answer = self.server.handle(method, BASE + path, {"authorization": f"Bearer {TOKEN}"}, body)
        assert answer.status < 300, answer
        self.clock.sleep(60)
        return answer

    def is_right(self) -> bool:
        """Whether there is exactly one record of this version, as it was sent, and no draft."""
        named = [(entry, entry["metadata"]) for entry in self.server.records]
        wanted_name = (METADATA["title"], METADATA["version"])
        records = [entry for entry, about in named if (about.get("title"), about.get("version")) == wanted_name]
        if len(records) != 1 or self.server.drafts:
            return False
        found = {name: (size, checksum) for name, (_, size, checksum) in records[0]["files"].items()}
        wanted = {file.name: (file.size, file.md5) for file in plan().files}
        concept = f"10.5281/zenodo.{records[0]['concept']}"
        return (
            found == wanted
            and records[0]["metadata"] == METADATA
            and set(self.kept) == {(f"10.5281/zenodo.{records[0]['id']}", concept)}
        )
