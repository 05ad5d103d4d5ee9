"""CITATION.cff and the dataset card say the same to readers of YAML 1.1 (PyYAML, Ruby) and of YAML 1.2."""

import pytest
from ruamel.yaml import YAML

from aussage.release.metadata.yaml_text import yaml_text

TEXTS = [
    *("yes", "No", "ON", "off", "y", "N", "true", "null", "~", "1:30", "+1:30:59.5", "1_000", "012", "0o7", "0b1"),
    *("0x1f", "1e3", ".inf", "2026-01-01", "=", "<<", "- dash", "#hash", "a: b", "\u2028", "a\u2028 b", "a\x85b"),
    *("\ufeffa", "a\nb", "---", "Zürich", "1.2.0", "🙂", "]]> <script> \"'\\", " a ", "%x", "@x", "`x", ""),
]


@pytest.mark.parametrize("version", [(1, 1), (1, 2)])
def test_every_text_comes_back_as_it_was(version: tuple[int, int]) -> None:
    reader = YAML(typ="safe", pure=True)
    reader.version = version
    record = {"one": "no", "many": TEXTS, "of records": [{"name": text} for text in TEXTS]}
    assert reader.load(yaml_text(record)) == record
