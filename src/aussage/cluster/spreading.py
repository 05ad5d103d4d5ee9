"""Items of work given to the workers of a Dask cluster, one at a time each, until all are done."""

from __future__ import annotations

import hashlib
import pickle
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from aussage.cluster.errors import ClusterUnusable, WorkersLost
from aussage.cluster.fitness import Fitness, examine_workers, unfit

if TYPE_CHECKING:
    from distributed import Client, Future

Shared = TypeVar("Shared")
Made = TypeVar("Made")
Item = TypeVar("Item")
Result = TypeVar("Result")

TICK = 0.5  # seconds after which is looked for workers that came or went, though none has finished
MOST_LOST = 4  # workers that an item may cost
WITHOUT_WORKERS = 60.0  # seconds for which a cluster may be without any worker


class Work(Generic[Shared, Made, Item, Result]):
    """What is to be done with every item: `make` once in each process from what is shared, then `do` an item a time.

    Both are functions of modules. Workers are examined: those that are there before, those that come later when they
    begin.
    """

    def __init__(
        self, make: Callable[[Shared], Made], do: Callable[[Made, Item], Result], shared: Shared, wanted: Fitness
    ) -> None:
        self.wanted = wanted
        self.packed = zlib.compress(pickle.dumps((make, do, shared, wanted)))
        self.token = hashlib.sha256(self.packed).hexdigest()


def spread(
    client: Client, work: Work[Shared, Made, Item, Result], items: Sequence[Item], patience: float = WITHOUT_WORKERS
) -> Iterator[tuple[Item, Result]]:
    """Do all items on the workers of a cluster; gives each with its result, in any order.

    A worker that is lost loses nothing but its item, which another takes; a worker that comes is used. When the
    iterator is closed, what is under way is cancelled. What `make` and `do` raise is raised here.

    Raises:
        ClusterUnusable: a worker is not fit.
        WorkersLost: an item has cost several workers, the scheduler is gone, or there was no worker for a time.
    """
    examine_workers(client, work.wanted)
    waiting = deque(_Given(item) for item in items)
    running: dict[Future[Any], _Given[Item]] = {}
    try:
        while waiting or running:
            _give(client, work, waiting, running, patience)
            for future in _done(client, running):
                given = running.pop(future)
                if not future.cancelled() and not _is_of_lost_worker(future):
                    result = future.result()
                    future.release()
                    yield given.item, result
                else:
                    _take_back(given, waiting, running)
            workers = _workers(client, len(waiting) + len(running))
            for future in [future for future, given in running.items() if given.to not in workers]:
                if not future.done():
                    client.cancel([future])
                    _take_back(running.pop(future), waiting, running)
    finally:
        with suppress(OSError, RuntimeError):
            client.cancel(list(running))


@dataclass(slots=True)
class _Given(Generic[Item]):
    """An item, the worker to which it was given, and how many have been lost with it."""

    item: Item
    to: str = ""
    lost: int = 0


def _give(
    client: Client,
    work: Work[Any, Any, Item, Any],
    waiting: deque[_Given[Item]],
    running: dict[Future[Any], _Given[Item]],
    patience: float,
) -> None:
    """Give an item to every worker that has none; waits for a worker if there is not one."""
    left, begun = len(waiting) + len(running), time.monotonic()
    while not (workers := _workers(client, left)):
        if time.monotonic() - begun > patience:
            raise WorkersLost(left)
        time.sleep(TICK / 5)
    for address in sorted(workers.difference(given.to for given in running.values())):
        if waiting:
            given = waiting.popleft()
            given.to = address
            future = client.submit(_work, work.token, work.packed, given.item, pure=False, workers=[address])
            running[future] = given


def _take_back(given: _Given[Item], waiting: deque[_Given[Item]], running: Sized) -> None:
    """Let another worker take an item whose worker was lost."""
    given.lost += 1
    waiting.appendleft(given)
    if given.lost == MOST_LOST:
        raise WorkersLost(len(waiting) + len(running))


def _workers(client: Client, left: int) -> set[str]:
    try:
        return set(client.nthreads())
    except (OSError, RuntimeError):  # the scheduler is gone
        raise WorkersLost(left) from None


def _done(client: Client, running: Mapping[Future[Any], Any]) -> list[Future[Any]]:
    """The items that are done, as soon as there are some; after a while none, to look at the workers again."""
    from distributed import CancelledError, wait

    with client.as_current(), suppress(TimeoutError, CancelledError):
        wait(list(running), TICK, "FIRST_COMPLETED")
    return [future for future in running if future.done()]


def _is_of_lost_worker(future: Future[Any]) -> bool:
    from distributed import KilledWorker

    return future.status == "error" and isinstance(future.exception(), KilledWorker)


_one_at_a_time = threading.Lock()
"""A worker with several threads still holds one item at a time in memory."""
_made: dict[str, tuple[Any, Any]] = {}
"""What this process has made of the work that it is at, with what is to be done."""


def _work(token: str, packed: bytes, item: Any) -> Any:
    """Do an item in the process of a worker."""
    with _one_at_a_time:
        if token not in _made:
            make, do, shared, wanted = pickle.loads(zlib.decompress(packed))  # from our own client
            if reason := unfit(wanted):
                raise ClusterUnusable(f"a worker {reason}")
            _made.clear()
            _made[token] = make(shared), do
        made, do = _made[token]
        return do(made, item)
