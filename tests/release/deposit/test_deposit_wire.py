"""Where the token goes, what is repeated, and how long is waited."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from deposit_faults import Time
from deposit_server import TOKEN

from aussage.release.deposit import DepositError, Rejected, Uncertain, Unreachable
from aussage.release.deposit.patience import Patience, wait_of
from aussage.release.deposit.token import Token
from aussage.release.deposit.wire import Wire

BASE = "https://zenodo.test"
Answers = Callable[[httpx.Request], httpx.Response]


def wire(answers: Answers, clock: Time | None = None, base: str = BASE, said: list[str] | None = None) -> Wire:
    say = (said if said is not None else []).append
    carrier = httpx.MockTransport(answers)
    return Wire(
        base, Token(TOKEN), "aussage/0", clock=clock or Time(), patience=Patience("x"), say=say, transport=carrier
    )


def same(answer: Any) -> Any:
    return answer


def in_turn(*responses: httpx.Response) -> tuple[Answers, list[httpx.Request]]:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return responses[min(len(seen), len(responses)) - 1]

    return answer, seen


@pytest.mark.parametrize(
    "address",
    [
        "https://zenodo.test.example.com/api/files/b/x",
        "https://other.test/api/files/b/x",
        "http://zenodo.test/api/files/b/x",
        "https://zenodo.test:8443/api/files/b/x",
        "https://zenodo.test@other.test/x",
        "https://other.test\\@zenodo.test/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_is_sent_to_another_host_scheme_or_port(address: str) -> None:
    answers, seen = in_turn(httpx.Response(200, json={}))
    with pytest.raises(DepositError, match="elsewhere"):
        wire(answers).get(address, same)
    assert not seen


def test_a_redirect_is_not_followed() -> None:
    answers, seen = in_turn(httpx.Response(307, headers={"Location": f"https://other.test/?{TOKEN}"}))
    with pytest.raises(Rejected, match="redirected") as raised:
        wire(answers).get(f"{BASE}/api", same)
    assert len(seen) == 1
    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize("base", ["http://zenodo.test", "ftp://zenodo.test", "zenodo.test"])
def test_a_token_is_only_sent_by_https(base: str) -> None:
    with pytest.raises(DepositError, match="https"):
        wire(in_turn(httpx.Response(200))[0], base=base)


@pytest.mark.parametrize(
    "fault",
    [
        httpx.Response(400, json={"message": f"no {TOKEN}", "errors": [{"field": TOKEN, "message": TOKEN}]}),
        httpx.Response(404, text=TOKEN),
        httpx.Response(500, text=TOKEN),
        httpx.Response(200, text=f"{{{TOKEN}"),
        httpx.ReadTimeout(f"Bearer {TOKEN}"),
        httpx.LocalProtocolError(f"Illegal header value b'Bearer {TOKEN}'"),
    ],
)
def test_whatever_fails_the_token_is_not_in_the_error(fault: httpx.Response | Exception) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        if isinstance(fault, Exception):
            raise fault
        return fault

    said: list[str] = []
    for call in ("get", "post"):
        with pytest.raises(DepositError) as raised:
            getattr(wire(answer, said=said), call)(f"{BASE}/api", same)
        shown = "".join(traceback.format_exception(raised.value)) + repr(raised.value) + str(raised.value)
        assert TOKEN not in shown
    assert TOKEN not in "".join(said)


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"Retry-After": "17"}, 17, 17),
        ({"Retry-After": "Fri, 15 Jan 2027 08:00:30 GMT"}, 30, 30),
        ({"X-RateLimit-Reset": "1800000042"}, 42, 42),
        ({}, 0.5, 1.0),
        ({"Retry-After": "soon"}, 0.5, 1.0),
    ],
)
def test_the_server_says_how_long_to_wait(headers: dict[str, str], least: float, most: float) -> None:
    clock = Time()
    answers, seen = in_turn(httpx.Response(429, headers=headers), httpx.Response(200, json={"a": 1}))
    assert wire(answers, clock).post(f"{BASE}/api", same) == {"a": 1}
    assert least <= clock.slept <= most
    assert len(seen) == 2


def test_when_no_request_remains_the_next_one_waits_for_the_reset() -> None:
    clock = Time()
    left = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(clock.now()) + 25)}
    answers, _ = in_turn(httpx.Response(200, json=1, headers=left), httpx.Response(200, json=2))
    one = wire(answers, clock)
    assert one.get(f"{BASE}/api", same) == 1
    assert clock.slept == 0
    assert one.get(f"{BASE}/api", same) == 2
    assert clock.slept == 25


def test_who_is_told_to_wait_for_hours_comes_back_later() -> None:
    answers, seen = in_turn(httpx.Response(429, headers={"Retry-After": "7200"}))
    with pytest.raises(Unreachable, match="120 minutes"):
        wire(answers).get(f"{BASE}/api", same)
    assert len(seen) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_what_may_have_been_done_is_not_repeated_blindly(status: int) -> None:
    answers, seen = in_turn(httpx.Response(status))
    with pytest.raises(Uncertain):
        wire(answers).post(f"{BASE}/api", same, {})
    with pytest.raises(Uncertain):
        wire(answers).put_bytes(f"{BASE}/api", lambda: iter([b"x"]), 1, same)
    assert len(seen) == 2


def test_reading_is_repeated_with_growing_waits_and_then_given_up() -> None:
    clock = Time()
    answers, seen = in_turn(httpx.Response(503))
    with pytest.raises(Unreachable, match="status 503"):
        wire(answers, clock).get(f"{BASE}/api", same)
    assert len(seen) == 6
    assert 15.5 <= clock.slept <= 31


def test_what_is_gone_already_is_removed() -> None:
    answers, _ = in_turn(httpx.Response(404))
    wire(answers).delete(f"{BASE}/api/files/1")
    with pytest.raises(Rejected):
        wire(in_turn(httpx.Response(403))[0]).delete(f"{BASE}/api/files/1")


def test_a_file_goes_as_a_stream_with_its_length() -> None:
    pieces, sizes = 300, []

    def content() -> Any:
        for _ in range(pieces):
            yield bytes(1000)

    class Reader(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            assert request.headers["content-length"] == str(pieces * 1000)
            assert "transfer-encoding" not in request.headers
            sizes.extend(len(piece) for piece in request.stream)  # type: ignore[union-attr]
            return httpx.Response(201, json="well")

    one = Wire(BASE, Token(TOKEN), "a", clock=Time(), patience=Patience(), say=print, transport=Reader())
    assert one.put_bytes(f"{BASE}/api/files/b/x", content, pieces * 1000, same) == "well"
    assert sizes == [1000] * pieces


def test_a_reset_in_the_past_is_no_wait() -> None:
    assert wait_of({"x-ratelimit-reset": "1700000000"}, 1_800_000_000.0) == 0
    assert wait_of({"x-ratelimit-reset": "12"}, 1_800_000_000.0) == 12
    assert wait_of({"retry-after": "-5"}, 1_800_000_000.0) is None
