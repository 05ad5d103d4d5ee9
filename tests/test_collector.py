"""The collector of garbage: off while it is paused, and as it was before afterwards."""

import gc
import weakref

import pytest

from aussage.parts.collector import paused_collector


class Circle:
    """Refers to itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_left_meanwhile_is_collected_at_the_end() -> None:
    with paused_collector():
        assert not gc.isenabled()
        left = weakref.ref(Circle())
        assert left() is not None
    assert gc.isenabled()
    assert left() is None


def test_an_error_switches_the_collector_on_again() -> None:
    with pytest.raises(ValueError, match="bad"), paused_collector():
        raise ValueError("bad")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with paused_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
