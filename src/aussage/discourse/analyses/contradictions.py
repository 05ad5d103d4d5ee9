"""Claims that contradict each other: on one issue, with opposite agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aussage.discourse.analyses.frames import Source, frames_of, present
from aussage.discourse.analyses.rollup import columns_of_actors, groups_of_actors
from aussage.discourse.analyses.speakers import SPEAKER_COLUMNS, statements_of

if TYPE_CHECKING:
    from aussage.corpus import Corpus

SHOWN = (
    "claim_id", "document_id", "sentence_id", "content_text", "agreement", "modality", "evidence", "alignment",
    "source_text", "cue_text",
)  # fmt: skip
OF_CLAIM = (*SHOWN[:3], "sentence_text", "speakers", "speaker_labels", *SHOWN[3:], "supported_by", "support_texts")


def contradictions(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    relations: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    issues: pd.DataFrame | None = None,
    across: bool = False,
    layer: str | None = None,
) -> pd.DataFrame:
    """Pairs of claims on one issue with opposite agreement, with their sentences and the evidence that each cites.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns claim_id, document_id, sentence_id, content_text, voice, claimant_ids, issue_id, agreement,
            modality, evidence, alignment, source_text, cue_text.
        sentences: Columns sentence_id, text.
        relations: Columns source_claim_id, target_claim_id, relation.
        actors: Columns actor_id, label, actor_type.
        issues: Columns issue_id, label.
        across: Whether claims of different documents make pairs, too. Their number grows with the square of the claims.
        layer: The layer, if the frames have several.

    Returns:
        A row a pair: issue_id, issue_label, same_document, same_speaker (whether they have a speaker in common), then
        for the earlier claim with the prefix first_ and for the later with second_ (by their order in `claims`):
        claim_id, document_id, sentence_id, sentence_text, speakers and speaker_labels (lists; `narrator` for the
        article), content_text, agreement, modality, evidence (whether a basis is named), alignment, source_text,
        cue_text, supported_by and support_texts (ids and contents of claims that support it, as lists).
        In the order of the claims.

    Raises:
        ValueError: a frame or column is missing.
    """
    said, texts, related, registry, propositions = frames_of(
        corpus, layer,
        {"claims": claims, "sentences": sentences, "relations": relations, "actors": actors, "issues": issues},
        {
            "claims": [*SHOWN, *SPEAKER_COLUMNS, "issue_id"],
            "sentences": ["sentence_id", "text"],
            "relations": ["source_claim_id", "target_claim_id", "relation"],
            "actors": columns_of_actors("actor", None),
            "issues": ["issue_id", "label"],
        },
    )  # fmt: skip
    pairs = _pairs(said, across)
    sides = {name: _side(said, pairs[name].to_numpy(), texts, related, registry) for name in ("first", "second")}
    labels = dict(zip(propositions["issue_id"], propositions["label"], strict=True))
    speakers = zip(sides["first"]["speakers"], sides["second"]["speakers"], strict=True)
    table = pd.DataFrame({
        "issue_id": pairs["issue_id"],
        "issue_label": pairs["issue_id"].map(labels).astype("str").fillna(pairs["issue_id"]),
        "same_document": sides["first"]["document_id"] == sides["second"]["document_id"],
        "same_speaker": pd.Series([bool(set(one) & set(other)) for one, other in speakers], dtype="bool"),
    })  # fmt: skip
    return pd.concat([table, *(side.add_prefix(f"{name}_") for name, side in sides.items())], axis="columns")


def _pairs(claims: pd.DataFrame, across: bool) -> pd.DataFrame:
    """The contradicting pairs: first and second (numbers of rows in `claims`) and issue_id."""
    chosen = claims[present(claims["issue_id"]) & claims["agreement"].notna()]
    rows = chosen[["issue_id", "document_id", "agreement"]].astype({"issue_id": "str", "document_id": "str"})
    rows = rows.assign(claim=rows.index)
    keys = ["issue_id"] if across else ["issue_id", "document_id"]
    pro, contra = (rows.loc[rows["agreement"] == sign, [*keys, "claim"]] for sign in (1, -1))
    pairs = pro.merge(contra, on=keys, suffixes=("_pro", "_contra"))
    ends = pairs[["claim_pro", "claim_contra"]].to_numpy(dtype="int64")
    table = pd.DataFrame({"first": ends.min(axis=1), "second": ends.max(axis=1), "issue_id": pairs["issue_id"]})
    return table.sort_values(["first", "second"], ignore_index=True)


def _side(
    claims: pd.DataFrame, numbers: np.ndarray[Any, Any], sentences: pd.DataFrame, relations: pd.DataFrame,
    actors: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    """All that is shown of the claims of these numbers, a row a number."""
    shown = claims.take(numbers).reset_index(drop=True)
    texts = sentences.drop_duplicates("sentence_id").set_index("sentence_id")["text"]
    groups = groups_of_actors(actors, "actor", None)
    different = np.unique(numbers)
    spoken = statements_of(claims.take(different).reset_index(drop=True), groups)
    spoken["claim"], spoken["label"] = different[spoken["claim"]], groups.label(spoken["speaker"])
    support = _support(claims, relations, shown["claim_id"])
    lists = {
        "speakers": spoken.groupby("claim")["speaker"].agg(list).reindex(numbers),
        "speaker_labels": spoken.groupby("claim")["label"].agg(list).reindex(numbers),
        "supported_by": support.groupby("target_claim_id")["source_claim_id"].agg(list).reindex(shown["claim_id"]),
        "support_texts": support.groupby("target_claim_id")["content_text"].agg(list).reindex(shown["claim_id"]),
    }
    filled = {name: _filled(values) for name, values in lists.items()}
    sentence_text = shown["sentence_id"].map(texts).astype("str")
    return shown.assign(sentence_text=sentence_text, **filled)[list(OF_CLAIM)]


def _support(claims: pd.DataFrame, relations: pd.DataFrame, wanted: pd.Series[Any]) -> pd.DataFrame:
    """The claims that support wanted ones, in their order: source_claim_id, target_claim_id, content_text."""
    supports = (relations["relation"].astype("str") == "supports") & relations["target_claim_id"].isin(wanted)
    ends = relations.loc[supports, ["source_claim_id", "target_claim_id"]].drop_duplicates()
    sources = claims[["claim_id", "content_text"]].rename(columns={"claim_id": "source_claim_id"})
    return sources.merge(ends, on="source_claim_id")


def _filled(lists: pd.Series[Any]) -> pd.Series[Any]:
    """The lists, each of its own, an empty one where there is none."""
    return pd.Series([list(value) if isinstance(value, list) else [] for value in lists], dtype=object)
