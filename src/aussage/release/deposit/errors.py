"""What can go wrong in a deposit; every message says what, where, and how to mend it, and none holds the token."""

from __future__ import annotations

from collections.abc import Sequence

from aussage.corpus.errors import CorpusError


class DepositError(CorpusError):
    """A deposit could not be brought to its end."""


class Refused(DepositError):
    """A deposit is not begun; nothing was sent. `problems` are all reasons, one sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(["nothing was sent:", *(f"- {problem}" for problem in self.problems)]))


class Rejected(DepositError):
    """Zenodo understood a request and will not do it; `status` is the one of HTTP."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


class Unreachable(DepositError):
    """Zenodo gave no usable answer, however often it was asked; the same command goes on later."""


class Uncertain(DepositError):
    """A request that must not be repeated blindly has an unknown end: what it did has to be read first."""


class NotAsSent(DepositError):
    """What Zenodo has differs from what was sent."""
