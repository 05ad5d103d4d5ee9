"""The check finds every fault of tests/faults by the rule that should find it, and nothing in a good corpus."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.catalogue import FAULTS, PENDING
from faults.draft import read_draft, write_draft
from faults.fault import FILES, ROWS
from faults.injector import Spoilt, inject, inject_many, is_found
from faults.table import PAGE, faults_page
from small_corpus import clean, document, names, sentence, small_rows, write

from aussage.check import RULES, check
from aussage.check.opening import open_corpus
from aussage.diagnostics import Severity
from aussage.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "dataset" / "corpus"
SINGLE = [fault for fault in FAULTS if not fault.is_bulk and fault.batch != "size"]


def wide(folder: Path) -> Path:
    """The small corpus with more articles, actors and locations, so that many faults find a row in one corpus."""
    rows = small_rows()
    actor, location = rows["actors"][1], rows["locations"][1]
    for number in range(1, 15):
        name, text = f"nachsatz-{number:02}", f"Tag {number} vergeht. Es bleibt so."
        rows["documents"].append(document(name, text, n_paragraphs=1, n_sentences=2, n_claims=0))
        first, second = text[: text.index(".") + 1], "Es bleibt so."
        rows["sentences"] += [sentence(name, "s01", 1, 1, first, text), sentence(name, "s02", 1, 2, second, text)]
        rows["actors"].append(actor | {"actor_id": f"council-{number:02}"} | names(None, f"Rat {number}"))
        place = {"location_id": f"neudorf-{number:02}"} | names(None, f"Neudorf {number}")
        rows["locations"].insert(-1, location | place)
    return write(folder, rows)


def lost(spoilt: Spoilt) -> list[tuple[str, str]]:
    """The faults in a corpus that a rule should have found and did not, with the rule."""
    findings = spoilt.check().findings
    return [
        (fault.code, rule)
        for fault, ids in spoilt.done
        for rule in fault.rules
        if not is_found(fault, rule, ids, findings)
    ]


def noticed(folder: Path) -> set[tuple[str, str]]:
    """Rules and ids that are found when a corpus is opened, before any row is read."""
    return {(code, str(id_)) for code, failing in open_corpus(folder).failures for id_ in failing.ids}


def test_faults_are_many_and_of_all_tables() -> None:
    codes = [fault.code for fault in FAULTS]
    assert len(codes) == len(set(codes)) >= 80
    assert {fault.table for fault in FAULTS if fault.acts_on == ROWS} == TABLES.keys()
    assert {fault.table for fault in FAULTS if fault.is_bulk} >= {"claims", "mentions", "sentences", "flat"}


def test_every_rule_has_a_fault() -> None:
    with_fault = {rule for fault in FAULTS for rule in fault.rules}
    assert with_fault <= RULES.keys()
    assert RULES.keys() - with_fault == PENDING


@pytest.mark.parametrize("corpus", ["small", "seed"])
def test_a_good_corpus_has_no_error_and_no_warning(corpus: str, tmp_path: Path) -> None:
    """Nor has its copy: what is found in a spoilt corpus is the fault's doing, not the injector's."""
    good = clean(tmp_path / "corpus") if corpus == "small" else SEED
    copy = write_draft(read_draft(good), tmp_path / "copy")
    for table in TABLES:
        assert (copy / f"{table}.parquet").read_bytes() == (good / f"{table}.parquet").read_bytes(), table
    report = check(copy)
    assert report.counts[Severity.ERROR] == report.counts[Severity.WARNING] == 0
    assert not report.left_out


def test_faults_of_single_rows(tmp_path: Path) -> None:
    """Many in one corpus, so that it takes seconds; one by one they are done by `make prove`."""
    corpus = wide(tmp_path / "corpus")
    report = check(corpus)
    assert report.counts[Severity.ERROR] == report.counts[Severity.WARNING] == 0
    assert [found for spoilt in inject_many(SINGLE, corpus, tmp_path / "spoilt") for found in lost(spoilt)] == []


def test_faults_of_files_and_projects(tmp_path: Path) -> None:
    corpus = clean(tmp_path / "corpus")
    not_found = []
    for fault in SINGLE:
        if fault.acts_on != ROWS:
            spoilt = inject(fault, corpus, tmp_path / fault.code)
            wanted = {(rule, id_) for rule in fault.rules for id_ in spoilt.done[0][1]}
            if fault.acts_on != FILES or not wanted <= noticed(spoilt.folder):
                not_found += lost(spoilt)
    assert not_found == []


def flips(folder: Path, number: int) -> Iterator[set[str]]:
    """Flip one bit in every Parquet file, again and again; gives the files whose flip goes unseen."""
    whole = {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}
    chance = random.Random(20_241)
    for _ in range(-(-number // len(whole))):
        for name, data in whole.items():
            changed = bytearray(data)
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            (folder / name).write_bytes(bytes(changed))
        yield whole.keys() - {id_ for code, id_ in noticed(folder) if code == "file-changed"}


def test_no_flipped_bit_goes_unseen(tmp_path: Path) -> None:
    assert set().union(*flips(clean(tmp_path / "corpus"), 100)) == set()


def test_page_of_faults_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == faults_page(), "run `PYTHONPATH=tests python -m faults.table`"
