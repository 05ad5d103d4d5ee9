"""The analyses on the corpus that comes with Aussage: what must hold between them and its tables."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import aussage
from aussage import discourse

FUNCTIONS = (
    "article_positions attribution_chains certainty contradictions course hedging places positions spoken_of stance "
    "voices"
).split()


@pytest.fixture(scope="module")
def corpus() -> aussage.Corpus:
    return aussage.load(Path(__file__).parents[2] / "dataset" / "corpus")


def test_sums_are_those_of_the_claims(corpus: aussage.Corpus) -> None:
    claims = len(corpus.claims)
    statements = int(corpus.claims["claimant_ids"].map(len).clip(lower=1).sum())
    for options in ({}, {"level": "top"}, {"level": "type"}, {"level": "country"}, {"up_to": ("state", "bloc")}):
        table = discourse.voices(corpus, **options)
        assert table["statements"].sum() == statements
        assert table["mentions"].sum() == (corpus.mentions["kind"] == "actor").sum()
    for by in ((), "voice", "issue_id", "claim_type"):
        assert discourse.certainty(corpus, by=by)["claims"].sum() == claims
    for of in ("certainty", "issue_id", "voice"):
        assert discourse.course(corpus, of=of)["claims"].sum() == claims
    assert discourse.places(corpus)["mentions"].sum() == (corpus.mentions["kind"] == "location").sum()
    assert discourse.hedging(corpus).groupby("of")["total"].first().sum() == claims


def test_stances_and_positions_are_all_there(corpus: aussage.Corpus) -> None:
    claims = corpus.claims.assign(n=corpus.claims["claimant_ids"].map(len).clip(lower=1))
    for sign, name in ((-1, "negative"), (1, "positive")):
        assert discourse.stance(corpus)[name].sum() == claims.loc[claims["stance"] == sign, "n"].sum()
    for sign, name in ((-1, "disagree"), (0, "open"), (1, "agree")):
        assert discourse.positions(corpus)[name].sum() == claims.loc[claims["agreement"] == sign, "n"].sum()


def test_contradictions_are_those_that_the_compiler_derived(corpus: aussage.Corpus) -> None:
    derived = corpus.relations[corpus.relations["relation"] == "contradicts"]
    pairs = discourse.contradictions(corpus)
    assert pairs[["first_claim_id", "second_claim_id"]].values.tolist() == (
        derived[["source_claim_id", "target_claim_id"]].values.tolist()
    )


@pytest.mark.parametrize("name", FUNCTIONS)
def test_another_layer_and_the_same_result_again(corpus: aussage.Corpus, name: str) -> None:
    function = getattr(discourse, name)
    pd.testing.assert_frame_equal(function(corpus), function(corpus))
    coder = next(layer for layer in corpus.layers if layer != "gold")
    pd.testing.assert_frame_equal(function(corpus, layer=coder), function(corpus.layer(coder)))
    with pytest.raises(ValueError, match="several layers"):
        function(corpus.layer("all"))


def test_the_order_of_rows_in_the_registries_does_not_matter(corpus: aussage.Corpus) -> None:
    for name in ("voices", "stance", "positions", "certainty", "course"):
        function = getattr(discourse, name)
        pd.testing.assert_frame_equal(function(corpus, actors=corpus.actors[::-1]), function(corpus))


def test_the_package_is_light_and_its_functions_are_functions() -> None:
    code = (
        "import sys, aussage.discourse as d\n"
        "assert not {'pandas', 'networkx', 'scipy'} & set(sys.modules)\n"
        "for name in d.__all__ * 2: assert callable(getattr(d, name)), name\n"
        "from aussage.discourse import course, places, voices\n"
        "assert callable(course) and callable(places) and callable(voices)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
