"""Who speaks in each claim: its claimants, or the narrator, as rows of their own."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aussage.discourse.analyses.rollup import BEYOND, NARRATOR, UNNAMED, Groups

SPEAKER_COLUMNS = ("voice", "claimant_ids")


def statements_of(claims: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """A row for each claim and each of its different claimants.

    A narrator's claim has the claimant `narrator`; one that is attributed to nobody who is named has `unnamed`.

    Args:
        claims: Columns voice and claimant_ids, with a RangeIndex.
        groups: The groups of actors.

    Returns:
        Columns claim (the number of the row in `claims`), claimant, and speaker (the group of the claimant), in the
        order of the claims.

    Raises:
        ValueError: a claimant has an id that stands for the narrator or the unnamed.
    """
    ids = claims["claimant_ids"].astype(object).explode().dropna()
    if ids.isin(BEYOND).any():
        raise ValueError(f"no claimant may have the id {' or '.join(BEYOND)}")
    named = pd.DataFrame({"claim": ids.index.astype("int64"), "claimant": ids.to_numpy()})
    others = np.setdiff1d(np.arange(len(claims)), named["claim"].to_numpy())
    is_narrator = (claims["voice"].astype("str") == NARRATOR).to_numpy()[others]
    beyond = pd.DataFrame({"claim": others, "claimant": np.where(is_narrator, NARRATOR, UNNAMED)})
    both = pd.concat([named, beyond], ignore_index=True).astype({"claim": "int64", "claimant": "str"})
    rows = both.sort_values("claim", kind="stable").drop_duplicates(["claim", "claimant"], ignore_index=True)
    return rows.assign(speaker=groups.of(rows["claimant"]))


def claims_of_speakers(claims: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """The claims with a column speaker, a row for each claim and each different speaker of it."""
    pairs = statements_of(claims, groups)[["claim", "speaker"]].drop_duplicates(ignore_index=True)
    rows = claims.drop(columns="claimant_ids").take(pairs["claim"].to_numpy()).reset_index(drop=True)
    return rows.assign(claim=pairs["claim"], speaker=pairs["speaker"])
