"""A corpus too large for one go: its records are listed, cut into parts, compiled part by part, and put together."""

from aussage.parts.preparing import Settings
from aussage.parts.run import Shard, build, build_shard, merge

__all__ = ["Settings", "Shard", "build", "build_shard", "merge"]
