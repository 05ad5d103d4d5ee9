"""Who holds which issue, who rejects it, and who leaves it open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aussage.discourse.analyses.frames import Source, present
from aussage.discourse.analyses.rollup import grouped_frames
from aussage.discourse.analyses.speakers import SPEAKER_COLUMNS, claims_of_speakers

if TYPE_CHECKING:
    from aussage.corpus import Corpus

SIGNS = {"agree": 1, "open": 0, "disagree": -1}


def positions(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    issues: pd.DataFrame | None = None,
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> pd.DataFrame:
    """The positions of speakers on issues. Claims without an issue or without an agreement take none and are left out.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns voice, claimant_ids, issue_id, agreement (-1, 0, 1).
        actors: Columns actor_id, label, actor_type, and parent_id or country where the roll-up needs them.
        issues: Columns issue_id, label, frame.
        level: The level of the speakers; see `voices`.
        up_to: The level of the speakers; see `voices`.
        layer: The layer to count, if the frames have several.

    Returns:
        A row an issue and speaker: issue_id, issue_label, frame, speaker, speaker_label, claims, agree, open, disagree,
        agreement (agree less disagree, of all claims: -1 to 1), position ("agrees", "disagrees", "divided" for one who
        does both, "open" for one who does neither). A claim of two speakers counts for each.
        Sorted by issue_id, then claims, then speaker. A matrix: `.pivot(index="issue_id", columns="speaker",
        values="agreement")`.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
    """
    (said, _, propositions), groups = grouped_frames(
        corpus, layer, {"claims": claims, "actors": actors, "issues": issues},
        {"claims": [*SPEAKER_COLUMNS, "issue_id", "agreement"], "issues": ["issue_id", "label", "frame"]},
        level, up_to,
    )  # fmt: skip
    taken = said[present(said["issue_id"]) & said["agreement"].notna()].reset_index(drop=True)
    rows = claims_of_speakers(taken, groups)
    signs = {name: (rows["agreement"] == sign).astype("int64") for name, sign in SIGNS.items()}
    keys = [rows["issue_id"].astype("str"), rows["speaker"]]
    every = pd.Series(1, index=rows.index, dtype="int64")
    counted = pd.DataFrame({"claims": every} | signs).groupby(keys).sum().reset_index()
    known = propositions.drop_duplicates("issue_id").set_index("issue_id")
    labels = counted["issue_id"].map(known["label"]).astype("str").fillna(counted["issue_id"])
    counted.insert(1, "issue_label", labels)
    counted.insert(2, "frame", counted["issue_id"].map(known["frame"].astype("str")).astype("str"))
    counted.insert(4, "speaker_label", groups.label(counted["speaker"]))
    counted = counted.assign(**judged(counted))
    return counted.sort_values(["issue_id", "claims", "speaker"], ascending=[True, False, True], ignore_index=True)


def judged(counted: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    """What follows from the counts: agreement and position."""
    agreement = (counted["agree"] - counted["disagree"]) / counted["claims"].astype("float64")
    return {"agreement": agreement, "position": _position(counted)}


def _position(counted: pd.DataFrame) -> pd.Series[str]:
    agrees, disagrees = counted["agree"] > 0, counted["disagree"] > 0
    names = np.select([agrees & disagrees, agrees, disagrees], ["divided", "agrees", "disagrees"], "open")
    return pd.Series(names, index=counted.index, dtype="str")
