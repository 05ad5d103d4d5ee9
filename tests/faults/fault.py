"""What a fault is: facts as data, and beside them a small function that spoils a draft, a folder or a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from faults.draft import Draft

Row = dict[str, Any]
Where = Callable[[Row], Any]
Put = Mapping[str, Any] | Callable[[Row], Mapping[str, Any]]
Spoil = Callable[[Any], Iterable[str]]
ROWS, FILES, PROJECT, RELEASE = "rows", "files", "project", "release"
BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: `spoil` does the damage and gives the ids that each of `rules` must report.

    It is given what the fault acts on: the draft of a corpus (rows, or release if it is compared with the unspoilt
    one), the folder of a corpus (files), or that of a project with the corpus in it (project). It raises
    `DoesNotApply` where the corpus lacks what the fault needs. `found_in` is the table of the finding if it is not
    `table`. A fault of one `cell` is found under its column, and may share its row with faults of other columns;
    faults of different `batch` are not put into one corpus.
    """

    code: str
    what: str
    needs: str
    acts_on: str
    table: str
    column: str
    rules: tuple[str, ...]
    is_bulk: bool
    found_in: str
    is_cell: bool
    batch: str
    spoil: Spoil


@dataclass(slots=True)
class Register:
    """The faults of one module, in the order in which they are written down."""

    acts_on: str = ROWS
    batch: str = ""
    faults: list[Fault] = field(default_factory=list)

    def fault(
        self,
        code: str,
        what: str,
        table: str,
        column: str,
        rules: str,
        *,
        needs: str = "a row",
        is_bulk: bool = False,
        found_in: str = "",
        is_cell: bool = False,
        batch: str = "",
    ) -> Callable[[Spoil], Spoil]:
        """Add a fault that is done by the function below; `rules` are codes apart by spaces."""

        def take(spoil: Spoil) -> Spoil:
            group = " ".join(filter(None, (batch or self.batch, BULK if is_bulk else "")))
            named = tuple(rules.split())
            found = found_in or table
            self.faults.append(
                Fault(code, what, needs, self.acts_on, table, column, named, is_bulk, found, is_cell, group, spoil)
            )
            return spoil

        return take

    def change(
        self,
        code: str,
        what: str,
        table: str,
        column: str,
        rules: str,
        put: Put,
        where: Where = lambda row: True,
        *,
        needs: str = "a row",
        bulk_too: bool = False,
        found_in: str = "",
        is_cell: bool = False,
        batch: str = "",
    ) -> None:
        """Add a fault that puts other cells into the first row that meets the condition; in bulk into many."""

        def single(draft: Draft) -> list[str]:
            return [_put(draft, table, draft.first(table, where), put)]

        def bulk(draft: Draft) -> list[str]:
            return [_put(draft, table, row, put) for row in draft.every(table, where)]

        more = {"needs": needs, "found_in": found_in, "batch": batch}
        self.fault(code, what, table, column, rules, is_cell=is_cell, **more)(single)
        if bulk_too:
            self.fault(f"{code}-in-bulk", f"{what}, in many rows", table, column, rules, is_bulk=True, **more)(bulk)


def _put(draft: Draft, table: str, row: Row, put: Put) -> str:
    cells = put(row) if callable(put) else put
    assert cells.keys() <= row.keys(), cells.keys() - row.keys()
    row.update(cells)
    return draft.key(table, row)
