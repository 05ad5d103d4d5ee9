"""Two versions of the small corpus of the check: the second altered by a function."""

import copy
import itertools
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from small_corpus import ABOUT, CODEBOOK, Rows, small_rows, write

from aussage.release.comparison import Change, Comparison, compare

TITLED = ABOUT | {"title": "Small", "licences": {"annotations": "CC0-1.0"}}
NUMBERS = itertools.count()
Alter = Callable[[Rows], Any]


def same(rows: Rows) -> None:
    """Alter nothing."""


def built(folder: Path, alter: Alter = same, codebook: Alter = same, **about: Any) -> Path:
    """A corpus of altered rows, with an altered codebook and other facts in the manifest."""
    rows, scheme = small_rows(), copy.deepcopy(CODEBOOK)
    alter(rows)
    codebook(scheme)
    return write(folder / f"corpus-{next(NUMBERS)}", rows, scheme, TITLED | about)


@cache
def clean_files() -> dict[str, bytes]:
    """The files of the unaltered corpus."""
    with tempfile.TemporaryDirectory() as folder:
        return {path.name: path.read_bytes() for path in built(Path(folder)).iterdir()}


def clean(folder: Path) -> Path:
    """The unaltered corpus."""
    made = folder / f"clean-{next(NUMBERS)}"
    made.mkdir()
    for name, data in clean_files().items():
        (made / name).write_bytes(data)
    return made


def compared(folder: Path, alter: Alter = same, codebook: Alter = same, **about: Any) -> Comparison:
    """The small corpus compared with the altered one."""
    return compare(clean(folder), built(folder, alter, codebook, **about))


def row(rows: Rows, table: str, id_: str) -> dict[str, Any]:
    """The row of a table with an id."""
    return next(found for found in rows[table] if next(iter(found.values())) == id_)


def drop(rows: Rows, table: str, id_: str) -> None:
    """Take a row out."""
    rows[table].remove(row(rows, table, id_))


def told(found: Comparison) -> list[tuple[str, ...]]:
    """Class, step, action, table, id and column of every change."""
    return [tuple(map(str, (c.area, c.step, c.action, c.table, c.id, c.column))) for c in found.changes()]


def only(found: Comparison) -> Change:
    """The one change."""
    changes = list(found.changes())
    assert len(changes) == 1, told(found)
    return changes[0]
