"""A record of a registry and where it stands."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aussage.diagnostics import Diagnostics
from aussage.records.fields import Record
from aussage.source import Path, Source

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A record of a registry and where it stands."""

    record: R
    source: Source
    path: Path

    def report(self, diagnostics: Diagnostics, code: str, path: Path, message: str, **more: Any) -> None:
        """Report a finding about a field of the record."""
        self.source.report(diagnostics, code, (*self.path, *path), message, **more)
