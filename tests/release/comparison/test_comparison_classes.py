"""Every class of change and the step it asks for; consequences are counted apart from their causes."""

from pathlib import Path
from typing import Any

import pytest
from comparison_corpora import Alter, built, compared, drop, only, row, told

from aussage.corpus.errors import CorpusError
from aussage.release.comparison import Area, compare
from aussage.release.comparison.telling import verdict
from aussage.release.versions import Step

C1, G1 = "fahrt/coder-a/s01.c1", "fahrt/gold/s01.c1"


def set_cell(table: str, id_: str, **cells: Any) -> Alter:
    """Set cells of a row."""
    return lambda rows: row(rows, table, id_).update(cells)


def of_variable(name: str, **fields: Any) -> Alter:
    """Set fields of a variable of the codebook."""
    return lambda scheme: next(v for v in scheme["variables"] if v["name"] == name).update(fields)


CELLS = {
    ("documents", "fahrt", "text"): ("Ein anderer Text.", "source text", "major"),
    ("documents", "fahrt", "sha256"): ("0" * 64, "source text", "major"),
    ("documents", "fahrt", "n_sentences"): (7, "source text", "major"),
    ("documents", "fahrt", "date"): ("2031-05", "source text", "minor"),
    ("documents", "fahrt", "title"): ("Fahrt", "source text", "patch"),
    ("documents", "fahrt", "rights_holder"): ("Verlag Neudorf", "metadata", "patch"),
    ("documents", "fahrt", "is_adjudicated"): (True, "adjudication", "minor"),
    ("sentences", "fahrt/s02", "char_end"): (9, "source text", "major"),
    ("sentences", "fahrt/s02", "note"): ("unclear", "annotation", "patch"),
    ("claims", C1, "modality"): ("PS+", "annotation", "minor"),
    ("claims", C1, "content_spans"): ([{"start": 1, "end": 2}], "annotation", "minor"),
    ("claims", C1, "note"): ("seen twice", "annotation", "patch"),
    ("claims", C1, "sentence_id"): ("fahrt/s02", "annotation", "major"),
    ("mentions", "fahrt/coder-a/s01.l1", "role"): ("theatre", "annotation", "minor"),
    ("mentions", "fahrt/coder-a/s01.l1", "kind"): ("actor", "annotation", "major"),
    ("relations", "fahrt/coder-a/r01", "relation"): ("supports", "annotation", "minor"),
    ("adjudications", "fahrt/d001", "decision"): ("REPORT", "adjudication", "minor"),
    ("adjudications", "fahrt/d001", "reason"): ("Another.", "adjudication", "patch"),
    ("actors", "council", "label_de"): ("Stadtrat", "registry", "patch"),
    ("actors", "council", "actor_type"): ("person", "registry", "minor"),
    ("actors", "council", "wikidata_id"): ("Q2", "registry", "major"),
    ("locations", "neudorf", "latitude"): (50.25, "registry", "minor"),
    ("issues", "bridge-old", "plus"): ("it is very old", "registry", "major"),
    ("issues", "bridge-old", "label_en"): ("The bridge is ancient.", "registry", "major"),
    ("coders", "coder-a", "note"): ("retired", "registry", "patch"),
    ("withdrawn", "old-actor", "note"): ("sorry", "registry", "patch"),
}


@pytest.mark.parametrize(("cell", "expected"), CELLS.items(), ids=[" ".join(cell[::2]) for cell in CELLS])
def test_a_cell(cell: tuple[str, str, str], expected: tuple[Any, str, str], tmp_path: Path) -> None:
    table, id_, column = cell
    value, area, step = expected
    found = compared(tmp_path, set_cell(table, id_, **{column: value}))
    assert told(found) == [(area, step, "changed", table, id_, column)]
    assert only(found).new == value
    assert str(found.step) == step
    assert not found.ledger.derived


@pytest.mark.parametrize(
    ("alter", "expected"),
    [
        (of_variable("modality", definition="Other"), ("major", "changed", "modality", "definition")),
        (of_variable("modality", decided_by="Ask."), ("major", "added", "modality", "decided_by")),
        (of_variable("modality", label={"en": "Certainty"}), ("patch", "changed", "modality", "label")),
        (of_variable("modality", include=["More"]), ("minor", "added", "modality", "include")),
        (lambda scheme: scheme["variables"].pop(), ("major", "removed", "withdrawal_reason", "")),
        (lambda scheme: scheme["variables"][2]["values"].pop(), ("major", "removed", "voice/attributed", "")),
        (
            lambda scheme: scheme["variables"][2]["values"].append({"value": "choir", "definition": "Many."}),
            ("minor", "added", "voice/choir", ""),
        ),
        (
            lambda scheme: scheme["variables"][2]["values"][0].update(definition="Other."),
            ("major", "changed", "voice/narrator", "definition"),
        ),
        (lambda scheme: scheme["variables"][2]["values"].reverse(), ("minor", "changed", "voice", "order")),
        (lambda scheme: scheme.update(rulings=[{"id": "R01", "ruling": "So."}]), ("minor", "added", "rulings/R01", "")),
        (lambda scheme: scheme["unit"].update(definition="Other."), ("major", "changed", "unit", "definition")),
        (lambda scheme: scheme.update(title="Tiny"), ("patch", "changed", "codebook", "title")),
        (lambda scheme: scheme["issues"][0].update(frame="cost"), ("minor", "changed", "issues/bridge-old", "frame")),
    ],
)
def test_the_codebook(alter: Alter, expected: tuple[str, ...], tmp_path: Path) -> None:
    found = compared(tmp_path, codebook=alter)
    step, action, id_, column = expected
    assert told(found) == [("codebook", step, action, "codebook", id_, column)]
    assert str(found.codebook_step) == step
    assert found.is_codebook_too_small, "the version of the codebook stayed the same"


def test_an_issue_is_told_once(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        set_cell("issues", "bridge-old", frame="cost"),
        lambda scheme: scheme["issues"][0].update(frame="cost"),
    )
    assert only(found).area is Area.REGISTRY
    assert found.codebook_step is Step.MINOR, "issues stand in the codebook, whose version they change too"
    assert found.is_codebook_too_small


def test_a_version_of_the_codebook_alone_is_told(tmp_path: Path) -> None:
    found = compared(tmp_path, codebook=lambda scheme: scheme.update(version="9.0.0"))
    assert not found.differ
    assert "to 9.0.0; nothing else in it differs" in "".join(verdict(found))


def test_many_things_of_one_name_take_no_time(tmp_path: Path) -> None:
    def flood(scheme: Any) -> None:
        scheme["variables"] = [{"name": "same"}] * 20_000

    assert len(list(compared(tmp_path, codebook=flood).changes())) >= 20_000


def test_metadata_and_tool(tmp_path: Path) -> None:
    found = compared(tmp_path, title="Smaller", version="1.0.1")
    assert told(found) == [("metadata", "patch", "changed", "manifest", "title", "")]
    assert found.is_too_small is False
    other = compared(tmp_path, format_version=1, salt="00")
    assert not other.differ


def test_a_renamed_actor_is_one_change(tmp_path: Path) -> None:
    def rename(rows: Any) -> None:
        labels = [{"language": "de", "label": "Rat"}, {"language": "en", "label": "Assembly"}]
        row(rows, "actors", "council").update(label="Assembly", label_en="Assembly", labels=labels)
        for claim in rows["claims"]:
            claim["claimant_labels"] = ["Assembly" for _ in claim["claimant_labels"]]
        row(rows, "mentions", "fahrt/gold/s01.a1")["label"] = "Assembly"

    found = compared(tmp_path, rename)
    assert told(found) == [("registry", "patch", "changed", "actors", "council", "label_en")]
    assert found.ledger.derived[("mentions", "label")] == 1
    assert found.ledger.derived[("actors", "labels")] == 1


def test_a_derived_cell_without_a_cause_is_the_tools(tmp_path: Path) -> None:
    found = compared(tmp_path, set_cell("sentences", "fahrt/s01", n_claims=4))
    assert told(found) == [("tool", "minor", "changed", "sentences", "fahrt/s01", "n_claims")]
    caused = compared(
        tmp_path,
        lambda rows: (
            row(rows, "claims", C1).update(time="past"),
            row(rows, "sentences", "fahrt/s01").update(n_claims=4),
        ),
    )
    assert [change.column for change in caused.changes()] == ["time"]
    assert caused.derived == 1


def test_gold_that_a_decision_changed(tmp_path: Path) -> None:
    def decide(rows: Any) -> None:
        row(rows, "adjudications", "fahrt/d001").update(decision="REPORT", taken_from=None)
        row(rows, "claims", "fahrt/gold/s02.c1")["claim_type"] = "REPORT"
        row(rows, "claims", "fahrt/gold/s05.c1")["claim_type"] = "ASSESS"

    found = {(c.id, c.column): c.area for c in compared(tmp_path, decide).changes()}
    assert found[("fahrt/gold/s02.c1", "claim_type")] is Area.ADJUDICATION
    assert found[("fahrt/gold/s05.c1", "claim_type")] is Area.ANNOTATION, "no decision names it"


def test_places_move_with_the_text(tmp_path: Path) -> None:
    def insert(rows: Any) -> None:
        document = row(rows, "documents", "nachsatz")
        document.update(text="Nun. " + document["text"], sha256="1" * 64, n_characters=99)
        for sentence in rows["sentences"]:
            if sentence["document_id"] == "nachsatz":
                sentence.update(char_start=sentence["char_start"] + 5, char_end=sentence["char_end"] + 5)

    found = compared(tmp_path, insert)
    assert [change.column for change in found.changes()] == ["text"]
    assert found.ledger.derived[("sentences", "char_start")] == 2
    assert found.step is Step.MAJOR


def test_contradictions_come_with_their_claims(tmp_path: Path) -> None:
    def recode(rows: Any) -> None:
        row(rows, "claims", "fahrt/gold/s02.c1")["agreement"] = -1
        drop(rows, "relations", "fahrt/gold/s02.c1-contradicts-s03.c1")

    found = compared(tmp_path, recode)
    assert [change.column for change in found.changes()] == ["agreement"]
    assert found.ledger.derived[("relations", "")] == 1


def test_two_editions_are_not_compared(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="text-free edition"):
        compare(built(tmp_path), built(tmp_path, edition="text-free"))
