"""Weights divided by what the actors said in all, so that who speaks much is not at the centre for that alone.

Method: as in `matrix`. Three things differ from the formulas of the manual and from the tool; `compatible` undoes that:

cosine: the manual divides by the product of the two totals of statements, which is no cosine. Here it is the product of
the two lengths (square root of the sum of squares), so that equal profiles have 1.

Jaccard: the manual adds counts (m10, m01) and products of counts (m11) in one denominator, and remarks that it suits
counts of 0 and 1. Here, with q for the sum of squares, it is q + q' - m11, which is Jaccard's coefficient carried over
to counts (Tanimoto): the same for counts of 0 and 1, and never above 1. Under `ignore` both run over the columns; the
tool's Jaccard runs over columns and values of the ignored qualifier.

prominence of combined ties: the tool counts the ties of row n where it should count those of column n.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from aussage.discourse.networks.matrix import Counts, Sparse, row_numbers, without_diagonal

Numbers = npt.NDArray[np.float64]


def normalized_two_mode(weights: Sparse, counts: Counts, aggregation: str, by: str, compatible: bool) -> Sparse:
    """Divide the weights of a two-mode network.

    activity: by the statements of the row. prominence: by the statements of the column. Weights of `combine` are
    divided by the number of ties instead, as the tool does; what that means is for the user to say.

    Raises:
        ValueError: prominence of combined ties as the tool has it, which only works if rows and columns are as many.
    """
    if by == "no":
        return weights
    counted = weights > 0 if aggregation == "combine" else counts.total()
    if by == "activity":
        return _divided(weights, counted.sum(axis=1)[row_numbers(weights)])
    if aggregation == "combine" and compatible:
        if weights.shape[0] != weights.shape[1]:
            raise ValueError(
                "prominence of combined ties with compatible=True needs as many rows as columns, "
                f"and here are {weights.shape[0]} and {weights.shape[1]}; the tool fails there too"
            )
        return _divided(weights, counted.sum(axis=1)[weights.indices])
    return _divided(weights, counted.sum(axis=0)[weights.indices])


def normalized_one_mode(weights: Sparse, counts: Counts, aggregation: str, by: str, compatible: bool) -> Sparse:
    """Divide the weights of a one-mode network.

    average: by the mean of the two rows' statements. jaccard and cosine: see the head of this file.
    """
    if by == "no" or not weights.nnz:
        return weights
    if by == "jaccard":
        if compatible:
            return _divided(weights, _tool_jaccard(weights, counts.by_value()))
        return _divided(weights, _jaccard(weights, counts, aggregation))
    if by == "average":
        of_row = counts.total().sum(axis=1)
        return _divided(weights, (of_row[row_numbers(weights)] + of_row[weights.indices]) / 2)
    of_row = counts.total().sum(axis=1) if compatible else np.sqrt(_squares(_profiles(counts, aggregation)))
    return _divided(weights, of_row[row_numbers(weights)] * of_row[weights.indices])


def _profiles(counts: Counts, aggregation: str) -> Sparse:
    """What two rows are compared by: their columns, or their columns and values where the qualifier matters."""
    return counts.total() if aggregation == "ignore" else counts.by_value()


def _squares(matrix: Sparse) -> Numbers:
    return np.asarray(matrix.power(2).sum(axis=1), dtype=float)


def _jaccard(weights: Sparse, counts: Counts, aggregation: str) -> Numbers:
    """The denominators q + q' - m11, one for each weight."""
    profiles = _profiles(counts, aggregation)
    squares = _squares(profiles)
    sums = squares[row_numbers(weights)] + squares[weights.indices]
    if aggregation in ("ignore", "congruence"):  # there the weights are m11, and a second product would cost much
        return np.asarray(sums - weights.data, dtype=float)
    return _less(weights, sums, without_diagonal(profiles @ profiles.T))


def _tool_jaccard(weights: Sparse, profiles: Sparse) -> Numbers:
    """The denominators m10 + m01 + m11, one for each weight.

    m10 and m01 are the statements of the one about what the other never speaks of, m11 the products about the rest.
    """
    spoken = (profiles > 0).astype(float)
    shared = profiles @ spoken.T  # the statements of the row where the other row has some
    totals = np.asarray(profiles.sum(axis=1), dtype=float)
    sums = totals[row_numbers(weights)] + totals[weights.indices]
    return _less(weights, sums, without_diagonal(shared + shared.T - profiles @ profiles.T))


def _less(weights: Sparse, minuends: Numbers, subtrahends: Sparse) -> Numbers:
    """One difference for each weight, in the order of the weights.

    No difference is 0 where there is a weight (two rows that are tied have said something), so the matrix of the
    differences stores just the places of the weights.
    """
    places = _like(weights, np.ones(weights.nnz))
    differences = (_like(weights, minuends) - subtrahends.multiply(places)).tocsr()
    differences.sort_indices()
    return np.asarray(differences.data, dtype=float)


def _divided(weights: Sparse, by: Any) -> Sparse:
    return _like(weights, weights.data / by)


def _like(weights: Sparse, data: Numbers) -> Sparse:
    """A matrix with the places of the weights and other numbers."""
    return type(weights)((data, weights.indices, weights.indptr), shape=weights.shape)
