"""Frames of two made-up articles on the bridge of Neudorf, small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd

MODALITIES = ["CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "UU"]
CLAIM = {
    "claimant_ids": [], "chain": [], "addressee_id": None, "modality": "CT+", "evidence": "unstated", "stance": 0,
    "target_id": None, "issue_id": None, "agreement": None, "condition_text": None, "source_text": None,
    "cue_text": None,
}  # fmt: skip
TEXTS = ("addressee_id", "target_id", "issue_id", "condition_text", "source_text", "cue_text")

# a1: the narrator, the council (with the mayor), the mayor through the gazette; a2: the mayor against the bridge.
CLAIMS: list[dict[str, Any]] = [
    {"claim_id": "a1/c1", "sentence_id": "a1/s1", "issue_id": "safe", "agreement": 1},
    {"claim_id": "a1/c2", "sentence_id": "a1/s1", "modality": "PS+", "condition_text": "wenn es regnet"},
    {"claim_id": "a1/c3", "sentence_id": "a1/s2", "claimant_ids": ["council", "mayor"], "issue_id": "safe",
     "agreement": -1, "modality": "CT-", "evidence": "cited", "cue_text": "erklärten", "stance": -1,
     "target_id": "state"},
    {"claim_id": "a1/c4", "sentence_id": "a1/s4", "claimant_ids": ["mayor"], "chain": ["gazette"], "modality": "PR-",
     "issue_id": "toll", "agreement": 0, "addressee_id": "council", "alignment": "distance", "stance": -1,
     "target_id": "toll"},
    {"claim_id": "a2/c1", "sentence_id": "a2/s1", "claimant_ids": ["mayor"], "issue_id": "safe", "agreement": -1,
     "modality": "UU", "alignment": "endorse", "stance": 1, "target_id": "council"},
    {"claim_id": "a2/c2", "sentence_id": "a2/s2", "claimant_ids": ["stranger"], "issue_id": "safe", "agreement": 1,
     "evidence": "lacking", "stance": 1, "target_id": "somebody"},
]  # fmt: skip


def claims_frame(rows: list[dict[str, Any]] | None = None) -> pd.DataFrame:
    """The claims, or others, with what is not given filled in."""
    full = []
    for row in CLAIMS if rows is None else rows:
        attributed = bool(row.get("claimant_ids"))
        derived = {
            "document_id": row["claim_id"].split("/")[0],
            "content_text": f"Inhalt von {row['claim_id']}",
            "voice": "attributed" if attributed else "narrator",
            "alignment": "neutral" if attributed else "na",
        }
        full.append(CLAIM | derived | row)
    columns = [*CLAIM, "claim_id", "document_id", "sentence_id", "content_text", "voice", "alignment"]
    frame = pd.DataFrame(full, columns=columns)
    kinds: dict[str, Any] = dict.fromkeys((*TEXTS, "claim_id", "document_id", "sentence_id", "content_text"), "str")
    kinds |= {"stance": "int8", "agreement": "Int8", "modality": pd.CategoricalDtype(MODALITIES)}
    kinds |= {"voice": pd.CategoricalDtype(["narrator", "attributed"])}
    kinds |= {"evidence": pd.CategoricalDtype(["cited", "lacking", "unstated"])}
    kinds |= {"alignment": pd.CategoricalDtype(["endorse", "neutral", "distance", "na"])}
    return frame.astype(kinds)


def mention(kind: str, name: str, document: str, *claims: str, role: str | None = None) -> dict[str, Any]:
    ids = {"actor_id": name if kind == "actor" else None, "location_id": name if kind == "location" else None}
    return ids | {"kind": kind, "document_id": document, "role": role, "claim_ids": list(claims)}


MENTIONS = [
    mention("actor", "mayor", "a1", "a1/c1"),
    mention("actor", "mayor", "a1", "a1/c1", "a1/c2"),
    mention("actor", "mayor", "a1", "a1/c3"),
    mention("actor", "council", "a1"),
    mention("actor", "council", "a2", "a2/c1"),
    mention("actor", "state", "a1", "a1/c3"),
    mention("location", "neudorf", "a1", "a1/c1", "a1/c2", role="venue"),
    mention("location", "neudorf", "a2", "a2/c1", role="venue"),
    mention("location", "neudorf", "a2", role="theatre"),
    mention("location", "bridge", "a1", "a1/c1", role="theatre"),
    mention("location", "atlantis", "a2", role="venue"),
]


def mentions_frame(rows: list[dict[str, Any]] | None = None) -> pd.DataFrame:
    chosen = MENTIONS if rows is None else rows
    frame = pd.DataFrame(chosen, columns=["actor_id", "location_id", "kind", "document_id", "role", "claim_ids"])
    roles = pd.CategoricalDtype(["venue", "theatre", "origin"])  # not in the order of the alphabet
    kinds = pd.CategoricalDtype(["actor", "location"])
    return frame.astype({"actor_id": "str", "location_id": "str", "document_id": "str", "role": roles, "kind": kinds})


def actors_frame() -> pd.DataFrame:
    rows = [
        ("mayor", "The Mayor", "person", "council", "DE"),
        ("council", "The Council", "gov_body", "state", "DE"),
        ("state", "The State", "state", None, "DE"),
        ("gazette", "The Gazette", "media", None, None),
    ]
    columns = ["actor_id", "label", "actor_type", "parent_id", "country"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns, "str"))


def frames() -> dict[str, pd.DataFrame]:
    """All frames by the names of tables."""
    nan = float("nan")
    return {
        "claims": claims_frame(),
        "mentions": mentions_frame(),
        "actors": actors_frame(),
        "issues": pd.DataFrame({
            "issue_id": ["safe", "toll"], "label": ["It is safe.", "There is a toll."], "frame": ["security", "cost"],
        }, dtype="str"),
        "sentences": pd.DataFrame({
            "sentence_id": ["a1/s1", "a1/s2", "a1/s3", "a1/s4", "a2/s1", "a2/s2"],
            "document_id": ["a1"] * 4 + ["a2"] * 2,
            "position": [1, 2, 3, 4, 1, 2],
            "text": [f"Satz {n}" for n in range(6)],
        }),
        "relations": pd.DataFrame({
            "source_claim_id": ["a1/c2", "a1/c4"], "target_claim_id": ["a1/c1", "a1/c1"],
            "relation": ["supports", "elaborates"],
        }, dtype="str"),
        "locations": pd.DataFrame({
            "location_id": ["neudorf", "bridge"], "label": ["Neudorf", "Bridge"],
            "location_type": ["settlement", "building"], "parent_id": [None, "neudorf"],
            "latitude": [50.5, nan], "longitude": [-7.25, nan], "precision": ["settlement", None],
            "coordinates_status": ["verified", "empty"], "sovereignty": ["disputed", None],
        }),
    }  # fmt: skip


def empty() -> dict[str, pd.DataFrame]:
    """The same frames without rows."""
    return {name: frame.iloc[:0] for name, frame in frames().items()}
