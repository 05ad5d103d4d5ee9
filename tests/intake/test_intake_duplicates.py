"""Copies and near copies: found whatever the order, told with the share, and never by chance."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from neudorf import copy_neudorf

from aussage.diagnostics import Diagnostics, Place, Severity
from aussage.intake import Arrival, Facts, Intake, Taken
from aussage.intake.duplicates import ALIKE, Known, plain, share, signature
from aussage.source import Project

TEXT = (
    "Der Stadtrat will die Brücke sperren. Die Feuerwehr hält das für falsch, denn das Wasser sinkt seit Montag. "
    "Am Abend soll noch einmal beraten werden; Anwohner haben schon Sand bestellt."
)


def arrival(name: str, text: str) -> Arrival:
    return Arrival(Place(f"{name}.txt"), text, Facts("de"), name)


def take(project: Path, found: Diagnostics, **texts: str) -> list[Taken]:
    return Intake(Project(project), found).take(arrival(name, text) for name, text in texts.items())


def made_up(generator: random.Random, words: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(generator.choices(letters, k=6)) for _ in range(words))


def jaccard(one: str, other: str) -> float:
    runs = [{text[at : at + 8] for at in range(len(text) - 7)} for text in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("copy", [TEXT, TEXT.upper() + "\n", "  " + TEXT.replace(" ", "\n\n").replace(",", " –")])
def test_the_same_words_are_refused_whatever_their_dress(neudorf: Path, copy: str) -> None:
    found = Diagnostics()
    assert take(neudorf, found, eins=TEXT, zwei=copy) == []
    assert [(f.code, f.place.file) for f in found] == [("duplicate-article", "zwei.txt")]
    assert not (neudorf / "seeds" / "eins.yaml").exists(), "all or none"
    assert take(neudorf, Diagnostics(), eins=TEXT)
    again = Diagnostics()
    assert take(neudorf, again, zwei=copy) == []
    assert [finding.code for finding in again] == ["duplicate-article"]
    assert "»eins«" in next(iter(again)).message
    allowed = Diagnostics({"duplicate-article": Severity.WARNING})
    assert len(take(neudorf, allowed, zwei=copy)) == 1


def test_without_comparison_only_ids_must_differ(neudorf: Path) -> None:
    found = Diagnostics()
    intake = Intake(Project(neudorf), found, compare=False)
    assert len(intake.take([arrival("eins", TEXT), arrival("zwei", TEXT)])) == 2
    assert list(found) == []
    assert Intake(Project(neudorf), found, compare=False).take([arrival("eins", "Anders.")]) == []
    assert [finding.code for finding in found] == ["duplicate-id"]


def test_a_near_copy_is_told_with_its_share_and_taken(neudorf: Path) -> None:
    near = TEXT.replace("Montag", "Dienstag")
    found = Diagnostics()
    assert len(take(neudorf, found, eins=TEXT, zwei=near, drei="Etwas ganz anderes steht hier.")) == 3
    (finding,) = found
    assert (finding.code, finding.severity, finding.place.file) == ("similar-article", Severity.WARNING, "zwei.txt")
    told = int(finding.message.split("about ")[1].split("%")[0]) / 100
    assert abs(told - jaccard(plain(TEXT), plain(near))) < 0.1
    assert "»eins«" in finding.message


def test_near_copies_of_articles_that_are_there_are_found_in_json_lines_too(tmp_path: Path) -> None:
    project = copy_neudorf(tmp_path / "neudorf")
    import json

    line = {"id": "da", "language": "de", "text": TEXT}
    (project / "seeds" / "mehr.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    found = Diagnostics()
    assert take(project, found, neu=TEXT.replace("Sand", "Kies"))
    assert ["»da«" in finding.message for finding in found] == [True]


def test_the_estimated_share_is_near_the_true_one() -> None:
    generator = random.Random(7)
    for _ in range(20):
        base = made_up(generator, 400)
        words = base.split()
        for at in generator.sample(range(400), generator.randint(1, 120)):
            words[at] = made_up(generator, 1)
        other = " ".join(words)
        estimated = share(signature(base), signature(other))
        assert abs(estimated - jaccard(base, other)) < 0.12  # four standard errors


def test_all_near_copies_and_nothing_else_are_found_among_many() -> None:
    generator, known = random.Random(1), Known()
    expected = set()
    for number in range(400):
        text = made_up(generator, 120)
        known.add(f"a{number}", text)
        if number % 10 == 0:
            words = text.split()
            words[5] = "changed"
            known.add(f"b{number}", " ".join(words))
            expected.add((f"b{number}", f"a{number}"))
    assert {(later, earlier) for later, earlier, _ in known.alike(0)} == expected


def test_every_script_is_compared_and_short_texts_are_no_copies_by_chance() -> None:
    known = Known()
    assert known.add("a", "桥梁将于周一关闭，市长在新村说。居民们已经订购了沙子，消防队认为这是错误的。") is None
    assert known.add("b", "桥梁将于周二关闭，市长在新村说。居民们已经订购了沙子，消防队认为这是错误的。") is None
    for number, text in enumerate(["Ja.", "Nein.", "!", "a", "ab"]):
        assert known.add(f"c{number}", text) is None
    assert [(later, earlier) for later, earlier, value in known.alike(0) if value >= ALIKE] == [("b", "a")]
