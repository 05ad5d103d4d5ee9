"""One change between two corpora: what kind of thing changed, which cell, from what to what, and how much it weighs."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from aussage.release.versions import Step


class Area(StrEnum):
    """What kind of thing changed, in the order in which changes of the same step are told."""

    SCHEMA = "schema"
    CODEBOOK = "codebook"
    SOURCE = "source text"
    ANNOTATION = "annotation"
    ADJUDICATION = "adjudication"
    REGISTRY = "registry"
    TOOL = "tool"
    METADATA = "metadata"


class Action(StrEnum):
    """What happened to the thing."""

    REMOVED = "removed"
    CHANGED = "changed"
    ADDED = "added"


class Alarm(StrEnum):
    """What a citation of an id does not survive; told before everything else."""

    NO_TOMBSTONE = "removed without a tombstone"
    RETURNED = "an id that was withdrawn is back"
    UNBURIED = "a tombstone was taken away"
    REUSED = "the id stands for something else than before"


class Change(msgspec.Struct, frozen=True, omit_defaults=False):
    """A change.

    `table` is a table, or `codebook` or `manifest`; `id` the row (or the variable, the key); `column` the cell, empty
    where a whole row came or went. `old` and `new` are values as JSON has them; of a row the cells that are not empty.
    `why` is the reason that a tombstone gives; `alarm` is empty or one of `Alarm`.
    """

    area: Area
    step: Step
    action: Action
    table: str
    id: str
    column: str = ""
    old: Any = None
    new: Any = None
    why: str = ""
    alarm: Alarm | None = None

    def as_record(self) -> dict[str, Any]:
        """The change as a record for machines."""
        return {
            "class": str(self.area),
            "step": str(self.step),
            "action": str(self.action),
            "table": self.table,
            "id": self.id,
            "column": self.column or None,
            "old": self.old,
            "new": self.new,
            "why": self.why or None,
            "alarm": str(self.alarm) if self.alarm else None,
        }
