"""A client of a Dask cluster: of one whose scheduler is named, or of one made on this machine for the time being."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from aussage.cluster.errors import ClusterUnusable

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 30.0  # seconds for a scheduler to answer
MISSING = "Dask is not installed: pip install 'aussage[dask]'"
CLOSED = {"distributed.admin.log-format": "%(message)s", "distributed.logging": {"distributed": "critical"}}


def require_dask() -> None:
    """See that Dask is there.

    Raises:
        ClusterUnusable: it is not installed; the text says how to install it.
    """
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise ClusterUnusable(MISSING) from None


@contextmanager
def client_of(scheduler: str | None, workers: int) -> Iterator[Client]:
    """A client of the scheduler at an address; without one, of so many processes that are started on this machine.

    These have one thread each, no dashboard, and listen to this machine only.

    Raises:
        ClusterUnusable: Dask is not installed, or no scheduler answers.
    """
    require_dask()
    from distributed import Client

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of lost workers is raised
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on versions that differ: whether that matters is found by asking the workers
        if scheduler is None:
            with _own_cluster(workers) as client:
                yield client
            return
        try:
            client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:  # OSError also if nobody answered in time
            raise ClusterUnusable(f"no Dask scheduler answers at {scheduler}: {_first_line(error)}") from None
        try:
            yield client
        finally:
            with suppress(OSError):
                client.close()


@contextmanager
def _own_cluster(workers: int) -> Iterator[Client]:
    import dask
    from distributed import Client, LocalCluster

    with (
        dask.config.set(CLOSED),
        TemporaryDirectory(prefix="aussage-dask-") as folder,
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            memory_limit=0,  # a worker may take what a process of the local engine may take
            local_directory=folder,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def _first_line(error: BaseException) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
