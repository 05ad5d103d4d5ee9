"""Rows of claims, mentions and relations: each coder's layer, and gold, which is the first coder's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from compile_frames import PIECES, Given, as_lists, joined
from compile_known import TEXT, Known, looked_up

KEYS = {"claims": "claim_id", "mentions": "mention_id", "relations": "relation_id"}
GOLD_IDS = ("claim_id", "mention_id", "relation_id", "source_claim_id", "target_claim_id")


@dataclass
class Layers:
    """The rows of all layers, with helper columns: `doc`, `layer_row`, `frozen`; `claim` and `mention` lead to rows."""

    claims: pd.DataFrame
    mentions: pd.DataFrame
    relations: pd.DataFrame
    touches: pd.DataFrame
    contained: pd.DataFrame


def fill_defaults(given: Given, known: Known) -> None:
    """Fill in what coders leave out, as the codebook says."""
    claims = given.claims
    attributes = claims.index.isin(given.lists["claimant"]["claim"]) | claims.index.isin(given.lists["chain"]["claim"])
    quoted = given.pieces["claim"][given.pieces["field"].isin(["source", "cue"])]
    attributed = pd.Series(np.where(attributes | claims.index.isin(quoted), "attributed", "narrator"), dtype=TEXT)
    claims["voice"] = claims["voice"].fillna(attributed)
    narrator = claims["voice"] == "narrator"
    claims["form"] = claims["form"].fillna(pd.Series(np.where(narrator, "none", None), dtype=TEXT))
    claims["alignment"] = claims["alignment"].fillna(pd.Series(np.where(narrator, "na", "neutral"), dtype=TEXT))
    claims["evidence"] = claims["evidence"].fillna(known.defaults["evidence"] or "unstated")
    claims["stance"] = claims["stance"].fillna(known.defaults["stance"] or 0)
    claims["causal"] = claims["causal"].fillna(False)
    claims["main_clause"] = claims["main_clause"].fillna(True)


def sort_claims(given: Given, touches: pd.DataFrame) -> pd.DataFrame:
    """Bring claims, and all that belongs to them, into the order of the article; gives the touches so."""
    content = given.pieces[given.pieces["field"] == "content"].groupby("claim")
    claims = given.claims
    claims["start"], claims["last"] = content["start"].min(), -content["end"].last()
    claims["length"] = (content["end"].sum() - content["start"].sum()).astype(np.int64)
    order = claims.sort_values(["layer", "start", "last", "id"], kind="stable").index
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    given.claims = claims.loc[order].reset_index(drop=True)

    def follow(frame: pd.DataFrame, *more: str) -> pd.DataFrame:
        return frame.assign(claim=rank[frame["claim"]]).sort_values(["claim", *more], kind="stable", ignore_index=True)

    given.pieces, given.effects = follow(given.pieces), follow(given.effects)
    given.lists = {name: follow(frame) for name, frame in given.lists.items()}
    return follow(touches)


def layer_rows(given: Given, known: Known, touches: pd.DataFrame) -> Layers:
    """The rows of the coders' layers."""
    documents = given.documents["id"]
    coder = given.layers["coder"].array
    claims = _claim_rows(given, known, touches)
    mentions, contained = _mention_rows(given, known, touches)
    prefix = documents.take(given.layers["doc"]).reset_index(drop=True) + "/" + given.layers["coder"] + "/"
    tables = {"claims": claims, "mentions": mentions}
    for name, things in (("claims", given.claims), ("mentions", given.mentions)):
        rows, key = tables[name], KEYS[name]
        local, layer = rows[key], things["layer"].to_numpy()
        rows[key] = prefix.take(layer).array + local
        rows["document_id"] = documents.take(things["doc"]).array
        rows["sentence_id"] = rows["document_id"] + "/" + given.frozen["id"].take(things["frozen"]).array
        rows["layer"] = rows["coder_id"] = coder.take(layer)
        rows["doc"], rows["layer_row"], rows["frozen"] = things["doc"].to_numpy(), layer, things["frozen"].to_numpy()
    ids = claims["claim_id"].take(contained["claim"])
    mentions["claim_ids"] = as_lists(contained["mention"], ids, len(mentions))
    relations = _relation_rows(given, prefix)
    relations["layer"] = relations["coder_id"] = coder.take(relations["layer_row"])
    relations["document_id"] = documents.take(relations["doc"]).array
    return Layers(claims, mentions, relations, touches, contained)


def _claim_rows(given: Given, known: Known, touches: pd.DataFrame) -> pd.DataFrame:
    claims, length = given.claims, len(given.claims)
    rows = pd.DataFrame({"claim_id": claims["id"]})
    inside = touches[touches["field"] == "content"].drop_duplicates(["claim", "frozen"])
    inside = inside.sort_values(["claim", "frozen"])
    sentence_ids = given.documents["id"].take(inside["doc"]).array + "/" + given.frozen["id"].take(inside["frozen"])
    rows["sentence_ids"] = as_lists(inside["claim"], sentence_ids, length)
    for field in PIECES:
        pieces = given.pieces[given.pieces["field"] == field]
        spans = pieces[["start", "end"]].astype(np.int32)
        if field == "figures":
            rows["figures"] = as_lists(pieces["claim"], pieces[["text"]].join(spans), length)
            continue
        rows[f"{field}_text"] = joined(pieces["claim"], pieces["text"], length, " ").replace({"": None})
        rows[f"{field}_spans"] = as_lists(pieces["claim"], spans, length)
    claimants, chain, contexts = (given.lists[name] for name in ("claimant", "chain", "contexts"))
    rows["claimant_ids"] = as_lists(claimants["claim"], claimants["value"], length)
    labels = looked_up(claimants["value"], known.actors["label"])
    rows["claimant_labels"] = as_lists(claimants["claim"], labels, length)
    rows["chain"] = as_lists(chain["claim"], chain["value"], length)
    same = "voice form alignment modality causal time evidence stance agreement doubt note event_type event_mode"
    for name in (*same.split(), "event_manual"):
        rows[name] = claims[name]
    rows["claim_type"], rows["is_main_clause"] = claims["type"], claims["main_clause"]
    rows["target_id"], rows["addressee_id"], rows["issue_id"] = claims["target"], claims["addressee"], claims["issue"]
    rows["target_label"] = looked_up(claims["target"], known.targets())
    rows["issue_label"] = looked_up(claims["issue"], known.issues["label"])
    rows["frame"] = looked_up(claims["issue"], known.issues["frame"])
    effects = given.effects.rename(columns={"actor": "actor_id", "location": "location_id"})
    rows["affected"] = as_lists(effects["claim"], effects[["effect", "actor_id", "location_id"]], length)
    rows["event_contexts"] = as_lists(contexts["claim"], contexts["value"], length)
    for name in ("actor", "recipient"):
        there = claims[f"event_{name}"].dropna()
        rows[f"event_{name}_ids"] = as_lists(there.index, there, length)
    rows["start"], rows["length"] = claims["start"], claims["length"]
    return rows


def _mention_rows(given: Given, known: Known, touches: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mentions in the order of the article, and the pairs of a mention and a claim that contains it."""
    order = ["layer", "frozen", "start", "end", "id"]
    mentions = given.mentions = given.mentions.sort_values(order, kind="stable", ignore_index=True)
    rows = pd.DataFrame({"mention_id": mentions["id"], "kind": mentions["kind"].astype(TEXT), "text": mentions["text"]})
    rows["char_start"], rows["char_end"] = mentions["start"].astype(np.int32), mentions["end"].astype(np.int32)
    rows["actor_id"], rows["location_id"] = mentions["actor"], mentions["location"]
    actors, locations = (
        looked_up(mentions[name], getattr(known, f"{name}s")["label"]) for name in ("actor", "location")
    )
    rows["label"] = actors.fillna(locations).fillna(mentions["text"])
    rows["role"], rows["doubt"], rows["note"] = mentions["role"], mentions["doubt"], mentions["note"]
    content = touches.loc[touches["field"] == "content", ["claim", "layer", "frozen", "start", "end"]]
    here = mentions[["layer", "frozen", "start", "end"]].assign(mention=mentions.index)
    pairs = here.merge(content, on=["layer", "frozen"], suffixes=("", "_of_claim"))
    pairs = pairs[(pairs["start_of_claim"] <= pairs["start"]) & (pairs["end"] <= pairs["end_of_claim"])]
    contained = pairs[["mention", "claim"]].drop_duplicates().sort_values(["mention", "claim"], ignore_index=True)
    return rows, contained


def _relation_rows(given: Given, prefix: pd.Series) -> pd.DataFrame:
    relations = given.relations
    before = prefix.take(relations["layer"]).array
    return pd.DataFrame(
        {
            "relation_id": before + relations["id"],
            "source_claim_id": before + relations["from"],
            "target_claim_id": before + relations["to"],
            "relation": relations["relation"],
            "is_derived": False,
            "note": relations["note"],
            "doc": given.layers["doc"].to_numpy()[relations["layer"]],
            "layer_row": relations["layer"],
        }
    )


def gold_of(rows: pd.DataFrame, first: np.ndarray) -> pd.DataFrame:
    """The rows of the documents' first layers as gold, under ids of gold; the row numbers are kept."""
    gold = rows[first[rows["layer_row"]]].copy()
    before, after = gold["document_id"] + "/" + gold["layer"] + "/", gold["document_id"] + "/gold/"
    cut = before.str.len().tolist()
    for name in set(GOLD_IDS) & set(gold.columns):
        local = [id_[at:] for id_, at in zip(gold[name].tolist(), cut, strict=True)]
        gold[name] = after + pd.Series(local, index=gold.index, dtype=TEXT)
    return gold.assign(layer=pd.Series("gold", index=gold.index, dtype=TEXT))


def contradictions(gold: pd.DataFrame) -> pd.DataFrame:
    """Relations between gold claims of a document on the same issue with opposite agreement."""
    taken = gold.loc[gold["agreement"].fillna(0) != 0, ["claim_id", "doc", "issue_id", "agreement", "document_id"]]
    taken = taken.assign(number=taken.index)
    pairs = taken.merge(taken[["claim_id", "doc", "issue_id", "agreement", "number"]], on=["doc", "issue_id"])
    pairs = pairs[(pairs["number_x"] < pairs["number_y"]) & (pairs["agreement_x"] == -pairs["agreement_y"])]
    pairs = pairs.sort_values(["number_x", "number_y"], ignore_index=True)
    one, other = (pairs[f"claim_id_{side}"].str.rpartition("/")[2] for side in "xy")
    return pd.DataFrame(
        {
            "relation_id": pairs["document_id"] + "/gold/" + one + "-contradicts-" + other,
            "document_id": pairs["document_id"],
            "layer": pd.Series("gold", index=pairs.index, dtype=TEXT),
            "coder_id": pd.Series(None, index=pairs.index, dtype=TEXT),
            "source_claim_id": pairs["claim_id_x"],
            "target_claim_id": pairs["claim_id_y"],
            "relation": pd.Series("contradicts", index=pairs.index, dtype=TEXT),
            "is_derived": True,
            "note": pd.Series(None, index=pairs.index, dtype=TEXT),
            "doc": pairs["doc"],
            "layer_row": -1,
        }
    )


def gold_first(gold: pd.DataFrame, layers: pd.DataFrame) -> pd.DataFrame:
    """Document by document the rows of gold, then those of the coders' layers."""
    both = pd.concat([gold.assign(part=0), layers.assign(part=1)], ignore_index=True)
    return both.sort_values(["doc", "part"], kind="stable", ignore_index=True)
