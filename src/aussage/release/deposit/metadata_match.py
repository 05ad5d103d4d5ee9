"""Whether the metadata that Zenodo has are those that were sent, field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

MARKUP = ("description", "notes", "method", "access_conditions")
LOOSE = ("license", "relation", "scheme", "type", "language")  # spelled in small or large letters
REQUESTS = ("communities",)  # asks for something that curators decide, and describes nothing
TAG = re.compile(r"<[^>]*>")
SHOWN = 80


def differences(sent: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """The fields of `sent` that `found` has otherwise, one sentence each.

    Fields that only Zenodo knows do not count. Compared as text are fields with HTML (Zenodo cleans it), without
    regard to letter case what Zenodo spells anew (licence, relation, scheme), and of records in lists the fields
    that were sent.
    """
    return [
        f"{field}: sent {_short(value)}, found {_short(found.get(field))}"
        for field, value in sent.items()
        if field not in REQUESTS and not _same(field, value, found.get(field))
    ]


def _same(field: str, sent: Any, found: Any) -> bool:
    if isinstance(sent, list):
        entries = found if isinstance(found, list) else []
        return len(sent) == len(entries) and all(_same(field, *pair) for pair in zip(sent, entries, strict=True))
    if isinstance(sent, dict):
        return isinstance(found, dict) and all(_same(key, value, found.get(key)) for key, value in sent.items())
    if field == "license" and isinstance(found, dict):
        found = found.get("id")
    return _folded(field, sent) == _folded(field, found)


def _folded(field: str, value: Any) -> str:
    text = "" if value is None else str(value)
    if field in MARKUP:
        text = unescape(TAG.sub(" ", text))
    text = " ".join(text.split())
    return text.casefold() if field in LOOSE else text


def _short(value: Any) -> str:
    text = "nothing" if value in (None, "") else repr(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
