"""What several rules need of the same tables: computed once, and forgotten with the tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from aussage.check.tables import Tables

Result = TypeVar("Result")


def once(of_tables: Callable[[Tables], Result]) -> Callable[[Tables], Result]:
    """Keep what a function gives for some tables; what it gives must not hold the tables, or they would stay."""
    results: WeakKeyDictionary[Tables, Result] = WeakKeyDictionary()

    @wraps(of_tables)
    def kept(tables: Tables) -> Result:
        if tables not in results:
            results[tables] = of_tables(tables)
        return results[tables]

    return kept
