"""Every rule finds the rows that break it, and no other rule finds them."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_corpus import NACHSATZ, Rows, blank, clean, document, names, sentence, small_rows, spans, withdrawn, write

from aussage.check import RULES, Report, check
from aussage.check.page import rules_page
from aussage.check.rules import FOUND_ON_OPENING
from aussage.diagnostics import CATALOGUE, Severity

Expected = dict[tuple[str, str], set[str]]
ROOT = Path(__file__).resolve().parents[2]


class Batch:
    """Changes to rows that have nothing to do with each other, and what each is to be found by."""

    def __init__(self) -> None:
        self.rows: Rows = small_rows()
        self.expected: Expected = {}

    def row(self, table: str, key: str) -> dict[str, Any]:
        return next(row for row in self.rows[table] if next(iter(row.values())) == key)

    def expect(self, rule: str, table: str, *ids: str) -> None:
        self.expected.setdefault((rule, table), set()).update(ids)

    def change(self, rule: str, table: str, key: str, **cells: Any) -> None:
        row = self.row(table, key)
        assert cells.keys() <= row.keys()
        row.update(cells)
        self.expect(rule, table, next(iter(row.values())))

    def claim(self, rule: str, key: str, **cells: Any) -> None:
        self.change(rule, "claims", f"fahrt/coder-a/{key}", **cells)


def first(batch: Batch) -> None:
    batch.claim("narrator-attributed", "s01.c1", chain=["anna-beck"])
    batch.claim("claimant-missing", "s02.c1", claimant_ids=[], claimant_labels=[])
    batch.claim("claimant-chained", "s03.c1", chain=["council"])
    batch.claim("event-incomplete", "s04.c1", event_manual=None)
    batch.claim("figure-words", "s05.c1", figures=[{"text": "wie", **spans("wie")[0]}])
    batch.change("relation-to-itself", "relations", "fahrt/coder-a/r01", target_claim_id="fahrt/coder-a/s03.c1")
    batch.change("empty-value", "coders", "coder-a", name="")
    batch.change("label-differs", "mentions", "fahrt/coder-a/s01.a1", label="Rat")
    batch.change("document-digest", "documents", "nachsatz", sha256="0" * 64)
    batch.change("sentence-words", "sentences", "nachsatz/s01", text="Alles ist schlecht.")
    batch.change("view-copied", "sentences", "fahrt/s01", modality="PS+")
    batch.change("flat-cells", "flat", "fahrt/gold/s05.c1", note="another")
    batch.change("decision-without-grounds", "adjudications", "fahrt/d001", reason=None)
    batch.change("decision-without-grounds", "adjudications", "fahrt/d002", codebook_change=None)
    batch.change("decision-without-grounds", "adjudications", "fahrt/d003", decision=None)
    batch.change("country-code", "locations", "region", iso_3166_1_id="ZZ", iso_3166_1_status="recalled")


def second(batch: Batch) -> None:
    batch.claim("voice-and-form", "s02.c1", form="none")
    batch.claim("claimant-count", "s03.c1", claimant_ids=["council"] * 2, claimant_labels=["Council"] * 2)
    batch.claim("stance-and-target", "s01.c1", stance=1)
    batch.claim("event-mode-of-type", "s04.c1", event_mode="march")
    batch.claim("unknown-value", "s05.c1", time="someday")
    batch.change("relation-across", "relations", "fahrt/coder-a/r01", target_claim_id="fahrt/gold/s02.c1")
    batch.change("document-counts", "documents", "nachsatz", n_paragraphs=9)
    batch.change("sentence-position", "sentences", "nachsatz/s02", position=3)
    batch.change("view-claims", "sentences", "fahrt/s01", n_claims=7)
    batch.change("decision-without-grounds", "adjudications", "fahrt/d001", said=["ASSESS", "REPORT"])
    batch.change("decision-without-grounds", "adjudications", "fahrt/d002", ids=[])
    batch.change("broken-reference", "adjudications", "fahrt/d003", adjudicator_id="nobody")
    batch.change("outside-form", "locations", "region", geonames_id="0x", geonames_status="recalled")
    batch.change("mention-words", "mentions", "fahrt/coder-a/s05.l1", text="Altstatt")
    batch.rows["withdrawn"].append(withdrawn("locations", "old-actor"))
    batch.expect("key-not-unique", "withdrawn", "old-actor")


def third(batch: Batch) -> None:
    batch.claim("issue-and-agreement", "s02.c1", agreement=None)
    batch.claim("frame-of-issue", "s03.c1", frame="cost")
    both = {"effect": "harm", "actor_id": "council", "location_id": "neudorf"}
    batch.claim("effect-names-one", "s04.c1", affected=[both])
    batch.claim("broken-reference", "s01.c1", addressee_id="nobody")
    batch.claim("layer-coder", "s05.c1", coder_id=None)
    batch.rows["relations"].append(batch.rows["relations"][-1] | {"relation_id": "fahrt/coder-a/r02"})
    batch.expect("relation-twice", "relations", "fahrt/coder-a/r02")
    batch.change("sentence-paragraph", "sentences", "nachsatz/s02", paragraph=2)
    batch.change("view-primary", "sentences", "fahrt/s05", primary_claim_id="fahrt/gold/s05.c1")
    batch.change("outside-trust", "locations", "region", wikidata_status="verified")
    batch.rows["withdrawn"].insert(0, withdrawn("actors", "anna-beck"))
    batch.expect("withdrawn-reused", "actors", "anna-beck")
    batch.change("mention-claims", "mentions", "fahrt/coder-a/s01.a1", claim_ids=[])
    batch.change("mention-kind", "mentions", "fahrt/coder-a/s02.a1", role="venue")


def fourth(batch: Batch) -> None:
    batch.claim("label-differs", "s03.c1", target_label="Anna")
    pieces = spans("Anna Beck", "Beck")
    batch.claim("claim-span", "s02.c1", source_spans=pieces, source_text="Anna Beck Beck")
    batch.claim("claim-words", "s01.c1", cue_text="sperrt")
    batch.claim("claim-sentences", "s04.c1", sentence_ids=["fahrt/s04"])
    batch.claim("claim-home", "s05.c1", claim_id="fahrt/coder-a/s03.c9", sentence_id="fahrt/s03")
    batch.change("contradiction-derived", "relations", "fahrt/coder-a/r01", relation="contradicts")
    batch.change("id-parts", "mentions", "fahrt/coder-a/s01.a1", mention_id="fahrt/coder-a/s02.a9")
    moved = {"mention_id": "fahrt/coder-a/s03.a7", "sentence_id": "fahrt/s03"}
    batch.change("mention-span", "mentions", "fahrt/coder-a/s02.a1", **moved)
    batch.change("view-sets", "sentences", "fahrt/s05", claim_types=["REPORT", "DENIAL"])
    batch.change("coordinates", "locations", "region", latitude=10.0)
    batch.rows["withdrawn"].append(withdrawn("nothing", "old"))
    batch.expect("withdrawn-table", "withdrawn", "old")
    batch.change("layers-of-document", "documents", "nachsatz", layers=["coder-a"])


def fifth(batch: Batch) -> None:
    batch.claim("condition-elsewhere", "s03.c1", condition_text="sagte", condition_spans=spans("sagte"))
    batch.rows["coders"].insert(0, blank("coders", coder_id="Coder_B", kind="person", name="B"))
    batch.expect("id-form", "coders", "Coder_B")
    mentions = batch.rows["mentions"]
    mentions[5], mentions[6] = mentions[6], mentions[5]
    batch.expect("row-order", "mentions", "fahrt/coder-a/s01.a1")
    batch.change("view-mentions", "sentences", "fahrt/s01", actor_labels=["Rat"])
    batch.change("view-place", "sentences", "fahrt/s05", main_location_role="venue")
    batch.rows["relations"].pop(1)
    batch.expect("contradictions", "relations", "fahrt/gold/s02.c1-contradicts-s03.c1")
    batch.change("issue-list", "issues", "bridge-old", plus="it is very old")
    batch.change("parent-loop", "locations", "region", parent_id="neudorf")
    batch.expect("parent-loop", "locations", "altstadt", "neudorf")
    batch.change("name-of-entry", "actors", "council", label_de="Räte")
    batch.row("documents", "nachsatz")["n_sentences"] = 3
    batch.rows["sentences"].append(sentence("nachsatz", "s03", 1, 3, "Es", NACHSATZ))
    batch.expect("sentence-span", "sentences", "nachsatz/s03")
    batch.expect("sentence-unclaimed", "sentences", "nachsatz/s03")
    batch.expect("flat-claims", "flat", batch.rows["flat"].pop()["claim_id"])


def sixth(batch: Batch) -> None:
    batch.row("documents", "fahrt")["layers"] = ["gold"]
    for table in ("claims", "mentions", "relations"):
        ids = (next(iter(row.values())) for row in batch.rows[table] if row["layer"] == "coder-a")
        batch.expect("unknown-layer", table, *ids)
    batch.row("documents", "nachsatz")["n_sentences"] = 1
    batch.rows["sentences"].pop()
    batch.expect("text-uncovered", "documents", "nachsatz")


def seventh(batch: Batch) -> None:
    """Warnings and notes."""
    rows = batch.rows
    rows["actors"].insert(2, blank("actors", actor_id="nobody", actor_type="person", **names(None, "Niemand")))
    rows["locations"].insert(3, blank("locations", location_id="z", location_type="region", **names(None, "Z")))
    batch.expect("actor-unused", "actors", "nobody")
    batch.expect("location-unused", "locations", "z")
    for row in rows["claims"]:
        row["issue_id"] = None if row["layer"] == "coder-a" else row["issue_id"]
    open_ = {"decision": None, "taken_from": None, "ruling": None, "reason": None, "is_decided": False}
    batch.change("undecided-difference", "adjudications", "fahrt/d002", **open_)
    twice = "Ja. Ja."
    for name in ("widerhall", "zwilling"):
        rows["documents"].append(document(name, twice, n_paragraphs=1, n_sentences=2, n_claims=0))
        second = sentence(name, "s02", 1, 2, "Ja.", twice) | {"char_start": 4, "char_end": 7}
        rows["sentences"] += [sentence(name, "s01", 1, 1, "Ja.", twice), second]
        batch.expect("sentence-repeated", "sentences", f"{name}/s02")
        batch.expect("sentence-unclaimed", "sentences", f"{name}/s01", f"{name}/s02")
    batch.expect("article-repeated", "documents", "zwilling")
    rows["coders"].append(blank("coders", coder_id="coder-b", kind="person", name="Coder B", saw=["the article"]))
    rows["documents"][-1]["layers"] = ["gold", "coder-a", "coder-b"]
    batch.expect("differences-unlisted", "documents", "zwilling")
    for row in rows["claims"]:
        if row["layer"] == "coder-a":
            row.update(agreement=None, frame=None, issue_label=None)


def eighth(batch: Batch) -> None:
    """Characters, personal data, and coders who went too far or not far enough."""
    rows = batch.rows
    words = {
        "mail-address": "Fragen an mail@example.org.",
        "telephone-number": "Wer kommt, ruft +49 30 901820 an.",
        "bank-account": "Spenden an DE89 3704 0044 0532 0130 00.",
        "street-address": "Sie wohnt in der Lindenstraße 12.",
        "odd-characters": "Das ist das Ende\u200b davon.",
    }
    text = " ".join(words.values())
    rows["documents"].append(document("notiz", text, n_paragraphs=1, n_sentences=5, n_claims=0))
    for position, (rule, sentence_text) in enumerate(words.items(), start=1):
        rows["sentences"].append(sentence("notiz", f"s0{position}", 1, position, sentence_text, text))
        batch.expect("sentence-unclaimed", "sentences", f"notiz/s0{position}")
        if rule != "odd-characters":
            batch.expect(rule, "sentences", f"notiz/s0{position}")
    batch.expect("odd-characters", "documents", "notiz")
    batch.change("odd-name", "locations", "region", also=["Ge\u00adgend"])
    long = "12 Züge fahren dort. Sie fahren auch nach Altstadt, wie jeder weiß. Warum?"
    inside = [f"fahrt/{name}" for name in ("s04", "s05", "s06")]
    batch.claim("claim-over-sentences", "s04.c1", content_text=long, content_spans=spans(long), sentence_ids=inside)
    rows["coders"].append(blank("coders", coder_id="coder-b", kind="person", name="Coder B", saw=["the article"]))
    layers = ["gold", "coder-a", "coder-b"]
    batch.change("layer-half-done", "documents", "fahrt", layers=layers, is_adjudicated=True)


BATCHES = (first, second, third, fourth, fifth, sixth, seventh, eighth)
ALWAYS: Expected = {
    ("sentence-unclaimed", "sentences"): {"fahrt/s06", "nachsatz/s01", "nachsatz/s02"},
    ("rights-unverified", "documents"): {"nachsatz"},
}
# test_issue_unused below, test_check_more_rules and test_check_drift
FOUND_ELSEWHERE = {"issue-unused", "coordinates-in-country", "rights-incomplete", "distribution-drift"}


def found(report: Report) -> Expected:
    ids: Expected = {}
    for finding in report.findings:
        ids.setdefault((finding.rule, finding.table), set()).update(finding.ids)
    return ids


def without_always(ids: Expected) -> Expected:
    left = {place: rows - ALWAYS.get(place, set()) for place, rows in ids.items()}
    return {place: rows for place, rows in left.items() if rows}


def test_clean_corpus_has_no_error_and_no_warning(tmp_path: Path) -> None:
    report = check(clean(tmp_path / "corpus"))
    assert found(report) == ALWAYS
    assert report.counts[Severity.ERROR] == report.counts[Severity.WARNING] == 0
    assert report.is_hash_verified
    assert not report.left_out


@pytest.mark.parametrize("spoil", BATCHES)
def test_each_rule_finds_its_rows_and_no_others(spoil: Callable[[Batch], None], tmp_path: Path) -> None:
    batch = Batch()
    spoil(batch)
    report = check(write(tmp_path / "corpus", batch.rows))
    assert report.is_hash_verified
    assert without_always(found(report)) == batch.expected


def test_issue_unused(tmp_path: Path) -> None:
    rows = small_rows()
    issue: dict[str, None] = dict.fromkeys(("issue_id", "issue_label", "agreement", "frame"))
    for table in ("claims", "sentences", "flat"):
        rows[table] = [row | issue for row in rows[table]]
    rows["relations"] = [row for row in rows["relations"] if not row["is_derived"]]
    report = check(write(tmp_path / "corpus", rows))
    assert without_always(found(report)) == {("issue-unused", "issues"): {"bridge-old"}}


def test_every_rule_is_tested_here() -> None:
    tested: set[str] = set(FOUND_ELSEWHERE) | {code for code, _ in ALWAYS}
    for spoil in BATCHES:
        batch = Batch()
        spoil(batch)
        tested |= {code for code, _ in batch.expected}
    assert tested == RULES.keys() - set(FOUND_ON_OPENING)


def test_codes_are_not_those_of_the_compiler() -> None:
    assert not RULES.keys() & CATALOGUE.keys()


def test_every_rule_says_what_and_why() -> None:
    for code, rule in RULES.items():
        assert code == rule.code
        assert rule.message.endswith(".")
        assert rule.why.endswith(".")
        assert rule.scope in {"document", "corpus"}


def test_check_never_imports_the_compiler() -> None:
    files = list((ROOT / "src" / "aussage" / "check").rglob("*.py"))
    assert files
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                named = [alias.name for alias in node.names]
                module = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                whole = [".".join((*module, name)) for name in named]
                assert not [name for name in (*whole, *module) if name.startswith("aussage.compile")], path


def test_rules_page_is_fresh() -> None:
    assert (ROOT / "validation" / "RULES.md").read_text(encoding="utf-8") == rules_page()
