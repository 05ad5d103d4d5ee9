"""What a word is: the same in every form, with its place, and with the same hash on every machine."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from aussage.release.words import RUN, run_hashes, word_hashes, words_of


def test_form_case_and_punctuation_make_no_difference() -> None:
    text = "Die »Brücken«, sagte die Straßen\u00adverwaltung; ﬁnal 12.000"
    assert [word.text for word in words_of(text)] == "die brücken sagte die strassenverwaltung final 12 000".split()
    other = unicodedata.normalize("NFD", text).upper()
    assert word_hashes(other).tolist() == word_hashes(text).tolist()


def test_places_are_those_of_the_text_as_it_is() -> None:
    text = "🌉 Bru\u0308cke_alt 北京"
    assert [text[word.start : word.end] for word in words_of(text)] == ["Bru\u0308cke", "alt", "北", "京"]


def test_runs_begin_at_every_word() -> None:
    text = "eins zwei drei vier fünf eins zwei drei vier fünf"
    runs = run_hashes(word_hashes(text)).tolist()
    assert len(runs) == 10 - RUN + 1
    assert runs[0] == runs[5]
    assert len(set(runs)) == 5
    assert run_hashes(word_hashes("eins zwei drei vier")).tolist() == []
    assert word_hashes("eins").tolist() == [10896600607207707157]


@given(st.text(max_size=40))
def test_every_word_has_one_hash(text: str) -> None:
    assert len(words_of(text)) == len(word_hashes(text))
