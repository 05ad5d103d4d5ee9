"""Python's garbage collector stands still while many rows are made, which hold no circles that it could find."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Switch the collector off, and on again at the end if it was on; circles made in between are collected then.

    Rows are freed by their count of references. The collector would go through all of them again and again, which
    takes a fifth of the time. What was made in between is its youngest generation: only that is gone through.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect(0)
