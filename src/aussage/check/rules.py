"""All rules of the check by code, and their tests."""

from aussage.check import (
    characters,
    countries,
    derived,
    drift,
    files,
    flat,
    generic,
    identity,
    notes,
    privacy,
    registry,
    scheme,
    spans,
)
from aussage.check.rule import Group, Rule, Test

GROUPS: tuple[Group, ...] = (
    files.files,
    files.project,
    files.schema,
    generic.schema,
    generic.keys,
    identity.keys,
    generic.references,
    identity.references,
    generic.enumerations,
    spans.spans,
    scheme.scheme,
    derived.derived,
    flat.derived,
    registry.registry,
    countries.countries,
    notes.coverage,
    notes.plausibility,
    characters.characters,
    drift.drift,
    privacy.privacy,
    notes.rights,
    notes.rights_record,
)
RULES: dict[str, Rule] = {code: rule for group in GROUPS for code, rule in group.facts.items()}
TESTS: dict[str, Test] = {code: test for group in GROUPS for code, test in group.tests.items()}
CLOSING: dict[str, Test] = {code: test for group in GROUPS for code, test in group.closing.items()}
FOUND_ON_OPENING = tuple(code for code in RULES if code not in TESTS)
OF_PROJECT = tuple(files.project.facts)
