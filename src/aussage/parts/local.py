"""Parts compiled on this machine, one after another or in several processes at a time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from aussage.parts.part import PartResult, compile_part
from aussage.parts.workshop import Order, Workshop

TRIES = 3  # of a part whose process was lost


class WorkersLost(Exception):
    """Processes were ended from outside again and again; its argument is how many parts are left."""


def compile_parts(order: Order, numbers: Sequence[int], jobs: int) -> Iterator[PartResult]:
    """Compile parts of a plan, in any order.

    A process that is lost (killed for its memory, say) loses nothing but its part, which is compiled again.

    Raises:
        WorkersLost: processes were lost, and no part was finished in between, several times.
        Changed: a source file was written to in the meantime.
        OSError: a source cannot be read, or the cache not written.
    """
    if jobs == 1 or len(numbers) == 1:
        workshop = Workshop(order)
        for number in numbers:
            yield compile_part(workshop, number)
        return
    left, tries = list(numbers), 0
    while left:
        finished = 0
        for number, result in _in_processes(order, left, jobs):
            left.remove(number)
            finished += 1
            yield result
        tries = 0 if finished else tries + 1
        if left and tries == TRIES:
            raise WorkersLost(len(left))


def _in_processes(order: Order, numbers: Sequence[int], jobs: int) -> Iterator[tuple[int, PartResult]]:
    """Number and result of every part until all are done, or until a process is lost."""
    pool = ProcessPoolExecutor(
        min(jobs, len(numbers)), multiprocessing.get_context("spawn"), initializer=_open, initargs=(order,)
    )
    try:
        futures: dict[Future[PartResult], int] = {pool.submit(_compile, number): number for number in numbers}
        for future in as_completed(futures):
            yield futures[future], future.result()
    except BrokenProcessPool:
        return
    finally:
        pool.shutdown(cancel_futures=True)


_workshops: list[Workshop] = []
"""The workshop of this process, opened when the process began."""


def _open(order: Order) -> None:
    _workshops[:] = [Workshop(order)]


def _compile(number: int) -> PartResult:
    return compile_part(_workshops[0], number)
