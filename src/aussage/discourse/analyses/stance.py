"""Who evaluates whom or what, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from aussage.discourse.analyses.frames import WITHOUT, Source, present
from aussage.discourse.analyses.rollup import Groups, grouped_frames
from aussage.discourse.analyses.speakers import SPEAKER_COLUMNS, claims_of_speakers

if TYPE_CHECKING:
    from aussage.corpus import Corpus

KEYS = ["speaker", "target_kind", "target_id"]
SIGNS = {"positive": 1, "neutral": 0, "negative": -1}


def stance(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    issues: pd.DataFrame | None = None,
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> pd.DataFrame:
    """Who evaluates whom: speakers and the targets of their stance.

    Claims with a target count, and claims with a stance though no target is given (their target is `none`).

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns voice, claimant_ids, stance (-1, 0, 1), target_id.
        actors: Columns actor_id, label, actor_type, and parent_id or country where the roll-up needs them.
        issues: Columns issue_id, label.
        level: The level of speakers and of targets that are actors; see `voices`.
        up_to: The level of both; see `voices`.
        layer: The layer to count, if the frames have several.

    Returns:
        A row a pair: speaker, speaker_label, target_kind ("actor", "issue", "unknown" if the target is in neither
        registry, "none"), target_id, target_label, claims, positive, neutral, negative, balance (positive less
        negative). A claim of two speakers counts for each. Sorted by claims, then the ids.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
    """
    (said, registry, propositions), groups = grouped_frames(
        corpus, layer, {"claims": claims, "actors": actors, "issues": issues},
        {"claims": [*SPEAKER_COLUMNS, "stance", "target_id"], "issues": ["issue_id", "label"]}, level, up_to,
    )  # fmt: skip
    evaluating = said[present(said["target_id"]) | (said["stance"].fillna(0) != 0)].reset_index(drop=True)
    rows = _with_targets(claims_of_speakers(evaluating, groups), registry, propositions, groups)
    signs = {name: (rows["stance"] == sign).fillna(False).astype("int64") for name, sign in SIGNS.items()}
    every = pd.Series(1, index=rows.index, dtype="int64")
    counted = pd.DataFrame({"claims": every} | signs).groupby([rows[key] for key in KEYS]).sum().reset_index()
    counted = counted.assign(balance=counted["positive"] - counted["negative"])
    counted.insert(1, "speaker_label", groups.label(counted["speaker"]))
    counted.insert(4, "target_label", _labels(counted, propositions, groups))
    return counted.sort_values(["claims", *KEYS], ascending=[False, True, True, True], ignore_index=True)


def _with_targets(claims: pd.DataFrame, actors: pd.DataFrame, issues: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """The claims with the kind of target, and actors as targets rolled up."""
    target, given = claims["target_id"].astype("str"), present(claims["target_id"])
    is_actor, is_issue = target.isin(actors["actor_id"]), target.isin(issues["issue_id"])
    kind = np.select([~given, is_actor, is_issue], ["none", "actor", "issue"], "unknown")
    target = target.where(~is_actor, groups.of(target)).where(given, WITHOUT)
    return claims.assign(target_kind=pd.Series(kind, index=claims.index, dtype="str"), target_id=target)


def _labels(counted: pd.DataFrame, issues: pd.DataFrame, groups: Groups) -> pd.Series[str]:
    known = dict(zip(issues["issue_id"], issues["label"], strict=True))
    of_issues = counted["target_id"].map(known).astype("str")
    is_issue, is_actor = counted["target_kind"] == "issue", counted["target_kind"] == "actor"
    labels = counted["target_id"].mask(is_actor, groups.label(counted["target_id"]))
    return labels.mask(is_issue & of_issues.notna(), of_issues).astype("str")
