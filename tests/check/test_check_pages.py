"""A report as text and as a page, with the second opinion beside it."""

from itertools import pairwise
from typing import Any

import pytest
from closed_page import Page

from aussage.check import RULES, Finding, Report
from aussage.check.printing import report_text
from aussage.check.report_page import report_page
from aussage.check.verdicts import SecondOpinion, second_opinion
from aussage.diagnostics import Severity

WORDS, SPAN, NOTE = "claim-words", "claim-span", "rights-unverified"
HOSTILE = "<script>alert('ü')</script>&\"\x1b[31m\u202e"
REST = "All ids: elsewhere."


def report(*findings: Finding, **more: Any) -> Report:
    facts: dict[str, Any] = {"rules_run": 3, "rows_checked": 1000, "content_hash": "ab" * 32, "is_hash_verified": True}
    return Report(findings, **(facts | more))


def finding(code: str, *ids: str, **more: Any) -> Finding:
    facts: dict[str, Any] = {"table": "claims", "column": "content_text", "rows": len(ids), "ids": ids}
    facts = {"level": RULES[code].level, "message": RULES[code].message} | facts | more
    return Finding(code, **facts)


def opinion(found: Report) -> SecondOpinion:
    outcomes = [(WORDS, True, ()), (SPAN, True, ()), (NOTE, False, ["2 rows"]), ("flat-cells", True, ())]
    return second_opinion(found, "Engine 1.0", outcomes, ["view-claims"])


@pytest.fixture
def found() -> Report:
    return report(
        finding(WORDS, *"abcdefg", rows=1207, detail="odd"),
        finding(WORDS, "z", column="cue_text"),
        finding(WORDS, "k", level=Severity.NOTE, reason="printed so"),
        finding(NOTE, HOSTILE, table="documents", column=""),
        left_out=("flat-cells",),
        passed=(SPAN,),
    )


class TestText:
    """The report in a terminal."""

    def test_summary_comes_first_and_findings_by_rule(self, found: Report) -> None:
        assert report_text(found, "corpus", REST).split("\n") == [
            f"checked corpus: 3 rules, 1,000 rows; content hash {'ab' * 8}… verified; 2 errors, 0 warnings, 2 notes",
            "1 rules were not run, because what they need cannot be read",
            "",
            f"error[{WORDS}]: {RULES[WORDS].message}",
            f"   = why: {RULES[WORDS].why}",
            "   = claims.content_text, 1,207 rows: a, b, c, d, e (+1,202 more) (odd)",
            "   = claims.cue_text, 1 row: z",
            "",
            f"note[{WORDS}]: {RULES[WORDS].message}",
            f"   = why: {RULES[WORDS].why}",
            "   = claims.content_text, 1 row: k",
            "   = level set by the project: printed so",
            "",
            f"note[{NOTE}]: {RULES[NOTE].message}",
            f"   = why: {RULES[NOTE].why}",
            "   = documents, 1 row: <script>alert('ü')</script>&\"\\u001b[31m\\u202e",
            "",
            REST,
        ]

    def test_nothing_is_left_out_of_short_findings(self) -> None:
        text = report_text(report(finding(WORDS, *"abcde")), "corpus", REST)
        assert "a, b, c, d, e" in text
        assert "more" not in text
        assert REST not in text

    def test_long_ids_are_cut_off(self) -> None:
        found = report(finding(WORDS, "x" * 100_000))
        assert len(report_text(found, "corpus", REST)) < 1000
        assert len(report_page(found, "corpus", REST)) < 10_000

    def test_both_verdicts(self, found: Report) -> None:
        lines = report_text(found, "corpus", REST, opinion(found)).split("\n")
        assert lines[-4:] == [
            "",
            "Engine 1.0: 3 rules, 2 judged alike; 2 not compared",
            f"error: the engines disagree on {WORDS}: the check fails, Engine 1.0 passes",
            f"   {NOTE}: the check fails, Engine 1.0 fails",
        ]

    def test_what_the_other_engine_found_is_said_where_they_disagree(self) -> None:
        found = report(passed=(WORDS,))
        text = report_text(
            found, "corpus", REST, second_opinion(found, "Engine 1.0", [(WORDS, False, ["3 \x1b rows"])])
        )
        assert text.endswith("the check passes, Engine 1.0 fails\n   = 3 \\u001b rows")


class TestRecord:
    """The report for machines."""

    def test_names_the_rules_by_outcome(self, found: Report) -> None:
        record = found.as_record()
        assert record["rules_failed"] == [WORDS, NOTE]
        assert record["rules_passed"] == [SPAN]
        assert record["rules_left_out"] == ["flat-cells"]

    def test_has_both_verdicts(self, found: Report) -> None:
        record = opinion(found).as_record()
        assert (record["agreeing"], record["disagreeing"], record["not_compared"]) == (
            2,
            [WORDS],
            ["view-claims", "flat-cells"],
        )
        assert record["verdicts"][2] == {"rule": NOTE, "check": "fails", "other": "fails", "reasons": ["2 rows"]}


class TestPage:
    """The report as one HTML file."""

    @pytest.fixture
    def text(self, found: Report) -> str:
        return report_page(found, HOSTILE, REST, opinion(found))

    def test_what_stands_in_the_corpus_is_escaped(self, text: str) -> None:
        page = Page(text)
        assert not [tag for tag, _ in page.elements if tag == "script"]
        assert "<script>alert('ü')</script>&\"\\u001b[31m\\u202e" in page.words
        assert not {"\x1b", "\u202e"} & set(text)

    def test_loads_nothing(self, text: str) -> None:
        page = Page(text)
        assert not {"link", "img", "iframe", "script", "object", "form"} & {tag for tag, _ in page.elements}
        named = [value for _, given in page.elements for name, value in given.items() if name in {"href", "src"}]
        assert all(str(value).startswith("#") for value in named)
        assert "url(" not in text
        assert "@import" not in text
        assert "default-src 'none'" in text

    def test_structure(self, text: str) -> None:
        page = Page(text)
        assert ("html", {"lang": "en"}) in page.elements
        levels = [int(tag[1]) for tag, _ in page.elements if tag in {"h1", "h2", "h3", "h4"}]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        ids = [given["id"] for _, given in page.elements if "id" in given]
        assert len(ids) == len(set(ids))
        targets = {str(given["href"])[1:] for tag, given in page.elements if tag == "a"}
        assert targets == {"summary", "findings", "second", "left-out", "passed"}
        assert targets <= set(ids)

    def test_says_what_was_found(self, text: str) -> None:
        words = Page(text).words
        for expected in (
            "There are errors. The two engines disagree.", "ab" * 32, "and 1,200 more", REST, RULES[WORDS].why,
            "Level set by the project: ", "printed so", "odd", "no: an error", RULES[SPAN].message,
            RULES["flat-cells"].message,
        ):  # fmt: skip
            assert expected in words, expected

    def test_of_a_corpus_without_findings(self) -> None:
        words = Page(report_page(report(), "corpus", REST)).words
        assert "There are no errors." in words
        assert "No rule found anything." in words
        assert REST not in words

    def test_is_the_same_each_time(self, found: Report, text: str) -> None:
        assert report_page(found, HOSTILE, REST, opinion(found)) == text
