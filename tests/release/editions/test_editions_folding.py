"""Folding: copies that differ harmlessly look alike, and the edits lead back to every character."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aussage.release.editions.folding import Places, apply, edits, fold

WILD = st.text(
    st.one_of(
        st.sampled_from(
            " \n\r\t\u00a0\u2003\u200b\ufeff\u00ad\u0301\u0308\u0323\u0345"
            "-–—„“”«»‚‘'\"`´…..ﬁﬀaAoöfqK\u212b\u1100\u1161\u11a8"
        ),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=40,
)
TEXT = "„Die Brücke“, sagte er – »bald«…\n\nSie fährt."


@settings(deadline=None, max_examples=600)
@given(WILD)
@example(" \u0301a\u00ad\u0308 ")
@example("ﬀ\u0307")
@example("\u0958\u0f73\u0344")
@example("\u1100\u1161\u11a8\uac00\u11a8")
def test_the_edits_lead_back_from_the_folded_text(text):
    assert apply(fold(text), edits(text)) == text
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(WILD)
def test_the_normal_form_makes_no_difference(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(decomposed) == fold(text)


@settings(deadline=None)
@given(WILD)
def test_no_edit_holds_two_letters_of_a_row(text):
    for start, end, original in edits(text):
        letters = [sign for sign in original or "" if sign.isalpha() and unicodedata.combining(sign) == 0]
        assert len(letters) <= 1 or end - start <= 2 or all(0x1100 <= ord(sign) < 0x1200 for sign in letters)


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.replace("\n", "\r\n"),
        unicodedata.normalize("NFD", TEXT),
        "\ufeff" + TEXT + "\n",
        TEXT.translate(str.maketrans("„“»«", '""""')).replace("…", "..."),
        TEXT.replace(" ", "\u00a0").replace("–", "-"),
        TEXT.replace("Brücke", "Brü\u00adcke").replace("fährt", "fä\u200bhrt"),
    ],
)
def test_harmless_differences_fold_away(copy):
    assert fold(copy) == fold(TEXT)


@pytest.mark.parametrize("copy", [TEXT.replace("bald", "bald nicht"), TEXT.lower(), TEXT.replace("ü", "ue")])
def test_words_do_not_fold_away(copy):
    assert fold(copy) != fold(TEXT)


@settings(deadline=None)
@given(WILD)
def test_places_lead_to_the_same_character(text):
    folded, places = fold(text), Places(fold(text), edits(text))
    for number, sign in enumerate(folded):
        if sign.isascii() and sign.isalpha() and text[places.in_text(number)] == sign:
            assert places.in_folded(places.in_text(number)) == number
    assert [places.in_text(number) for number in range(len(folded))] == sorted(map(places.in_text, range(len(folded))))


def test_places_of_words_are_found_behind_changes():
    text = "\ufeffDie „Bru\u0308cke“…\r\n\r\nsteht – noch."
    folded, places = fold(text), Places(fold(text), edits(text))
    assert folded == 'Die "Brücke"... steht - noch.'
    for word in ("Die", "cke", "steht", "noch"):
        assert places.in_text(folded.index(word)) == text.index(word)
        assert places.in_folded(text.index(word)) == folded.index(word)
