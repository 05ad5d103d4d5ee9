"""Items of work given to the workers of a Dask cluster, one at a time each, until all are done."""

from __future__ import annotations

import hashlib
import pickle
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from aussage.cluster.errors import ClusterUnusable, WorkersLost
from aussage.cluster.fitness import Fitness, examine_workers, unfit

if TYPE_CHECKING:
    from distributed import Client, Future

Shared = TypeVar("Shared")
Made = TypeVar("Made")
Item = TypeVar("Item")
Result = TypeVar("Result")

TICK = 2.0  # seconds after which is looked for new workers, though none has finished
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
        WorkersLost: an item ended several workers (`distributed.scheduler.allowed-failures`), the scheduler is gone,
            or there was no worker for a time.
    """
    from distributed import CancelledError, KilledWorker

    examine_workers(client, work.wanted)
    waiting = deque(items)
    running: dict[Future[Any], tuple[Item, str]] = {}
    seen = time.monotonic()
    try:
        while waiting or running:
            workers = _workers(client, len(waiting) + len(running))
            seen = time.monotonic() if workers else seen
            if time.monotonic() - seen > patience:
                raise WorkersLost(len(waiting) + len(running))
            for address in workers.difference(address for _, address in running.values()):
                if waiting:
                    item = waiting.popleft()
                    running[_submit(client, work, item, address)] = item, address
            for future in _done(client, running):
                item, _ = running[future]
                try:
                    result = future.result()
                except (KilledWorker, CancelledError):
                    raise WorkersLost(len(waiting) + len(running)) from None
                del running[future]
                future.release()
                yield item, result
    finally:
        with suppress(OSError, RuntimeError, CancelledError):
            client.cancel(list(running))


def _workers(client: Client, left: int) -> set[str]:
    try:
        return set(client.nthreads())
    except (OSError, RuntimeError):  # the scheduler is gone
        raise WorkersLost(left) from None


def _submit(client: Client, work: Work[Any, Any, Item, Any], item: Item, address: str) -> Future[Any]:
    """Give an item to a worker; if that is lost, the scheduler gives it to any other."""
    return client.submit(_work, work.token, work.packed, item, pure=False, workers=[address], allow_other_workers=True)


def _done(client: Client, running: Mapping[Future[Any], Any]) -> list[Future[Any]]:
    """The items that are done, as soon as there are some; after a while none."""
    if not running:
        time.sleep(TICK / 10)
        return []
    from distributed import wait

    with client.as_current(), suppress(TimeoutError):
        return list(wait(list(running), TICK, "FIRST_COMPLETED").done)
    return []


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
