"""Passages of an article leave a cell without loss, and short phrases stay readable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aussage.release.editions.elision import Article, NotExact, elide, restore
from aussage.release.words import RUN, run_hashes, word_hashes

FAHRT = "Der Rat sperrt die Brücke in Neudorf, wie er am Montag mitteilte.\nWarum er die Brücke in Neudorf sperrt?"
OTHER = "Anna Beck fuhr am Dienstag über die alte Brücke nach Altstadt."


def shared(text, *articles):
    mine = set(run_hashes(word_hashes(text)).tolist())
    return any(mine & set(run_hashes(word_hashes(article)).tolist()) for article in articles)


def test_a_quoted_passage_becomes_a_marker():
    note = "Read »sperrt die Brücke in Neudorf, wie er« as the council's own act."
    found = elide(note, [Article("fahrt", FAHRT)])
    assert found == f"Read »⟦fahrt:8-{8 + len('sperrt die Brücke in Neudorf, wie er')}⟧« as the council's own act."
    assert restore(found, {"fahrt": FAHRT}.__getitem__) == note


@pytest.mark.parametrize("note", ["die Brücke in Neudorf", "Der Rat sperrt die", "", "„Warum er“, »die Brücke«"])
def test_short_phrases_stay(note):
    assert elide(note, [Article("fahrt", FAHRT)]) == note


@pytest.mark.parametrize(
    "note",
    [
        "die Brücke in Neudorf, WIE er am Montag mitteilte",
        "Sperrt die Brücke in Neudorf!",
        "Der  Rat – sperrt\ndie »Brücke« in Neudorf; wie er am Montag",
        "Der Rat sperrt die Brücke in Neudorf Anna Beck fuhr am Dienstag",
        "a ⟦ b ⟦fahrt:1-2⟧ ⟦⟦ Der Rat sperrt die Brücke ⟧⟦",
        FAHRT + OTHER + FAHRT,
    ],
)
def test_passages_in_other_case_or_punctuation_go_by_pieces(note):
    articles = {"fahrt": FAHRT, "other": OTHER}
    found = elide(note, [Article(*article) for article in articles.items()])
    assert not shared(found, FAHRT, OTHER)
    assert restore(found, articles.__getitem__) == note


def test_capitals_throughout_cannot_be_taken_out():
    with pytest.raises(NotExact, match="RAT SPERRT DIE"):
        elide("Note: DER RAT SPERRT DIE BRÜCKE in Neudorf".replace("in Neudorf", "bald"), [Article("fahrt", FAHRT)])


PIECES = st.lists(
    st.sampled_from([*FAHRT.split(), *OTHER.split(), "⟦", "⟧", "⟦⟦", "⟦fahrt:0-3⟧", "x", "–", "DER", "RAT", "\n"]),
    max_size=30,
)


@settings(deadline=None, max_examples=300)
@given(PIECES, st.integers(0, 60), st.integers(0, 60))
def test_whatever_is_elided_comes_back(pieces, start, length):
    note = " ".join(pieces) + FAHRT[start : start + length] + " ".join(pieces[::-1])
    articles = {"fahrt": FAHRT, "other": OTHER}
    try:
        found = elide(note, [Article(*article) for article in articles.items()])
    except NotExact:
        return
    assert restore(found, articles.__getitem__) == note
    assert not shared(found, FAHRT, OTHER)


def test_a_run_is_as_long_as_the_gate_allows_at_most():
    words = FAHRT.split()
    kept, gone = " ".join(words[: RUN - 1]), " ".join(words[:RUN])
    articles = [Article("fahrt", FAHRT)]
    assert elide(kept, articles) == kept
    assert elide(gone, articles) == f"⟦fahrt:0-{len(gone)}⟧"
