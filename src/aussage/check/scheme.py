"""Rules of the annotation scheme: what may and may not stand together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from aussage.check.positions import touched
from aussage.check.rule import Failing, Group
from aussage.check.tables import Tables, at, differ, joined_items

scheme = Group("scheme")
MOST_CLAIMANTS = 2
EVENT, EVENT_LISTS = ("event_mode", "event_manual"), ("event_contexts", "event_actor_ids", "event_recipient_ids")


def _has(tables: Tables, column: str) -> pd.Series[Any]:
    """Which claims have an item in a list column."""
    index = tables.frame("claims").index
    return pd.Series(index.isin(tables.items("claims", column)["row"]), index=index)


def _claims(tables: Tables, wrong: pd.Series[Any], column: str = "") -> Failing:
    return Failing("claims", tables.key("claims")[wrong], column)


@scheme.rule(
    "narrator-attributed",
    "A claim of the narrator has a claimant, source, cue or chain.",
    "The narrator's claims are the article's own; whoever has a source is attributed.",
    "claims",
    "voice claimant_ids chain source_spans cue_spans",
)
def narrator_attributed(tables: Tables) -> Iterator[Failing]:
    """Voice `narrator` goes with none of the four."""
    narrator = tables.frame("claims")["voice"] == "narrator"
    for column in ("claimant_ids", "chain", "source_spans", "cue_spans"):
        yield _claims(tables, narrator & _has(tables, column), column)


@scheme.rule(
    "claimant-missing",
    "An attributed claim has no claimant.",
    "Attributed means that somebody says it; for an unnamed one the registry has the anonymous source.",
    "claims",
    "voice claimant_ids",
)
def claimant_missing(tables: Tables) -> Iterator[Failing]:
    """Voice `attributed` goes with at least one claimant."""
    attributed = tables.frame("claims")["voice"] == "attributed"
    yield _claims(tables, attributed & ~_has(tables, "claimant_ids"), "claimant_ids")


@scheme.rule(
    "voice-and-form",
    "Form or alignment do not go with the voice.",
    "Only the narrator has form `none` and alignment `na`.",
    "claims",
    "voice form alignment",
)
def voice_and_form(tables: Tables) -> Iterator[Failing]:
    """Narrator if and only if `none`, and if and only if `na`."""
    claims = tables.frame("claims")
    narrator = claims["voice"] == "narrator"
    yield _claims(tables, narrator != (claims["form"] == "none"), "form")
    yield _claims(tables, narrator != (claims["alignment"] == "na"), "alignment")


@scheme.rule(
    "claimant-count",
    "A claim has more than two claimants, or one twice.",
    "Two stand only for one coordinated subject.",
    "claims",
    "claimant_ids",
)
def claimant_count(tables: Tables) -> Iterator[Failing]:
    """At most two, all different."""
    items = tables.items("claims", "claimant_ids")
    many = items.groupby("row").cumcount() >= MOST_CLAIMANTS
    wrong = many | items.duplicated(["row", "value"])
    yield Failing("claims", tables.key("claims")[items.loc[wrong, "row"]], "claimant_ids")


@scheme.rule(
    "claimant-chained",
    "The claimant stands in his own chain.",
    "The chain holds those between the article and the claimant.",
    "claims",
    "claimant_ids chain",
)
def claimant_chained(tables: Tables) -> Iterator[Failing]:
    """No claimant of a claim is in its chain."""
    both = tables.items("claims", "claimant_ids").merge(tables.items("claims", "chain"), on=["row", "value"])
    yield Failing("claims", tables.key("claims")[both["row"]], "chain")


@scheme.rule(
    "stance-and-target",
    "A stance has no target, or a target no stance.",
    "An evaluation is of something; without one there is no target.",
    "claims",
    "stance target_id",
)
def stance_and_target(tables: Tables) -> Iterator[Failing]:
    """Stance -1 or 1 if and only if there is a target."""
    claims = tables.frame("claims")
    yield _claims(tables, (claims["stance"] != 0) != claims["target_id"].notna(), "target_id")


@scheme.rule(
    "issue-and-agreement",
    "An issue has no agreement, or an agreement no issue.",
    "A position is both: the proposition, and whether the claimant holds it.",
    "claims",
    "issue_id agreement",
)
def issue_and_agreement(tables: Tables) -> Iterator[Failing]:
    """Issue if and only if agreement."""
    claims = tables.frame("claims")
    yield _claims(tables, claims["issue_id"].notna() != claims["agreement"].notna(), "agreement")


@scheme.rule(
    "frame-of-issue",
    "The frame of a claim is not that of its issue.",
    "The frame is looked up from the issue, never coded.",
    "claims issues",
    "frame",
)
def frame_of_issue(tables: Tables) -> Iterator[Failing]:
    """The frame that the table of issues has; none without an issue."""
    claims = tables.frame("claims")
    yield _claims(tables, differ(claims["frame"], at(claims["issue_id"], tables.lookup("issues", "frame"))), "frame")


@scheme.rule(
    "effect-names-one",
    "An effect names both an actor and a location, or neither.",
    "An effect is on exactly one of them.",
    "claims",
    "affected",
)
def effect_names_one(tables: Tables) -> Iterator[Failing]:
    """Exactly one of the two ids."""
    items = tables.items("claims", "affected")
    wrong = items["actor_id"].notna() == items["location_id"].notna()
    yield Failing("claims", tables.key("claims")[items.loc[wrong, "row"]], "affected")


@scheme.rule(
    "event-incomplete",
    "Event columns are filled without an event type, or an event lacks the manual's version.",
    "An event code means something only with its type and the manual by which it was coded.",
    "claims",
    "event_type event_mode event_contexts event_actor_ids event_recipient_ids event_manual",
)
def event_incomplete(tables: Tables) -> Iterator[Failing]:
    """Without a type nothing; with a type at least the manual."""
    claims = tables.frame("claims")
    event = claims["event_type"].notna()
    filled = claims[list(EVENT)].notna().any(axis=1)
    for column in EVENT_LISTS:
        filled |= _has(tables, column)
    yield _claims(tables, (~event & filled) | (event & claims["event_manual"].isna()))


@scheme.rule(
    "decision-without-grounds",
    "A decision between coders has no value, no ruling or no reason, or its lists differ in length.",
    "An adjudication that nobody can follow is no better than a coin.",
    "adjudications",
    "coders ids said decision ruling codebook_change reason is_decided",
)
def decision_without_grounds(tables: Tables) -> Iterator[Failing]:
    """What is decided says what holds, by which ruling or change of the codebook, and why."""
    frame = tables.frame("adjudications")
    grounds = (frame["ruling"].notna() | frame["codebook_change"].notna()) & frame["reason"].notna()
    decided = frame["is_decided"].astype(bool)
    wrong = decided & ~(grounds & frame["decision"].notna())
    counts = [
        tables.items("adjudications", name)["row"].value_counts().reindex(frame.index, fill_value=0)
        for name in ("coders", "ids", "said")
    ]
    wrong |= (counts[0] != counts[1]) | (counts[0] != counts[2])
    yield Failing("adjudications", frame.loc[wrong, "adjudication_id"])


@scheme.rule(
    "event-mode-of-type",
    "The mode of an event does not belong to its type.",
    "Each PLOVER type has modes of its own.",
    "claims",
    "event_type event_mode",
)
def event_mode_of_type(tables: Tables) -> Iterator[Failing]:
    """The codebook lists with each mode the types to which it belongs; a mode without types belongs to all."""
    claims = tables.frame("claims")
    modes = {str(mode.value): mode.of_type for mode in tables.codebook.choices.get("event_mode", ())}
    allowed = [(mode, type_) for mode, types in modes.items() for type_ in types]
    free = [mode for mode, types in modes.items() if not types]
    pairs = pd.MultiIndex.from_frame(claims[["event_mode", "event_type"]])
    fits = pairs.isin(allowed) if allowed else pd.Series(False, index=claims.index)
    both = claims["event_mode"].isin(list(modes)) & claims["event_type"].notna()
    yield _claims(tables, both & ~claims["event_mode"].isin(free) & ~fits, "event_mode")


@scheme.rule(
    "relation-to-itself",
    "A claim is related to itself.",
    "No claim supports, repeats or contradicts itself.",
    "relations",
    "source_claim_id target_claim_id",
)
def relation_to_itself(tables: Tables) -> Iterator[Failing]:
    """The two claims of a relation differ."""
    relations = tables.frame("relations")
    itself = relations["source_claim_id"] == relations["target_claim_id"]
    yield Failing("relations", relations.loc[itself, "relation_id"])


@scheme.rule(
    "relation-across",
    "A relation leads into another document or layer.",
    "A coder relates the claims of one pass over one article.",
    "relations claims",
    "source_claim_id target_claim_id",
)
def relation_across(tables: Tables) -> Iterator[Failing]:
    """Both claims have the document and the layer of the relation."""
    relations = tables.frame("relations")
    for end in ("source_claim_id", "target_claim_id"):
        for column in ("document_id", "layer"):
            of_claim = at(relations[end], tables.lookup("claims", column))
            wrong = of_claim.notna() & (of_claim != relations[column])
            yield Failing("relations", relations.loc[wrong, "relation_id"], end)


@scheme.rule(
    "relation-twice",
    "The same relation between the same claims stands twice.",
    "It would be counted twice.",
    "relations",
    "source_claim_id target_claim_id relation",
)
def relation_twice(tables: Tables) -> Iterator[Failing]:
    """Source, target and relation together are unique."""
    relations = tables.frame("relations")
    twice = relations.duplicated(["source_claim_id", "target_claim_id", "relation"])
    yield Failing("relations", relations.loc[twice, "relation_id"])


@scheme.rule(
    "mention-kind",
    "The columns of a mention do not go with its kind.",
    "A location mention has a location and a role, an actor mention an actor; neither has the other's.",
    "mentions",
    "kind actor_id location_id role",
)
def mention_kind(tables: Tables) -> Iterator[Failing]:
    """Actor: only actor_id; location: only location_id and role."""
    mentions = tables.frame("mentions")
    actor = mentions["kind"] == "actor"
    for column, needed in (("actor_id", actor), ("location_id", ~actor), ("role", ~actor)):
        yield Failing("mentions", mentions.loc[mentions[column].notna() != needed, "mention_id"], column)


@scheme.rule(
    "mention-claims",
    "The claims of a mention are not those of its layer whose content contains it.",
    "Who and where a claim speaks of is counted through this column.",
    "documents sentences claims mentions",
    "claim_ids",
)
def mention_claims(tables: Tables) -> Iterator[Failing]:
    """All claims of the layer one piece of whose content contains the mention, in the order of claims."""
    claims, mentions = tables.frame("claims"), tables.frame("mentions")
    found = touched(tables, "content_spans")
    pieces = tables.items("claims", "content_spans").loc[found["piece"], ["start", "end"]].set_axis(found.index)
    pieces["row"], pieces["claim"] = found["row"], tables.key("claims")[found["row"]].set_axis(found.index)
    pieces["layer"] = claims["layer"][found["row"]].set_axis(found.index)
    pieces["sentence_id"] = tables.key("sentences")[found["sentence"]].set_axis(found.index)
    places = mentions[["sentence_id", "layer", "char_start", "char_end"]].reset_index(names="mention")
    pairs = places.merge(pieces, on=["sentence_id", "layer"])
    inside = pairs[(pairs["start"] <= pairs["char_start"]) & (pairs["char_end"] <= pairs["end"])]
    inside = inside.drop_duplicates(["mention", "row"]).sort_values(["mention", "row"])
    expected = joined_items(inside.rename(columns={"row": "claim_row", "mention": "row"}), "claim", len(mentions))
    wrong = tables.joined("mentions", "claim_ids") != expected
    yield Failing("mentions", tables.key("mentions")[wrong], "claim_ids")


@scheme.rule(
    "label-differs",
    "A name is not the registry's.",
    "Names are repeated to be read; the id decides, and both must say the same.",
    "claims mentions actors locations issues",
    "claimant_labels target_label issue_label label",
)
def label_differs(tables: Tables) -> Iterator[Failing]:
    """Labels of claimants, targets, issues and mentions, as actors, locations and issues have them."""
    actors, issues = tables.lookup("actors", "label"), tables.lookup("issues", "label")
    claims, mentions = tables.frame("claims"), tables.frame("mentions")
    claimants = tables.items("claims", "claimant_ids")
    names = claimants.assign(label=at(claimants["value"], actors).fillna(claimants["value"]))
    expected = joined_items(names, "label", len(claims))
    yield _claims(tables, tables.joined("claims", "claimant_labels") != expected, "claimant_labels")
    target = at(claims["target_id"], actors).fillna(at(claims["target_id"], issues))
    yield _claims(tables, differ(claims["target_label"], target), "target_label")
    yield _claims(tables, differ(claims["issue_label"], at(claims["issue_id"], issues)), "issue_label")
    places = at(mentions["location_id"], tables.lookup("locations", "label"))
    label = at(mentions["actor_id"], actors).fillna(places)
    yield Failing("mentions", mentions.loc[mentions["label"] != label, "mention_id"], "label")
