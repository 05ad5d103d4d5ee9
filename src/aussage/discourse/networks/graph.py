"""A discourse network: its weights as a matrix, as a list of ties, as a graph of networkx, and as a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from aussage.discourse.networks.extra import library
from aussage.discourse.networks.matrix import Counts, Sparse, row_numbers
from aussage.discourse.networks.writing import write_csv, write_gexf, write_graphml

ONE_MODE = "one-mode"
WRITERS = {".csv": write_csv, ".gexf": write_gexf, ".graphml": write_graphml}


@dataclass(frozen=True)
class Options:
    """How a network was made: the arguments of `network`.

    With `compatible` the faults of the Discourse Network Analyzer are reproduced: its weeks and months are the same in
    every year, its cosine is divided by the product of the totals, its Jaccard adds counts and products, and its
    prominence of combined ties is transposed. Its weeks are ISO 8601 weeks here; there the machine's language decides.
    """

    rows: str
    columns: str
    qualifier: str | None
    mode: str
    aggregation: str
    normalization: str
    duplicates: str
    compatible: bool


@dataclass(frozen=True, repr=False, eq=False)
class Network:
    """What `network` gives.

    Attributes:
        options: How it was made.
        row_labels: The values of the row variable, sorted: all that a counted statement has, with or without a tie.
        column_labels: Those of the column variable; in a one-mode network, the row labels again.
        through: The values of the column variable, whatever the mode.
        weights: The weights as scipy.sparse.csr_array, rows by columns, without stored zeros.
        counts: The numbers of statements that the weights were made of.
        n_statements: How many statements count, after lists were taken apart and duplicates left out.
        left_out: How many statements do not count, a row a reason.
    """

    options: Options
    row_labels: list[str]
    column_labels: list[str]
    through: list[str]
    weights: Sparse
    counts: Counts
    n_statements: int
    left_out: pd.Series[int]

    def __repr__(self) -> str:
        size = f"{len(self.row_labels)} x {len(self.column_labels)}"
        made = ", ".join([self.options.mode, self.options.aggregation, f"normalization {self.options.normalization}"])
        n_ties = self.weights.nnz // (2 if self.is_one_mode else 1)
        return f"<Network {size}, {made}: {n_ties} ties of {self.n_statements} statements>"

    @property
    def is_one_mode(self) -> bool:
        """Whether rows are tied to rows."""
        return self.options.mode == ONE_MODE

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """The weights with their labels, whole numbers unless normalized.

        It takes 8 bytes a cell, 0.8 GB for 10,000 actors; `edges` and `weights` only hold the ties.
        """
        dense = self.weights.toarray()
        if self.options.normalization == "no":
            dense = dense.astype(np.int64)
        row_name, column_name = self._variables
        index = pd.Index(self.row_labels, dtype="str", name=row_name)
        return pd.DataFrame(dense, index=index, columns=pd.Index(self.column_labels, dtype="str", name=column_name))

    @cached_property
    def edges(self) -> pd.DataFrame:
        """The ties whose weight is not 0: columns source, target, weight, in the order of the labels.

        In a two-mode network source is a row and target a column. In a one-mode network each pair has one tie, and
        source comes before target.
        """
        source, target, weights = self.ties()
        return pd.DataFrame(
            {
                "source": pd.Index(self.row_labels, dtype="str").take(source),
                "target": pd.Index(self.column_labels, dtype="str").take(target),
                "weight": weights,
            }
        )

    def ties(self) -> tuple[Any, Any, Any]:
        """The ties of `edges` as three arrays: number of the row, number of the column, weight."""
        source = row_numbers(self.weights)
        target, weights = self.weights.indices, self.weights.data
        if self.is_one_mode:
            first = source < target
            source, target, weights = source[first], target[first], weights[first]
        return source, target, weights.astype(np.int64) if self.options.normalization == "no" else weights

    def nodes(self) -> pd.DataFrame:
        """The nodes: columns node (its name in graphs), label, variable; rows before columns.

        A node is named after its label. A label that both variables of a two-mode network have names two nodes; the
        name of the variable stands behind it then.

        Raises:
            ValueError: another label is just such a name.
        """
        variables = [self.options.rows] * len(self.row_labels)
        labels = list(self.row_labels)
        if not self.is_one_mode:
            variables += [self.options.columns] * len(self.column_labels)
            labels += self.column_labels
        both = set() if self.is_one_mode else set(self.row_labels) & set(self.column_labels)
        names = [
            f"{label} ({variable})" if label in both else label
            for label, variable in zip(labels, variables, strict=True)
        ]
        taken = sorted(name for name, number in Counter(names).items() if number > 1)
        if taken:
            raise ValueError(f"two nodes would be called {taken[0]}; rename one label")
        return pd.DataFrame({"node": names, "label": labels, "variable": variables}, dtype="str")

    def to_networkx(self) -> Any:
        """An undirected networkx.Graph: nodes as in `nodes`, ties with their weight.

        Nodes have the attributes label and variable, and in a two-mode network bipartite, 0 for rows and 1 for columns.

        Raises:
            ValueError: as `nodes`.
            ImportError: networkx is not installed.
        """
        graph = library("networkx").Graph()
        nodes = self.nodes()
        for number, (node, label, variable) in enumerate(nodes.itertuples(index=False)):
            side = {} if self.is_one_mode else {"bipartite": int(number >= len(self.row_labels))}
            graph.add_node(node, label=label, variable=variable, **side)
        names = nodes["node"].tolist()
        beyond = 0 if self.is_one_mode else len(self.row_labels)
        source, target, weights = (array.tolist() for array in self.ties())
        for i, j, weight in zip(source, target, weights, strict=True):
            graph.add_edge(names[i], names[j + beyond], weight=weight)
        return graph

    def write(self, path: str | Path) -> Path:
        """Write the network to a file, whose ending says how; a file that is there is replaced.

        .csv is the matrix with its labels, in UTF-8, as the cells are: a label that begins with =, +, - or @ is a
        formula to a spreadsheet. .graphml and .gexf are the graph of `to_networkx`. Same network, same bytes.

        Raises:
            ValueError: another ending, or a label with a character that XML cannot hold.
            OSError: the file cannot be written; what was there stays.
            ImportError: networkx is not installed.
        """
        path = Path(path)
        writer = WRITERS.get(path.suffix.lower())
        if writer is None:
            raise ValueError(f"a network is written to {', '.join(sorted(WRITERS))}, not to {path.name}")
        writer(self, path)
        return path

    @property
    def _variables(self) -> tuple[str, str]:
        return self.options.rows, self.options.rows if self.is_one_mode else self.options.columns
