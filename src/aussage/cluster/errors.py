"""What can be wrong with the processes that work is spread over."""


class WorkersLost(Exception):
    """Processes were ended from outside again and again; its argument is how much of the work is left."""


class ClusterUnusable(Exception):
    """A Dask cluster is not there, or its workers are not fit for the work; the text says why."""
