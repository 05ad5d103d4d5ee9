"""Work spread over the processes of a Dask cluster, an item at a time each; Dask is imported when it is asked for."""

from aussage.cluster.errors import ClusterUnusable, WorkersLost

__all__ = ["ClusterUnusable", "WorkersLost"]
