"""The libraries of the extra `discourse`, imported when they are needed."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def library(name: str) -> ModuleType:
    """A module of scipy or networkx.

    Raises:
        ImportError: it is not installed; the message says how to install it.
    """
    try:
        return import_module(name)
    except ImportError:
        missing = name.partition(".")[0]
        raise ImportError(
            f"discourse networks need {missing}, which is not installed; "
            "install the extra: pip install 'aussage[discourse]'"
        ) from None
