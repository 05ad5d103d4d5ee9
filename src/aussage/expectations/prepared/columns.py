"""What a prepared column is: cells made from rows, for what Great Expectations cannot look up itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from aussage.expectations.prepared.rows import Row, Rows

Make = Callable[[Rows], Iterable[Any]]
OfRow = Callable[[Rows, Row], Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A column that is added to a table: its name has a point, so that no column of a table is like it.

    `needs` are the tables from which it is made besides its own. `make` gives a cell a row, in order.
    """

    table: str
    name: str
    holds: str
    needs: tuple[str, ...]
    make: Make
    is_number: bool = False


@dataclass(slots=True)
class PreparedColumns:
    """The prepared columns of one topic, by table and name."""

    by_name: dict[tuple[str, str], Prepared] = field(default_factory=dict)

    def add(self, table: str, name: str, holds: str, make: OfRow, needs: str = "", *, is_number: bool = False) -> None:
        """Add a column whose cells are made row by row."""

        def cells(rows: Rows) -> Iterable[Any]:
            return (make(rows, row) for row in rows[table])

        self.add_whole(table, name, holds, cells, needs, is_number=is_number)

    def add_whole(
        self, table: str, name: str, holds: str, make: Make, needs: str = "", *, is_number: bool = False
    ) -> None:
        """Add a column whose cells are made for all rows at once."""
        named = tuple(other for other in needs.split() if other != table)
        self.by_name[table, name] = Prepared(table, name, holds, named, make, is_number)
