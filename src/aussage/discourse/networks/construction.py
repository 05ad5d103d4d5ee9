"""Discourse networks from a frame of statements."""

from __future__ import annotations

import pandas as pd

from aussage.discourse.networks.graph import ONE_MODE, Network, Options
from aussage.discourse.networks.matrix import Counts, Sparse, count, one_mode_weights, two_mode_weights
from aussage.discourse.networks.normalization import normalized_one_mode, normalized_two_mode
from aussage.discourse.networks.statements import Statements, statements_that_count

AGGREGATIONS = {
    "two-mode": ("ignore", "combine", "subtract"),
    ONE_MODE: ("ignore", "congruence", "conflict", "subtract"),
}
NORMALIZATIONS = {"two-mode": ("no", "activity", "prominence"), ONE_MODE: ("no", "average", "jaccard", "cosine")}


def network(
    statements: pd.DataFrame,
    *,
    rows: str,
    columns: str,
    qualifier: str | None = None,
    mode: str = "two-mode",
    aggregation: str = "ignore",
    normalization: str = "no",
    duplicates: str = "include",
    compatible: bool = False,
) -> Network:
    """The network of who says what (two-mode), or of who is tied to whom by saying it (one-mode).

    To exclude values, take a window of time or ask for a number of statements at least, choose rows of the frame first.
    Only what a counted statement has is in the matrix; a row without a tie is there too. A one-mode diagonal is 0.

    Args:
        statements: One row a statement, with the columns named by `rows`, `columns` and `qualifier`, and document_id
            or date where `duplicates` needs them. A cell of `rows` or `columns` may hold a list: each of its values
            makes a statement. Missing values are left out and counted in `left_out`.
        rows: The variable of the rows, such as the claimant.
        columns: The variable of the columns, such as the issue. One-mode: the variable through which rows are tied.
        qualifier: Agreement: boolean (False is -1), or -1, 0 and +1. 0 counts only under `ignore`.
        mode: two-mode or one-mode.
        aggregation: Two-mode weights count a row's statements about a column: all (`ignore`), those that support less
            those that refuse (`subtract`), or 1 for support only, 2 for refusal only, 3 for both (`combine`). One-mode:
            summed over the columns, the number of statements of the one row times that of the other: of all (`ignore`),
            of those with the same qualifier (`congruence`), of those with opposite ones (`conflict`), or congruence
            less conflict (`subtract`).
        normalization: no, or what weights are divided by. Two-mode: all statements of the row (`activity`), all of the
            column (`prominence`). One-mode: the mean of the two rows' numbers of statements (`average`); `jaccard` and
            `cosine` compare to what the two say apart, see `normalization`.
        duplicates: Which statements with equal row, column and qualifier (unless ignored) count once: include (none),
            or those of one document, week (ISO 8601), month, year or of the whole range.
        compatible: Reproduce the faults of the Discourse Network Analyzer; see `Options`.

    Raises:
        ValueError: a column is not there, a value cannot be read, or the options do not go together.
        ImportError: scipy is not installed.

    Source: Leifeld, P. (2017): Discourse Network Analysis: Policy Debates as Dynamic Networks. In: Victor, Montgomery
    and Lubell (eds.), The Oxford Handbook of Political Networks; Leifeld, Gruber and Bossner (2018): Discourse Network
    Analyzer Manual, chapter 2; the documentation of dna_network in rDNA.
    """
    options = Options(rows, columns, qualifier, mode, aggregation, normalization, duplicates, compatible)
    _refuse(options)
    ignore = aggregation == "ignore"
    counted = statements_that_count(statements, rows, columns, qualifier, ignore, duplicates, not compatible)
    return _network_of(counted, options)


def _network_of(counted: Statements, options: Options) -> Network:
    """The network that statements make under these options."""
    counts = count(counted)
    return Network(
        options=options,
        row_labels=counted.row_labels,
        column_labels=counted.row_labels if options.mode == ONE_MODE else counted.column_labels,
        through=counted.column_labels,
        weights=weights_of(counts, options),
        counts=counts,
        n_statements=len(counted.rows),
        left_out=counted.left_out,
    )


def weights_of(counts: Counts, options: Options) -> Sparse:
    """The weights of the network that counts make under these options."""
    by, compatible = options.normalization, options.compatible
    if options.mode == ONE_MODE:
        weights = one_mode_weights(counts, options.aggregation)
        return normalized_one_mode(weights, counts, options.aggregation, by, compatible)
    weights = two_mode_weights(counts, options.aggregation)
    return normalized_two_mode(weights, counts, options.aggregation, by, compatible)


def _refuse(options: Options) -> None:
    """Raise ValueError for options that do not go together, and say which do."""
    if options.mode not in AGGREGATIONS:
        raise ValueError(f"mode is {options.mode!r}; it may be {' or '.join(AGGREGATIONS)}")
    for name, value, allowed in (
        ("aggregation", options.aggregation, AGGREGATIONS[options.mode]),
        ("normalization", options.normalization, NORMALIZATIONS[options.mode]),
    ):
        if value not in allowed:
            raise ValueError(f"{name} is {value!r}; in a {options.mode} network it may be {', '.join(allowed)}")
    if options.aggregation != "ignore" and options.qualifier is None:
        raise ValueError(f"aggregation {options.aggregation!r} needs a qualifier; without one it may be ignore")
