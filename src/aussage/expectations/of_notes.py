"""Expectations on what is worth knowing: gaps, repetitions, odd characters, personal data, rights."""

from __future__ import annotations

from collections.abc import Iterator

from aussage.check.privacy import ADDRESS, MAIL
from aussage.expectations.expectation import (
    Expectation,
    all_of,
    among,
    between,
    empty,
    expect,
    given,
    is_,
    is_empty,
    is_more,
    not_among,
    not_found,
    unique,
)
from aussage.expectations.odd_characters import ODD

MOST_SENTENCES = 2


def expectations() -> Iterator[Expectation]:
    """The expectations of the kinds coverage, plausibility, privacy and rights."""
    yield from _of_coverage()
    yield from _of_repetitions()
    yield from _of_texts()
    yield from _of_rights()


def _of_coverage() -> Iterator[Expectation]:
    yield from expect("sentence-unclaimed", "sentences", not_among("n_claims", [0]))
    yield from expect("undecided-difference", "adjudications", among("is_decided", [True]))
    several = is_more("layers.count", 2)  # gold and more than one coder
    yield from expect("differences-unlisted", "documents", among("is_adjudicated", [True], several))
    yield from expect("layer-half-done", "documents", empty("layers.half_done"))
    for what in ("actor", "location", "issue"):
        yield from expect(f"{what}-unused", f"{what}s", among(f"{what}_id.is_used", [True]))


def _of_repetitions() -> Iterator[Expectation]:
    yield from expect("sentence-repeated", "sentences", unique("document_id", "text"))
    yield from expect("article-repeated", "documents", unique("sha256"))
    yield from expect("claim-over-sentences", "claims", between("sentence_ids.count", None, MOST_SENTENCES))


def _of_texts() -> Iterator[Expectation]:
    yield from expect("odd-characters", "documents", not_found("text", ODD), among("text.is_composed", [True]))
    for name, columns in {"actors": "labels also", "locations": "labels also", "issues": "labels"}.items():
        for column in columns.split():
            yield from expect("odd-name", name, empty(f"{column}.odd"))
    yield from expect("mail-address", "sentences", not_found("text", MAIL.pattern))
    yield from expect("street-address", "sentences", not_found("text", ADDRESS.pattern))


def _of_rights() -> Iterator[Expectation]:
    name, without_note = "documents", is_empty("rights_note")
    yield from expect("rights-unverified", name, not_among("rights_status", ["unverified"]))
    for status, column in (("cleared", "rights_licence"), ("restricted", "rights_holder")):
        unfounded = all_of(is_("rights_status", status), without_note)
        if status == "cleared":
            unfounded = all_of(unfounded, is_empty("rights_basis"))
        yield from expect("rights-incomplete", name, given(column, unfounded))
