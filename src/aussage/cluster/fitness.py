"""Whether a worker is fit for the work: it has the same code and libraries, and sees the same files."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from aussage.cluster.errors import ClusterUnusable

if TYPE_CHECKING:
    from distributed import Client

LIBRARIES = ("numpy", "pandas", "pyarrow", "msgspec")


@dataclass(frozen=True, slots=True)
class Fitness:
    """What a worker must have: our versions and the text of our code, and files of these sizes by path."""

    versions: dict[str, str]
    code: str
    files: dict[str, int]


def fitness_of(files: Sequence[Path]) -> Fitness:
    """What this process has; the workers must see these files under the same paths."""
    return Fitness(_versions(), _code(), {str(path.absolute()): path.stat().st_size for path in files})


def unfit(wanted: Fitness) -> str:
    """Why this process is not fit for the work; empty if it is."""
    here = _versions()
    for name, wants in wanted.versions.items():
        if here.get(name) != wants:
            return f"has {name} {here.get(name) or '(none)'}, but {wants} is needed"
    if wanted.code != _code():
        return "has another state of Aussage's code, though of the same version"
    for name, size in wanted.files.items():
        try:
            found = Path(name).stat().st_size
        except OSError:
            return f"does not see {name}: all machines need the same folders under the same paths"
        if found != size:
            return f"sees another {name}: all machines need the same folders under the same paths"
    return ""


def examine_workers(client: Client, wanted: Fitness) -> None:
    """See that all workers of a cluster are fit.

    Raises:
        ClusterUnusable: one is not; the first is named with the reason.
    """
    for address, found in sorted(client.run(unfit, wanted, on_error="return").items()):
        if isinstance(found, ModuleNotFoundError):
            raise ClusterUnusable(f"the worker at {address} has no {found.name or 'Aussage'} installed")
        if isinstance(found, Exception):
            raise ClusterUnusable(f"the worker at {address} cannot run Aussage: {type(found).__name__}: {found}")
        if found:
            raise ClusterUnusable(f"the worker at {address} {found}")


@cache
def _code() -> str:
    """What stands for our code."""
    import aussage

    home = Path(aussage.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(home.rglob("*.py")):
        digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _versions() -> dict[str, str]:
    found = {"Python": ".".join(map(str, sys.version_info[:2]))}
    for name in ("aussage", *LIBRARIES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
