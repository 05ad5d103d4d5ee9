"""Parts compiled on a Dask cluster: the same work as in processes of this machine, given to workers of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from aussage.cluster.fitness import fitness_of
from aussage.cluster.opening import client_of
from aussage.cluster.spreading import Work, spread
from aussage.parts.part import PartResult, compile_part
from aussage.parts.workshop import Order, Workshop
from aussage.project import FILE


@dataclass(frozen=True, slots=True)
class DaskEngine:
    """Compiles parts like `compile_parts`, on the cluster of a scheduler; without one, on as many workers as jobs.

    All machines need project and cache under the same paths. A worker has one part at a time in memory.
    """

    scheduler: str | None = None

    def __call__(self, order: Order, numbers: Sequence[int], jobs: int) -> Iterator[PartResult]:
        """Compile parts of a plan, in any order.

        Raises:
            ClusterUnusable: Dask is not installed, no scheduler answers, or a worker is not fit.
            WorkersLost: see `spread`; what was finished is kept.
            Changed: a source file was written to in the meantime.
            OSError: a source cannot be read, or the cache not written.
        """
        order = replace(order, root=order.root.absolute(), cache=order.cache.absolute(), plan=order.plan.absolute())
        with NamedTemporaryFile(dir=order.cache, prefix=".seen-") as seen:  # only in the very same folder it is there
            files = [Path(seen.name), order.plan, *(path for path in [order.root / FILE] if path.is_file())]
            work = Work(Workshop, compile_part, order, fitness_of(files))
            with client_of(self.scheduler, min(jobs, max(len(numbers), 1))) as client:
                for _, result in spread(client, work, numbers):
                    yield result
