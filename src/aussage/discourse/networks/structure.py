"""The structure of a network: communities, polarisation, centralities, and the columns that carry it (backbone)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from aussage.discourse.networks.construction import weights_of
from aussage.discourse.networks.extra import library
from aussage.discourse.networks.graph import Network
from aussage.discourse.networks.matrix import Sparse, row_numbers

DISTANCES = ("spectral", "euclidean")
DIGITS = 12  # eigenvalues differ between machines in the last digits


class Polarisation(NamedTuple):
    """How far a network falls into groups; both numbers are missing (nan) if nobody is tied.

    modularity is 0 if the groups are no more tied within than by chance, and towards 1 the more they are. ei_index is
    -1 if all ties are within groups and 1 if all are between them.
    """

    modularity: float
    ei_index: float
    groups: pd.Series[int]


def communities(network: Network, resolution: float = 1.0) -> pd.Series[int]:
    """The group of each actor of a one-mode network: label -> number from 1, larger groups first.

    Method: greedy modularity (Clauset, Newman and Moore 2004, Physical Review E 70, 066111) as in networkx, on the ties
    above 0. Nothing is random. For networks of some thousand nodes at most.

    Raises:
        ValueError: the network is two-mode.
        ImportError: networkx is not installed.
    """
    _need_one_mode(network, "communities")
    graph = _graph_of_numbers(network)
    groups: list[Any] = [{node} for node in graph]
    if graph.number_of_edges():
        nx = library("networkx")
        groups = nx.community.greedy_modularity_communities(graph, weight="weight", resolution=resolution)
    numbers = np.zeros(len(network.row_labels), np.int64)
    for number, group in enumerate(sorted(groups, key=lambda group: (-len(group), min(group))), start=1):
        numbers[sorted(group)] = number
    index = pd.Index(network.row_labels, dtype="str", name=network.options.rows)
    return pd.Series(numbers, index=index, name="community")


def polarisation(network: Network, groups: Mapping[str, Any] | pd.Series[Any] | None = None) -> Polarisation:
    """How far the actors of a one-mode network fall into groups.

    Method: modularity of weighted networks (Newman 2004, Physical Review E 70, 056131); where there are weights below
    0, as with `subtract`, the one for signed networks (Gómez, Jensen and Arenas 2009, Physical Review E 80, 016114),
    which is the same where there are none. E-I index (Krackhardt and Stern 1988, Social Psychology Quarterly 51):
    (E - I) / (E + I), E the weights between and I those within groups, on the ties above 0.

    Args:
        network: A one-mode network.
        groups: label -> group, for all labels; without it, `communities`.

    Raises:
        ValueError: the network is two-mode, or a label has no group.
        ImportError: networkx is not installed and there are no groups.
    """
    _need_one_mode(network, "polarisation")
    given = communities(network) if groups is None else pd.Series(groups)
    absent = [label for label in network.row_labels if label not in given.index or pd.isna(given[label])]
    if absent:
        raise ValueError(f"these have no group: {', '.join(absent[:5])}")
    chosen = given.loc[network.row_labels]
    codes, _ = pd.factorize(chosen, sort=False)
    source = row_numbers(network.weights)
    target, weights = network.weights.indices, network.weights.data
    within = codes[source] == codes[target]
    supports, opposes = np.maximum(weights, 0), np.maximum(-weights, 0)
    excess = _excess_within(codes[source], within, supports) - _excess_within(codes[source], within, opposes)
    everything, total = float(np.abs(weights).sum()), float(supports.sum())
    between = float(supports[~within].sum())
    return Polarisation(
        modularity=excess / everything if everything else np.nan,
        ei_index=(2 * between - total) / total if total else np.nan,
        groups=chosen.rename("group"),
    )


def _excess_within(groups: npt.NDArray[Any], within: npt.NDArray[np.bool_], weights: npt.NDArray[Any]) -> float:
    """The weights within groups less those that chance would put there; each tie counts in both directions."""
    total = float(weights.sum())
    if not total:
        return 0.0
    of_group = np.bincount(groups, weights=weights)
    return float(weights[within].sum()) - float((of_group**2).sum()) / total


def centralities(network: Network) -> pd.DataFrame:
    """How central each node is, on the ties above 0.

    Method: networkx. degree is the number of ties, strength the sum of their weights. betweenness (Brandes 2001) and
    closeness (with Wasserman and Faust's correction for parts that are not connected) take 1 / weight as the length of
    a tie, so that strong ties are short. For networks of some thousand nodes at most.

    Returns:
        Columns node, label, variable, degree, strength, betweenness, closeness, in the order of the nodes.

    Raises:
        ImportError: networkx is not installed.
    """
    nx = library("networkx")
    graph = _graph_of_numbers(network)
    measures = {
        "degree": dict(graph.degree()),
        "strength": {node: float(strength) for node, strength in graph.degree(weight="weight")},
        "betweenness": nx.betweenness_centrality(graph, weight="length"),
        "closeness": nx.closeness_centrality(graph, distance="length"),
    }
    nodes = network.nodes()
    return nodes.assign(**{name: [of[number] for number in range(len(nodes))] for name, of in measures.items()})


def backbone(network: Network, distance: str = "spectral") -> pd.DataFrame:
    """The columns through which a one-mode network is tied, ordered by what they contribute to its structure.

    Method: the nested backbone as the documentation of dna_backbone (Leifeld and Henrichsen, rDNA) describes it. From
    all columns, the one without which the network stays nearest to the full one is left out, then the next, until none
    is there; of equally good ones, the last in the order of labels. Weights below 0 count as 0.

    spectral: the Euclidean distance between the eigenvalues of the two Laplacian matrices, each scaled to sum 1. It
    sees the shape of the network, not its size. euclidean: that between the weights, a pair of rows once. Both differ
    from the tool, which adds absolute differences, and whose code takes the degrees for the Laplacian.

    With n columns, n (n + 1) / 2 networks are made.

    Returns:
        A row a column of the network, the one left out last first: column; step at which it was left out; loss, the
        distance of what was left then; contribution, the distance if it alone is left out.

    Raises:
        ValueError: the network is two-mode, or the distance is none.
    """
    _need_one_mode(network, "backbone")
    if distance not in DISTANCES:
        raise ValueError(f"distance is {distance!r}; it may be {', '.join(DISTANCES)}")
    shape = _spectrum if distance == "spectral" else _pairs
    full = shape(network.weights)

    def loss(left_out: set[int]) -> float:
        gone = np.zeros(len(network.through), bool)
        gone[sorted(left_out)] = True
        rest = shape(weights_of(network.counts.without(gone), network.options))
        return round(float(np.linalg.norm(full - rest)), DIGITS)

    alone = [loss({column}) for column in range(len(network.through))]
    left_out: set[int] = set()
    steps = []
    while len(left_out) < len(network.through):
        losses = {column: loss(left_out | {column}) for column in range(len(network.through)) if column not in left_out}
        weakest = min(losses, key=lambda column: (losses[column], -column))
        left_out.add(weakest)
        steps.append((network.through[weakest], len(left_out), losses[weakest], alone[weakest]))
    return pd.DataFrame(steps[::-1], columns=["column", "step", "loss", "contribution"])


def _pairs(weights: Sparse) -> npt.NDArray[np.float64]:
    dense = np.maximum(weights.toarray(), 0)
    return np.asarray(dense[np.triu_indices_from(dense, 1)], dtype=float)


def _spectrum(weights: Sparse) -> npt.NDArray[np.float64]:
    adjacency = np.maximum(weights.toarray(), 0)
    degrees = adjacency.sum(axis=1)
    total = float(degrees.sum())  # the trace, which the eigenvalues sum to
    if not total:
        return np.zeros(len(degrees))
    return np.asarray(np.linalg.eigvalsh((np.diag(degrees) - adjacency) / total), dtype=float)


def _graph_of_numbers(network: Network) -> Any:
    """The ties above 0 between the numbers of the nodes; numbers, because sets of texts have no fixed order."""
    graph = library("networkx").Graph()
    beyond = 0 if network.is_one_mode else len(network.row_labels)
    graph.add_nodes_from(range(len(network.row_labels) + (0 if network.is_one_mode else len(network.column_labels))))
    source, target, weights = (array.tolist() for array in network.ties())
    for i, j, weight in zip(source, target, weights, strict=True):
        if weight > 0:
            graph.add_edge(i, j + beyond, weight=weight, length=1 / weight)
    return graph


def _need_one_mode(network: Network, what: str) -> None:
    if not network.is_one_mode:
        raise ValueError(f"{what} need a one-mode network, and this one is {network.options.mode}")
