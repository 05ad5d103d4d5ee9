"""Which sentences a span touches, found by binary search over all documents at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from aussage.check.tables import Tables, at, joined_items


def document_starts(tables: Tables) -> pd.Series[Any]:
    """Where each document would begin if all articles were one text, one after another with a gap of one."""
    documents = tables.frame("documents")
    lengths = documents["text"].str.len() + 1
    starts = lengths.cumsum() - lengths
    return starts.set_axis(documents["document_id"]).groupby(level=0).first()


def touched(tables: Tables, column: str) -> pd.DataFrame:
    """One row for each span of a list column of claims and each sentence that it shares a character with.

    `row` is the claim's number, `piece` the number of the span among all, `sentence` the sentence's number.
    """
    base = document_starts(tables)
    claims, items, sentences = tables.frame("claims"), tables.items("claims", column), tables.frame("sentences")
    shift = at(claims["document_id"], base).fillna(-1)[items["row"]].to_numpy()
    begin = at(sentences["document_id"], base).fillna(-1).to_numpy()
    order = np.argsort(begin + sentences["char_start"].to_numpy(), kind="stable")
    starts = (begin + sentences["char_start"].to_numpy())[order]
    ends = (begin + sentences["char_end"].to_numpy())[order]
    first = np.searchsorted(ends, shift + items["start"].to_numpy(), side="right")
    last = np.searchsorted(starts, shift + items["end"].to_numpy(), side="left")
    count = np.where(shift < 0, 0, np.maximum(last - first, 0))
    offset = np.arange(count.sum()) - np.repeat(count.cumsum() - count, count)
    return pd.DataFrame(
        {
            "row": np.repeat(items["row"].to_numpy(), count),
            "piece": np.repeat(np.arange(len(items)), count),
            "sentence": order[np.repeat(first, count) + offset] if len(order) else np.array([], dtype=np.int64),
        }
    )


def touched_ids(tables: Tables, column: str) -> pd.Series[Any]:
    """The ids of the sentences that each claim's spans touch, each once, in order, joined to one text."""
    found = touched(tables, column).drop_duplicates(["row", "sentence"]).sort_values(["row", "sentence"])
    names = tables.key("sentences")[found["sentence"]].set_axis(found.index)
    return joined_items(found.assign(name=names), "name", len(tables.frame("claims")))
