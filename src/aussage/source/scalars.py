"""Plain scalars of YAML 1.2's core schema: null, bool, int, float, text; NO is a text and no date is made."""

import re
from typing import Any

NULL = {"", "~", "null", "Null", "NULL"}
TRUE = {"true", "True", "TRUE"}
FALSE = {"false", "False", "FALSE"}
INTEGER = re.compile(r"[-+]?[0-9]+")
OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|[-+]?(nan|NaN|NAN|inf|Infinity|-Infinity)")
LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
LONGEST_NUMBER = 18  # digits; longer ones are identifiers that somebody forgot to quote


class Refused(ValueError):
    """A scalar that different programs read differently; carries the code of the finding."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def plain_scalar(text: str) -> Any:
    """The value of an unquoted scalar.

    Raises:
        Refused: for a number with a leading zero, for NaN and infinity, and for numbers beyond 64 bits.
    """
    if text in NULL:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    if LEADING_ZERO.fullmatch(text):
        raise Refused("ambiguous-number", f"»{text}« is a number with a leading zero")
    if NOT_FINITE.fullmatch(text):
        raise Refused("not-finite", f"»{text}« is not a number that can be stored")
    if INTEGER.fullmatch(text) or OTHER_BASE.fullmatch(text):
        if len(text) > LONGEST_NUMBER:
            raise Refused("ambiguous-number", f"»{text[:24]}…« has more digits than a number can hold")
        return int(text, 0)
    if FLOAT.fullmatch(text):
        value = float(text)
        if value in (float("inf"), float("-inf")):
            raise Refused("not-finite", f"»{text}« is too large to be stored")
        return value
    return text
