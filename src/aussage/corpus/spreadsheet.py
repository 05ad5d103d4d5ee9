r"""Text cells that a spreadsheet would run as a formula get an apostrophe in front, which can be taken off again.

A spreadsheet runs a cell of a CSV file that begins with = + - @ (also as full-width forms), a tab or a line break,
and drops spaces, quotation marks and invisible characters on the way (OWASP, "CSV Injection"). An apostrophe makes a
text of it. Cells that are just a number (-1, +49, -0.5) are left alone, and so are numeric columns.

Leading apostrophes do not count when a text is judged, so that exactly the texts that were changed are changed back:
`restored(harmless(text)) == text` for every text.
"""

import re
import unicodedata

APOSTROPHE = "'"
STARTERS = frozenset("=+-@")
BREAKS = frozenset("\t\r\n")
SKIPPED = frozenset("'\"\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a`\u00b4")
INVISIBLE = frozenset({"Zs", "Cf", "Cc"})  # categories of Unicode: spaces, format characters, controls
NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
SUSPECT = r"^[^\pL\pN]"  # all texts that might be run match it, few others do (RE2, for Arrow)


def would_run(text: str) -> bool:
    """Whether a spreadsheet might take the text of a cell for a formula."""
    for character in text:
        if character in BREAKS:
            return True
        if character in SKIPPED or unicodedata.category(character) in INVISIBLE:
            continue
        if unicodedata.normalize("NFKC", character) not in STARTERS:
            return False
        return NUMBER.fullmatch(text.lstrip(APOSTROPHE)) is None
    return False


def harmless(text: str) -> str:
    """The text as it can stand in a cell: with an apostrophe in front if it would be run."""
    return APOSTROPHE + text if would_run(text) else text


def restored(cell: str) -> str:
    """The text that `harmless` made into this cell."""
    return cell[1:] if cell.startswith(APOSTROPHE) and would_run(cell[1:]) else cell
