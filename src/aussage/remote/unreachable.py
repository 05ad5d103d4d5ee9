"""The one error for a place that cannot be asked: no network, no access, no such bucket, no library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

MEND = "check the address, the network, and the credentials (for S3: AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL and so on)"
OF_FILES = (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError)


class Unreachable(Exception):
    """A place cannot be asked; its arguments are the address and why.

    It is no OSError: whoever goes on after a file that cannot be read would ask for the next one in vain.
    """

    def __init__(self, address: str, why: str) -> None:
        super().__init__(address, why)
        self.address, self.why = address, why

    def __str__(self) -> str:
        return f"{self.address} cannot be reached: {self.why}"


@contextmanager
def asking(place: object) -> Iterator[None]:
    """Ask a file system; whatever it fails with, except that a file is not there, becomes Unreachable.

    Each library of a file system has errors of its own.
    """
    try:
        yield
    except (*OF_FILES, Unreachable):
        raise
    except Exception as error:
        why = " ".join(str(getattr(error, "strerror", None) or error).split()) or type(error).__name__
        raise Unreachable(str(place), why) from error
