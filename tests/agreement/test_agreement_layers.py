"""Which coders are compared, the sentence view of their layers, and every difference."""

from pathlib import Path

import pandas as pd
import pytest
from made_up_coders import claim, frames, mention, two_coders

from aussage.agreement import AgreementError, choose, compare, differences, primary_claims, sentence_view
from aussage.compile import build
from aussage.corpus import load


def test_the_primary_claim_is_that_of_the_scheme() -> None:
    rows = [
        claim("a", "s01.c1", (0, 9), voice="narrator"),
        claim("a", "s01.c2", (9, 12), is_main_clause=False),
        claim("a", "s01.c3", (5, 7)),
        claim("a", "s01.c4", (5, 8)),
        claim("a", "s01.c5", (10, 40), voice="attributed"),
        claim("b", "s01.c1", (3, 4), is_main_clause=False),
    ]
    found = primary_claims(frames(rows).claims).set_index(["layer", "sentence_id"])["claim_id"]
    assert found["a", "d/s01"] == "d/a/s01.c4"
    assert found["a", "d/s02"] == found["a", "d/s03"] == "d/a/s01.c5"
    assert found["b", "d/s01"] == "d/b/s01.c1"


def test_the_view_of_a_layer() -> None:
    tables = two_coders()
    view = sentence_view(tables.sentences, tables.claims, tables.mentions, "b")
    assert view["voice"].tolist() == ["attributed", "no claim", "narrator"]
    assert view["claimant_id"].tolist() == ["council", "no claim", "narrator"]
    assert view["n_claims"].tolist() == [1, 0, 1]
    assert view["claim_types"].tolist() == [{"REPORT"}, set(), {"REPORT"}]
    assert view["actor_ids"].tolist() == [{"mayor"}, set(), set()]
    assert view["location_ids"].tolist() == [set(), {"hall"}, set()]


def test_the_view_of_gold_is_that_of_the_corpus(neudorf: Path) -> None:
    """Derived apart from the compiler, the view of gold is what the table of sentences says."""
    assert build(neudorf).folder
    corpus = load(neudorf)
    table = corpus.sentences.set_index("sentence_id")
    view = sentence_view(corpus.sentences, corpus.claims, corpus.mentions, "gold")
    for name in ("voice", "n_claims", "claim_type", "modality", "stance"):
        assert view[name].tolist() == table[name].tolist(), name
    for name in ("claim_types", "claimant_ids", "actor_ids", "location_ids"):
        assert [set(value) for value in table[name]] == view[name].tolist(), name


def test_who_is_compared_on_what() -> None:
    layers = {"d": ("gold", "a", "b"), "e": ("gold", "a"), "f": ("gold", "a", "c")}
    chosen = choose(frames(layers=layers))
    assert chosen.documents == {"d": ("a", "b"), "f": ("a", "c")}
    assert chosen.left_out == {"e": ("a",)}
    assert "of different kinds" in chosen.heading
    assert "between model coders: a (language model), b (language model)" in choose(frames(), ["a", "b"]).heading


@pytest.mark.parametrize(
    ("layers", "wanted", "said"),
    [
        ({"d": ["gold"]}, [], "no document has a coder's layer"),
        ({"d": ["gold", "a"]}, [], "only one coder, a.*add a second coder's file"),
        ({"d": ["gold", "a", "b"]}, ["a"], "only one coder"),
        ({"d": ["gold", "a"], "e": ["gold", "b"]}, [], "no document in common.*a: d; b: e"),
        ({"d": ["gold", "a", "b"]}, ["a", "gold"], "gold is no coder"),
        ({"d": ["gold", "anna", "bert"]}, ["anna", "brt"], "did you mean 'bert'"),
    ],
)
def test_what_cannot_be_compared_is_said(layers: dict[str, list[str]], wanted: list[str], said: str) -> None:
    with pytest.raises(AgreementError, match=said):
        choose(frames(layers=layers), wanted)


def test_every_difference_is_a_row() -> None:
    found = differences(two_coders(), "a", "b")
    rows = list(found[["sentence_id", "subject", "variable", "value_a", "value_b"]].itertuples(index=False, name=None))
    assert rows == [
        ("d/s01", "actor mention", "span", "Rat", "Der Rat"),
        ("d/s01", "actor mention", "actor_id", "council", "mayor"),
        ("d/s01", "claim", "content_spans", "A", "A."),
        ("d/s01", "claim", "claim_type", "COMMIT", "REPORT"),
        ("d/s02", "claim", "exists", "yes", "no"),
        ("d/s02", "location mention", "role", "venue", "theatre"),
    ]
    assert found.loc[4, "id_a"] == "d/a/s02.c1"
    assert pd.isna(found.loc[4, "id_b"])
    assert found.loc[3, "text"] == "A"


def test_equal_layers_have_no_differences_and_only_common_documents_count() -> None:
    claims = [claim(c, "s01.c1", (0, 5), claimant_ids=ids) for c, ids in (("a", ["x", "y"]), ("b", ["y", "x"]))]
    claims.append(claim("a", "s01.c1", (0, 5), document="e"))
    tables = frames(claims, layers={"d": ["a", "b"], "e": ["a"]})
    assert differences(tables, "a", "b").empty
    found = compare(tables, replicates=50)
    assert found.chosen.left_out == {"e": ("a",)}
    assert found.n_sentences == 3
    assert found.claims.loc[0, "exact"] == found.claims.loc[0, "boundaries"] == 1
    assert found.sentences.set_index("variable").loc["voice", "raw"] == 1


def test_three_coders_are_compared_together_and_pair_by_pair() -> None:
    claims = [claim(c, "s01.c1", (0, 5)) for c in "abc"] + [claim("c", "s02.c1", (16, 20))]
    mentions = [mention(c, "s01.a1", 4, 7, actor_id="council") for c in "abc"]
    found = compare(frames(claims, mentions, {"d": "abc"}), replicates=50)
    assert found.claims[["coder_a", "coder_b"]].values.tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]
    voice = found.sentences.set_index("variable").loc["voice"]
    assert voice["raw"] == pytest.approx(7 / 9)
    assert voice["verdict"] == "too few"
    assert found.confusions["voice"]["n"].sum() == 9
    assert found.differences[["coder_a", "coder_b", "variable"]].values.tolist() == [
        ["a", "c", "exists"],
        ["b", "c", "exists"],
    ]
