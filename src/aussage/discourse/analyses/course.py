"""How voices, issues and certainty move from the beginning of an article to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aussage.discourse.analyses.certainty import DEGREES, MODALITIES
from aussage.discourse.analyses.frames import Source, frames_of, groupable, only, share, values_of
from aussage.discourse.analyses.rollup import grouped_frames
from aussage.discourse.analyses.speakers import SPEAKER_COLUMNS, claims_of_speakers

if TYPE_CHECKING:
    from aussage.corpus import Corpus

OF_SENTENCES = ("sentence_id", "document_id", "position")
COLUMNS = (
    "document_id", "window", "start", "end", "sentences", "value", "label", "claims", "total", "share",
    "cumulative_claims", "cumulative_total", "cumulative_share",
)  # fmt: skip


def article_positions(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    windows: int = 10,
    layer: str | None = None,
) -> pd.DataFrame:
    """Where each claim stands in its article.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns claim_id, document_id, sentence_id (the one under which it is filed).
        sentences: Columns sentence_id, document_id, position: all sentences of the documents.
        windows: Into how many equal windows an article is divided.
        layer: The layer, if the frame has several.

    Returns:
        A row a claim, in their order: claim_id, document_id, sentence_id, place (of the middle of the sentence among
        the sentences of the article: the i-th of n is at (i - 1/2) / n, between 0 and 1), window (from 1).

    Raises:
        ValueError: a frame or column is missing, a claim stands in no sentence, or there is not one window.
    """
    said, texts = frames_of(
        corpus, layer, {"claims": claims, "sentences": sentences},
        {"claims": ["claim_id", "document_id", "sentence_id"], "sentences": OF_SENTENCES},
    )  # fmt: skip
    found = _placed(texts, windows).set_index("sentence_id").reindex(said["sentence_id"])
    _need_all(said["sentence_id"], texts)
    return said.assign(place=found["place"].to_numpy(), window=found["window"].to_numpy("int64"))


def course(
    corpus: Corpus | Source | None = None,
    *,
    claims: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    of: str = "speaker",
    windows: int = 10,
    per_document: bool = True,
    level: str = "actor",
    up_to: str | Sequence[str] | None = None,
    layer: str | None = None,
) -> pd.DataFrame:
    """How voices, issues or certainty move through the articles, in equal windows of their sentences.

    Args:
        corpus: A Corpus or a dict of frames; a frame that is named takes the place of its table.
        claims: Columns document_id, sentence_id, voice, claimant_ids, and that of `of` (modality for certainty).
        sentences: Columns sentence_id, document_id, position: all sentences of the documents.
        actors: Columns actor_id, label, actor_type, and parent_id or country where the roll-up needs them.
        of: "speaker" (the claimant, or `narrator`), "certainty" (certain, probable, possible, uncommitted), or a column
            of the claims with single values, as "issue_id", "voice", "evidence", "claim_type".
        windows: Into how many windows an article is divided; a sentence lies in the window of its middle.
        per_document: Whether each article is counted by itself; else all together, without the column document_id.
        level: The level of the speakers, like up_to; see `voices`.
        up_to: See `voices`.
        layer: The layer to count, if the frames have several.

    Returns:
        A row a document, window and value that the document has: document_id, window (from 1), start and end (0 to 1),
        sentences (in the window), value (`none` where a claim has none), label (of speakers; else the value), claims,
        total (all claims of the window), share, and cumulative_claims, cumulative_total, cumulative_share: the same
        up to and with the window. Windows without claims are there, with 0; a share of nothing is missing. A claim of
        two speakers counts for each, and once in the total. Sorted by document_id, window, value.

    Raises:
        ValueError: a frame or column is missing, a claim stands in no sentence, or an option is none.
    """
    column = {"speaker": "voice", "certainty": "modality"}.get(of, of)
    (said, texts, _), groups = grouped_frames(
        corpus, layer, {"claims": claims, "sentences": sentences, "actors": actors},
        {"claims": ["document_id", "sentence_id", *SPEAKER_COLUMNS, column], "sentences": OF_SENTENCES}, level, up_to,
    )  # fmt: skip
    _need_all(said["sentence_id"], texts)
    placed = _placed(texts, windows)
    if not per_document:
        said, placed = said.assign(document_id=""), placed.assign(document_id="")
    rows = claims_of_speakers(said, groups) if of == "speaker" else said.rename_axis("claim").reset_index()
    table = _cells(_valued(rows, of, placed), windows)
    table = table.merge(_sentences(placed, windows), on=["document_id", "window"], how="left", validate="many_to_one")
    table["start"], table["end"] = (table["window"] - 1) / windows, table["window"] / windows
    table["label"] = groups.label(table["value"]) if of == "speaker" else table["value"]
    table = table[list(COLUMNS)]
    return table if per_document else table.drop(columns="document_id")


def _valued(rows: pd.DataFrame, of: str, placed: pd.DataFrame) -> pd.DataFrame:
    """The claims with the window in which they stand and the value by which they are told apart."""
    return rows.assign(
        document_id=rows["document_id"].astype("str"),
        window=rows["sentence_id"].map(placed.set_index("sentence_id")["window"]).astype("int64"),
        value=_certainties(rows["modality"]) if of == "certainty" else _texts(rows[of]),
    )


def _need_all(wanted: pd.Series[Any], sentences: pd.DataFrame) -> None:
    absent = sorted(set(wanted[~wanted.isin(sentences["sentence_id"])].astype("str")))
    if absent:
        raise ValueError(f"these sentences of claims are not there: {', '.join(absent[:5])}")


def _placed(sentences: pd.DataFrame, windows: int) -> pd.DataFrame:
    """The sentences with place and window, which is worked out in whole numbers so that no border is rounded."""
    if windows < 1:
        raise ValueError(f"windows is {windows}; it must be at least 1")
    by_document = sentences.groupby("document_id", sort=False)["position"]
    middle = 2 * by_document.rank(method="first").to_numpy("int64") - 1
    double = 2 * by_document.transform("size").to_numpy("int64")
    return sentences.assign(place=middle / double, window=middle * windows // double + 1)


def _texts(values: pd.Series[Any]) -> pd.Series[Any]:
    """The values as categories or texts."""
    return groupable(values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("str"))


def _certainties(modality: pd.Series[Any]) -> pd.Series[Any]:
    """The degrees of certainty, in FactBank's order."""
    degrees = only(modality, MODALITIES).str[:2].map(DEGREES)
    return degrees.astype(pd.CategoricalDtype(list(DEGREES.values())))


def _sentences(placed: pd.DataFrame, windows: int) -> pd.DataFrame:
    """The number of sentences in each window of each document."""
    documents = sorted(placed["document_id"].astype("str").unique())
    cells = pd.MultiIndex.from_product([documents, range(1, windows + 1)], names=["document_id", "window"])
    counts = placed.groupby([placed["document_id"].astype("str"), placed["window"]]).size()
    table = counts.reindex(cells, fill_value=0).rename("sentences").reset_index()
    return table.astype({"document_id": "str", "window": "int64", "sentences": "int64"})


def _cells(rows: pd.DataFrame, windows: int) -> pd.DataFrame:
    """Each document with each of its values in each window: claims, total and share, of the window and cumulative."""
    order = {value: number for number, value in enumerate(values_of(rows["value"]))}
    rows = rows.assign(value=rows["value"].map(order).astype("int64"))  # numbers sort as the codebook does
    pairs = rows[["document_id", "value"]].drop_duplicates()
    table = pairs.merge(pd.DataFrame({"window": np.arange(1, windows + 1)}), how="cross")
    table = table.sort_values(["document_id", "window", "value"], ignore_index=True)
    for name, keys in (("claims", ["document_id", "window", "value"]), ("total", ["document_id", "window"])):
        counts = rows.groupby(keys)["claim"].nunique().rename(name).reset_index()
        table = table.merge(counts, on=keys, how="left", validate="many_to_one")
        table[name] = table[name].fillna(0).astype("int64")
    by_value = table.groupby(["document_id", "value"], sort=False)
    for name in ("claims", "total"):  # a claim lies in one window, so that sums over windows count it once
        table[f"cumulative_{name}"] = by_value[name].cumsum().astype("int64")
    table["share"] = share(table["claims"], table["total"])
    table["cumulative_share"] = share(table["cumulative_claims"], table["cumulative_total"])
    return table.assign(value=table["value"].map(dict(enumerate(order))).astype("str"))
