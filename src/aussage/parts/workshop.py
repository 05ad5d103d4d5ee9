"""What a process needs to compile parts: where the project, the plan and the cache are, and the scheme."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

import aussage
from aussage.codebook import Codebook
from aussage.compile.entities import entity_rows_by_id
from aussage.diagnostics import Diagnostics, Severity
from aussage.parts.cache import Cache
from aussage.parts.plan import PLANS, Plan
from aussage.parts.remote_cache import cache_of
from aussage.records.codebook import CodebookFile
from aussage.registry import Registry, load_registry
from aussage.source import Project

ROOMS = ("codebook", "compile", "records", "registry", "source", "tables", "text", "parts", "remote")
LIBRARIES = ("pyarrow", "msgspec")
REGISTRIES = "registries"


@dataclass(frozen=True, slots=True)
class Order:
    """A build as it was ordered, small enough to be sent to another process.

    `about` is what every file says of the corpus, `codebook` the record of the codebook as JSON. With `only_examine`
    nothing is written, because something is wrong already; the documents are gone through all the same. `desk` is the
    folder on the machine of the order that has what was fetched from a remote cache.
    """

    root: Path
    cache: Path
    plan: Path
    about: dict[str, Any]
    levels: dict[str, Severity]
    codebook: bytes
    keep_going: bool = False
    only_examine: bool = False
    desk: Path | None = None


class Workshop:
    """An order, and all that is opened once to compile many of its parts; what is open already may be given."""

    def __init__(self, order: Order, cache: Cache | None = None, registry: Registry | None = None) -> None:
        self.order = order
        self.project = Project(order.root)
        self.cache = cache or cache_of(order.cache, order.desk)
        self.plan = Plan(self.cache.local(f"{PLANS}/{order.plan.name}"))
        self.codebook = Codebook(msgspec.json.decode(order.codebook, type=CodebookFile))
        self._registry = registry

    @cached_property
    def registry(self) -> Registry:
        """The registries; what is wrong with them was reported before parts were ordered."""
        if self._registry is None:
            return load_registry(self.project, self.codebook, Diagnostics(), self.cache.desk / REGISTRIES)
        return self._registry

    @cached_property
    def entities(self) -> Mapping[str, Mapping[str, Any]]:
        """The rows of actors and locations by id."""
        return entity_rows_by_id(self.registry)

    @cached_property
    def identity(self) -> str:
        """What the bytes of every part depend on beside its records: our code, libraries, scheme, and the corpus.

        Of the registries it is what concerns all documents; actors and locations concern those that name them.
        """
        digest = hashlib.sha256(code_identity().encode())
        about = {name: self.order.about[name] for name in ("name", "version")}
        coders = [self.registry.coders[id_].record for id_ in sorted(self.registry.coders)]
        withdrawn = [self.registry.withdrawn[key].record for key in sorted(self.registry.withdrawn)]
        digest.update(msgspec.json.encode((about, self.order.levels, coders, withdrawn)))
        digest.update(self.order.codebook)
        return digest.hexdigest()


def code_identity() -> str:
    """What stands for the compiler: the text of its modules, and the libraries that write the files."""
    digest = hashlib.sha256(repr((sys.version_info[:2], [version(name) for name in LIBRARIES])).encode())
    home = Path(aussage.__file__).parent
    for path in sorted(path for room in ROOMS for path in (home / room).rglob("*.py")):
        digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
