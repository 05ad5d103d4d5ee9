"""Findings as a person reads them in a terminal, and as JSON for machines."""

import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from aussage.diagnostics.catalogue import Severity
from aussage.diagnostics.diagnostic import Diagnostic, Diagnostics

WINDOW = 100  # code points of a long line that are shown around the caret
HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
JOINERS = "\u200c\u200d"  # ordinary parts of Persian words and of emoji


def visible(text: str) -> str:
    """`text` with every control, bidi and surrogate code point written out, safe to print anywhere."""
    return "".join(
        f"\\u{ord(char):04x}" if unicodedata.category(char) in HIDDEN_CATEGORIES and char not in JOINERS else char
        for char in text
    )


def as_text(found: Diagnostic) -> str:
    """One finding as a few lines: place, code, message, the line with a caret, expectation, advice."""
    parts = [f"{visible(str(found.place))}: {found.severity}[{found.code}]: {visible(found.message)}"]
    if found.place.line and found.place.shown.strip():
        parts += _quoted_line(found)
    if found.expected:
        parts.append(f"   = expected: {visible(found.expected)}")
    if found.nearest:
        parts.append("   = nearest: " + ", ".join(visible(word) for word in found.nearest))
    if found.mend:
        parts.append(f"   = mend: {visible(found.mend)}")
    return "\n".join(parts)


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """The findings as plain records: code, severity, message, file, line, column, length and more."""
    return [
        {
            "code": found.code,
            "severity": str(found.severity),
            "message": visible(found.message),
            "file": found.place.file,
            "line": found.place.line,
            "column": found.place.column,
            "length": found.place.length,
            "shown": visible(_window(found)[0]),
            "expected": visible(found.expected),
            "nearest": [visible(word) for word in found.nearest],
            "mend": visible(found.mend),
        }
        for found in diagnostics
    ]


def summary(diagnostics: Diagnostics) -> str:
    """How many errors, warnings and notes, as one phrase: `2 errors, 1 warning`."""
    counts = [(severity, diagnostics.count(severity)) for severity in Severity]
    named = [f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts if count]
    return ", ".join(named) or "no findings"


def dumps(record: Any) -> str:
    """`record` as JSON text that is safe to print: ASCII only, keys in the order given."""
    return json.dumps(record, ensure_ascii=True, indent=2)


def _window(found: Diagnostic) -> tuple[str, int]:
    """The part of the line that is shown, and where in it the caret stands (from 0)."""
    line, caret = found.place.shown, max(found.place.column - 1, 0)
    if len(line) <= WINDOW:
        return line, caret
    start = max(0, min(caret - WINDOW // 3, len(line) - WINDOW))
    shown = line[start : start + WINDOW]
    before, after = "…" if start else "", "…" if start + WINDOW < len(line) else ""
    return before + shown + after, caret - start + len(before)


def _quoted_line(found: Diagnostic) -> list[str]:
    shown, caret = _window(found)
    number = str(found.place.line)
    gutter = " " * len(number)
    meant = shown[caret : caret + max(found.place.length, 1)]
    pad = " " * _width(visible(shown[:caret]))
    carets = "^" * max(_width(visible(meant)), 1)
    return [f"{gutter} |", f"{number} | {visible(shown)}", f"{gutter} | {pad}{carets}"]


def _width(text: str) -> int:
    """Columns that `text` takes in a terminal: wide East Asian signs two, marks and joiners none."""
    return sum(0 if _takes_no_room(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _takes_no_room(char: str) -> bool:
    return char in JOINERS or unicodedata.category(char) in {"Mn", "Me"}
