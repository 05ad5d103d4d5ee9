"""Who speaks in the articles, who is only spoken of, and through whom words are passed on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aussage.discourse.analyses.frames import Source, present, share
from aussage.discourse.analyses.rollup import NARRATOR, Groups, grouped_frames
from aussage.discourse.analyses.speakers import SPEAKER_COLUMNS, statements_of

if TYPE_CHECKING:
    from aussage.corpus import Corpus

ARROW = " > "
OF_MENTIONS = ("kind", "actor_id", "claim_ids")
COUNTS = (
    "claims", "statements", "mentions", "mentions_in_claims", "by_narrator", "by_others", "by_itself",
    "passes_on", "addressed",
)  # fmt: skip


def voices(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> pd.DataFrame:
    """Who speaks and who is only spoken of.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns claim_id, voice, claimant_ids, chain, addressee_id.
        mentions: Columns kind, actor_id, claim_ids. Claims that are not in `claims` do not count.
        actors: Columns actor_id, label, actor_type, and parent_id or country where the roll-up needs them.
        level: "actor", or rolled up to "top" (the topmost parent), "type" or "country".
        up_to: Actor types, as "state" or ("state", "bloc"): rolled up to the nearest parent of such a type.
        layer: The layer to count, if the frames have several.

    Returns:
        A row a speaker or actor mentioned, with the columns

        - speaker, speaker_label, actor_type: `narrator` is the article itself, `unnamed` a claimant who is not given;
        - claims: claims it advances, and claims_share of all; statements: the same, but a claim counts once for each
          of its claimants (they differ only where two claimants of one claim are rolled up into one);
        - mentions: how often it is mentioned; mentions_in_claims: those within the content of a claim, and of these
          by_narrator, by_others, by_itself, by whose claim it is (a mention within claims of several counts for each);
        - passes_on: claims in whose chain of attribution it stands; addressed: claims that are told to it;
        - part: "speaks", "spoken of" (by the narrator or others), "both" or "neither".

        The sums of statements, mentions, mentions_in_claims and addressed are the same at every level.
        Sorted by claims, then mentions, then speaker.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
    """
    (said, named, _), groups = grouped_frames(
        corpus, layer, {"claims": claims, "mentions": mentions, "actors": actors},
        {"claims": ["claim_id", *SPEAKER_COLUMNS, "chain", "addressee_id"], "mentions": OF_MENTIONS}, level, up_to,
    )  # fmt: skip
    pairs = statements_of(said, groups)
    counted = _spoken(pairs) | _mentioned(_spoken_of(said, named, pairs, groups), _of_actors(named, groups))
    counted["passes_on"] = _passed_on(said, groups)
    counted["addressed"] = groups.of(said["addressee_id"].dropna()).value_counts()
    table = pd.DataFrame({name: counted[name] for name in COUNTS}).fillna(0).astype("int64")
    table = table.rename_axis("speaker").reset_index().astype({"speaker": "str"})
    judgement = judged(table, len(said))
    table.insert(1, "speaker_label", groups.label(table["speaker"]))
    table.insert(2, "actor_type", groups.type(table["speaker"]))
    table.insert(4, "claims_share", judgement["claims_share"])
    table = table.assign(part=judgement["part"])
    return table.sort_values(["claims", "mentions", "speaker"], ascending=[False, False, True], ignore_index=True)


def judged(table: pd.DataFrame, claims: int) -> dict[str, pd.Series[Any]]:
    """What follows from the counts, of so many claims: claims_share and part."""
    speaks, is_spoken_of = table["claims"] > 0, table["by_narrator"] + table["by_others"] > 0
    part = np.select([speaks & is_spoken_of, speaks, is_spoken_of], ["both", "speaks", "spoken of"], "neither")
    return {
        "claims_share": share(table["claims"], pd.Series(claims, index=table.index)),
        "part": pd.Series(part, index=table.index, dtype="str"),
    }


def spoken_of(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> pd.DataFrame:
    """Who speaks of whom: the actors mentioned within the content of claims, by the speakers of these claims.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns claim_id, voice, claimant_ids.
        mentions: Columns kind, actor_id, claim_ids.
        actors: As for `voices`, like level, up_to and layer.
        level: See `voices`.
        up_to: See `voices`.
        layer: See `voices`.

    Returns:
        A row a pair: speaker, speaker_label, actor_id, actor_label, mentions, claims (those with such a mention).
        Sorted by mentions, then the ids.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
    """
    (said, named, _), groups = grouped_frames(
        corpus, layer, {"claims": claims, "mentions": mentions, "actors": actors},
        {"claims": ["claim_id", *SPEAKER_COLUMNS], "mentions": OF_MENTIONS}, level, up_to,
    )  # fmt: skip
    pairs = _spoken_of(said, named, statements_of(said, groups), groups)
    counted = pairs.groupby(["speaker", "actor_id"])[["mention", "claim"]].nunique().reset_index()
    counted = counted.rename(columns={"mention": "mentions", "claim": "claims"})
    counted.insert(1, "speaker_label", groups.label(counted["speaker"]))
    counted.insert(3, "actor_label", groups.label(counted["actor_id"]))
    return counted.sort_values(
        ["mentions", "speaker", "actor_id"], ascending=[False, True, True], ignore_index=True
    ).astype({"speaker": "str", "actor_id": "str", "mentions": "int64", "claims": "int64"})


def attribution_chains(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> pd.DataFrame:
    """The ways that words take into the articles, from the narrator inwards to the claimant.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns document_id, voice, claimant_ids, chain.
        actors: As for `voices`, like level, up_to and layer.
        level: See `voices`.
        up_to: See `voices`.
        layer: See `voices`.

    Returns:
        A row a path: path ("narrator > teller > claimant"), path_labels, depth (sources between the article and the
        content: 0 for the narrator's own claims), outermost (the first source), speaker (the last), claims, documents.
        A claim of two claimants has two paths. Sorted by depth (deepest first), claims, path.

    Raises:
        ValueError: a frame or column is missing, or an option is none.
    """
    (said, _), groups = grouped_frames(
        corpus, layer, {"claims": claims, "actors": actors},
        {"claims": ["document_id", *SPEAKER_COLUMNS, "chain"]}, level, up_to,
    )  # fmt: skip
    rows = statements_of(said, groups)[["claim", "speaker"]].drop_duplicates()
    tellers = _tellers(said, groups).groupby("claim")["teller"].agg(tuple)
    rows["tellers"] = rows["claim"].map(tellers.to_dict())
    rows["document_id"] = said["document_id"].take(rows["claim"].to_numpy()).to_numpy()
    rows["tellers"] = rows["tellers"].astype(object).where(rows["tellers"].notna(), ())
    counted = rows.groupby(["speaker", "tellers"])[["claim", "document_id"]].nunique().reset_index()
    paths = [_path(before, last) for before, last in zip(counted["tellers"], counted["speaker"], strict=True)]
    table = pd.DataFrame({
        "path": pd.Series([ARROW.join(path) for path in paths], dtype="str"),
        "path_labels": pd.Series([ARROW.join(map(groups.label_of_one, path)) for path in paths], dtype="str"),
        "depth": pd.Series([len(path) - 1 for path in paths], dtype="int64"),
        "outermost": pd.Series([path[min(1, len(path) - 1)] for path in paths], dtype="str"),
        "speaker": counted["speaker"].astype("str"),
        "claims": counted["claim"].astype("int64"),
        "documents": counted["document_id"].astype("int64"),
    })  # fmt: skip
    return table.sort_values(["depth", "claims", "path"], ascending=[False, False, True], ignore_index=True)


def _path(tellers: tuple[str, ...], speaker: str) -> list[str]:
    own = speaker == NARRATOR and not tellers
    return [NARRATOR] if own else [NARRATOR, *tellers, speaker]


def _spoken(pairs: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    by_speaker = pairs.groupby("speaker")
    return {"claims": by_speaker["claim"].nunique(), "statements": by_speaker.size()}


def _of_actors(mentions: pd.DataFrame, groups: Groups) -> pd.Series[str]:
    """The groups of the actors that are mentioned, by the number of the mention."""
    chosen = mentions.loc[(mentions["kind"] == "actor") & present(mentions["actor_id"]), "actor_id"]
    return groups.of(chosen)


def _spoken_of(claims: pd.DataFrame, mentions: pd.DataFrame, pairs: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """A row for each mention of an actor in a claim and each speaker of the claim: mention, actor_id, claim, speaker.

    actor_id is the group of the actor.
    """
    actors = _of_actors(mentions, groups)
    claim_ids = mentions["claim_ids"].take(actors.index.to_numpy("int64")).astype(object).explode().dropna()
    within = pd.DataFrame({"mention": claim_ids.index, "claim_id": claim_ids.to_numpy()}).astype({"claim_id": "str"})
    within["actor_id"] = actors.loc[claim_ids.index].to_numpy()
    speaking = pd.DataFrame({
        "claim_id": claims["claim_id"].take(pairs["claim"].to_numpy()).to_numpy(),
        "claim": pairs["claim"].to_numpy(),
        "speaker": pairs["speaker"].to_numpy(),
    }).astype({"claim_id": "str"})  # fmt: skip
    return within.merge(speaking.drop_duplicates(), on="claim_id")[["mention", "actor_id", "claim", "speaker"]]


def _mentioned(pairs: pd.DataFrame, actors: pd.Series[str]) -> dict[str, pd.Series[Any]]:
    by_whom = np.select(
        [pairs["speaker"] == NARRATOR, pairs["speaker"] == pairs["actor_id"]], ["by_narrator", "by_itself"], "by_others"
    )
    counts = {"mentions": actors.value_counts(), "mentions_in_claims": _different(pairs)}
    return counts | {name: _different(pairs[by_whom == name]) for name in ("by_narrator", "by_others", "by_itself")}


def _different(pairs: pd.DataFrame) -> pd.Series[Any]:
    return pairs.groupby("actor_id")["mention"].nunique()


def _tellers(claims: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """The tellers of claims with nested attribution, the outermost first: claim, teller."""
    chain = claims["chain"].astype(object).explode().dropna()
    return pd.DataFrame({"claim": chain.index, "teller": groups.of(chain).to_numpy()})


def _passed_on(claims: pd.DataFrame, groups: Groups) -> pd.Series[Any]:
    return _tellers(claims, groups).groupby("teller")["claim"].nunique()
