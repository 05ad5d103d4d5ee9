"""The one error that a comparison of coders raises."""

from importlib import import_module
from types import ModuleType


class AgreementError(Exception):
    """Coders cannot be compared; the message says why and what to do."""


def scipy(part: str) -> ModuleType:
    """A module of scipy, which only the alignment needs.

    Raises:
        AgreementError: scipy is not installed.
    """
    try:
        return import_module(f"scipy.{part}")
    except ImportError:
        raise AgreementError(
            "aligning the claims of two coders needs scipy, which is not installed; "
            "install the extra: pip install 'aussage[agreement]'"
        ) from None
