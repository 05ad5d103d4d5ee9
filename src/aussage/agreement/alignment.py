"""Claims and mentions of two coders paired one to one by the characters that they share."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from aussage.agreement.coding import Integers, Numbers
from aussage.agreement.errors import scipy
from aussage.agreement.spans import Pieces, document_offsets, overlaps, pieces_of, sizes

LENIENT = 0.5
TIE = 1e-9


def align_claims(claims: pd.DataFrame, coder_a: str, coder_b: str) -> pd.DataFrame:
    """The claims of two coders paired one to one so that their overlap is greatest.

    Method: overlap is Dice on characters, 2 x shared / (length a + length b). In each document the pairs with the
    greatest sum of overlaps are found as an assignment problem (scipy.optimize.linear_sum_assignment); among equally
    good pairings that which keeps the order. Only the documents that occur in `claims` matter, so leave out those that
    one of the two did not code.

    Args:
        claims: Columns claim_id, layer, document_id, content_spans.
        coder_a: The first layer.
        coder_b: The second layer.

    Returns:
        Columns document_id, claim_id_a, claim_id_b, overlap, exact (the same spans). Pairs first, in the order of a;
        then the claims that have no partner: the other id is missing and overlap is 0.

    Raises:
        AgreementError: scipy is not installed.
    """
    return _align(claims, "claim_id", coder_a, coder_b)


def align_mentions(mentions: pd.DataFrame, coder_a: str, coder_b: str, kind: str) -> pd.DataFrame:
    """The mentions of one kind (actor or location) of two coders, paired as `align_claims` does.

    Args:
        mentions: Columns mention_id, layer, kind, document_id, char_start, char_end.
        coder_a: The first layer.
        coder_b: The second layer.
        kind: actor or location.

    Returns:
        Columns document_id, mention_id_a, mention_id_b, overlap, exact.

    Raises:
        AgreementError: scipy is not installed.
    """
    chosen = mentions[mentions["kind"] == kind]
    spans = [[{"start": a, "end": b}] for a, b in zip(chosen["char_start"], chosen["char_end"], strict=True)]
    chosen = chosen.assign(content_spans=pd.Series(spans, index=chosen.index, dtype=object))
    return _align(chosen, "mention_id", coder_a, coder_b)


def f1(aligned: pd.DataFrame) -> dict[str, float]:
    """How many are paired, and F1 of exact pairs and of lenient ones (overlap above 0.5).

    Args:
        aligned: What `align_claims` or `align_mentions` gives.

    Returns:
        n_a, n_b, n_paired, exact, lenient, overlap (the mean over pairs); NaN where neither coder has any.
    """
    ids = [name for name in aligned.columns if name.endswith(("_id_a", "_id_b"))]
    n_a, n_b = (int(aligned[name].notna().sum()) for name in ids)
    paired = aligned[aligned["overlap"] > 0]
    whole = (n_a + n_b) / 2
    return {
        "n_a": n_a,
        "n_b": n_b,
        "n_paired": len(paired),
        "exact": float(aligned["exact"].sum() / whole) if whole else float("nan"),
        "lenient": float((aligned["overlap"] > LENIENT).sum() / whole) if whole else float("nan"),
        "overlap": float(paired["overlap"].mean()) if len(paired) else float("nan"),
    }


def _align(frame: pd.DataFrame, key: str, coder_a: str, coder_b: str) -> pd.DataFrame:
    sides = [frame[frame["layer"] == coder].reset_index(drop=True) for coder in (coder_a, coder_b)]
    both = pd.concat(sides, ignore_index=True)
    ends = pd.Series([max((p["end"] for p in span), default=0) for span in both["content_spans"]], dtype="int64")
    offsets = document_offsets(ends.groupby(both["document_id"].astype(str), sort=False).max() + 1)
    one, other = (pieces_of(side["content_spans"], side["document_id"].map(offsets)) for side in sides)
    first, second, overlap = _pairs(one, other, len(sides[0]), len(sides[1]))
    spans = [[[(p["start"], p["end"]) for p in span] for span in side["content_spans"]] for side in sides]
    exact = [spans[0][a] == spans[1][b] for a, b in zip(first.tolist(), second.tolist(), strict=True)]
    ids = [side[key].astype(object).to_numpy() for side in sides]
    document = sides[0]["document_id"].astype(object).to_numpy()
    pairs = _rows(key, document[first], ids[0][first], ids[1][second], overlap, exact)
    alone = []
    for number, taken in enumerate((first, second)):
        left = np.setdiff1d(np.arange(len(sides[number])), taken)
        found: list[Any] = [None, None]
        found[number], found[1 - number] = ids[number][left], [None] * len(left)
        documents = sides[number]["document_id"].astype(object).to_numpy()[left]
        alone.append(_rows(key, documents, found[0], found[1], np.zeros(len(left)), [False] * len(left)))
    return pd.concat([pairs, *alone], ignore_index=True)


def _rows(key: str, documents: Any, ids_a: Any, ids_b: Any, overlap: Numbers, exact: list[bool]) -> pd.DataFrame:
    text = pd.StringDtype(na_value=np.nan)
    return pd.DataFrame(
        {
            "document_id": pd.Series(list(documents), dtype=text),
            f"{key}_a": pd.Series(list(ids_a), dtype=text),
            f"{key}_b": pd.Series(list(ids_b), dtype=text),
            "overlap": pd.Series(overlap, dtype="float64"),
            "exact": pd.Series(exact, dtype=bool),
        }
    )


def _pairs(one: Pieces, other: Pieces, n_a: int, n_b: int) -> tuple[Integers, Integers, Numbers]:
    """The best pairing: rows of both sides and their overlap, in the order of the first side."""
    first, second, shared = overlaps(one, other)
    dice = 2 * shared / (sizes(one, n_a)[first] + sizes(other, n_b)[second])
    degree_a, degree_b = np.bincount(first, minlength=n_a), np.bincount(second, minlength=n_b)
    chosen = (degree_a[first] == 1) & (degree_b[second] == 1)
    open_ = np.flatnonzero(~chosen)
    if len(open_):
        chosen[open_[_assigned(first[open_], second[open_], dice[open_], n_a, n_b)]] = True
    return first[chosen], second[chosen], dice[chosen]


def _assigned(first: Integers, second: Integers, dice: Numbers, n_a: int, n_b: int) -> Integers:
    """Which of the edges the best assignment takes; each group of rows that hang together is a problem of its own."""
    sparse, optimize = scipy("sparse"), scipy("optimize")
    graph = sparse.coo_matrix((np.ones(len(first)), (first, second + n_a)), shape=(n_a + n_b, n_a + n_b))
    group = scipy("sparse.csgraph").connected_components(graph, directed=False)[1][first]
    order = np.argsort(group, kind="stable")
    taken: list[int] = []
    for edges in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        rows, row = np.unique(first[edges], return_inverse=True)
        columns, column = np.unique(second[edges], return_inverse=True)
        worth = np.zeros((len(rows), len(columns)))
        worth[row, column] = dice[edges] - TIE * np.abs(row - column)
        number = np.full(worth.shape, -1, dtype=np.int64)
        number[row, column] = edges
        found = number[optimize.linear_sum_assignment(worth, maximize=True)]
        taken.extend(found[found >= 0].tolist())
    return np.array(taken, dtype=np.int64)
