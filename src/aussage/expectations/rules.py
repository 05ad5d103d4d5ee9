"""Which rules of the check Great Expectations judges, by which expectations, and which it does not, and why."""

from __future__ import annotations

from collections.abc import Iterator

from aussage.codebook import Codebook
from aussage.expectations import of_definitions, of_derived, of_notes, of_registries, of_scheme, of_texts
from aussage.expectations.expectation import Expectation
from aussage.tables import TABLES

OF_FILES = "It is about files and manifest; Great Expectations sees only data frames."
OF_METADATA = "It is about the metadata of Parquet files; a data frame has none."
OF_PROJECT = "It compares the corpus with a project; Great Expectations sees only the corpus."
NOT_COVERED: dict[str, str] = {
    **dict.fromkeys(
        (
            "manifest-missing", "manifest-broken", "manifest-format", "file-missing", "file-foreign", "file-changed",
            "file-unreadable", "file-metadata", "row-count", "content-hash", "codebook-broken", "codebook-manifest",
        ),
        OF_FILES,
    ),
    **dict.fromkeys(
        ("project-broken", "corpus-stale", "codebook-stale", "article-stale", "exemption-needless"), OF_PROJECT
    ),
    **dict.fromkeys(("column-facts", "table-facts"), OF_METADATA),
    "coordinates-in-country": "It needs the towns of a gazetteer, and no expectation reckons distances on the Earth.",
    "distribution-drift": "It compares the corpus with an earlier release; Great Expectations sees only the corpus.",
    "telephone-number": "It weighs several patterns and digits against each other, which no expectation does.",
    "bank-account": "It reckons check digits, which no expectation does.",
}  # fmt: skip
"""The rules that Great Expectations does not judge, by code, with the reason."""


def expectations(codebook: Codebook) -> tuple[Expectation, ...]:
    """All expectations, in the order of tables; value sets are those of the codebook."""
    order = list(TABLES)
    return tuple(sorted(_all(codebook), key=lambda one: order.index(one.table)))


def _all(codebook: Codebook) -> Iterator[Expectation]:
    yield from of_definitions.expectations(codebook)
    yield from of_texts.expectations()
    yield from of_scheme.expectations(codebook)
    yield from of_derived.expectations()
    yield from of_registries.expectations()
    yield from of_notes.expectations()
