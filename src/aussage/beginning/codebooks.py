"""Codebooks to start from: the scheme that comes with Aussage, whole or without examples, or a file of the user's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aussage.compile.gold_text import yaml_text
from aussage.diagnostics import Diagnostics
from aussage.source.yaml import read_yaml

WHOLE, MINIMAL = "aussage", "minimal"
NAME = "codebook.yaml"
HERE = Path(__file__).resolve().parent
LEFT_OUT = ("include", "exclude", "example", "near_miss", "source")
OWN_ISSUES = """\
# The propositions on which the claims of your corpus take positions. For example:
# - id: bridge-closed
#   proposition: {en: The bridge should be closed.}
#   frame: security
#   agreement: {plus: it should, minus: it should not}
issues: []
"""
SCHEMA_LINE = "# yaml-language-server: $schema=codebook.schema.json\n"


def codebook_text(choice: str) -> bytes:
    """The codebook of a new project: `aussage`, `minimal`, or the path of a file, which is taken as it is.

    Of `aussage` and `minimal` only the scheme is taken; the issues are those of another corpus.

    Raises:
        OSError: the file cannot be read.
    """
    if choice == WHOLE:
        text = shipped_codebook().read_text(encoding="utf-8")
        return (SCHEMA_LINE + text[: text.index("\nissues:\n") + 1] + OWN_ISSUES).encode()
    if choice == MINIMAL:
        return (SCHEMA_LINE + yaml_text(_without_examples()) + OWN_ISSUES).encode()
    return Path(choice).read_bytes()


def shipped_codebook() -> Path:
    """The file of the codebook that comes with Aussage: in the installed package, else in the clone around it.

    Raises:
        FileNotFoundError: it is in neither place.
    """
    clone = HERE.parents[2] / "schema" / NAME
    for path in (HERE / NAME, clone):
        if path.is_file():
            return path
    raise FileNotFoundError(f"the codebook that comes with Aussage is missing: there is no {HERE / NAME}")


def _without_examples() -> dict[str, Any]:
    """The scheme with definitions and deciding questions, but without examples, lists of cases and rulings."""
    source = read_yaml(shipped_codebook().read_text(encoding="utf-8"), NAME, Diagnostics())
    record: dict[str, Any] = source.root.plain() if source else {}
    for name in ("rulings", "issues"):
        record.pop(name, None)
    for variable in record["variables"]:
        for part in (variable, *variable.get("values", ())):
            for name in LEFT_OUT:
                part.pop(name, None)
    return record
