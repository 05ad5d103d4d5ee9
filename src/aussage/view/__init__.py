"""What a corpus looks like: pages that people open in a browser, and charts for notebooks and papers.

The charts need the extra `notebooks`; see `aussage.view.charts`.
"""

from importlib import import_module
from typing import Any

CHARTS = "aussage.view.charts"


def __getattr__(name: str) -> Any:
    """Charts, and how they are shown, stand here as well as in `aussage.view.charts`."""
    if not name.startswith("_") and name in import_module(CHARTS).__all__:
        return getattr(import_module(CHARTS), name)
    raise AttributeError(f"module 'aussage.view' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(import_module(CHARTS).__all__)
