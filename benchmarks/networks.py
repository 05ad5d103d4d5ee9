"""How long networks of 1,000,000 statements by 10,000 actors take, next to the bare product of scipy."""

import resource
import time
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import scipy.sparse

from aussage.discourse import network

STATEMENTS = 1_000_000
ACTORS = 10_000
CONCEPTS = (100, 1_000)
TRIES = 5
CASES = (
    ("two-mode", "subtract", "activity", "include"),
    ("two-mode", "subtract", "no", "week"),
    ("one-mode", "ignore", "no", "include"),
    ("one-mode", "congruence", "average", "include"),
    ("one-mode", "congruence", "cosine", "include"),
    ("one-mode", "congruence", "jaccard", "include"),
    ("one-mode", "subtract", "no", "include"),
)


def made_up(concepts: int) -> pd.DataFrame:
    """Statements of actors of whom few speak often, about concepts of which few are often spoken of."""
    random = np.random.default_rng(1)
    actor = np.minimum(random.pareto(1.0, STATEMENTS) * 20, ACTORS - 1).astype(int)
    actor[:ACTORS] = np.arange(ACTORS)
    concept = np.minimum(random.pareto(1.0, STATEMENTS) * concepts / 50, concepts - 1).astype(int)
    days = random.integers(0, 3650, STATEMENTS)
    return pd.DataFrame(
        {
            "actor": pd.Series([f"actor {number:05}" for number in actor], dtype="str"),
            "concept": pd.Series([f"concept {number:05}" for number in concept], dtype="str"),
            "agreement": random.random(STATEMENTS) < 0.6,
            "document_id": random.integers(0, STATEMENTS // 20, STATEMENTS),
            "date": pd.Timestamp("2015-01-01") + pd.to_timedelta(days, unit="D"),
        }
    )


def bare_product(frame: pd.DataFrame) -> tuple[float, int]:
    """Seconds and entries of actors by concepts and qualifiers, times its transpose: what no way can do without."""
    column = frame["concept"] + frame["agreement"].map({True: " +", False: " -"})
    places = (pd.factorize(frame["actor"])[0], pd.factorize(column)[0])
    counts = scipy.sparse.coo_array((np.ones(len(frame)), places)).tocsr()
    return least(lambda: (counts @ counts.T).nnz)


def network_of(frame: pd.DataFrame, mode: str, aggregation: str, normalization: str, duplicates: str) -> int:
    """Make a network from the frame; gives how many ties it has."""
    made = network(
        frame,
        rows="actor",
        columns="concept",
        qualifier="agreement",
        mode=mode,
        aggregation=aggregation,
        normalization=normalization,
        duplicates=duplicates,
    )
    return made.weights.nnz // (2 if made.is_one_mode else 1)


def least(run: Callable[[], int]) -> tuple[float, int]:
    """The least seconds of some tries, since other work on the machine only adds, and what the run gives."""
    taken = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        found = run()
        taken.append(time.perf_counter() - begun)
    return min(taken), found


def main() -> None:
    """Print a row a case."""
    print("| concepts | network | ties | seconds | ratio |")
    print("| --- | --- | --- | --- | --- |")
    for concepts in CONCEPTS:
        frame = made_up(concepts)
        bare, entries = bare_product(frame)
        print(f"| {concepts:,} | bare scipy product | {entries:,} entries | {bare:.2f} | 1.00 |")
        for case in CASES:
            taken, ties = least(partial(network_of, frame, *case))
            name = ", ".join(case)
            print(f"| {concepts:,} | {name} | {ties:,} | {taken:.2f} | {taken / bare:.2f} |", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"\nGreatest memory: {peak:.1f} GB.")


if __name__ == "__main__":
    main()
