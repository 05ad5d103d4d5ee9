"""Statement counts and the weights of a network before normalization, as sparse matrices.

Method: the manual of the Discourse Network Analyzer (Leifeld, Gruber and Bossner 2018, chapter 2) after Leifeld, P.
(2017): Discourse Network Analysis: Policy Debates as Dynamic Networks. In: Victor, Montgomery and Lubell (eds.), The
Oxford Handbook of Political Networks. Here x(i, j, k) is how many statements tie row i to column j with qualifier k.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from aussage.discourse.networks.extra import library
from aussage.discourse.networks.statements import Mask, Statements

Sparse = Any  # scipy.sparse.csr_array; scipy has no types

MIXED = 3
REFUSED = 2
SUPPORTED = 1


@dataclass(frozen=True)
class Counts:
    """How many statements tie each row to each column: one matrix a value of the qualifier, in the order -1, 0, +1.

    Where there is no qualifier, all statements are counted under 0. Where it is not ignored, 0 holds none.
    """

    refused: Sparse
    neutral: Sparse
    supported: Sparse

    def total(self) -> Sparse:
        """The sum over the values of the qualifier."""
        return _clean(self.refused + self.neutral + self.supported)

    def by_value(self) -> Sparse:
        """Rows by columns and values: the three matrices side by side."""
        return library("scipy.sparse").hstack([self.refused, self.neutral, self.supported], format="csr")

    def without(self, columns: Mask) -> Counts:
        """The counts as if nobody had spoken of the columns for which the mask is true."""
        diagonal = library("scipy.sparse").diags_array((~columns).astype(float), format="csr")
        return Counts(*(_clean(part @ diagonal) for part in (self.refused, self.neutral, self.supported)))


def count(statements: Statements) -> Counts:
    """Count the statements."""
    sparse = library("scipy.sparse")
    shape = (len(statements.row_labels), len(statements.column_labels))
    parts = []
    for value in (-1, 0, 1):
        chosen = statements.qualifiers == value
        places = (statements.rows[chosen], statements.columns[chosen])
        parts.append(sparse.coo_array((np.ones(int(chosen.sum())), places), shape=shape).tocsr())
    return Counts(*(_clean(part) for part in parts))


def two_mode_weights(counts: Counts, aggregation: str) -> Sparse:
    """Rows by columns.

    ignore: the number of statements. subtract: those that support less those that refuse. combine: 1 if all support, 2
    if all refuse, 3 if there are both.
    """
    if aggregation == "ignore":
        return counts.total()
    if aggregation == "subtract":
        return _clean(counts.supported - counts.refused)
    return _clean((counts.supported > 0) * float(SUPPORTED) + (counts.refused > 0) * float(REFUSED))


def one_mode_weights(counts: Counts, aggregation: str) -> Sparse:
    """Rows by rows, 0 on the diagonal; sums over the columns j of products of counts of two rows.

    ignore: all statements of the one times all of the other. congruence: the products of equal qualifiers. conflict:
    those of opposite ones. subtract: congruence less conflict.
    """
    if aggregation == "ignore":
        total = counts.total()
        return without_diagonal(total @ total.T)
    if aggregation == "subtract":
        net = counts.supported - counts.refused  # (s - r)(s' - r') = ss' + rr' - (sr' + rs')
        return without_diagonal(net @ net.T)
    own = counts.by_value()
    if aggregation == "congruence":
        return without_diagonal(own @ own.T)
    opposite = Counts(counts.supported, counts.neutral, counts.refused).by_value()
    return without_diagonal(own @ opposite.T)


def without_diagonal(square: Sparse) -> Sparse:
    """A symmetric matrix with nothing on its diagonal and no stored zeros, the columns of each row in order."""
    square = square.T.tocsr()  # itself, as it is symmetric; the way there puts its columns in order faster than sorting
    square.data[square.indices == row_numbers(square)] = 0
    square.eliminate_zeros()
    return square


def row_numbers(matrix: Sparse) -> Any:
    """The row of each stored entry."""
    return np.repeat(np.arange(matrix.shape[0], dtype=matrix.indices.dtype), np.diff(matrix.indptr))


def _clean(matrix: Sparse) -> Sparse:
    """No stored zeros, and the columns of each row in order, so that equal matrices are stored alike."""
    matrix = matrix.tocsr()
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix
