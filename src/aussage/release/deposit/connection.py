"""The connection to the server that a deposit goes to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, metadata

from aussage.release.deposit.patience import Patience, SystemClock
from aussage.release.deposit.preparation import Prepared
from aussage.release.deposit.wire import Say, Wire
from aussage.release.deposit.zenodo import Zenodo


@contextmanager
def connected(ready: Prepared, say: Say) -> Iterator[Zenodo]:
    """The API of the server, for as long as the block runs."""
    patience = Patience(seed=ready.plan.files[0].md5)
    wire = Wire(ready.base, ready.token, user_agent(), clock=SystemClock(), patience=patience, say=say)
    try:
        yield Zenodo(wire)
    finally:
        wire.close()


def user_agent() -> str:
    """`aussage/VERSION`, with the project's address if it has one: Zenodo slows down generic clients."""
    try:
        about = metadata("aussage")
    except PackageNotFoundError:
        return "aussage"
    addresses = [entry.partition(", ")[2] for entry in about.get_all("Project-URL") or []]
    return f"aussage/{about['Version']}" + (f" (+{addresses[0]})" if addresses else "")
