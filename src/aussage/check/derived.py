"""Rules on what is derived: the view of sentences and the contradictions, worked out anew from the gold rows.

This is written from the definitions of the columns, apart from the compiler and in another way: by sorting and
joining whole tables. Where two claims are equal in all that the definition names, the smaller id comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from aussage.check.rule import Failing, Group
from aussage.check.tables import GOLD, SEPARATOR, Tables, at, differ, joined_items

derived = Group("derived")
COPIED = (
    "claim_type", "modality", "stance", "target_id", "target_label", "issue_id", "issue_label", "agreement", "frame",
)  # fmt: skip


def lying(tables: Tables) -> pd.DataFrame:
    """One row for each gold claim and sentence in which it lies: `claim` and `row` number claim and sentence."""
    claims, sentences = tables.frame("claims"), tables.key("sentences").drop_duplicates()
    items = tables.items("claims", "sentence_ids").rename(columns={"row": "claim", "value": "sentence_id"})
    items = items[(claims["layer"] == GOLD)[items["claim"]].to_numpy()]
    number = pd.Series(sentences.index, index=sentences)
    return items.assign(row=at(items["sentence_id"], number)).dropna(subset=["row"]).astype({"row": int})


def of_sentences(tables: Tables, kind: str) -> pd.DataFrame:
    """The gold mentions of one kind, with the number of their sentence as `row`."""
    mentions, sentences = tables.frame("mentions"), tables.key("sentences").drop_duplicates()
    chosen = mentions[(mentions["layer"] == GOLD) & (mentions["kind"] == kind)]
    number = pd.Series(sentences.index, index=sentences)
    return chosen.assign(row=at(chosen["sentence_id"], number)).dropna(subset=["row"]).astype({"row": int})


def main_places(tables: Tables, mentions: pd.DataFrame) -> pd.DataFrame:
    """Of location mentions the one with the finest role for each `row`, then the leftmost."""
    ranked = mentions.assign(rank=at(mentions["role"], tables.order("role")))
    order = ["row", "rank", "char_start", "char_end", "mention_id"]
    return ranked.sort_values(order, kind="stable").drop_duplicates("row").set_index("row")


def _sentences(tables: Tables, wrong: pd.Series[Any], column: str) -> Failing:
    return Failing("sentences", tables.key("sentences")[wrong], column)


@derived.rule(
    "view-claims",
    "Number or voices of the claims in a sentence are wrong.",
    "The sentence view is derived from the gold claims; whoever counts sentences by voice relies on it.",
    "sentences claims",
    "n_claims voice",
)
def view_claims(tables: Tables) -> Iterator[Failing]:
    """Gold claims that lie in the sentence wholly or in part; `both` for narrator and others."""
    sentences, found = tables.frame("sentences"), lying(tables)
    count = found["row"].value_counts().reindex(sentences.index).fillna(0)
    yield _sentences(tables, sentences["n_claims"] != count, "n_claims")
    voices = found.assign(voice=tables.frame("claims")["voice"][found["claim"]].to_numpy()).groupby("row")["voice"]
    voice = voices.first().where(voices.nunique() == 1, "both").reindex(sentences.index)
    yield _sentences(tables, differ(sentences["voice"], voice), "voice")


@derived.rule(
    "view-primary",
    "The primary claim of a sentence is another one.",
    "Type, stance, modality and issue of the sentence are those of its primary claim.",
    "sentences claims",
    "primary_claim_id",
)
def view_primary(tables: Tables) -> Iterator[Failing]:
    """Attributed before narrator, main clause before subordinate, leftmost, longest."""
    claims, sentences, found = tables.frame("claims"), tables.frame("sentences"), lying(tables)
    spans = tables.items("claims", "content_spans")
    facts = pd.DataFrame(
        {
            "claim_id": claims["claim_id"],
            "narrator": claims["voice"] != "attributed",
            "subordinate": ~claims["is_main_clause"],
            "start": spans.groupby("row")["start"].min(),
            "shortness": spans["start"].sub(spans["end"]).groupby(spans["row"]).sum(),
        },
        index=claims.index,
    )
    ranked = facts.loc[found["claim"]].assign(row=found["row"].to_numpy())
    order = ["row", "narrator", "subordinate", "start", "shortness", "claim_id"]
    primary = ranked.sort_values(order).drop_duplicates("row").set_index("row")["claim_id"]
    yield _sentences(
        tables, differ(sentences["primary_claim_id"], primary.reindex(sentences.index)), "primary_claim_id"
    )


@derived.rule(
    "view-copied",
    "What a sentence says of its primary claim is not what the claim says.",
    "These columns repeat the primary claim, so that simple tables need no join.",
    "sentences claims actors",
    "claim_type modality stance target_id target_label issue_id issue_label agreement frame claimant_id claimant_label",
)
def view_copied(tables: Tables) -> Iterator[Failing]:
    """The columns of the claim that is given as primary, and its first claimant; without one empty, stance 0."""
    sentences = tables.frame("sentences")
    primary = sentences["primary_claim_id"]
    for column in COPIED:
        expected = at(primary, tables.lookup("claims", column))
        expected = expected.fillna(0) if column == "stance" else expected
        yield _sentences(tables, differ(sentences[column], expected), column)
    first = tables.items("claims", "claimant_ids").drop_duplicates("row").set_index("row")["value"]
    by_claim = first.set_axis(tables.key("claims")[first.index])
    claimant = at(primary, by_claim[~by_claim.index.duplicated()])
    yield _sentences(tables, differ(sentences["claimant_id"], claimant), "claimant_id")
    label = at(sentences["claimant_id"], tables.lookup("actors", "label"))
    yield _sentences(tables, differ(sentences["claimant_label"], label), "claimant_label")


@derived.rule(
    "view-sets",
    "The claimants or types of the claims in a sentence are wrong.",
    "Sets over all claims of the sentence; the primary claim alone would hide the others.",
    "sentences claims",
    "claimant_ids claim_types",
)
def view_sets(tables: Tables) -> Iterator[Failing]:
    """Claimants in the order of claims, types in the codebook's order, each once."""
    found, count = lying(tables), len(tables.frame("sentences"))
    claimants = tables.items("claims", "claimant_ids").rename(columns={"row": "claim"})
    people = found.merge(claimants, on="claim").drop_duplicates(["row", "value"])
    wrong = tables.joined("sentences", "claimant_ids") != joined_items(people, "value", count)
    yield _sentences(tables, wrong, "claimant_ids")
    types = found.assign(type=tables.frame("claims")["claim_type"][found["claim"]].to_numpy())
    types = types.assign(rank=at(types["type"], tables.order("type"))).sort_values(["row", "rank"], kind="stable")
    expected = joined_items(types.drop_duplicates(["row", "type"]), "type", count)
    yield _sentences(tables, tables.joined("sentences", "claim_types") != expected, "claim_types")


@derived.rule(
    "view-mentions",
    "The actors or locations of a sentence are not those mentioned in it.",
    "Co-occurrence is counted from these lists.",
    "sentences mentions actors locations",
    "actor_ids actor_labels location_ids location_labels",
)
def view_mentions(tables: Tables) -> Iterator[Failing]:
    """Each once, in the order of first mention in gold, with the registry's names."""
    count = len(tables.frame("sentences"))
    for kind in ("actor", "location"):
        mentions = of_sentences(tables, kind).sort_values(["row", "char_start", "char_end", "mention_id"])
        mentions = mentions[mentions[f"{kind}_id"].notna()].drop_duplicates(["row", f"{kind}_id"])
        wrong = tables.joined("sentences", f"{kind}_ids") != joined_items(mentions, f"{kind}_id", count)
        yield _sentences(tables, wrong, f"{kind}_ids")
        own = tables.items("sentences", f"{kind}_ids")
        names = own.assign(label=at(own["value"], tables.lookup(f"{kind}s", "label")).fillna(""))
        wrong = tables.joined("sentences", f"{kind}_labels") != joined_items(names, "label", count)
        yield _sentences(tables, wrong, f"{kind}_labels")


@derived.rule(
    "view-place",
    "The main location of a sentence is another one.",
    "Maps show one place a sentence: that with the finest role, then the leftmost.",
    "sentences mentions locations",
    "main_location_id main_location_label main_location_role",
)
def view_place(tables: Tables) -> Iterator[Failing]:
    """Over the gold location mentions of the sentence, roles in the codebook's order."""
    sentences = tables.frame("sentences")
    places = main_places(tables, of_sentences(tables, "location")).reindex(sentences.index)
    yield _sentences(tables, differ(sentences["main_location_id"], places["location_id"]), "main_location_id")
    yield _sentences(tables, differ(sentences["main_location_role"], places["role"]), "main_location_role")
    label = at(sentences["main_location_id"], tables.lookup("locations", "label"))
    yield _sentences(tables, differ(sentences["main_location_label"], label), "main_location_label")


@derived.rule(
    "contradictions",
    "The derived contradictions are not those that the gold claims give.",
    "An article's contradictions are kept and made visible; none may be missing or invented.",
    "claims relations",
    "source_claim_id target_claim_id",
)
def contradictions(tables: Tables) -> Iterator[Failing]:
    """All pairs of gold claims of a document on one issue with opposite agreement, the earlier one as source."""
    claims, relations = tables.frame("claims"), tables.frame("relations")
    chosen = claims["agreement"].isin([-1, 1]) & claims["issue_id"].notna() & (claims["layer"] == GOLD)
    sides = claims.loc[chosen, ["document_id", "issue_id", "agreement", "claim_id"]].reset_index(names="place")
    pairs = sides.merge(sides, on=["document_id", "issue_id"], suffixes=("_source", "_target"))
    opposite = pairs["agreement_source"] == -pairs["agreement_target"]
    pairs = pairs[opposite & (pairs["place_source"] < pairs["place_target"])]
    expected = pairs["claim_id_source"] + SEPARATOR + pairs["claim_id_target"]
    given = relations[relations["is_derived"]]
    found = given["source_claim_id"] + SEPARATOR + given["target_claim_id"]
    local = pairs["claim_id_target"].str.replace(r".*/", "", regex=True)
    ids = pairs["claim_id_source"] + "-contradicts-" + local
    yield Failing("relations", given.loc[~found.isin(expected), "relation_id"])
    yield Failing("relations", ids[~expected.isin(found)])


@derived.rule(
    "contradiction-derived",
    "A relation is marked as derived and is no contradiction of gold, or the reverse.",
    "Coders never code `contradicts`, and only gold has it.",
    "relations",
    "relation is_derived layer relation_id",
)
def contradiction_derived(tables: Tables) -> Iterator[Failing]:
    """`contradicts` if and only if derived; derived only in gold; the id names both claims."""
    relations = tables.frame("relations")
    contradicts = relations["relation"] == "contradicts"
    wrong = contradicts != relations["is_derived"]
    wrong |= relations["is_derived"] & (relations["layer"] != GOLD)
    target = relations["target_claim_id"].str.replace(r".*/", "", regex=True)
    name = relations["source_claim_id"] + "-contradicts-" + target
    wrong |= relations["is_derived"] & (relations["relation_id"] != name)
    yield Failing("relations", relations.loc[wrong, "relation_id"])
