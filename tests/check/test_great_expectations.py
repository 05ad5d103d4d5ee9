"""Great Expectations as a second opinion: it passes and fails the same rules as the check, and can be used alone."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_corpus import clean, clean_files, small_rows, write
from test_rules import BATCHES, Batch

from aussage.check import RULES, check
from aussage.codebook import Codebook
from aussage.expectations import NOT_COVERED, FailedExpectation, Outcome, run_expectations, suite_files
from aussage.expectations.prepared import PREPARED
from aussage.expectations.rules import expectations
from aussage.records.codebook import CodebookFile
from aussage.tables import TABLES

pytest.importorskip("great_expectations")
ROOT = Path(__file__).resolve().parents[2]
COVERED = tuple(code for code in RULES if code not in NOT_COVERED)
ALWAYS = {"sentence-unclaimed", "rights-unverified"}
MANY = {"columns", "empty-value", "flat-cells", "unknown-value"}  # two thirds of the expectations, which take seconds
ALONE = """
import json, os, sys
sys.modules["aussage"] = None  # from here on, importing it raises
os.environ["GX_ANALYTICS_ENABLED"] = "false"
import great_expectations as gx
import pandas as pd

found = {}
source = gx.get_context(mode="ephemeral").data_sources.add_pandas("corpus")
for table in sys.argv[3:]:
    frame = pd.read_parquet(f"{sys.argv[1]}/{table}.parquet")
    texts = [name for name, dtype in frame.dtypes.items() if dtype in ("category", "str")]
    frame = frame.astype(dict.fromkeys(texts, object))
    suite = gx.ExpectationSuite(**json.load(open(f"{sys.argv[2]}/{table}.json", encoding="utf-8")))
    batch = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("all")
    validation = batch.get_batch({"dataframe": frame}).validate(suite, result_format="BASIC")
    failed = [one.expectation_config.meta["rule"] for one in validation.results if not one.success]
    found[table] = [len(validation.results), failed]
print(json.dumps(found))
"""


@cache
def codebook() -> Codebook:
    return Codebook(msgspec.json.decode(clean_files()["codebook.json"], type=CodebookFile))


def found_by_check(folder: Path) -> set[str]:
    return {finding.rule for finding in check(folder).findings} - NOT_COVERED.keys()


def failed(outcome: Outcome) -> set[str]:
    return {one.rule for one in outcome.rules if not one.passed}


def raised(outcome: Outcome) -> list[FailedExpectation]:
    return [one for rule in outcome.rules for one in rule.failed if one.exception]


def disagreement(folder: Path, outcome: Outcome, codes: Collection[str] | None = None) -> list[object]:
    """The rules that one engine finds broken and the other does not, what raised, and what was left out."""
    native = found_by_check(folder)
    different = failed(outcome) ^ (native if codes is None else native & set(codes))
    return [*sorted(different), *raised(outcome), *outcome.left_out]


def spoiled(spoil: Callable[[Batch], None], folder: Path) -> Path:
    batch = Batch()
    spoil(batch)
    return write(folder, batch.rows)


def test_every_rule_is_covered_or_left_out_for_a_reason() -> None:
    covered = {one.rule for one in expectations(codebook())}
    assert not covered & NOT_COVERED.keys()
    assert covered | NOT_COVERED.keys() == RULES.keys()
    assert all(reason.endswith(".") for reason in NOT_COVERED.values())


def test_prepared_columns_are_those_that_are_looked_at() -> None:
    used = {(one.table, column) for one in expectations(codebook()) for column in one.prepared}
    assert used <= PREPARED.keys()
    assert not {name for _, name in PREPARED} & {column.name for table in TABLES.values() for column in table.columns}


@pytest.mark.prove
def test_both_engines_pass_a_clean_corpus(tmp_path: Path) -> None:
    folder, codes = clean(tmp_path / "corpus"), [code for code in COVERED if code not in MANY]
    outcome = run_expectations(folder, codes)
    assert disagreement(folder, outcome, codes) == []
    assert failed(outcome) == ALWAYS
    record = outcome.as_record()
    assert json.loads(json.dumps(record)) == record
    assert {rule["rule"] for rule in record["rules"] if not rule["passed"]} == ALWAYS


@pytest.mark.parametrize(
    "spoil", [BATCHES[0], *(pytest.param(batch, marks=pytest.mark.prove) for batch in BATCHES[1:])]
)
def test_both_engines_find_the_same_rules_broken(spoil: Callable[[Batch], None], tmp_path: Path) -> None:
    folder = spoiled(spoil, tmp_path / "corpus")
    codes = found_by_check(folder) - ALWAYS - {"empty-value"}  # which has a test of its own
    assert disagreement(folder, run_expectations(folder, codes), codes) == []


@pytest.mark.prove
@pytest.mark.parametrize("spoil", BATCHES)
def test_both_engines_agree_on_every_rule(spoil: Callable[[Batch], None], tmp_path: Path) -> None:
    folder = spoiled(spoil, tmp_path / "corpus")
    assert disagreement(folder, run_expectations(folder)) == []


@pytest.mark.prove
def test_both_engines_agree_on_every_rule_of_a_clean_corpus(tmp_path: Path) -> None:
    folder = clean(tmp_path / "corpus")
    outcome = run_expectations(folder)
    assert disagreement(folder, outcome) == []
    assert tuple(one.rule for one in outcome.rules) == COVERED
    assert outcome.expectations_run == len(expectations(codebook()))


@pytest.mark.prove
def test_both_engines_agree_on_the_built_corpus() -> None:
    folder = ROOT / "dataset" / "corpus"
    assert disagreement(folder, run_expectations(folder)) == []


def test_the_batches_break_every_covered_rule_that_can_be_broken_by_rows() -> None:
    broken = set(ALWAYS)
    for spoil in BATCHES:
        batch = Batch()
        spoil(batch)
        broken |= {code for code, _ in batch.expected}
    assert set(COVERED) - broken == {"columns", "issue-unused", "rights-incomplete"}  # tested below


def test_unused_issue(tmp_path: Path) -> None:
    rows = small_rows()
    for row in rows["claims"]:
        row["issue_id"] = None
    folder = write(tmp_path / "corpus", rows)
    outcome = run_expectations(folder, {"issue-unused"})
    assert disagreement(folder, outcome, {"issue-unused"}) == []
    assert failed(outcome) == {"issue-unused"}


def test_rights_without_grounds(tmp_path: Path) -> None:
    rows = small_rows()
    rows["documents"][0].update(rights_status="cleared", rights_licence=None, rights_note=None)
    folder = write(tmp_path / "corpus", rows)
    outcome = run_expectations(folder, {"rights-incomplete"})
    assert disagreement(folder, outcome, {"rights-incomplete"}) == []
    assert failed(outcome) == {"rights-incomplete"}


def some_tables(folder: Path, *names: str) -> Path:
    """A clean corpus with some tables only, which is faster."""
    clean(folder)
    for path in folder.glob("*.parquet"):
        if path.stem not in names:
            path.unlink()
    return folder


def rewritten(folder: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    path = folder / f"{name}.parquet"
    pq.write_table(change(pq.read_table(path)), path)


def test_other_columns_keep_the_table_from_other_rules(tmp_path: Path) -> None:
    folder = some_tables(tmp_path / "corpus", "relations", "coders", "withdrawn", "issues")
    rewritten(folder, "relations", lambda table: table.rename_columns(["id", *table.column_names[1:]]))
    rewritten(folder, "coders", lambda table: table.set_column(3, "saw", pa.array(["all"] * len(table))))
    rewritten(folder, "withdrawn", lambda table: table.drop_columns(["note"]))
    outcome = run_expectations(folder, {"columns", "key-not-unique", "relation-twice"})
    assert failed(outcome) == {"columns"}
    broken = next(one for one in outcome.rules if one.rule == "columns").failed
    assert {one.table for one in broken} == {"relations", "coders", "withdrawn"}
    assert any(one.exception for one in broken)  # there is no column to look at
    assert outcome.left_out == ("relation-twice",)


def test_empty_cells_keep_the_table_from_other_rules(tmp_path: Path) -> None:
    folder = some_tables(tmp_path / "corpus", "coders", "issues")
    nothing = pa.array([None], pa.string())
    rewritten(folder, "coders", lambda table: table.set_column(2, pa.field("name", pa.string()), nothing))
    rewritten(folder, "issues", lambda table: table.set_column(7, "minus", pa.array([""])))
    outcome = run_expectations(folder, {"empty-value", "key-not-unique", "layers-of-document"})
    assert failed(outcome) == {"empty-value"}
    assert outcome.left_out == ("layers-of-document",)
    assert [one for rule in outcome.rules for one in rule.failed] == [
        FailedExpectation("issues", "minus", "expect_column_values_to_not_be_in_set", 1),
        FailedExpectation("coders", "name", "expect_column_values_to_not_be_null", 1),
    ]


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    folder = clean(tmp_path / "corpus")
    (folder / "relations.parquet").write_bytes(b"no Parquet")
    outcome = run_expectations(folder, {"relation-twice", "article-repeated"})
    assert (outcome.left_out, outcome.passed) == (("relation-twice",), True)
    (folder / "codebook.json").unlink()
    outcome = run_expectations(folder, {"article-repeated"})
    assert (outcome.left_out, outcome.rules) == (("article-repeated",), ())


@pytest.mark.parametrize("odd", ["s０１", "s01\n", "x-s01", "S01"])
def test_forms_of_ids_are_whole_and_of_plain_digits(odd: str, tmp_path: Path) -> None:
    rows = small_rows()
    rows["sentences"][-1]["sentence_id"] = f"nachsatz/{odd}"
    outcome = run_expectations(write(tmp_path / "corpus", rows), {"id-form"})
    assert failed(outcome) == {"id-form"}


def test_suites_can_be_used_without_aussage(tmp_path: Path) -> None:
    rows = small_rows()
    rows["relations"][0]["target_claim_id"] = rows["relations"][0]["source_claim_id"]
    folder = write(tmp_path / "corpus", rows)
    for path, content in suite_files(codebook()).items():
        (tmp_path / Path(path).name).write_bytes(content)
    tables = ("relations", "issues", "mentions")
    command = [sys.executable, "-c", ALONE, str(folder), str(tmp_path), *tables]
    (tmp_path / "empty").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path / "empty", env=environment, check=True)
    found = json.loads(run.stdout.splitlines()[-1])
    assert {table: rules for table, (_, rules) in found.items()} == {
        "relations": ["relation-to-itself"],
        "issues": [],
        "mentions": [],
    }
    assert all(count > 5 for count, _ in found.values())
    assert not list((tmp_path / "empty").iterdir())


def test_suites_are_json_with_rule_level_and_message() -> None:
    files = suite_files(codebook())
    assert files == suite_files(codebook())
    suites = {Path(path).stem: json.loads(content) for path, content in files.items() if path.endswith(".json")}
    assert set(TABLES) <= suites.keys()
    for name, suite in suites.items():
        assert suite["name"] == name
        for one in suite["expectations"]:
            rule = RULES[one["meta"]["rule"]]
            assert (one["meta"]["level"], one["meta"]["message"]) == (str(rule.level), rule.message)
            assert name.endswith("-joined") or "." not in json.dumps(one["kwargs"].get("column", ""))
