"""Source files as trees that know where each value stands: YAML 1.2, JSON Lines, TOML, plain text."""

from aussage.source.bytes import Project, decode
from aussage.source.tree import Kind, Node, Path, Source

__all__ = ["Kind", "Node", "Path", "Project", "Source", "decode"]
