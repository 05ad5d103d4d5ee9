"""Requests to one server: the token only goes there, faults that pass are waited out, nothing is repeated blindly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from aussage.release.deposit.errors import DepositError, Rejected, Uncertain, Unreachable
from aussage.release.deposit.patience import BEARABLE, Clock, Patience, pause_of, wait_of
from aussage.release.deposit.rejection import rejected
from aussage.release.deposit.token import Token

T = TypeVar("T")
Say = Callable[[str], object]
TIMEOUT = httpx.Timeout(connect=20, read=180, write=180, pool=20)  # seconds; a publication takes its time
LOCAL = {"localhost", "127.0.0.1", "::1"}
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
GONE = {404, 410}
PASSING = {408, 425, 429, *range(500, 600)}


class _Passing(Exception):
    """A fault that may be gone the next time; `untouched` if the server did nothing for sure."""

    def __init__(self, why: str, wait: float | None = None, untouched: bool = False) -> None:
        super().__init__(why)
        self.why, self.wait, self.untouched = why, wait, untouched


class Wire:
    """A connection to one server with one token.

    Args:
        base: Scheme and host, as in `https://zenodo.org`; without TLS only for this computer.
        token: Sent to this server and to no other: no redirect is followed.
        agent: The User-Agent; Zenodo slows down generic ones.
        clock: What waits.
        patience: How often to ask.
        say: Told why something takes longer.
        transport: What carries the requests; the network by default.
    """

    def __init__(
        self,
        base: str,
        token: Token,
        agent: str,
        *,
        clock: Clock,
        patience: Patience,
        say: Say,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.base, self.clock, self.patience = base.rstrip("/"), clock, patience
        self._origin = _origin(self.base)
        if self._origin is None or not (self._origin[0] == "https" or self._origin[1] in LOCAL):
            raise DepositError("a token is only sent by https; http is only for this computer")
        self._token, self._say, self._not_before = token, say, 0.0
        self._client = httpx.Client(
            transport=transport,
            timeout=TIMEOUT,
            headers={"User-Agent": agent, "Accept": "application/json"},
            follow_redirects=False,
            trust_env=self._origin[0] == "https" and transport is None,  # a proxy would read what goes by http
        )

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def get(self, address: str, read: Callable[[Any], T], params: Mapping[str, str] | None = None) -> T:
        """What `read` makes of the answer to GET; repeated until it is whole."""
        return self._repeated("GET", address, lambda: self._once("GET", address, read, params=params))

    def put(self, address: str, record: Any, read: Callable[[Any], T]) -> T:
        """Send a record with PUT, which may be repeated."""
        return self._repeated("PUT", address, lambda: self._once("PUT", address, read, record=record))

    def delete(self, address: str) -> None:
        """Remove what is there; what is gone already is well."""

        def once() -> None:
            try:
                self._once("DELETE", address, lambda _: None, no_answer=True)
            except Rejected as error:
                if error.status not in GONE:
                    raise

        self._repeated("DELETE", address, once)

    def post(self, address: str, read: Callable[[Any], T], record: Any = None) -> T:
        """Send a request that must not be repeated blindly.

        Raises:
            Uncertain: it may have been done or not; read first what is there.
        """
        return self._careful("POST", address, lambda: self._once("POST", address, read, record=record))

    def put_bytes(self, address: str, content: Callable[[], Iterator[bytes]], size: int, read: Callable[[Any], T]) -> T:
        """Send the bytes of a file as a stream, once.

        Raises:
            Uncertain: it may have arrived whole, in part, or not at all.
        """
        headers = {"Content-Length": str(size), "Content-Type": "application/octet-stream"}

        def once() -> T:
            return self._once("PUT", address, read, content=content(), headers=headers)

        return self._careful("PUT", address, once)

    def rest(self, attempt: int, why: str = "") -> None:
        """Wait as long as it is fit after the given attempt."""
        self._sleep(self.patience.wait(attempt), why)

    def shown(self, text: str) -> str:
        """`text` without the token, safe to print."""
        from aussage.diagnostics.printing import visible

        return visible(self._token.removed_from(text))

    def _repeated(self, method: str, address: str, once: Callable[[], T]) -> T:
        last = ""
        for attempt in range(self.patience.tries):
            try:
                return once()
            except _Passing as fault:
                last = fault.why
                if attempt + 1 < self.patience.tries:
                    wait = self.patience.wait(attempt) if fault.wait is None else fault.wait
                    self._sleep(wait, last)
        raise Unreachable(
            f"{self._place(method, address)} failed {self.patience.tries} times; the last time: {last}. "
            "What was done is kept: run the same command again later"
        ) from None

    def _careful(self, method: str, address: str, once: Callable[[], T]) -> T:
        """Repeat only what the server surely did not do."""
        for attempt in range(self.patience.tries):
            try:
                return once()
            except _Passing as fault:
                why = fault.why
                if not fault.untouched:
                    break
                self._sleep(self.patience.wait(attempt) if fault.wait is None else fault.wait, why)
        else:
            raise Unreachable(f"{self._place(method, address)} cannot be sent: {why}; run the same command again later")
        raise Uncertain(f"{self._place(method, address)} has an unknown end: {why}")

    def _once(
        self,
        method: str,
        address: str,
        read: Callable[[Any], T],
        *,
        params: Mapping[str, str] | None = None,
        record: Any = None,
        content: Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        no_answer: bool = False,
    ) -> T:
        if _origin(address) != self._origin:
            raise DepositError(f"the server names an address elsewhere ({self.shown(address)}); nothing is sent there")
        self._sleep(self._not_before - self.clock.now(), "the rate limit is used up")
        try:
            response = self._client.request(
                method,
                address,
                params=params,
                content=content,
                json=record,
                headers={**(headers or {}), "Authorization": self._token.authorization},
            )
        except httpx.TransportError as error:
            why = type(error).__name__ + (f" ({self.shown(str(error))})" if str(error) else "")
            raise _Passing(why, untouched=isinstance(error, NOT_SENT)) from None
        except httpx.HTTPError as error:
            raise _Passing(type(error).__name__) from None
        return self._judged(response, self._place(method, address), read, no_answer)

    def _judged(self, response: httpx.Response, place: str, read: Callable[[Any], T], no_answer: bool) -> T:
        now = self.clock.now()
        self._not_before = now + pause_of(response.headers, now)
        status = response.status_code
        if status in PASSING:
            raise _Passing(f"status {status}", wait_of(response.headers, now), untouched=status == 429)
        if not 200 <= status < 300:
            raise rejected(response, place, self.shown)
        if no_answer:
            return read(None)
        try:
            return read(json.loads(response.content))
        except (ValueError, RecursionError):
            raise _Passing(f"status {status} with an answer that cannot be read") from None

    def _sleep(self, seconds: float, why: str) -> None:
        if seconds <= 0:
            return
        if seconds > BEARABLE:
            raise Unreachable(
                f"the server asks to wait {seconds / 60:.0f} minutes ({why}); run the same command again after that"
            )
        if seconds >= 2 and why:
            self._say(f"waiting {seconds:.0f} s: {why}")
        self.clock.sleep(seconds)

    def _place(self, method: str, address: str) -> str:
        return f"{method} {self.shown(urlsplit(address).path)}"


def _origin(address: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; nothing for what is no address of a server, or names an account."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or "\\" in address:
        return None
    return parts.scheme, parts.hostname, port
