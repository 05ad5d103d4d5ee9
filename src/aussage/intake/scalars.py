"""A text as one line of YAML, plain where it can be, so that people can read it and every program reads the same."""

from __future__ import annotations

import json
import re

from aussage.source.scalars import Refused, plain_scalar

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~\\][^\n\t]*")
_MISREAD = re.compile(r": |:$| #|\s$|^---|^\.\.\.")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def scalar(text: str | None) -> str:
    """`text` as a scalar of YAML 1.2 in one line; nothing is `null`."""
    if text is None:
        return "null"
    if _BROKEN.search(text):
        return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
    if _PLAIN.fullmatch(text) and not _MISREAD.search(text) and _is_text(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def _is_text(text: str) -> bool:
    try:
        return bool(plain_scalar(text) == text)
    except Refused:
        return False
