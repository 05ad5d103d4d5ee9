"""When to ask again: back-off, what the server asks for in its headers, and a clock that tests can replace."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Protocol

TRIES = 6
FIRST, LONGEST = 1.0, 60.0  # seconds of the back-off
BEARABLE = 900.0  # seconds; whoever is told to wait longer comes back later
EPOCHS = 1_000_000_000  # a smaller number in X-RateLimit-Reset is no time of day but seconds from now


class Clock(Protocol):
    """What time it is, and waiting."""

    def now(self) -> float:
        """Seconds since 1970 (UTC)."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The clock of the computer."""

    def now(self) -> float:
        """Seconds since 1970 (UTC)."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(slots=True)
class Patience:
    """How often to ask, and how long to wait in between.

    The waits double up to a minute; each is shortened by a random part (as in »Exponential Backoff And Jitter«,
    AWS Architecture Blog, 2015), so that clients that failed together do not come back together. The random numbers
    come from `seed`, so that a run can be repeated.
    """

    seed: str = ""
    tries: int = TRIES
    _source: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._source = random.Random(self.seed)

    def wait(self, attempt: int) -> float:
        """Seconds to wait after the given attempt (from 0)."""
        longest = min(LONGEST, FIRST * 2.0**attempt)
        return longest / 2 + self._source.random() * longest / 2


def wait_of(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that the server asks to wait, from Retry-After or else X-RateLimit-Reset; nothing if it does not say.

    Retry-After holds seconds or a date (RFC 9110, 10.2.3). Zenodo documents X-RateLimit-Limit, -Remaining and -Reset
    and sends the reset time as seconds since 1970.
    """
    after = headers.get("retry-after", "").strip()
    if after.isascii() and after.isdigit():
        return float(after[:9])
    if after:
        try:
            return max(0.0, parsedate_to_datetime(after).timestamp() - now)
        except (ValueError, OverflowError):
            pass
    return _until_reset(headers, now)


def pause_of(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait before the next request, although this one went well: until the reset, if none remains."""
    if headers.get("x-ratelimit-remaining", "").strip() != "0":
        return 0.0
    return _until_reset(headers, now) or 0.0


def _until_reset(headers: Mapping[str, str], now: float) -> float | None:
    reset = headers.get("x-ratelimit-reset", "").strip()
    if not (reset.isascii() and reset.isdigit()):
        return None
    moment = float(reset[:12])
    return max(0.0, moment - now) if moment >= EPOCHS else moment
