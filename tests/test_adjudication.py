"""Differences between coders are listed once and all, and gold is what was decided about them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from fixtures import building, codebook_once, fresh, load
from second_coder import (
    ADJUDICATION,
    ANNOTATIONS,
    GOLD,
    IN_A,
    IN_B,
    IN_C,
    add_coder,
    built,
    decide,
    decide_all,
    decisions,
    edit,
    plain,
    record,
    rows,
    run,
)

from aussage.adjudicate import adjudication_files
from aussage.check import check
from aussage.cli.adjudicate import command as adjudicate
from aussage.cli.check import command as check_command
from aussage.cli.gold import command as gold
from aussage.compile.gold_text import yaml_text
from aussage.diagnostics import Diagnostics, Severity
from aussage.source import Project

LISTED = [
    ("d001", "s01", "claim", "cue", {"coder-a": "mitteilte", "coder-b": "Wie | mitteilte"}),
    ("d002", "s01", "claim", "type", {"coder-a": "COMMIT", "coder-b": "FORECAST"}),
    ("d003", "s04", "claim", "claimant", {"coder-a": ["fire-brigade"], "coder-b": ["fire-brigade", "administration"]}),
    ("d004", "s02", "claim", "exists", {"coder-a": "die selbst in Altdorf wohnt"}),
    ("d005", "s03", "claim", "exists", {"coder-b": "der Fluss steigt"}),
    ("d006", "s02", "actor-mention", "text", {"coder-a": "Bürgermeisterin Anna Beispiel", "coder-b": "Anna Beispiel"}),
    ("d007", "s03", "actor-mention", "exists", {"coder-b": "Fluss"}),
    ("d008", "s05", "location-mention", "role", {"coder-a": "venue", "coder-b": "theatre"}),
    ("d009", "s04", "relation", "relation", {"coder-a": "supports", "coder-b": "elaborates"}),
    ("d010", "s03", "relation", "exists", {"coder-b": "s03.c1 elaborates s01.c1"}),
]


@pytest.fixture(autouse=True)
def _codebook_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "load_codebook", codebook_once)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The made-up project with a second coder."""
    folder = fresh(tmp_path / "project" / "neudorf")
    edit(folder / ANNOTATIONS / "coder-a.yaml", IN_A)
    add_coder(folder, "coder-b", IN_B)
    return folder


@pytest.fixture
def listed(project: Path) -> Path:
    """The same, with its differences listed and nothing decided."""
    assert run(adjudicate, project, "--adjudicator", "coder-a") == 0
    return project


def test_exactly_the_differences_are_listed(listed: Path) -> None:
    adjudication = record(listed)
    shown = [
        tuple(d[key] for key in ("id", "sentence", "subject", "variable", "said")) for d in adjudication["decisions"]
    ]
    assert shown == LISTED
    about = {key: value for key, value in adjudication.items() if key != "decisions"}
    assert about == {"document": "bruecken", "adjudicator": "coder-a", "base": "coder-a", "codebook": "1.0.0"}
    found = decisions(listed)
    assert {id_: d["gold"] for id_, d in found.items() if "gold" in d} == {
        "d005": "s03.c2",
        "d007": "s03.a2",
        "d010": "r03",
    }
    assert found["d010"]["value"] == {"from": "s03.c1", "to": "s01.c1"}
    assert found["d009"]["ids"] == {"coder-a": "r01", "coder-b": "r01"}
    assert not any("take" in decision for decision in found.values())


def test_a_new_file_needs_somebody_who_decides(project: Path) -> None:
    outcome = CliRunner().invoke(adjudicate, [str(project)])
    assert outcome.exit_code == 1
    assert "--adjudicator" in outcome.output
    assert not (project / ADJUDICATION).exists()


def test_check_writes_nothing(project: Path) -> None:
    assert run(adjudicate, project, "--adjudicator", "coder-a", "--check") == 1
    assert not (project / ADJUDICATION).exists()
    assert run(adjudicate, project, "--adjudicator", "coder-a") == 0
    assert run(adjudicate, project, "--check") == 0


def test_undecided_differences_leave_gold_as_the_base_is(listed: Path) -> None:
    assert list(built(listed).diagnostics) == []
    for table in ("claims", "mentions", "relations"):
        assert plain(rows(listed, table)) == plain(rows(listed, table, "coder-a"))
    report = check(listed / "dataset/corpus", listed)
    (warning,) = (finding for finding in report.findings if finding.level is Severity.WARNING)
    assert (warning.rule, warning.rows) == ("undecided-difference", len(LISTED))
    assert run(check_command, listed) == 0
    row = rows(listed, "adjudications")["d001"]
    assert not row["is_decided"]
    assert row["decision"] is row["taken_from"] is None


def test_gold_can_follow_the_base_throughout(listed: Path) -> None:
    decide_all(listed, "coder-a")
    built(listed)
    for table in ("claims", "mentions", "relations"):
        assert plain(rows(listed, table)) == plain(rows(listed, table, "coder-a"))
    table = rows(listed, "adjudications")
    assert table["d004"]["decision"] == "kept"
    assert table["d005"]["decision"] == "left out"
    assert all(row["is_decided"] for row in table.values())
    assert not check(listed / "dataset/corpus", listed).counts[Severity.WARNING]


def test_gold_can_follow_the_other_throughout(listed: Path) -> None:
    decide_all(listed, "coder-b")
    built(listed)
    assert plain(rows(listed, "claims"), "coder_id") == plain(rows(listed, "claims", "coder-b"), "coder_id")
    assert plain(rows(listed, "mentions"), "coder_id") == plain(rows(listed, "mentions", "coder-b"), "coder_id")
    relations, theirs = rows(listed, "relations"), rows(listed, "relations", "coder-b")
    ends = ("source_claim_id", "target_claim_id", "relation")
    for ours, their in (("r01", "r01"), ("r03", "r02")):
        assert [relations[ours][e].replace("/gold/", "/coder-b/") for e in ends] == [theirs[their][e] for e in ends]
    assert "r02" not in relations, "its claim was left out"
    assert rows(listed, "mentions")["s03.a2"]["claim_ids"] == ["bruecken/gold/s03.c2"]
    assert not check(listed / "dataset/corpus", listed).counts[Severity.WARNING]


def test_gold_names_the_coder_of_each_row(listed: Path) -> None:
    decide_all(listed, "coder-b")
    built(listed)
    every = {
        id_: row["coder_id"]
        for table in ("claims", "mentions", "relations")
        for id_, row in rows(listed, table).items()
    }
    of_b = {id_ for id_, coder in every.items() if coder == "coder-b"}
    assert of_b == {"s03.c2", "s03.a2", "r03"}
    derived = {id_ for id_, coder in every.items() if coder is None}
    assert derived == {id_ for id_, row in rows(listed, "relations").items() if row["is_derived"]}


def test_the_sentence_view_follows_gold(listed: Path) -> None:
    decide(
        listed, d002={"take": "coder-b"}, d004={"take": "coder-b"}, d005={"take": "coder-b"}, d008={"take": "coder-b"}
    )
    built(listed)
    view = rows(listed, "sentences")
    assert view["s01"]["claim_type"] == "FORECAST"
    assert view["s02"]["n_claims"] == 1
    assert view["s03"]["n_claims"] == 2
    assert view["s03"]["primary_claim_id"] == "bruecken/gold/s03.c1"
    assert view["s05"]["main_location_role"] == "theatre"
    assert rows(listed, "documents")["bruecken"]["n_claims"] == len(rows(listed, "claims")) == 6


def test_a_value_that_neither_has(listed: Path) -> None:
    decide(listed, d002={"value": "DIRECTIVE"}, d003={"value": "administration"}, d008={"value": "origin"})
    decide(listed, d001={"value": ["Wie", {"text": "mitteilte"}]})
    built(listed)
    claims = rows(listed, "claims")
    assert claims["s01.c1"]["claim_type"] == "DIRECTIVE"
    assert claims["s01.c1"]["cue_text"] == "Wie mitteilte"
    assert claims["s01.c1"]["coder_id"] == "coder-a"
    assert claims["s04.c1"]["claimant_ids"] == ["administration"]
    assert rows(listed, "mentions")["s05.l1"]["role"] == "origin"
    row = rows(listed, "adjudications")["d002"]
    assert (row["decision"], row["taken_from"], row["is_decided"]) == ("DIRECTIVE", None, True)


def test_an_adopted_claim_has_its_id_in_gold(listed: Path) -> None:
    decide(listed, d005={"take": "coder-b", "gold": "s03.c9"})
    built(listed)
    claim = rows(listed, "claims")["s03.c9"]
    assert (claim["content_text"], claim["coder_id"]) == ("der Fluss steigt", "coder-b")
    assert "s03.c2" not in rows(listed, "claims")
    assert run(adjudicate, listed, "--check") == 1, "the file was not written by the command"
    assert run(adjudicate, listed) == 0
    assert decisions(listed)["d005"]["gold"] == "s03.c9"


def test_what_is_taken_by_default_is_written_where_the_default_would_be_another(tmp_path: Path) -> None:
    folder = fresh(tmp_path / "neudorf")
    attributed = "content: Die Feuerwehr übt in Neudorf\n    claimant: fire-brigade\n    form: indirect\n"
    add_coder(
        folder, "coder-b", {"coder: coder-a": "coder: coder-b", "content: Die Feuerwehr übt in Neudorf\n": attributed}
    )
    assert run(adjudicate, folder, "--adjudicator", "coder-a") == 0
    assert [d["variable"] for d in decisions(folder).values()] == ["voice", "claimant", "form", "alignment"]
    decide_all(folder, "coder-b")
    built(folder)
    claim = rows(folder, "claims")["s05.c1"]
    assert (claim["voice"], claim["form"], claim["alignment"]) == ("attributed", "indirect", "neutral")
    decide(folder, d002={"take": "coder-a"})
    codes = {finding.code for finding in building.build(folder).diagnostics}
    assert codes == {"attributed-without-claimant"}, "voice taken from one, claimant from the other"


def test_listing_again_changes_nothing(listed: Path) -> None:
    decide(listed, d001={"take": "coder-b"}, d002={"value": "DIRECTIVE", "codebook_change": "1.1.0 adds R02"})
    assert run(adjudicate, listed) == 0
    before = (listed / ADJUDICATION).read_bytes()
    assert run(adjudicate, listed) == 0
    assert (listed / ADJUDICATION).read_bytes() == before
    found = decisions(listed)
    assert [*found] == [id_ for id_, *_ in LISTED]
    assert found["d001"]["take"] == "coder-b"
    assert (found["d002"]["value"], found["d002"]["codebook_change"]) == ("DIRECTIVE", "1.1.0 adds R02")


def test_a_coder_changes_his_mind(listed: Path) -> None:
    decide_all(listed, "coder-b")
    assert run(adjudicate, listed) == 0
    edit(listed / ANNOTATIONS / "coder-b.yaml", {"type: FORECAST\n": "type: DIRECTIVE\n"})
    (finding,) = building.build(listed).diagnostics
    lines = (listed / ADJUDICATION).read_text(encoding="utf-8").splitlines()
    assert finding.code == "stale-adjudication"
    assert finding.place.file == ADJUDICATION.as_posix()
    assert lines[finding.place.line - 1] == "    coder-b: FORECAST"
    assert finding.place.column == len("    coder-b: ") + 1
    assert run(adjudicate, listed, "--check") == 1
    assert run(adjudicate, listed) == 0
    found = decisions(listed)
    assert [*found] == [id_ for id_, *_ in LISTED]
    assert [id_ for id_, decision in found.items() if "take" not in decision] == ["d002"]
    assert found["d002"]["said"] == {"coder-a": "COMMIT", "coder-b": "DIRECTIVE"}
    assert found["d002"].keys().isdisjoint({"ruling", "reason"})
    built(listed)
    assert rows(listed, "claims")["s01.c1"]["claim_type"] == "COMMIT"


def test_a_difference_that_is_gone_and_a_new_one(listed: Path) -> None:
    decide_all(listed, "coder-b")
    new = "{id: s03.c7, content: Stadtverwaltung, type: REPORT, modality: CT+, time: past}\n  - {id: s03.c2,"
    change = {"role: theatre": "role: venue", "{id: s03.c2,": new}
    edit(listed / ANNOTATIONS / "coder-b.yaml", change)
    assert run(adjudicate, listed) == 0
    found = decisions(listed)
    assert set(found) == {id_ for id_, *_ in LISTED} - {"d008"} | {"d011"}
    assert (found["d005"]["gold"], found["d011"]["gold"]) == ("s03.c2", "s03.c3"), "an id in gold is never given twice"
    decide(listed, d011={"take": "coder-b"})
    built(listed)
    assert {"s03.c1", "s03.c2", "s03.c3"} <= set(rows(listed, "claims"))


def test_gold_yaml_says_what_the_corpus_has(listed: Path) -> None:
    decide_all(listed, "coder-b", d002={"value": "DIRECTIVE"})
    assert run(gold, listed) == 0
    assert run(gold, listed, "--check") == 0
    text = (listed / GOLD).read_text(encoding="utf-8")
    assert text.startswith("# Generated by `aussage gold` from coder-a.yaml, coder-b.yaml, adjudication.yaml.")
    first = built(listed)
    assert list(first.diagnostics) == []
    before = {table: rows(listed, table) for table in ("claims", "mentions", "relations")}
    assert built(listed).content_hash == first.content_hash
    assert run(gold, listed) == 0
    assert (listed / GOLD).read_text(encoding="utf-8") == text
    # Compiled as a coder's layer of its own, gold.yaml gives the same rows.
    for name in ("coder-a.yaml", "coder-b.yaml", "adjudication.yaml", "gold.yaml"):
        (listed / ANNOTATIONS / name).unlink()
    as_layer = text.replace("coder: gold", "coder: coder-a")
    (listed / ANNOTATIONS / "coder-a.yaml").write_text(as_layer, encoding="utf-8")
    built(listed)
    for table, expected in before.items():
        assert plain(rows(listed, table), "coder_id") == plain(expected, "coder_id")


def test_a_decision_that_breaks_the_scheme(listed: Path) -> None:
    decide(listed, d002={"variable": "stance", "said": {"coder-a": 0, "coder-b": 0}, "value": 1})
    result = building.build(listed)
    (finding,) = result.diagnostics
    assert finding.code == "stance-without-target"
    assert finding.place.file == GOLD.as_posix()
    assert run(gold, listed) == 0
    assert (listed / GOLD).read_text(encoding="utf-8").splitlines()[finding.place.line - 1] == "    stance: 1"
    assert result.folder is None


def test_three_coders(listed: Path) -> None:
    decide_all(listed, "coder-b")
    edits = {**IN_C, **{old: new for old, new in IN_B.items() if old.startswith(("  - id: s02.c2", "claimant:"))}}
    removed = {" from: s02.c2, to: s02.c1": " from: s03.c1, to: s02.c1"}
    add_coder(listed, "coder-c", edits | removed)
    assert {finding.code for finding in building.build(listed).diagnostics} == set(), "nothing that was said is gone"
    assert run(adjudicate, listed) == 0
    before = (listed / ADJUDICATION).read_bytes()
    assert b"&id" not in before
    assert run(adjudicate, listed, "--check") == 0
    found = decisions(listed)
    assert found["d002"]["said"] == {"coder-a": "COMMIT", "coder-b": "FORECAST", "coder-c": "DIRECTIVE"}
    assert {id_ for id_, d in found.items() if "take" not in d} == {"d002", "d003", "d011", "d012"}
    assert list(found["d003"]["ids"]) == ["coder-a", "coder-b", "coder-c"]
    assert found["d004"]["take"] == "coder-b", "both others leave the claim out: one difference, decided before"
    others = {(d["variable"], tuple(d["ids"])) for id_, d in found.items() if id_ in {"d011", "d012"}}
    assert others == {("time", ("coder-a", "coder-c")), ("exists", ("coder-c",))}
    decide(
        listed, d002={"take": "coder-c"}, d003={"take": "coder-c"}, d011={"take": "coder-c"}, d012={"take": "coder-c"}
    )
    built(listed)
    claims = rows(listed, "claims")
    assert (claims["s01.c1"]["claim_type"], claims["s01.c1"]["time"]) == ("DIRECTIVE", "past")
    assert claims["s01.c1"]["cue_text"] == "Wie mitteilte"
    assert rows(listed, "documents")["bruecken"]["layers"] == ["gold", "coder-a", "coder-b", "coder-c"]
    assert rows(listed, "adjudications")["d002"]["coders"] == ["coder-a", "coder-b", "coder-c"]


def test_layers_in_json_lines_are_not_adjudicated(project: Path) -> None:
    path = project / ANNOTATIONS / "coder-b.yaml"
    line = json.dumps(load(path.read_text(encoding="utf-8")), ensure_ascii=False)
    (project / "dataset/annotations/more.jsonl").write_text(line + "\n", encoding="utf-8")
    path.unlink()
    outcome = CliRunner().invoke(adjudicate, [str(project), "--adjudicator", "coder-a"])
    assert outcome.exit_code == 0
    assert "no document has several layers" in outcome.output
    assert not (project / ADJUDICATION).exists()
    assert run(gold, project) == 0
    assert not (project / GOLD).exists()
    assert [finding.code for finding in built(project).diagnostics] == ["unadjudicated-layers"]


def test_layers_without_anything_in_them(tmp_path: Path) -> None:
    folder = fresh(tmp_path / "neudorf")
    path = folder / ANNOTATIONS / "coder-a.yaml"
    annotation = load(path.read_text(encoding="utf-8"))
    annotation["sentences"] = [{"id": s["id"], "text": s["text"]} for s in annotation["sentences"]]
    del annotation["relations"]
    path.write_text(yaml_text(annotation), encoding="utf-8")
    add_coder(folder, "coder-b", {"coder: coder-a": "coder: coder-b"})
    assert run(adjudicate, folder, "--adjudicator", "coder-a") == 0
    assert decisions(folder) == {}
    assert list(built(folder).diagnostics) == []


@pytest.mark.parametrize(
    ("old", "new"), [("base: coder-a", "base: coder-z"), ("adjudicator: coder-a", "adjudicator: ''")]
)
def test_a_file_that_cannot_be_used_stays_as_it_is(listed: Path, old: str, new: str) -> None:
    edit(listed / ADJUDICATION, {old: new})
    before = (listed / ADJUDICATION).read_bytes()
    assert run(adjudicate, listed) == 1
    assert (listed / ADJUDICATION).read_bytes() == before
    assert building.build(listed).diagnostics.has_errors


def test_two_relations_between_the_same_claims(tmp_path: Path) -> None:
    folder = fresh(tmp_path / "neudorf")
    second = "relation: supports}\n- {id: r02, from: s04.c1, to: s02.c1, relation: repeats}\n"
    edit(folder / ANNOTATIONS / "coder-a.yaml", {"relation: supports}\n": second})
    add_coder(folder, "coder-b", {"coder: coder-a": "coder: coder-b", "relation: supports": "relation: elaborates"})
    assert run(adjudicate, folder, "--adjudicator", "coder-a") == 0
    (decision,) = decisions(folder).values()
    assert (decision["variable"], decision["ids"]) == ("relation", {"coder-a": "r01", "coder-b": "r01"})


class TestRepository:
    """The repository's own adjudication."""

    def test_every_difference_is_listed(self, root: Path) -> None:
        assert run(adjudicate, root, "--check") == 0

    def test_gold_on_disk_is_what_is_derived(self, root: Path) -> None:
        assert run(gold, root, "--check") == 0

    def test_every_decision_has_a_ruling_of_the_codebook(self, root: Path) -> None:
        diagnostics = Diagnostics()
        sources = building.read_sources(Project(root), diagnostics)
        assert sources is not None
        rulings = {ruling.id for ruling in sources.codebook.record.rulings}
        for adjudication in sources.layers.adjudications.values():
            for decision in adjudication.record.decisions:
                assert decision.ruling in rulings, decision.id
                assert decision.reason, decision.id
                assert decision.take or decision.value is not None, decision.id
        assert adjudication_files(Project(root), sources, None, diagnostics)
        assert not diagnostics.has_errors


def test_what_was_overruled_leaves_no_note_in_gold(root: Path) -> None:
    """A coder's note argues for his own value; where another holds it would contradict the row."""
    import aussage

    corpus = aussage.load(root)
    overruled = corpus.adjudications.query("subject == 'claim' and taken_from != 'coder-a'")["gold_id"].unique()
    gold = corpus.claims.assign(local=corpus.claims["claim_id"].str.rsplit("/", n=1).str[-1])
    changed = gold[gold["local"].isin(overruled)]
    assert len(changed) > 0
    assert changed["note"].isna().all()
    assert changed["doubt"].isna().all()
    assert set(changed["coder_id"]) == {"adjudicator-a"}, "the row is the adjudicator's decision"
    assert set(gold.loc[~gold["local"].isin(overruled), "coder_id"]) == {"coder-a"}
    assert corpus.layer("coder-a").claims["note"].notna().any()
