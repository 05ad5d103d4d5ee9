"""Parts compiled on this machine, one after another or in several processes at a time."""

from __future__ import annotations

import multiprocessing
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from aussage.cluster import WorkersLost
from aussage.parts.part import PartResult, compile_part
from aussage.parts.workshop import Order, Workshop

TRIES = 3  # of a part whose process was lost


def compile_parts(order: Order, numbers: Sequence[int], jobs: int) -> Iterator[PartResult]:
    """Compile parts of a plan, in any order.

    A process that is lost (killed for its memory, say) loses nothing but its part, which is given to a new one.

    Raises:
        WorkersLost: the processes of one part were lost several times.
        Changed: a source file was written to in the meantime.
        OSError: a source cannot be read, or the cache not written.
    """
    if jobs == 1 or len(numbers) == 1:
        workshop = Workshop(order)
        for number in numbers:
            yield compile_part(workshop, number)
        return
    waiting, lost = deque(numbers), Counter[int]()
    workers = [_started(order) for _ in range(min(jobs, len(numbers)))]
    try:
        while busy := [worker for worker in workers if worker.takes(waiting)]:
            ready = wait([worker.pipe for worker in busy])
            for worker in [worker for worker in busy if worker.pipe in ready]:
                number, result = worker.number, worker.result()
                if result is not None:
                    yield result
                    continue
                lost[number] += 1
                if lost[number] == TRIES:
                    raise WorkersLost(len(waiting) + len(busy))
                waiting.append(number)
                workers[workers.index(worker)] = _started(order)
    finally:
        for worker in workers:
            worker.end()


@dataclass(slots=True)
class _Worker:
    """A process that compiles the parts whose numbers it is sent, one after another; -1 if it has none to do."""

    process: SpawnProcess
    pipe: Connection
    number: int = -1

    def takes(self, waiting: deque[int]) -> bool:
        """Whether the process has a part to do; it takes one of those that wait if it has none."""
        if self.number < 0 and waiting:
            self.number = waiting.popleft()
            with suppress(OSError):  # the process is gone; asking for its result tells
                self.pipe.send(self.number)
        return self.number >= 0

    def result(self) -> PartResult | None:
        """What the process made of its part; nothing if the process is gone. Raises what it raised."""
        self.number = -1
        try:
            result = self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            return None
        if isinstance(result, Exception):
            raise result
        return result if isinstance(result, PartResult) else None

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _started(order: Order) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(order, theirs), daemon=True)
    process.start()
    theirs.close()  # so that the end of the process is the end of the pipe
    return _Worker(process, ours)


def _work(order: Order, pipe: Connection) -> None:
    """Compile the parts whose numbers come through the pipe, until it is closed."""
    workshop = Workshop(order)
    while True:
        try:
            number = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            result: PartResult | Exception = compile_part(workshop, number)
        except KeyboardInterrupt:
            return
        except Exception as error:  # it is raised where the part was asked for
            result = error
        pipe.send(result)
