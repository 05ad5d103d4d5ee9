"""One finding about a source file, and the list that collects the findings of a run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from aussage.diagnostics.catalogue import CATALOGUE, Severity

LONGEST_MESSAGE = 500  # code points: a value of a megabyte need not be repeated to be found
LONGEST_COMPARED = 200


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, and in it a line and column, both counted from 1 in code points.

    Line 0 means the file as a whole. `shown` is the text of that line, `length` how much of it is meant.
    """

    file: str
    line: int = 0
    column: int = 0
    shown: str = ""
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable code, its severity, what is wrong, where, what was expected, how to mend it."""

    code: str
    severity: Severity
    message: str
    place: Place
    expected: str = ""
    nearest: tuple[str, ...] = ()
    mend: str = ""


@dataclass(slots=True)
class Diagnostics:
    """Collects all findings of a run; `levels` maps a code to another severity than the catalogue's.

    `counted` has the numbers of further findings that a run over very many documents counted and did not keep.
    """

    levels: Mapping[str, Severity] = field(default_factory=dict)
    counted: dict[Severity, int] = field(default_factory=dict)
    _found: dict[Diagnostic, None] = field(default_factory=dict)
    _errors: int = 0

    def add(
        self,
        code: str,
        place: Place,
        message: str,
        *,
        expected: str = "",
        nearest: Iterable[str] = (),
        mend: str = "",
    ) -> None:
        """Report a finding; `code` is a key of the catalogue, whose advice stands where `mend` is empty."""
        entry = CATALOGUE[code]
        severity = self.levels.get(code, entry.severity)
        near = tuple(_shortened(word) for word in nearest)
        message, expected = _shortened(message), _shortened(expected)
        self.extend([Diagnostic(code, severity, message, place, expected, near, mend or entry.mend)])

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Take over findings made elsewhere."""
        for found in others:
            if found not in self._found:
                self._found[found] = None
                self._errors += found.severity is Severity.ERROR

    def __iter__(self) -> Iterator[Diagnostic]:
        """All findings, each once, in the order of file, line and column."""
        return iter(sorted(self._found, key=lambda found: (found.place, found.code, found.message)))

    def __len__(self) -> int:
        return len(self._found)

    def count(self, severity: Severity) -> int:
        """How many findings there are of one severity, those that were only counted among them."""
        return sum(found.severity is severity for found in self._found) + self.counted.get(severity, 0)

    def count_errors(self) -> int:
        """How many findings stop a build."""
        return self._errors + self.counted.get(Severity.ERROR, 0)

    @property
    def has_errors(self) -> bool:
        """Whether anything was found that stops a build."""
        return self.count_errors() > 0

    @property
    def total(self) -> int:
        """How many findings there are, those that were only counted among them."""
        return len(self._found) + sum(self.counted.values())


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_MESSAGE else text[: LONGEST_MESSAGE - 1] + "…"


def nearest(wanted: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known words most like `wanted`, best first; empty if none is alike enough to be of help."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        wanted[:LONGEST_COMPARED], list(known), scorer=fuzz.WRatio, processor=str.casefold, limit=limit, score_cutoff=60
    )
    return [str(word) for word, _, _ in found]
