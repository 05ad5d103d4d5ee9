"""Which metadata files there are: the name of each, and the generator that makes it from the facts."""

from collections.abc import Callable, Collection
from dataclasses import replace
from hashlib import sha256

from aussage.release.metadata.facts import MetadataFacts
from aussage.release.metadata.shipped import ShippedFile, described, media_type

GENERATORS: dict[str, tuple[str, str]] = {
    "CITATION.cff": ("citation_cff", "citation_cff"),
    ".zenodo.json": ("zenodo", "zenodo"),
    "datacite.json": ("datacite", "datacite_json"),
    "datacite.xml": ("datacite_xml", "datacite_xml"),
    "prov.json": ("provenance", "provenance"),
    "croissant.json": ("croissant", "croissant"),
    "datapackage.json": ("frictionless", "datapackage"),
    "README.md": ("dataset_card", "dataset_card"),
    "ro-crate-metadata.json": ("ro_crate", "ro_crate"),
}
"""The module of this package and the function in it, by the name of the file; the last one lists the others."""

AT_THE_ROOT = ("CITATION.cff", ".zenodo.json")
"""What stands at the root of a repository, because there it is looked for."""


def metadata_files(facts: MetadataFacts, place: str = "", elsewhere: Collection[str] = ()) -> dict[str, bytes]:
    """All metadata files of the folder that the facts describe: content by name.

    `place` is where they stand in that folder, `elsewhere` the names of those that stand outside of it. The RO-Crate
    lists every file of the folder, so also the other metadata; it is made last.
    """
    made: dict[str, bytes] = {}
    for name, (module, function) in GENERATORS.items():
        there = [_shipped(f"{place}{other}", data) for other, data in made.items() if other not in elsewhere]
        is_last = len(made) == len(GENERATORS) - 1
        known = replace(facts, files=tuple(sorted((*facts.files, *there), key=_path))) if is_last else facts
        made[name] = _generator(module, function)(known)
    return made


def _shipped(path: str, data: bytes) -> ShippedFile:
    return ShippedFile(path, len(data), sha256(data).hexdigest(), media_type(path), described(path))


def _path(file: ShippedFile) -> str:
    return file.path


def _generator(module: str, function: str) -> Callable[[MetadataFacts], bytes]:
    from importlib import import_module

    found: Callable[[MetadataFacts], bytes] = getattr(import_module(f"{__package__}.{module}"), function)
    return found
