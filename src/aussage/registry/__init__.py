"""Who, where, by whom: actors, locations, coders, and the ids that were withdrawn."""

from aussage.registry.registry import Entry, Registry, load_registry

__all__ = ["Entry", "Registry", "load_registry"]
