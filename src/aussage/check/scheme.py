"""Rules of the annotation scheme: what may and may not stand together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.rule import Failing, Group
from aussage.check.tables import NOTHING, SEPARATOR, Mask, Numbers, Tables, joined_texts, mask_of, taken, unlike

scheme = Group("scheme")
MOST_CLAIMANTS = 2
MANY = 1 << 20  # more than there are categories
EVENT, EVENT_LISTS = ("event_mode", "event_manual"), ("event_contexts", "event_actor_ids", "event_recipient_ids")


def _is(tables: Tables, column: str, value: str) -> Mask:
    """Which claims have this value."""
    these: Mask = tables.codes("claims", column) == tables.code("claims", column, value)
    return these


def _has(tables: Tables, column: str) -> Mask:
    """Which claims have an item in a list column."""
    return tables.lists("claims", column).lengths > 0


def _repeated(pairs: Numbers) -> Mask:
    """Which numbers stood before."""
    first = np.unique(pairs, return_index=True)[1]
    again = np.ones(len(pairs), bool)
    again[first] = False
    return again


@scheme.rule(
    "narrator-attributed",
    "A claim of the narrator has a claimant, source, cue or chain.",
    "The narrator's claims are the article's own; whoever has a source is attributed.",
    "claims",
    "voice claimant_ids chain source_spans cue_spans",
)
def narrator_attributed(tables: Tables) -> Iterator[Failing]:
    """Voice `narrator` goes with none of the four."""
    narrator = _is(tables, "voice", "narrator")
    for column in ("claimant_ids", "chain", "source_spans", "cue_spans"):
        yield tables.failing("claims", narrator & _has(tables, column), column)


@scheme.rule(
    "claimant-missing",
    "An attributed claim has no claimant.",
    "Attributed means that somebody says it; for an unnamed one the registry has the anonymous source.",
    "claims",
    "voice claimant_ids",
)
def claimant_missing(tables: Tables) -> Iterator[Failing]:
    """Voice `attributed` goes with at least one claimant."""
    attributed = _is(tables, "voice", "attributed")
    yield tables.failing("claims", attributed & ~_has(tables, "claimant_ids"), "claimant_ids")


@scheme.rule(
    "voice-and-form",
    "Form or alignment do not go with the voice.",
    "Only the narrator has form `none` and alignment `na`.",
    "claims",
    "voice form alignment",
)
def voice_and_form(tables: Tables) -> Iterator[Failing]:
    """Narrator if and only if `none`, and if and only if `na`."""
    narrator = _is(tables, "voice", "narrator")
    yield tables.failing("claims", narrator != _is(tables, "form", "none"), "form")
    yield tables.failing("claims", narrator != _is(tables, "alignment", "na"), "alignment")


@scheme.rule(
    "claimant-count",
    "A claim has more than two claimants, or one twice.",
    "Two stand only for one coordinated subject.",
    "claims",
    "claimant_ids",
)
def claimant_count(tables: Tables) -> Iterator[Failing]:
    """At most two, all different."""
    claimants = tables.lists("claims", "claimant_ids")
    actors = _numbered(claimants.items)
    wrong = _repeated(claimants.rows * (len(actors) + 1) + actors)
    yield tables.failing("claims", (claimants.lengths > MOST_CLAIMANTS) | claimants.any(wrong), "claimant_ids")


def _numbered(texts: pa.Array) -> Numbers:
    """A number for each text, the same for equal ones."""
    return np.asarray(texts.dictionary_encode().indices.fill_null(-1), dtype=np.int64)


@scheme.rule(
    "claimant-chained",
    "The claimant stands in his own chain.",
    "The chain holds those between the article and the claimant.",
    "claims",
    "claimant_ids chain",
)
def claimant_chained(tables: Tables) -> Iterator[Failing]:
    """No claimant of a claim is in its chain."""
    claimants, chain = tables.lists("claims", "claimant_ids"), tables.lists("claims", "chain")
    actors = _numbered(pa.concat_arrays([claimants.items, chain.items]))
    pairs = np.concatenate([claimants.rows, chain.rows]) * (len(actors) + 1) + actors
    both = np.isin(pairs[len(claimants.rows) :], pairs[: len(claimants.rows)])
    yield tables.failing("claims", chain.any(both), "chain")


@scheme.rule(
    "stance-and-target",
    "A stance has no target, or a target no stance.",
    "An evaluation is of something; without one there is no target.",
    "claims",
    "stance target_id",
)
def stance_and_target(tables: Tables) -> Iterator[Failing]:
    """Stance -1 or 1 if and only if there is a target."""
    evaluated = tables.numbers("claims", "stance") != 0
    yield tables.failing("claims", evaluated != tables.given("claims", "target_id"), "target_id")


@scheme.rule(
    "issue-and-agreement",
    "An issue has no agreement, or an agreement no issue.",
    "A position is both: the proposition, and whether the claimant holds it.",
    "claims",
    "issue_id agreement",
)
def issue_and_agreement(tables: Tables) -> Iterator[Failing]:
    """Issue if and only if agreement."""
    given = tables.given("claims", "issue_id"), tables.given("claims", "agreement")
    yield tables.failing("claims", given[0] != given[1], "agreement")


@scheme.rule(
    "frame-of-issue",
    "The frame of a claim is not that of its issue.",
    "The frame is looked up from the issue, never coded.",
    "claims issues",
    "frame",
)
def frame_of_issue(tables: Tables) -> Iterator[Failing]:
    """The frame that the table of issues has; none without an issue."""
    places = tables.places("claims", "issue_id", "issues")
    frames = np.append(tables.codes("issues", "frame"), NOTHING)
    frame = frames[np.where(places < 0, len(frames) - 1, places)]
    yield tables.failing("claims", tables.codes("claims", "frame") != frame, "frame")


@scheme.rule(
    "effect-names-one",
    "An effect names both an actor and a location, or neither.",
    "An effect is on exactly one of them.",
    "claims",
    "affected",
)
def effect_names_one(tables: Tables) -> Iterator[Failing]:
    """Exactly one of the two ids."""
    effects = tables.lists("claims", "affected")
    actor, location = (mask_of(pc.is_valid(effects.field(name))) for name in ("actor_id", "location_id"))
    yield tables.failing("claims", effects.any(actor == location), "affected")


@scheme.rule(
    "event-incomplete",
    "Event columns are filled without an event type, or an event lacks the manual's version.",
    "An event code means something only with its type and the manual by which it was coded.",
    "claims",
    "event_type event_mode event_contexts event_actor_ids event_recipient_ids event_manual",
)
def event_incomplete(tables: Tables) -> Iterator[Failing]:
    """Without a type nothing; with a type at least the manual."""
    event = tables.given("claims", "event_type")
    filled = np.logical_or.reduce(
        [*(tables.given("claims", column) for column in EVENT), *(_has(tables, column) for column in EVENT_LISTS)]
    )
    yield tables.failing("claims", (~event & filled) | (event & ~tables.given("claims", "event_manual")))


@scheme.rule(
    "decision-without-grounds",
    "A decision between coders has no value, no ruling or no reason, or its lists differ in length.",
    "An adjudication that nobody can follow is no better than a coin.",
    "adjudications",
    "coders ids said decision ruling codebook_change reason is_decided",
)
def decision_without_grounds(tables: Tables) -> Iterator[Failing]:
    """What is decided says what holds, by which ruling or change of the codebook, and why."""
    ruling, change, reason, decision = (
        tables.given("adjudications", column) for column in ("ruling", "codebook_change", "reason", "decision")
    )
    decided = tables.numbers("adjudications", "is_decided") > 0
    wrong = decided & ~((ruling | change) & reason & decision)
    coders, ids, said = (tables.lists("adjudications", column).lengths for column in ("coders", "ids", "said"))
    yield tables.failing("adjudications", wrong | (coders != ids) | (coders != said))


@scheme.rule(
    "event-mode-of-type",
    "The mode of an event does not belong to its type.",
    "Each PLOVER type has modes of its own.",
    "claims",
    "event_type event_mode",
)
def event_mode_of_type(tables: Tables) -> Iterator[Failing]:
    """The codebook lists with each mode the types to which it belongs; a mode without types belongs to all."""
    choices = [mode for mode in tables.codebook.choices.get("event_mode", ()) if mode.of_type]
    types = [tables.code("claims", "event_type", type_) for mode in choices for type_ in mode.of_type]
    modes = [tables.code("claims", "event_mode", str(mode.value)) for mode in choices for _ in mode.of_type]
    type_, mode = tables.codes("claims", "event_type"), tables.codes("claims", "event_mode")
    allowed = np.array(modes, np.int64) * MANY + np.array(types, np.int64)
    bound = np.isin(mode, modes) & (type_ != NOTHING)
    yield tables.failing("claims", bound & ~np.isin(mode * MANY + type_, allowed), "event_mode")


@scheme.rule(
    "relation-to-itself",
    "A claim is related to itself.",
    "No claim supports, repeats or contradicts itself.",
    "relations",
    "source_claim_id target_claim_id",
)
def relation_to_itself(tables: Tables) -> Iterator[Failing]:
    """The two claims of a relation differ."""
    itself = ~unlike(tables.texts("relations", "source_claim_id"), tables.texts("relations", "target_claim_id"))
    yield tables.failing("relations", itself)


@scheme.rule(
    "relation-across",
    "A relation leads into another document or layer.",
    "A coder relates the claims of one pass over one article.",
    "relations claims",
    "source_claim_id target_claim_id",
)
def relation_across(tables: Tables) -> Iterator[Failing]:
    """Both claims have the document and the layer of the relation."""
    for end in ("source_claim_id", "target_claim_id"):
        places = tables.places("relations", end, "claims")
        for column in ("document_id", "layer"):
            of_claim = taken(tables.texts("claims", column), places)
            wrong = (places >= 0) & unlike(of_claim, tables.texts("relations", column))
            yield tables.failing("relations", wrong, end)


@scheme.rule(
    "relation-twice",
    "The same relation between the same claims stands twice.",
    "It would be counted twice.",
    "relations",
    "source_claim_id target_claim_id relation",
)
def relation_twice(tables: Tables) -> Iterator[Failing]:
    """Source, target and relation together are unique."""
    columns = ("source_claim_id", "target_claim_id", "relation")
    source, target, relation = (_numbered(tables.texts("relations", column)) for column in columns)
    most = len(source) + 1
    yield tables.failing("relations", _repeated((source * most + target) * most + relation))


@scheme.rule(
    "mention-kind",
    "The columns of a mention do not go with its kind.",
    "A location mention has a location and a role, an actor mention an actor; neither has the other's.",
    "mentions",
    "kind actor_id location_id role",
)
def mention_kind(tables: Tables) -> Iterator[Failing]:
    """Actor: only actor_id; location: only location_id and role."""
    actor = tables.codes("mentions", "kind") == tables.code("mentions", "kind", "actor")
    for column, needed in (("actor_id", actor), ("location_id", ~actor), ("role", ~actor)):
        yield tables.failing("mentions", tables.given("mentions", column) != needed, column)


@scheme.rule(
    "label-differs",
    "A name is not the registry's.",
    "Names are repeated to be read; the id decides, and both must say the same.",
    "claims mentions actors locations issues",
    "claimant_labels target_label issue_label label",
)
def label_differs(tables: Tables) -> Iterator[Failing]:
    """Labels of claimants, targets, issues and mentions, as actors, locations and issues have them."""
    claimants, labels = tables.lists("claims", "claimant_ids"), tables.lists("claims", "claimant_labels")
    names = pc.coalesce(_names(tables, "claims", "claimant_ids", "actors"), claimants.items)
    expected = joined_texts(names, claimants.rows, tables.count("claims"), SEPARATOR)
    given = joined_texts(labels.items, labels.rows, tables.count("claims"), SEPARATOR)
    yield tables.failing("claims", unlike(expected, given), "claimant_labels")
    target = pc.coalesce(*(_names(tables, "claims", "target_id", name) for name in ("actors", "issues")))
    yield tables.failing("claims", unlike(tables.texts("claims", "target_label"), target), "target_label")
    issue = _names(tables, "claims", "issue_id", "issues")
    yield tables.failing("claims", unlike(tables.texts("claims", "issue_label"), issue), "issue_label")
    entities = (("actor_id", "actors"), ("location_id", "locations"))
    label = pc.coalesce(*(_names(tables, "mentions", column, name) for column, name in entities))
    yield tables.failing("mentions", unlike(tables.texts("mentions", "label"), label), "label")


def _names(tables: Tables, name: str, column: str, registry: str) -> pa.Array:
    """The names that a registry has for the ids in a column."""
    return taken(tables.texts(registry, "label"), tables.places(name, column, registry))
