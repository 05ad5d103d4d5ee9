"""The datasheet answers from the data of the corpus at hand, and says what is not known."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from citation_example import DOIS, RICH, built, facts_of
from ruamel.yaml import YAML

from aussage.release.metadata.datasheet import datasheet

pytest.importorskip("scipy", reason="agreement needs the extra aussage[agreement]")

SECTIONS = [
    "Motivation", "Composition", "Collection", "Preprocessing and annotation", "Uses", "Distribution", "Maintenance",
]  # fmt: skip
MODEL = ("dataset/registry/coders.yaml", "kind: program", "kind: language-model")
NOBODY = ("dataset/registry/actors.yaml", "type: person", "type: officials")
UNCLEARED = ("seeds/bruecken.yaml", "status: cleared, holder", "status: unverified, holder")


def sheet(root: Path | None = None, toml: str = RICH, **more: str) -> str:
    root = root or built()
    return datasheet(facts_of(toml, root, **more), root / "dataset" / "corpus").decode()


def test_the_seven_sections_are_there_with_their_questions() -> None:
    text = sheet()
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == SECTIONS
    assert len(list(_questions(text))) == len(set(_questions(text))) > 30


def _questions(text: str) -> Iterator[str]:
    return (line.split("**")[1] for line in text.splitlines() if line.startswith("**"))


def test_people_are_spoken_of_only_where_people_are_named() -> None:
    named = sheet()
    assert "The registry names 1 person" in named
    assert "did they agree?** Not known" in named
    assert "Nobody checked these attributions" in named
    unnamed = sheet(built(NOBODY))
    assert "The registry of actors holds nobody of the type person." in unnamed
    assert "Nobody checked these attributions" not in unnamed
    assert "did they agree?" not in unnamed


def test_claims_of_people_are_counted_in_the_gold_layer_only() -> None:
    annotation = (built() / "dataset/annotations/bruecken/coder-a.yaml").read_text(encoding="utf-8")
    sentences = YAML(typ="safe").load(annotation)["sentences"]
    claimants = [claim.get("claimant") for sentence in sentences for claim in sentence.get("claims", [])]
    number = sum("anna-beispiel" in ([one] if isinstance(one, str) else one or []) for one in claimants)
    assert number
    assert f"{number} gold claim" in sheet()


def test_models_are_named_only_where_models_have_coded() -> None:
    assert "model" not in sheet()
    text = sheet(built(MODEL))
    assert "`coder-a` is a language model. No person is registered as coder." in text
    assert "Language models annotated" in text


def test_what_is_not_recorded_is_not_known() -> None:
    text = sheet(toml=RICH[: RICH.index("[[corpus.funding]]")].replace('description = "Made up."', ""))
    assert "**For what purpose was it made?** Not known." in text
    assert "no funding is recorded" in text
    assert "whether a person or a program wrote or translated the text" in text
    assert "When the articles appeared is not known." in text


def test_rights_and_distribution_follow_from_the_rights_records() -> None:
    cleared = sheet()
    assert "may be passed on; the record of each document says why" in cleared
    assert "the rights in them are not cleared" not in cleared
    withheld = sheet(built(UNCLEARED))
    assert "the rights in them are not cleared" in withheld
    assert "Only the edition without texts, through Zenodo" in withheld
    assert "[doi:10.5281/zenodo.103]" in sheet(toml=RICH + DOIS)


def test_the_edition_without_texts_says_so() -> None:
    text = sheet(built(UNCLEARED), edition="text-free")
    assert "The words of the articles were left out of this edition" in text
    assert "must not be passed on" not in text


def test_markup_in_the_data_stays_text() -> None:
    spoiled = ("dataset/registry/coders.yaml", "name: made up for tests", 'name: "<b>|x|</b>"')
    text = sheet(built(spoiled))
    assert "&lt;b&gt;\\|x\\|&lt;/b&gt;" in text
    assert "# Datasheet: Bridges in Neudorf: &lt;claims&gt; &amp; counter-claims" in text


def test_the_same_corpus_gives_the_same_bytes() -> None:
    assert sheet() == sheet()
