"""How far coders agree, in one record: sentences, claims, spans, mentions, differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan
from typing import Any

import pandas as pd

from aussage.agreement.alignment import LENIENT, align_claims, align_mentions, f1
from aussage.agreement.alpha import REPLICATES, SEED, confusion
from aussage.agreement.coding import NOMINAL
from aussage.agreement.differences import CLAIM_VARIABLES, differences
from aussage.agreement.layers import Chosen, Frames, choose
from aussage.agreement.sentence_view import SENTENCE_VARIABLES, sentence_units, sentence_view
from aussage.agreement.spans import document_offsets
from aussage.agreement.unitizing import claim_units, unitizing_alpha
from aussage.agreement.verdict import CRITERIA, SCALE_SOURCE, estimate

NONE = "none"


@dataclass(frozen=True)
class Comparison:
    """How far coders agree.

    `sentences` has a row a sentence variable (over all coders): variable and the fields of `Estimate`. `claims` and
    `mentions` have a row a pair of coders: coder_a, coder_b, kind (of mentions), the fields of `f1`, and for claims
    boundaries (unitizing alpha). `claim_variables` and `mention_variables` have a row a pair and variable of what was
    paired with an overlap above 0.5. `confusions` are the confusion tables by variable, `differences` is what
    `differences` gives for every pair, with coder_a and coder_b first.
    """

    chosen: Chosen
    n_sentences: int
    seed: int
    replicates: int
    sentences: pd.DataFrame
    confusions: dict[str, pd.DataFrame]
    claims: pd.DataFrame
    claim_variables: pd.DataFrame
    mentions: pd.DataFrame
    mention_variables: pd.DataFrame
    differences: pd.DataFrame

    def as_record(self) -> dict[str, Any]:
        """Everything as plain values for JSON; None where a number is undefined."""
        tables = ("sentences", "claims", "claim_variables", "mentions", "mention_variables", "differences")
        return {
            "heading": self.chosen.heading,
            "coders": [{"coder_id": name, "kind": self.chosen.kinds.get(name)} for name in self.chosen.coders],
            "documents": {name: list(coders) for name, coders in self.chosen.documents.items()},
            "left_out": {name: list(coders) for name, coders in self.chosen.left_out.items()},
            "n_sentences": self.n_sentences,
            "bootstrap": {"replicates": self.replicates, "seed": self.seed, "generator": "PCG64", "level": 0.95},
            "scale": SCALE_SOURCE,
            "criteria": CRITERIA,
            **{name: _records(getattr(self, name)) for name in tables},
            "confusions": {name: _records(table.map(_plain)) for name, table in self.confusions.items()},
        }


def compare(frames: Frames, coders: Sequence[str] = (), replicates: int = REPLICATES, seed: int = SEED) -> Comparison:
    """Compare coders: alpha over all of them for sentences, pair by pair for claims, spans and mentions.

    Args:
        frames: The tables of all layers, as `frames_of(corpus)` gives them.
        coders: Their ids; without it, all coders.
        replicates: Number of bootstrap samples for each interval.
        seed: Seed of the bootstrap.

    Raises:
        AgreementError: there is nothing to compare, or scipy is not installed.
    """
    chosen = choose(frames, coders)
    sentences = frames.sentences[frames.sentences["document_id"].isin(list(chosen.documents))]
    views = {c: sentence_view(sentences, frames.claims, frames.mentions, c) for c in chosen.coders}
    rows, confusions = [], {}
    for variable, metric in SENTENCE_VARIABLES.items():
        units = sentence_units(sentences, views, chosen.documents, variable)
        rows.append({"variable": variable, **estimate(units, metric, replicates, seed).as_record()})
        confusions[variable] = confusion(units, metric)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ("claims", "claim", "mentions", "mention")}
    different = []
    for pair in combinations(chosen.coders, 2):
        common = [name for name, among in chosen.documents.items() if set(pair) <= set(among)]
        if common:
            _pair(frames, pair, common, found, (replicates, seed))
            rows_of = differences(frames, *pair)
            rows_of.insert(0, "coder_a", pair[0])
            rows_of.insert(1, "coder_b", pair[1])
            different.append(rows_of)
    tables = {name: _frame(listed) for name, listed in found.items()}
    return Comparison(
        chosen, len(sentences), seed, replicates, _frame(rows), confusions, tables["claims"], tables["claim"],
        tables["mentions"], tables["mention"], pd.concat(different, ignore_index=True),
    )  # fmt: skip


def _pair(
    frames: Frames,
    pair: tuple[str, str],
    common: list[str],
    found: dict[str, list[dict[str, Any]]],
    sampling: tuple[int, int],
) -> None:
    """What one pair of coders has in claims and mentions, added to `found`."""
    claims = frames.claims[frames.claims["document_id"].isin(common)]
    mentions = frames.mentions[frames.mentions["document_id"].isin(common)]
    named = {"coder_a": pair[0], "coder_b": pair[1]}
    aligned = align_claims(claims, *pair)
    documents = frames.documents[frames.documents["document_id"].isin(common)].set_index("document_id")
    lengths = documents["text"].str.len().astype("int64")
    one, other = (claim_units(claims, coder, document_offsets(lengths)) for coder in pair)
    boundaries = unitizing_alpha(one, other, int(lengths.sum()))
    found["claims"].append({**named, "n_documents": len(common), **f1(aligned), "boundaries": boundaries})
    values = paired_values(claims, aligned, list(CLAIM_VARIABLES))
    for variable, metric in CLAIM_VARIABLES.items():
        record = estimate(values[variable], metric, *sampling).as_record()
        found["claim"].append({**named, "variable": variable, **record})
    for kind in ("actor", "location"):
        matched = align_mentions(mentions, *pair, kind)
        found["mentions"].append({**named, "kind": kind, **f1(matched)})
        variables = [f"{kind}_id", *(["role"] if kind == "location" else [])]
        for variable, units_of in paired_values(mentions, matched, variables).items():
            record = estimate(units_of, NOMINAL, *sampling).as_record()
            found["mention"].append({**named, "kind": kind, "variable": variable, **record})


def paired_values(rows: pd.DataFrame, aligned: pd.DataFrame, variables: Sequence[str]) -> dict[str, pd.DataFrame]:
    """The values of paired claims or mentions: by variable a frame with a row a pair and a column a coder (a, b).

    Pairs with an overlap of at most 0.5 are left out: their words are hardly the same. An empty category is the value
    "none"; an empty agreement is missing, since only claims on an issue have one.

    Args:
        rows: The claims or the mentions table.
        aligned: What `align_claims` or `align_mentions` gives.
        variables: Columns of `rows`.
    """
    key = str(aligned.columns[1]).removesuffix("_a")
    pairs, by_id = aligned[aligned["overlap"] > LENIENT], rows.set_index(key)
    values = {}
    for variable in variables:
        sides = {side: by_id[variable].loc[pairs[f"{key}_{side}"]].astype(object).to_numpy() for side in "ab"}
        frame = pd.DataFrame(sides, columns=["a", "b"], dtype=object)
        values[variable] = frame if variable == "agreement" else frame.where(frame.notna(), NONE)
    return values


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    return frame.astype({"more_units": "Int64"}) if "more_units" in frame else frame


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): None if _undefined(value) else value for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


def _undefined(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and isnan(value))


def _plain(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, frozenset) else value
