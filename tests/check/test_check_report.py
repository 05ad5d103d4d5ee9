"""What becomes of failing rows: they are counted, given a level, written to a file."""

import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aussage.check import RULES
from aussage.check.failing_file import FailingFile
from aussage.check.project import NEEDLESS, needless
from aussage.check.report import Tally
from aussage.check.rule import Failing
from aussage.diagnostics import Severity
from aussage.records.sources import Level

WORDS = "claim-words"


@pytest.fixture
def code() -> str:
    """A rule that is an error."""
    assert RULES[WORDS].level is Severity.ERROR
    return WORDS


class TestTally:
    """Rows counted part by part."""

    def test_rows_are_distinct_within_a_part(self, code: str) -> None:
        tally = Tally(RULES)
        for ids in (["b", "a", "b"], ["c"]):
            tally.add(code, Failing("claims", ids, detail="odd"))
            tally.add(code, Failing("claims", ids, detail="odd"))
            tally.end_part()
        tally.add(code, Failing("claims", []))
        tally.add(code, Failing("claims", ["a"], "cue_text"))
        assert [(found.where, found.rows, found.ids, found.detail) for found in tally.findings()] == [
            ("claims", 3, ("a", "b", "c"), "odd"),
            ("claims.cue_text", 1, ("a",), ""),
        ]

    def test_the_first_ids_of_all_parts_are_kept(self, code: str) -> None:
        tally = Tally(RULES)
        for part in range(4, -1, -1):
            tally.add(code, Failing("claims", (f"{number:03}" for number in range(part * 30, part * 30 + 30))))
            tally.end_part()
        (found,) = tally.findings()
        assert found.rows == 150
        assert found.ids == tuple(f"{number:03}" for number in range(20))

    @pytest.mark.parametrize(
        "ids",
        [
            ["ä", "b", None],
            ("b", "ä", None, "b"),
            pd.Series(["ä", "b", None], index=[7, 8, 9]),
            pd.Series(["ä", "b", float("nan")], dtype=object),
            pd.Index(["ä", "b", None]),
            np.array(["ä", "b", None], dtype=object),
            pa.array(["ä", "b", None]),
            pa.array(["ä", "b", None]).dictionary_encode(),
            pa.chunked_array([["ä"], ["b", None]], pa.large_string()),
        ],
    )
    def test_ids_may_be_of_any_kind(self, ids: Iterable[Any], code: str) -> None:
        tally = Tally(RULES)
        tally.add(code, Failing("claims", ids))
        (found,) = tally.findings()
        assert found.ids == ("None", "b", "ä")

    def test_ids_that_are_no_texts(self, code: str) -> None:
        tally = Tally(RULES)
        tally.add(code, Failing("claims", ["\udcff.txt", 1, None]))
        assert tally.findings()[0].ids == ("1", "None", "\\udcff.txt")

    def test_memory_does_not_grow_with_the_rows(self, code: str) -> None:
        tally = Tally(RULES)
        numbers = pa.array(range(20_000))
        tracemalloc.start()
        before = pa.total_allocated_bytes()
        try:
            for part in range(50):
                ids = pa.compute.binary_join_element_wise(numbers.cast(pa.string()), str(part), "-")
                tally.add(code, Failing("claims", ids, detail=f"part {part}"))
                tally.end_part()
                del ids
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        (found,) = tally.findings()
        assert found.rows == 1_000_000
        assert len(found.detail) < 500
        assert peak < 1_000_000
        assert pa.total_allocated_bytes() - before < 1_000_000

    def test_findings_are_in_the_order_of_level_and_rule(self) -> None:
        tally = Tally(RULES, {"key-not-unique": Level(level="note", reason="known")})
        for code in ("key-not-unique", "rights-unverified", WORDS, "sentence-words"):
            tally.add(code, Failing("documents", ["x"]))
        found = tally.findings()
        assert [one.rule for one in found] == ["sentence-words", WORDS, "key-not-unique", "rights-unverified"]
        assert [one.reason for one in found] == ["", "", "known", ""]


class TestLevels:
    """Levels for certain rows, and levels that nothing needs."""

    def test_a_level_may_be_for_certain_rows(self, code: str) -> None:
        tally = Tally(RULES, {code: Level(level="note", reason="printed so", rows=["b", "d"])})
        tally.add(code, Failing("claims", ["a", "b", "c"]))
        assert [(found.level, found.ids, found.reason) for found in tally.findings()] == [
            (Severity.ERROR, ("a", "c"), ""),
            (Severity.NOTE, ("b",), "printed so"),
        ]

    def needless(self, root: Path, levels: dict[str, Level], *judged: str) -> dict[str, list[str]]:
        tally = Tally(RULES, levels)
        tally.add(WORDS, Failing("claims", ["a", "b"]))
        return {failing.column: list(failing.ids) for failing in needless(root, levels, tally, judged)}

    @pytest.mark.parametrize(
        ("code", "level", "expected"),
        [
            (WORDS, Level("note", "known"), {}),
            (WORDS, Level("note", "known", ["b", "a"]), {}),
            (WORDS, Level("warning", "known", ["c", "b", "d", "c"]), {"levels.claim-words": ["c", "d"]}),
            (WORDS, Level("error", "grave", ["c"]), {}),
            ("claim-span", Level("note", "known"), {"levels.claim-span": ["aussage.toml"]}),
            ("claim-span", Level("error", "grave"), {}),
            ("rights-unverified", Level("error", "grave"), {}),
            ("not-judged", Level("note", "a code of the compiler"), {}),
            (NEEDLESS, Level("note", "for now"), {}),
        ],
    )
    def test_needless(self, code: str, level: Level, expected: dict[str, list[str]], tmp_path: Path) -> None:
        assert self.needless(tmp_path, {code: level}, *RULES, "not-judged") == expected

    def test_a_rule_that_was_not_run_is_not_judged(self, tmp_path: Path) -> None:
        assert self.needless(tmp_path, {"claim-span": Level("note", "known")}, WORDS) == {}

    def test_the_line_is_named(self, tmp_path: Path) -> None:
        text = '[corpus]\nname = "x"\n\n[levels.claim-span]\nlevel = "note"\nreason = "known"\n'
        (tmp_path / "aussage.toml").write_text(text, encoding="utf-8")
        levels = {"claim-span": Level("note", "known")}
        (failing,) = needless(tmp_path, levels, Tally(RULES, levels), tuple(RULES))
        assert failing.detail == "line 4: the rule finds nothing"


class TestFailingFile:
    """All ids as Parquet."""

    def written(self, path: Path) -> list[tuple[str, ...]]:
        levels = {WORDS: Level(level="warning", reason="known", rows=["b"])}
        with FailingFile(path) as file:
            tally = Tally(RULES, levels, file)
            for ids in (["c", "b", "b"], ["a"]):
                tally.add(WORDS, Failing("claims", ids, "content_text"))
                tally.end_part()
            tally.add("manifest-missing", Failing("", ["manifest.json"]))
            tally.findings()
            assert file.rows == 4
            assert not path.exists() or path.read_bytes() == b"older"
        return [tuple(row.values()) for row in pq.read_table(path).to_pylist()]

    def test_holds_each_id(self, tmp_path: Path) -> None:
        (tmp_path / "one.parquet").write_bytes(b"older")
        assert self.written(tmp_path / "one.parquet") == [
            (WORDS, "warning", "claims", "content_text", "b"),
            (WORDS, "error", "claims", "content_text", "c"),
            (WORDS, "error", "claims", "content_text", "a"),
            ("manifest-missing", "error", "", "", "manifest.json"),
        ]
        self.written(tmp_path / "two.parquet")
        assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["one.parquet", "two.parquet"]

    def test_is_written_without_rows_too(self, tmp_path: Path) -> None:
        with FailingFile(tmp_path / "none.parquet"):
            pass
        table = pq.read_table(tmp_path / "none.parquet")
        assert (table.num_rows, table.column_names) == (0, ["rule", "level", "table", "column", "id"])

    def test_many_small_parts_become_few_row_groups(self, tmp_path: Path, code: str) -> None:
        path = tmp_path / "many.parquet"
        with FailingFile(path) as file:
            for part in range(300):
                file.add(code, "error", "claims", "", pa.array([f"{part}-{number}" for number in range(500)]))
        assert pq.read_metadata(path).num_rows == 150_000
        assert pq.read_metadata(path).num_row_groups == 2
        assert pq.read_table(path)["id"][-1].as_py() == "299-499"

    def test_is_never_written_by_half(self, tmp_path: Path, code: str) -> None:
        path = tmp_path / "failing.parquet"
        path.write_bytes(b"older")

        def stopped() -> None:
            with FailingFile(path) as file:
                file.add(code, "error", "claims", "", pa.array(["a"]))
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            stopped()
        assert path.read_bytes() == b"older"
        assert list(tmp_path.iterdir()) == [path]
