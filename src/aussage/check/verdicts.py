"""The verdicts of the check beside those of a second engine over the same rules, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aussage.check.report import Report

VERDICTS = {True: "passes", False: "fails"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule passes by the check and by the other engine, and what the other found wrong, in words."""

    rule: str
    passes: bool
    passes_there: bool
    reasons: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether both engines say the same."""
        return self.passes is self.passes_there


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """The verdicts of both engines on each rule that both could run; `not_compared` one of them could not run."""

    engine: str
    verdicts: tuple[Verdict, ...]
    not_compared: tuple[str, ...] = ()

    @property
    def disagreeing(self) -> tuple[Verdict, ...]:
        """The verdicts that differ; each is an error, in one engine or the other."""
        return tuple(verdict for verdict in self.verdicts if not verdict.agrees)

    @property
    def summary(self) -> str:
        """How far the engines agree, in one line."""
        agreeing = len(self.verdicts) - len(self.disagreeing)
        more = f"; {len(self.not_compared)} not compared" if self.not_compared else ""
        return f"{self.engine}: {len(self.verdicts)} rules, {agreeing} judged alike{more}"

    def as_record(self) -> dict[str, Any]:
        """The comparison as plain values, for JSON."""
        return {
            "engine": self.engine,
            "agreeing": len(self.verdicts) - len(self.disagreeing),
            "disagreeing": [verdict.rule for verdict in self.disagreeing],
            "not_compared": list(self.not_compared),
            "verdicts": [
                {
                    "rule": verdict.rule,
                    "check": VERDICTS[verdict.passes],
                    "other": VERDICTS[verdict.passes_there],
                    "reasons": list(verdict.reasons),
                }
                for verdict in self.verdicts
            ],
        }


def second_opinion(
    report: Report,
    engine: str,
    outcomes: Iterable[tuple[str, bool, Sequence[str]]],
    left_out: Iterable[str] = (),
) -> SecondOpinion:
    """Put another engine's outcomes beside a report.

    Args:
        report: What the check found.
        engine: Name and version of the other engine.
        outcomes: By the other engine, for each rule: its code, whether it passes, and what is wrong, in words.
        left_out: The codes of the rules that the other engine could not run.
    """
    verdicts, not_compared = [], list(left_out)
    for code, passes, reasons in outcomes:
        if code in report.left_out:
            not_compared.append(code)
        else:
            verdicts.append(Verdict(code, code not in report.rules_failed, passes, tuple(reasons)))
    return SecondOpinion(engine, tuple(verdicts), tuple(not_compared))
