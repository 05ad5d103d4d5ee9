"""Expectations of the annotation scheme: what may and may not stand together."""

from __future__ import annotations

from collections.abc import Iterator

from aussage.codebook import Codebook
from aussage.expectations.expectation import (
    Expectation,
    all_of,
    among,
    between,
    different,
    empty,
    equal,
    expect,
    given,
    is_,
    is_empty,
    is_given,
    is_not,
    is_one_of,
    not_among,
    unique,
)

NARRATOR, ATTRIBUTED, OTHERS = is_("voice", "narrator"), is_("voice", "attributed"), is_not("voice", "narrator")


def expectations(codebook: Codebook) -> Iterator[Expectation]:
    """The expectations of the kind scheme."""
    yield from _of_voices()
    yield from _of_claimants()
    yield from _of_positions()
    yield from _of_events(codebook)
    yield from _of_decisions()
    yield from _of_relations()
    yield from _of_mentions()
    yield from _of_names()


def _of_voices() -> Iterator[Expectation]:
    for column in ("claimant_ids", "chain", "source_spans", "cue_spans"):
        yield from expect("narrator-attributed", "claims", between(f"{column}.count", None, 0, NARRATOR))
    yield from expect("claimant-missing", "claims", between("claimant_ids.count", 1, None, ATTRIBUTED))
    for column, value in (("form", "none"), ("alignment", "na")):
        yield from expect("voice-and-form", "claims", among(column, [value], NARRATOR))
        yield from expect("voice-and-form", "claims", not_among(column, [value], OTHERS))


def _of_claimants() -> Iterator[Expectation]:
    yield from expect("claimant-count", "claims", between("claimant_ids.count", 0, 2), empty("claimant_ids.twice"))
    yield from expect("claimant-chained", "claims", empty("claimant_ids.chained"))


def _of_positions() -> Iterator[Expectation]:
    name = "claims"
    yield from expect("stance-and-target", name, among("stance", [0], is_empty("target_id")))
    yield from expect("stance-and-target", name, not_among("stance", [0], is_given("target_id")))
    yield from expect("issue-and-agreement", name, given("agreement", is_given("issue_id")))
    yield from expect("issue-and-agreement", name, empty("agreement", is_empty("issue_id")))
    yield from expect("frame-of-issue", name, equal("frame", "issue.frame"))
    yield from expect("effect-names-one", name, between("affected.not_on_one", None, 0))


def _of_events(codebook: Codebook) -> Iterator[Expectation]:
    name, none = "claims", is_empty("event_type")
    yield from expect("event-incomplete", name, empty("event_mode", none), empty("event_manual", none))
    for column in ("event_contexts", "event_actor_ids", "event_recipient_ids"):
        yield from expect("event-incomplete", name, between(f"{column}.count", None, 0, none))
    yield from expect("event-incomplete", name, given("event_manual", is_given("event_type")))
    modes_of: dict[tuple[str, ...], list[str]] = {}
    for mode in codebook.choices.get("event_mode", ()):
        if mode.of_type:
            modes_of.setdefault(tuple(mode.of_type), []).append(str(mode.value))
    for types, modes in modes_of.items():
        yield from expect("event-mode-of-type", name, among("event_type", types, is_one_of("event_mode", modes)))


def _of_decisions() -> Iterator[Expectation]:
    name, rule, decided = "adjudications", "decision-without-grounds", is_("is_decided", True)
    yield from expect(rule, name, given("decision", decided), given("reason", decided))
    yield from expect(rule, name, given("codebook_change", all_of(decided, is_empty("ruling"))))
    yield from expect(rule, name, equal("coders.count", "ids.count"), equal("coders.count", "said.count"))


def _of_relations() -> Iterator[Expectation]:
    name, ends = "relations", ("source_claim_id", "target_claim_id")
    yield from expect("relation-to-itself", name, different(*ends))
    for end in ends:
        for column in ("document_id", "layer"):
            yield from expect("relation-across", name, equal(f"{end}.{column}", column, if_given=True))
    yield from expect("relation-twice", name, unique(*ends, "relation"))


def _of_mentions() -> Iterator[Expectation]:
    name, actor, location = "mentions", is_("kind", "actor"), is_not("kind", "actor")
    yield from expect("mention-kind", name, given("actor_id", actor), empty("actor_id", location))
    for column in ("location_id", "role"):
        yield from expect("mention-kind", name, empty(column, actor), given(column, location))
    yield from expect("mention-claims", name, equal("claim_ids.given", "claims.around"))


def _of_names() -> Iterator[Expectation]:
    yield from expect("label-differs", "claims", equal("claimant_labels.given", "claimant_ids.labels"))
    for part in ("target", "issue"):
        yield from expect("label-differs", "claims", equal(f"{part}_label", f"{part}_id.label"))
    yield from expect("label-differs", "mentions", equal("label", "registry.label"))
