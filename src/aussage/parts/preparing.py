"""What is done before parts are compiled: project, codebook and registries are examined, the parts are planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from aussage.codebook import load_codebook
from aussage.compile.build import about_corpus
from aussage.diagnostics import Diagnostics, Place, Severity
from aussage.parts.cache import Cache
from aussage.parts.cutting import USUAL
from aussage.parts.listing import Listing, listing_of, source_files
from aussage.parts.local import compile_parts
from aussage.parts.part import PartResult
from aussage.parts.plan import PlannedPart, plan_of
from aussage.parts.remote_cache import cache_of
from aussage.parts.workshop import REGISTRIES, Order, Workshop
from aussage.project import read_project
from aussage.registry import load_registry
from aussage.source import Project
from aussage.source.bytes import reason

CACHE = ".aussage"
Progress = Callable[[int, int], object]
Engine = Callable[[Order, Sequence[int], int], Iterator[PartResult]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a build is to be made.

    `jobs` is how many processes compile, `cache` the folder for what can be used again, `usual` how many bytes the
    records of a part have, about, `keep_going` whether documents with errors are set aside instead of stopping the
    build. `progress` is told of documents done and of all. `engine` compiles the parts.
    """

    jobs: int = 1
    cache: Path | None = None
    keep_going: bool = False
    usual: int = USUAL
    progress: Progress = field(default=lambda done, documents: None)
    engine: Engine = compile_parts


def prepare(root: Path, settings: Settings, diagnostics: Diagnostics) -> tuple[Workshop, list[PlannedPart]] | None:
    """What all parts need, and the plan; nothing if the codebook cannot be used."""
    project = Project(root)
    facts, codebook = read_project(project, diagnostics), load_codebook(project, diagnostics)
    if codebook is None:
        return None
    if facts is not None:
        diagnostics.levels = {code: Severity(level.level) for code, level in facts.levels.items()}
    cache = cache_of(settings.cache or root / CACHE)
    try:
        cache.prepare()
        registry = load_registry(project, codebook, diagnostics, cache.desk / REGISTRIES)
        listings = list(_listings(project, cache, diagnostics))
        plan = plan_of(listings, cache, settings.usual)
    except OSError as error:
        diagnostics.add("cannot-write", Place(str(cache.folder)), reason(error))
        return None
    order = Order(
        root=root,
        cache=cache.folder,
        plan=plan.path,
        about=about_corpus(facts, codebook) if facts else {"name": "", "version": ""},
        levels=dict(diagnostics.levels),
        codebook=msgspec.json.encode(codebook.record),
        keep_going=settings.keep_going,
        only_examine=diagnostics.has_errors,
        desk=cache.desk,
    )
    return Workshop(order, cache, registry), plan.parts()


def _listings(project: Project, cache: Cache, diagnostics: Diagnostics) -> Iterator[Listing]:
    for file in source_files(project, diagnostics):
        try:
            listing = listing_of(project, file, cache)
            yield replace(listing, plain=listing.plain.absolute())  # parts may be compiled from another folder
        except OSError as error:
            diagnostics.add("unreadable-file", Place(file.name), f"cannot read {file.name}: {reason(error)}")
