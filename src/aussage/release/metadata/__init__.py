"""Citation metadata: one set of facts, and every form in which archives, portals and loaders want to have it."""

from aussage.release.metadata.facts import MetadataFacts, gather_facts
from aussage.release.metadata.files import AT_THE_ROOT, metadata_files
from aussage.release.metadata.shipped import ShippedFile, shipped_file, shipped_files
from aussage.release.metadata.source_files import source_files

__all__ = [
    "AT_THE_ROOT",
    "MetadataFacts",
    "ShippedFile",
    "gather_facts",
    "metadata_files",
    "shipped_file",
    "shipped_files",
    "source_files",
]
