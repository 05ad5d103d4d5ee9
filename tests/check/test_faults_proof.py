"""The longer proofs of the check: every fault alone, changed rules, many flipped bits, memory, the second engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from faults.catalogue import FAULTS
from faults.draft import DoesNotApply
from faults.fault import ROWS, Fault
from faults.injector import Spoilt, inject, inject_many, is_found
from faults.measuring import peak_of_check
from faults.mutants import mutants
from small_corpus import clean
from test_faults import SEED, SINGLE, flips, lost, wide

from aussage.check import RULES, Finding, check, engine
from aussage.check.rules import TESTS

pytestmark = pytest.mark.prove
BUDGET = 1 << 30  # bytes of memory in all, for a file that unpacks to 2 GB
SIZES = [fault for fault in FAULTS if fault.batch == "size"]
KILLED_AT_LEAST = 0.8
COMPARED_AT_MOST = 3  # faults by which a changed rule is tried


def done(fault: Fault, corpora: tuple[Path, ...], target: Path) -> Spoilt | None:
    """The fault in the first of the corpora that has what it needs."""
    for number, corpus in enumerate(corpora):
        try:
            return inject(fault, corpus, target / f"{fault.code}-{number}")
        except DoesNotApply:
            continue
    return None


@pytest.mark.parametrize("kind", dict.fromkeys(RULES[fault.rules[0]].kind for fault in FAULTS))
def test_every_fault_alone_is_found(kind: str, tmp_path: Path) -> None:
    """By what the rule does not find in the good corpus: as every rule has a fault, no rule is dead."""
    corpora = (clean(tmp_path / "small"), wide(tmp_path / "wide"), SEED)
    before = {_place(finding) for corpus in corpora for finding in check(corpus).findings}
    not_found, not_done = [], []
    for fault in (fault for fault in FAULTS if fault not in SIZES and RULES[fault.rules[0]].kind == kind):
        spoilt = done(fault, corpora, tmp_path / "spoilt")
        if spoilt is None:
            not_done.append(fault.code)
            continue
        findings = [finding for finding in spoilt.check().findings if _place(finding) not in before]
        not_found += [
            (fault.code, rule) for rule in fault.rules if not is_found(fault, rule, spoilt.done[0][1], findings)
        ]
    assert not_found == []
    assert [code for code in not_done if code != "coordinates-exchanged"] == []  # that one needs a package


def _place(finding: Finding) -> tuple[str, str, str, int, tuple[str, ...]]:
    return finding.rule, finding.table, finding.column, finding.rows, finding.ids


def test_faults_of_the_seed_corpus(tmp_path: Path) -> None:
    """Many faults at once in the corpus that is published."""
    assert [found for spoilt in inject_many(SINGLE, SEED, tmp_path) for found in lost(spoilt)] == []


@pytest.mark.parametrize("fault", SIZES, ids=lambda fault: fault.code)
def test_what_claims_too_much_is_refused_within_the_budget(fault: Fault, tmp_path: Path) -> None:
    spoilt = inject(fault, clean(tmp_path / "corpus"), tmp_path / "spoilt")
    (id_,) = spoilt.done[0][1]
    assert (spoilt.folder / f"{fault.table}.parquet").stat().st_size < 1_000_000
    peak, found = peak_of_check(spoilt.folder)
    assert (fault.rules[0], id_) in found
    assert peak < BUDGET


def test_none_of_ten_thousand_flipped_bits_goes_unseen(tmp_path: Path) -> None:
    assert set().union(*flips(clean(tmp_path / "corpus"), 10_000)) == set()


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Any], None]:
    """Puts another test in the place of a rule's own; the other rules are left out."""

    def put(code: str, test: Any) -> None:
        for name in ("OF_DOCUMENTS", "OF_REGISTRIES", "OF_ALL"):
            own = OWN[name]
            kept = {code: own[code]} if code in own else {}
            if kept and own[code] is TESTS[code]:
                kept = {code: test}
            monkeypatch.setattr(engine, name, kept)

    return put


OWN = {name: dict(getattr(engine, name)) for name in ("OF_DOCUMENTS", "OF_REGISTRIES", "OF_ALL")}


def _tried(tmp_path: Path) -> Iterator[tuple[str, list[Spoilt]]]:
    """Each rule with a test of its own, and a few corpora with faults that it finds."""
    corpora = (wide(tmp_path / "wide"), SEED)
    for code in TESTS:
        named = [fault for fault in FAULTS if code in fault.rules and fault.acts_on == ROWS and not fault.is_bulk]
        spoilt = (done(fault, corpora, tmp_path / code) for fault in named[:COMPARED_AT_MOST])
        yield code, [one for one in spoilt if one is not None]


def test_changed_rules_are_noticed(tmp_path: Path, changed: Callable[[str, Any], None]) -> None:
    """A change is noticed if a fault is no longer found, or something is found in the good corpus."""
    survivors, number = [], 0
    for code, spoilt in _tried(tmp_path):
        changed(code, TESTS[code])
        usual = {_place(finding) for finding in check(tmp_path / "wide").findings if finding.rule == code}
        for name, mutant in mutants(TESTS[code]):
            number += 1
            changed(code, mutant)
            if not _is_noticed(code, spoilt, tmp_path / "wide", usual):
                survivors.append(name)
    print("\n".join(survivors))
    assert 1 - len(survivors) / number >= KILLED_AT_LEAST, f"{len(survivors)} of {number} survive"


def _is_noticed(code: str, spoilt: list[Spoilt], good: Path, usual: set[tuple[Any, ...]]) -> bool:
    try:
        if {_place(finding) for finding in check(good).findings if finding.rule == code} != usual:
            return True
        return any(not is_found(fault, code, ids, one.check().findings) for one in spoilt for fault, ids in one.done)
    except Exception:
        return True  # a rule that fails is seen by whoever runs it


def test_great_expectations_agree_on_every_fault_of_rows(tmp_path: Path) -> None:
    """Where Great Expectations cover a rule, both engines say pass or fail alike."""
    expectations = pytest.importorskip("aussage.expectations", exc_type=ImportError)
    if not hasattr(expectations, "run_expectations"):
        pytest.skip("the second engine is not there")
    corpus, disagreed = wide(tmp_path / "wide"), []
    faults = [fault for fault in FAULTS if fault.acts_on == ROWS and "holes" not in fault.batch]
    for spoilt in inject_many(faults, corpus, tmp_path / "spoilt"):
        report = check(spoilt.folder)
        failed = {finding.rule for finding in report.findings}
        disagreed += [
            (outcome.rule, [fault.code for fault, _ in spoilt.done if outcome.rule in fault.rules])
            for outcome in expectations.run_expectations(spoilt.folder).rules
            if outcome.rule not in report.left_out and outcome.passed == (outcome.rule in failed)
        ]
    assert disagreed == []
