"""Writes YAML that readers of YAML 1.1 (PyYAML, Ruby) and of YAML 1.2 take for the same."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

NEVER_FOLDED = 1 << 20
ANOTHER_VALUE = re.compile(
    r"(?i:y|yes|n|no|on|off)|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?0b[01_]+"
)  # in YAML 1.1 alone: the language `no` and the name `Yes` are truth values, 1:30 is ninety
LINE_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")  # in YAML 1.1 alone; the last is dropped


def yaml_text(record: dict[str, Any]) -> str:
    """A record of plain values as block YAML, in the order of its keys, no line folded."""
    stream = StringIO()
    writer = YAML()
    writer.width = NEVER_FOLDED
    writer.dump(_unmistakable(record), stream)
    return stream.getvalue()


def _unmistakable(value: Any) -> Any:
    """A copy in which every text that YAML 1.1 would read as something else is quoted."""
    if isinstance(value, dict):
        return {key: _unmistakable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_unmistakable(item) for item in value]
    if isinstance(value, str) and (ANOTHER_VALUE.fullmatch(value) or LINE_BREAKS.search(value)):
        return DoubleQuotedScalarString(value)
    return value
