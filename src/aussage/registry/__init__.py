"""Who, where, by whom: actors, locations, coders, and the ids that were withdrawn."""

from aussage.registry.loading import load_registry
from aussage.registry.registry import Entry, Registry, in_order

__all__ = ["Entry", "Registry", "in_order", "load_registry"]
