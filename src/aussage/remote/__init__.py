"""Places on other file systems (S3 and whatever else fsspec reaches), used where a local path could be."""

from aussage.remote.path import RemotePath, is_address, is_remote, path_of, remote
from aussage.remote.unreachable import Unreachable

__all__ = ["RemotePath", "Unreachable", "is_address", "is_remote", "path_of", "remote"]
