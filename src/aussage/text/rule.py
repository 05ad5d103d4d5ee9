"""One rule of how a paragraph is shown to the library that finds sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

COMMA, STOP, CAPITAL, WORD = ",", ".", "A", "y"
CLOSERS = r"""["“”»«›‹’)]"""


@dataclass(frozen=True, slots=True)
class Rule:
    """Wherever `pattern` matches, its group 1 is shown as `shown`, repeated to the same length.

    `sign` is a character without which it cannot match: most paragraphs need not be searched then.
    """

    why: str
    shown: str
    pattern: re.Pattern[str]
    sign: str = ""

    def apply(self, view: str) -> str:
        """Return `view` with every place that the rule concerns shown differently."""
        return self.pattern.sub(self._show, view) if self.sign in view else view

    def _show(self, match: re.Match[str]) -> str:
        start, end = (position - match.start() for position in match.span(1))
        length = end - start
        return match[0][:start] + (self.shown * length)[:length] + match[0][end:]


def rule_of(why: str, shown: str, pattern: str, sign: str = "") -> Rule:
    """A rule from the text of its pattern."""
    return Rule(why, shown, re.compile(pattern), sign)


def any_of(words: str) -> str:
    """A pattern for any of the words of a list."""
    return "(?:" + "|".join(words.split()) + ")"
