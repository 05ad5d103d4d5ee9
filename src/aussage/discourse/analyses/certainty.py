"""How sure the claims are, what they rest on, and whether the article vouches for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from aussage.discourse.analyses.frames import Source, frames_of, groupable, only, present, share, values_of
from aussage.discourse.analyses.rollup import grouped_frames
from aussage.discourse.analyses.speakers import SPEAKER_COLUMNS, claims_of_speakers

if TYPE_CHECKING:
    from aussage.corpus import Corpus

# FactBank (Saurí and Pustejovsky 2009, Language Resources and Evaluation 43, 227-268): degree, then sign.
DEGREES = {"CT": "certain", "PR": "probable", "PS": "possible", "UU": "uncommitted"}
MODALITIES = ("CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "UU")
EVIDENCE = ("cited", "lacking", "unstated")
ALIGNMENTS = {"endorse": "endorsed", "neutral": "neutral", "distance": "distanced", "na": "in_own_voice"}
SHARES = {"hedged": "hedged_share", "negated": "negated_share", "cited": "cited_share"}


def certainty(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    by: str | Sequence[str] = "speaker",
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> pd.DataFrame:
    """How sure claims are, by whom or what they are grouped.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns voice, claimant_ids, modality, evidence, alignment, and those of `by`.
        actors: Columns actor_id, label, actor_type, and parent_id or country where the roll-up needs them.
        by: "speaker" (the claimant, or `narrator`), "voice" (narrator or attributed), "issue_id", "document_id" or
            any other column of the claims that holds single values; or several of them; or () for all claims together.
        level: The level of the speaker; see `voices`.
        up_to: The level of the speaker; see `voices`.
        layer: The layer to count, if the frames have several.

    Returns:
        A row a group: the columns of `by` (speaker with speaker_label; `none` where there is no value), claims, and how
        many of these claims are

        - certain, probable, possible, uncommitted; hedged (all but the certain) with hedged_share; negated, of either
          sign minus, with negated_share;
        - cited, lacking, unstated (the basis of the claim) with cited_share;
        - endorsed, neutral, distanced (whether the article vouches for attributed claims), in_own_voice (not
          attributed).

        A claim of two speakers counts for each; of two that are rolled up into one, once. Sorted by the columns
        of `by`.

    Raises:
        ValueError: a frame or column is missing, an option is none, or modality, evidence or alignment have other
            values than the codebook's.
    """
    names = [by] if isinstance(by, str) else list(by)
    own = [name for name in names if name != "speaker"]
    (said, _), groups = grouped_frames(
        corpus, layer, {"claims": claims, "actors": actors},
        {"claims": [*SPEAKER_COLUMNS, "modality", "evidence", "alignment", *own]}, level, up_to,
    )  # fmt: skip
    if "speaker" in names:
        said = claims_of_speakers(said, groups)
    table = _summed(_signs(said), [groupable(said[name]) for name in names])
    for part, name in SHARES.items():
        table.insert(list(table.columns).index(part) + 1, name, share(table[part], table["claims"]))
    if "speaker" in names:
        table.insert(names.index("speaker") + 1, "speaker_label", groups.label(table["speaker"]))
    return table


def _signs(claims: pd.DataFrame) -> pd.DataFrame:
    """What is true of each claim, as 0 and 1."""
    modality, evidence = only(claims["modality"], MODALITIES), only(claims["evidence"], EVIDENCE)
    alignment = only(claims["alignment"], tuple(ALIGNMENTS))
    degree, negated = modality.str[:2], modality.str[2:] == "-"
    signs = {name: degree == code for code, name in DEGREES.items()}
    signs |= {"hedged": degree != "CT", "negated": negated}
    signs |= {name: evidence == name for name in EVIDENCE}
    signs |= {name: alignment == code for code, name in ALIGNMENTS.items()}
    every = pd.Series(1, index=claims.index, dtype="int64")
    return pd.DataFrame({"claims": every} | {name: sign.astype("int64") for name, sign in signs.items()})


def _summed(signs: pd.DataFrame, keys: list[pd.Series[Any]]) -> pd.DataFrame:
    if not keys:
        return signs.sum().to_frame().T
    return signs.groupby(keys, observed=True, dropna=False, sort=True).sum().reset_index()


def hedging(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    per_document: bool = False,
    layer: str | None = None,
) -> pd.DataFrame:
    """How the article's own voice hedges: in what it says itself, and in how it passes on what others say.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns document_id, voice, modality, evidence, condition_text, alignment, cue_text.
        per_document: Whether each document is counted by itself.
        layer: The layer to count, if the frame has several.

    Returns:
        Columns document_id (if per_document), of ("narrator" for the article's own claims, "attributed" for those of
        others), variable, value, claims, total (all claims of that kind), share. The variables are modality, evidence
        and condition ("given" or "none") of the narrator's claims, and alignment and cue ("given" or "none") of the
        attributed ones. Values without claims are there, with 0. share is missing where the total is 0.

    Raises:
        ValueError: a frame or column is missing.
    """
    (said,) = frames_of(
        corpus, layer, {"claims": claims},
        {"claims": ["document_id", "voice", "modality", "evidence", "condition_text", "alignment", "cue_text"]},
    )  # fmt: skip
    said["condition"], said["cue"] = (_given(said[f"{name}_text"]) for name in ("condition", "cue"))
    documents = sorted(said["document_id"].unique()) if per_document else [""]
    keys = said["document_id"] if per_document else pd.Series("", index=said.index, dtype="str")
    parts = [
        _distribution(said, keys, documents, voice, variable)
        for voice, variables in (
            ("narrator", ("modality", "evidence", "condition")),
            ("attributed", ("alignment", "cue")),
        )
        for variable in variables
    ]
    table = pd.concat(parts, ignore_index=True).astype(
        {"document_id": "str", "of": "str", "variable": "str", "value": "str", "claims": "int64", "total": "int64"}
    )
    table = table.assign(share=share(table["claims"], table["total"]))
    if per_document:
        return table.sort_values("document_id", kind="stable", ignore_index=True)
    return table.drop(columns="document_id")


def _given(texts: pd.Series[Any]) -> pd.Series[Any]:
    given = present(texts).map({True: "given", False: "none"})
    return given.astype(pd.CategoricalDtype(["given", "none"]))


def _distribution(
    claims: pd.DataFrame, keys: pd.Series[str], documents: list[str], voice: str, variable: str
) -> pd.DataFrame:
    """How often each value occurs in the claims of one voice, in each document."""
    chosen = claims["voice"].astype("str") == voice
    values = values_of(claims[variable])
    cells = pd.MultiIndex.from_product([documents, values], names=["document_id", "value"])
    pairs = [keys[chosen].astype("str"), claims.loc[chosen, variable].astype("str")]
    counts = chosen[chosen].groupby([pairs[0].rename("document_id"), pairs[1].rename("value")]).size()
    table = counts.reindex(cells, fill_value=0).rename("claims").reset_index()
    totals = table.groupby("document_id")["claims"].transform("sum")
    return table.assign(of=voice, variable=variable, total=totals)[
        ["document_id", "of", "variable", "value", "claims", "total"]
    ]
