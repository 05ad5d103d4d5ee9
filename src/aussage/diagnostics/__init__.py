"""What is wrong, where, what was expected, and how to mend it: the one way in which Aussage reports."""

from aussage.diagnostics.catalogue import CATALOGUE, Code, Severity
from aussage.diagnostics.diagnostic import Diagnostic, Diagnostics, Place, nearest
from aussage.diagnostics.printing import as_json, as_text, summary, visible

__all__ = [
    "CATALOGUE",
    "Code",
    "Diagnostic",
    "Diagnostics",
    "Place",
    "Severity",
    "as_json",
    "as_text",
    "nearest",
    "summary",
    "visible",
]
