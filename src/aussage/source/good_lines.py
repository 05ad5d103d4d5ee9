"""Lines of JSON that are surely good, read in a fraction of the time; whatever is not sure is left to the slow reader.

The compiled parser finds what is no JSON. Some lines that it takes are refused all the same (see `json_lines`): each
check here is made so that it passes no such line, but may stop a good one. Nesting is not looked at: the shape of a
record bounds it (see `records.reading`).
"""

import re
from typing import Any
from unicodedata import is_normalized

import msgspec

from aussage.source.bytes import BIDI, CONTROLS, LARGEST_RECORD
from aussage.source.scalars import LONGEST_NUMBER

ASCII = bytes(range(128))
DIGITS = bytes(48 if 48 <= byte <= 57 else 32 for byte in range(256))  # every digit becomes a zero, the rest spaces
LONG_NUMBER = b"0" * LONGEST_NUMBER
KEY_END = re.compile(rb'"[ \t]*:')
FORBIDDEN_ESCAPE = re.compile(rb"\\[bfru]")  # as the encoder writes it; behind a backslash also harmless letters
ESCAPED_KEY_END = re.compile(rb"\\u00(20|22|3[aA])")  # these the encoder writes in another way than they were given
INERT = re.compile("[\u00a0-\u02ff\u2010-\u2027\u20a0-\u20b9]*")  # they stand in normal form C wherever they stand
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def good_record(line: bytes) -> dict[str, Any] | None:
    """The mapping in a line of UTF-8 that the slow reader would accept without a finding; nothing if that is not sure.

    It may be nested deeper than the slow reader allows.
    """
    if len(line) > LARGEST_RECORD or b"\r" in line or b"\n" in line:
        return None
    try:
        record = _decode(line)
        encoded = _encode(record)  # texts as they are, apart from quotation marks, backslashes and control characters
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or LONG_NUMBER in line.translate(DIGITS):
        return None
    if b"\\" in line and (ESCAPED_KEY_END.search(line) or FORBIDDEN_ESCAPE.search(encoded)):
        return None
    # A key that stands twice is there only once in what was read, and so is all that its first value holds.
    if _key_ends(line) != _key_ends(encoded):
        return None
    return record if _has_good_characters(encoded) else None


def _key_ends(line: bytes) -> int:
    """How often a colon follows a quotation mark: after keys, and in texts that hold both or begin with a colon."""
    if b" :" in line or b"\t:" in line:
        return len(KEY_END.findall(line))
    return line.count(b'":')


def _has_good_characters(line: bytes) -> bool:
    """Whether there are no forbidden characters, and normal form C."""
    others = line.translate(None, ASCII).decode()
    if b"\x7f" in line or CONTROLS.search(others) or BIDI.search(others):
        return False
    return INERT.fullmatch(others) is not None or is_normalized("NFC", line.decode())
