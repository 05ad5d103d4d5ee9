"""Suites of Great Expectations as JSON: one a table on its own columns, one on prepared columns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from aussage.check.rule import Rule
from aussage.check.rules import RULES
from aussage.codebook import Codebook
from aussage.diagnostics import Severity
from aussage.expectations.expectation import Expectation
from aussage.expectations.page import suites_page
from aussage.expectations.rules import expectations

FOLDER = "validation/great_expectations"
SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "warning", Severity.NOTE: "info"}


def suite(name: str, chosen: Iterable[Expectation]) -> dict[str, Any]:
    """Expectations as a suite in the form that `ExpectationSuite(**suite)` takes."""
    return {"name": name, "expectations": [_as_json(one, RULES[one.rule]) for one in chosen]}


def _as_json(one: Expectation, rule: Rule) -> dict[str, Any]:
    meta = {"rule": rule.code, "level": str(rule.level), "message": rule.message}
    return {"type": one.type, "kwargs": dict(one.arguments), "meta": meta, "severity": SEVERITIES[rule.level]}


def suite_files(codebook: Codebook) -> dict[str, bytes]:
    """The content of every generated file by its path below the project's root: suites and how to use them.

    `<table>.json` needs nothing but the table; `<table>-joined.json` needs its prepared columns.
    """
    suites: dict[str, list[Expectation]] = {}
    for one in expectations(codebook):
        suites.setdefault(f"{one.table}-joined" if one.prepared else one.table, []).append(one)
    found = {}
    for name, chosen in suites.items():
        text = json.dumps(suite(name, chosen), ensure_ascii=False, indent=1)
        found[f"{FOLDER}/{name}.json"] = f"{text}\n".encode()
    found[f"{FOLDER}/README.md"] = suites_page(suites).encode()
    return found
