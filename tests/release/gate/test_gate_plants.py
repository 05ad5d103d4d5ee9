"""Words of a withheld text are found in each kind of file, at their place, and nothing else is."""

from __future__ import annotations

import pytest
from gate_plants import ARTICLE, CLEAN, FOUR, PLANTS, RUN, place

from aussage.release.gate import Leak, WithheldText, examine

WITHHELD = WithheldText({"neudorf": ARTICLE, "anderes": "Etwas ganz anderes steht hier, und es kommt nirgends vor."})


@pytest.mark.parametrize("kind", PLANTS)
def test_a_planted_run_is_found_with_its_place(kind):
    findings = list(examine("a", PLANTS[kind](RUN), WITHHELD))
    assert findings
    assert {type(finding) for finding in findings} == {Leak}
    assert {(leak.document, leak.start, leak.end) for leak in findings} == {("neudorf", *place(RUN))}
    assert all(leak.words == RUN and leak.path.startswith("a") and leak.how for leak in findings)


@pytest.mark.parametrize("kind", PLANTS)
def test_four_words_pass(kind):
    assert list(examine("a", PLANTS[kind](FOUR), WITHHELD)) == []


@pytest.mark.parametrize("kind", PLANTS)
def test_clean_files_pass(kind):
    assert list(examine("a", PLANTS[kind](CLEAN), WITHHELD)) == []
