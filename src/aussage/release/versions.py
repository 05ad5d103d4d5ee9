"""Semantic versions: their order, the step from one to the next, and whether a step is too small for what changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import total_ordering

_NUMBER = "(?:0|[1-9][0-9]*)"
_WORD = f"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_VERSION = re.compile(
    rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-({_WORD}(?:\.{_WORD})*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
)
LONGEST = 256  # characters; no version that somebody means is longer
BELOW_ONE = "below 1.0.0 a step of the second number is enough for any change (SemVer 2, item 4)"


class NoVersion(ValueError):
    """A text is no semantic version; the message says which, and how one looks."""


class Step(IntEnum):
    """How far a version goes beyond another, and how much a change asks for."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """A version as Semantic Versioning 2.0.0 (https://semver.org) defines it; what stands behind `+` has no order."""

    major: int
    minor: int
    patch: int
    before: tuple[str, ...] = ()
    build: str = ""

    @classmethod
    def parse(cls, text: str) -> Version:
        """The version that a text writes.

        Raises:
            NoVersion: it writes none.
        """
        found = _VERSION.fullmatch(text) if len(text) <= LONGEST else None
        if found is None:
            raise NoVersion(f"{text[:40]!r} is no semantic version: write three numbers, as in 1.2.0 or 1.2.0-rc.1")
        major, minor, patch, before, build = found.groups()
        return cls(int(major), int(minor), int(patch), tuple(before.split(".")) if before else (), build or "")

    def __str__(self) -> str:
        before = f"-{'.'.join(self.before)}" if self.before else ""
        return f"{self.major}.{self.minor}.{self.patch}{before}" + (f"+{self.build}" if self.build else "")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Version):
            return NotImplemented
        return self._precedence < other._precedence

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self._precedence == other._precedence

    def __hash__(self) -> int:
        return hash(self._precedence)

    @property
    def core(self) -> tuple[int, int, int]:
        """The three numbers."""
        return self.major, self.minor, self.patch

    @property
    def _precedence(self) -> tuple[tuple[int, int, int], bool, tuple[tuple[bool, int, str], ...]]:
        """SemVer 2, item 11: a release after its pre-releases; numbers before words; fewer words before more."""
        words = ((False, int(word), "") if word.isdigit() else (True, 0, word) for word in self.before)
        return self.core, not self.before, tuple(words)

    def after(self, step: Step) -> Version:
        """The least release that goes so far beyond this one; below 1.0.0 a major step is one of the second number."""
        if step is Step.NONE:
            return self
        if self.before and step <= _announced(self):
            return Version(*self.core)
        if step is Step.MAJOR and self.major:
            return Version(self.major + 1, 0, 0)
        if step >= Step.MINOR:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)


def step_between(old: Version, new: Version) -> Step:
    """The greatest step that going from one version to another stands for; none if the second is not the later.

    Below 1.0.0 nothing is promised (SemVer 2, item 4), so that a step of the second number, 0.1.0 to 0.2.0, stands
    for a minor and for a major step; one of the third number stands for a patch. Out of a pre-release to the same
    three numbers the step is what these numbers announce: 2.0.0-rc.1 to 2.0.0 is major, 2.1.0-rc.1 to 2.1.0 minor.
    """
    if new <= old:
        return Step.NONE
    if new.core == old.core:
        return _announced(new)
    if new.major > old.major:
        return Step.MAJOR
    if new.minor > old.minor:
        return Step.MINOR if new.major else Step.MAJOR
    return Step.PATCH


def too_small(old: Version | None, new: Version, step: Step) -> bool:
    """Whether a version is too small for changes that ask for a step, or lies before the old one.

    Args:
        old: The version released last; none for a first release, which may have any version.
        new: The version to be released.
        step: What the changes ask for.
    """
    if old is None:
        return False
    return new < old or step_between(old, new) < step


def _announced(version: Version) -> Step:
    """The step that the three numbers of a version stand for over what came before them."""
    if version.patch:
        return Step.PATCH
    return Step.MINOR if version.minor and version.major else Step.MAJOR
