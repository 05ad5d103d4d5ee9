"""How long alpha with its bootstrap interval and the pairing of claims take on ever more made-up sentences."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from aussage.agreement import align_claims, bootstrap_interval, primary_claims

SENTENCES = (1_000, 10_000, 100_000)
ACTORS = 200


def named(random: np.random.Generator, n: int) -> pd.DataFrame:
    """Two coders who choose one of ten categories and agree in about three of four units."""
    first = random.integers(0, 10, n)
    return pd.DataFrame({"a": first, "b": np.where(random.random(n) < 0.75, first, random.integers(0, 10, n))})


def sets(random: np.random.Generator, n: int) -> pd.DataFrame:
    """Two coders who choose up to three actors, few of them often, and agree in about three of four units."""
    drawn = np.minimum(random.zipf(1.3, (2 * n, 3)), ACTORS)
    sizes = random.integers(0, 4, 2 * n)
    chosen = [frozenset(row[:size].tolist()) for row, size in zip(drawn, sizes, strict=True)]
    equal = random.random(n) < 0.75
    return pd.DataFrame({"a": chosen[:n], "b": [chosen[i if equal[i] else n + i] for i in range(n)]})


def claims(random: np.random.Generator, n: int) -> pd.DataFrame:
    """Two coders with 1.5 claims a sentence of 100 characters, some of them nested, in documents of 25 sentences."""
    size = int(1.5 * n)
    start = np.sort(random.integers(0, n * 100, size))
    length = random.integers(10, 90, size)
    parts = []
    for coder in "ab":
        begin = start + random.integers(0, 4, size)
        spans = [[{"start": int(s % 2500), "end": int(s % 2500 + w)}] for s, w in zip(begin, length, strict=True)]
        part = {"claim_id": [f"{coder}/{i}" for i in range(size)], "document_id": [f"d{s // 2500}" for s in begin]}
        sentences = [[f"s{s // 100}"] for s in begin]
        voice = np.where(random.random(size) < 0.5, "narrator", "attributed")
        part |= {"layer": coder, "content_spans": spans, "sentence_ids": sentences, "voice": voice}
        parts.append(pd.DataFrame(part | {"is_main_clause": random.random(size) < 0.8}))
    return pd.concat(parts, ignore_index=True)


CASES: dict[str, tuple[Callable[[np.random.Generator, int], pd.DataFrame], Callable[[pd.DataFrame], Any]]] = {
    "interval, nominal": (named, bootstrap_interval),
    "interval, ordinal": (named, lambda frame: bootstrap_interval(frame, "ordinal")),
    "interval, sets (MASI)": (sets, lambda frame: bootstrap_interval(frame, "masi")),
    "primary claims": (claims, primary_claims),
    "pairing of claims": (claims, lambda frame: align_claims(frame, "a", "b")),
}


def main() -> None:
    """Print a row a case: seconds for each number of sentences."""
    print("| case | " + " | ".join(f"{n:,} sentences" for n in SENTENCES) + " |")
    print("| --- | " + " | ".join("---" for _ in SENTENCES) + " |")
    for name, (make, run) in CASES.items():
        taken = []
        for n in SENTENCES:
            frame = make(np.random.default_rng(1), n)
            begun = time.perf_counter()
            run(frame)
            taken.append(f"{time.perf_counter() - begun:.2f}")
        print(f"| {name} | " + " | ".join(taken) + " |")


if __name__ == "__main__":
    main()
