"""The gate: proves that no withheld text is in any byte that ships."""

from aussage.release.gate.examine import examine, examine_tree
from aussage.release.gate.finding import Finding, Leak, Limits, Unread
from aussage.release.gate.projects import withheld_texts
from aussage.release.gate.verdict import Verdict, judge
from aussage.release.gate.withheld import WithheldText

__all__ = [
    "Finding",
    "Leak",
    "Limits",
    "Unread",
    "Verdict",
    "WithheldText",
    "examine",
    "examine_tree",
    "judge",
    "withheld_texts",
]
