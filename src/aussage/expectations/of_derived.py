"""Expectations on what is derived: the view of sentences, contradictions, and `flat`."""

from __future__ import annotations

from collections.abc import Iterator

from aussage.expectations.expectation import Expectation, among, empty, equal, expect, is_, not_among
from aussage.tables import TABLES

COPIED = (
    "claim_type", "modality", "stance", "target_id", "target_label", "issue_id", "issue_label", "agreement", "frame",
    "claimant_id",
)  # fmt: skip


def expectations() -> Iterator[Expectation]:
    """The expectations of the kind derived."""
    yield from _of_views()
    yield from _of_contradictions()
    yield from expect("flat-claims", "flat", equal("claim_id", "claims.claim_id"))
    yield from expect("flat-claims", "claims", among("flat.has_it", [True], is_("layer", "gold")))
    for column in TABLES["flat"].columns:
        yield from expect("flat-cells", "flat", equal(column.name, f"{column.name}.expected"))


def _of_views() -> Iterator[Expectation]:
    name = "sentences"
    yield from expect("view-claims", name, equal("n_claims", "claims.count"), equal("voice", "claims.voice"))
    yield from expect("view-primary", name, equal("primary_claim_id", "claims.primary"))
    for column in COPIED:
        yield from expect("view-copied", name, equal(column, f"primary.{column}"))
    yield from expect("view-copied", name, equal("claimant_label", "claimant_id.label"))
    for column in ("claimant_ids", "claim_types"):
        yield from expect("view-sets", name, equal(f"{column}.given", f"claims.{column}"))
    for kind in ("actor", "location"):
        yield from expect("view-mentions", name, equal(f"{kind}_ids.given", f"mentions.{kind}_ids"))
        yield from expect("view-mentions", name, equal(f"{kind}_labels.given", f"{kind}_ids.labels"))
    for column in ("main_location_id", "main_location_role"):
        yield from expect("view-place", name, equal(column, f"mentions.{column}"))
    yield from expect("view-place", name, equal("main_location_label", "main_location_id.label"))


def _of_contradictions() -> Iterator[Expectation]:
    derived = is_("is_derived", True)
    yield from expect("contradictions", "relations", among("claims.contradict", [True], derived))
    yield from expect("contradictions", "claims", empty("contradictions.missing"))
    rule = "contradiction-derived"
    yield from expect(rule, "relations", among("relation", ["contradicts"], derived))
    yield from expect(rule, "relations", not_among("relation", ["contradicts"], is_("is_derived", False)))
    yield from expect(rule, "relations", among("layer", ["gold"], derived))
    yield from expect(rule, "relations", equal("relation_id", "relation_id.expected", derived))
