"""Articles that are there already, or nearly: exact copies, and near ones by their shared runs of letters.

Two articles are alike by the share of their runs of eight letters that both have (Jaccard's coefficient), estimated
by one-permutation MinHash (Li, Owen & Zhang 2012: One Permutation Hashing) with banding (Leskovec, Rajaraman & Ullman
2014: Mining of Massive Datasets, chapter 3). Runs of letters need no words, so that every script is compared alike.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

RUN = 8  # letters
BINS = 256  # the estimate of a share is off by about 3 points (standard error sqrt(s(1-s)/256))
BAND = 4  # bins that must be equal for two articles to be compared
ALIKE = 0.5  # at this share two articles are found with a probability of 0.98: 1-(1-0.5**4)**64
COMPARED = 20  # of one band: a hundred copies need not be compared with one another
LONGEST = 200_000  # letters of an article that are compared
EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)

Hashes = npt.NDArray[np.uint64]
_NO_LETTER = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """The text as it is compared: small letters and digits, with one space between words."""
    return _NO_LETTER.sub(" ", text.casefold()).strip()


def signature(compared: str) -> Hashes:
    """The smallest hash in each of `BINS` parts of the hash space, over all runs of eight letters."""
    units = np.frombuffer(compared[:LONGEST].encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if len(units) < RUN:
        units = np.pad(units, (0, RUN - len(units)))
    for length, factor in ((1, 0x9E3779B97F4A7C15), (2, 0xC2B2AE3D27D4EB4F), (4, 0x165667B19E3779F9)):
        units = units[:-length] * np.uint64(factor) + units[length:]
    units = (units ^ (units >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    units = (units ^ (units >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    units ^= units >> np.uint64(29)
    smallest = np.full(BINS, EMPTY)
    np.minimum.at(smallest, (units >> np.uint64(56)).astype(np.intp), units)
    return smallest


def share(one: Hashes, other: Hashes) -> float:
    """The estimated share of what both have in what either has."""
    known = (one != EMPTY) | (other != EMPTY)
    return float(((one == other) & known).sum() / known.sum()) if known.any() else 0.0


@dataclass(slots=True)
class Known:
    """All articles of a project and of those that enter, in this order, for comparison."""

    names: list[str] = field(default_factory=list)
    first: dict[bytes, int] = field(default_factory=dict)
    signatures: list[Hashes] = field(default_factory=list)

    def add(self, name: str, text: str) -> str | None:
        """Take up an article; the name of an earlier one with the same words, if there is one."""
        compared = plain(text)
        key = hashlib.sha256((compared or text).encode("utf-8", "surrogatepass")).digest()
        earlier = self.first.setdefault(key, len(self.names))
        if earlier != len(self.names):
            return self.names[earlier]
        self.names.append(name)
        self.signatures.append(signature(compared).astype(np.uint64))
        return None

    def alike(self, since: int) -> Iterator[tuple[str, str, float]]:
        """For each article from number `since` on the earlier one that is most like it, and the share; in order."""
        if since >= len(self.names):
            return
        all_signatures = np.stack(self.signatures)
        partners: dict[int, set[int]] = defaultdict(set)
        for start in range(0, BINS, BAND):
            for group in _equal_rows(all_signatures[:, start : start + BAND]):
                for position, later in enumerate(group):
                    if later >= since and position:
                        partners[later].update(group[: min(position, COMPARED)])
        for later in sorted(partners):
            best = [(share(all_signatures[later], all_signatures[early]), -early) for early in partners[later]]
            value, early = max(best)
            if value >= ALIKE:
                yield self.names[later], self.names[-early], value


def _equal_rows(rows: Hashes) -> Iterator[list[int]]:
    """The numbers of rows that are equal, each group in order; rows without any hash are equal to none."""
    full = np.flatnonzero((rows != EMPTY).any(axis=1))
    if len(full) < 2:
        return
    key = np.zeros(len(full), dtype=np.uint64)
    for column in range(rows.shape[1]):
        key = key * np.uint64(0x9E3779B97F4A7C15) + rows[full, column]
        key ^= key >> np.uint64(31)
    order = np.argsort(key, kind="stable")
    borders = np.flatnonzero(np.diff(key[order])) + 1
    starts, ends = np.concatenate([[0], borders]), np.concatenate([borders, [len(order)]])
    for number in np.flatnonzero(ends - starts > 1):
        yield [int(row) for row in full[order[starts[number] : ends[number]]]]
