"""The sentence view of every coder's layer: what each said of each sentence, derived and never coded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from aussage.agreement.coding import INTERVAL, MASI, NOMINAL, ORDINAL

NO_CLAIM, NARRATOR, BOTH = "no claim", "narrator", "both"
SENTENCE_VARIABLES: dict[str, str] = {
    "voice": NOMINAL,
    "n_claims": INTERVAL,
    "claim_type": NOMINAL,
    "modality": NOMINAL,
    "time": NOMINAL,
    "stance": ORDINAL,
    "form": NOMINAL,
    "claimant_id": NOMINAL,
    "claim_types": MASI,
    "claimant_ids": MASI,
    "actor_ids": MASI,
    "location_ids": MASI,
}
OF_PRIMARY = ("claim_type", "modality", "time", "form")


def primary_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """The primary claim of each sentence in each layer.

    Method: the annotation scheme's sentence view: attributed before narrator, main clause before subordinate,
    leftmost, longest; then the smaller id. A claim counts in every sentence in which it lies.

    Args:
        claims: Columns claim_id, layer, sentence_ids, content_spans, voice, is_main_clause.

    Returns:
        Columns layer, sentence_id, claim_id: a row a layer and sentence that has claims.
    """
    spans = claims["content_spans"].tolist()
    facts = pd.DataFrame(
        {
            "layer": claims["layer"].astype(str).to_numpy(),
            "narrator": (claims["voice"] != "attributed").to_numpy(),
            "subordinate": ~claims["is_main_clause"].to_numpy(dtype=bool),
            "start": [span[0]["start"] if span else 0 for span in spans],
            "shortness": [sum(piece["start"] - piece["end"] for piece in span) for span in spans],
            "claim_id": claims["claim_id"].astype(str).to_numpy(),
            "sentence_id": claims["sentence_ids"].to_numpy(),
        }
    ).explode("sentence_id")
    order = ["layer", "sentence_id", "narrator", "subordinate", "start", "shortness", "claim_id"]
    first = facts.sort_values(order).drop_duplicates(["layer", "sentence_id"])
    return first[["layer", "sentence_id", "claim_id"]].reset_index(drop=True)


def sentence_view(sentences: pd.DataFrame, claims: pd.DataFrame, mentions: pd.DataFrame, layer: str) -> pd.DataFrame:
    """What a layer says of each sentence.

    A sentence without claims has the value "no claim" (stance 0, as in the table of sentences), so that seeing no claim
    where another coder sees one is a disagreement. The claimant of the narrator's claim is "narrator".

    Args:
        sentences: Column sentence_id; every one gets a row.
        claims: The claims table; the rows of other layers are left out.
        mentions: The mentions table, likewise.
        layer: The layer: a coder's or gold.

    Returns:
        Indexed by sentence_id; the columns are SENTENCE_VARIABLES, sets as frozensets.
    """
    index = pd.Index(sentences["sentence_id"].astype(str), name="sentence_id")
    own = claims[claims["layer"] == layer].reset_index(drop=True)
    primary = primary_claims(own).set_index("sentence_id")["claim_id"]
    rows = own.set_index("claim_id").loc[primary].set_axis(primary.index).reindex(index)
    missing = rows["voice"].isna()
    view = {name: rows[name].astype(object).mask(missing, NO_CLAIM) for name in OF_PRIMARY}
    view["stance"] = rows["stance"].fillna(0).astype(int)
    first = [(ids[0] if ids else NARRATOR) if isinstance(ids, list) else NO_CLAIM for ids in rows["claimant_ids"]]
    view["claimant_id"] = pd.Series(first, index=index, dtype=object)
    sets = _sets(own, mentions[mentions["layer"] == layer])
    for name in ("claim_types", "claimant_ids", "actor_ids", "location_ids"):
        found = sets[name]
        view[name] = pd.Series([frozenset(found.get(id_, ())) for id_ in index], index=index, dtype=object)
    view["voice"] = pd.Series([_voice(sets["voices"].get(id_, set())) for id_ in index], index=index, dtype=object)
    view["n_claims"] = pd.Series([len(sets["claims"].get(id_, ())) for id_ in index], index=index)
    return pd.DataFrame(view, index=index)[list(SENTENCE_VARIABLES)]


def sentence_units(
    sentences: pd.DataFrame, views: Mapping[str, pd.DataFrame], coded: Mapping[str, Sequence[str]], variable: str
) -> pd.DataFrame:
    """The values of one sentence variable: indexed by sentence_id, a column a coder, NaN where one did not code.

    Args:
        sentences: Columns sentence_id, document_id.
        views: The sentence view of each coder.
        coded: The coders of each document; sentences of other documents are left out.
        variable: One of SENTENCE_VARIABLES.
    """
    documents = sentences["document_id"].astype(str).set_axis(sentences["sentence_id"].astype(str))
    documents = documents[documents.isin(list(coded))]
    columns = {}
    for coder, view in views.items():
        mine = documents.isin([name for name, coders in coded.items() if coder in coders])
        columns[coder] = view[variable].reindex(documents.index).astype(object).where(mine)
    return pd.DataFrame(columns, index=documents.index)


def _sets(claims: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, dict[str, set[Any]]]:
    """By sentence: the voices, types, claimants and ids of its claims, and the actors and locations mentioned."""
    names = ("voices", "claim_types", "claimant_ids", "claims", "actor_ids", "location_ids")
    sets: dict[str, dict[str, set[Any]]] = {name: defaultdict(set) for name in names}
    columns = ("sentence_ids", "voice", "claim_type", "claimant_ids", "claim_id")
    for inside, voice, kind, claimants, claim in zip(*(claims[name] for name in columns), strict=True):
        for sentence in inside:
            sets["voices"][sentence].add(voice)
            sets["claim_types"][sentence].add(kind)
            sets["claimant_ids"][sentence].update(claimants)
            sets["claims"][sentence].add(claim)
    for kind in ("actor", "location"):
        own = mentions[mentions[f"{kind}_id"].notna()]
        for sentence, id_ in zip(own["sentence_id"], own[f"{kind}_id"], strict=True):
            sets[f"{kind}_ids"][sentence].add(id_)
    return sets


def _voice(voices: set[Any]) -> str:
    return NO_CLAIM if not voices else BOTH if len(voices) > 1 else str(next(iter(voices)))
