"""Made-up frames for charts: a bridge in Neudorf, in one article of four sentences."""

from __future__ import annotations

import pandas as pd

TEXTS = (
    "Die Brücke in Neudorf ist alt.",
    "Die Bürgermeisterin sagt, die Brücke sei sicher.",
    "Der Prüfer widerspricht: Sie könnte einstürzen.",
    "Im Rathaus wird über Größe und Übermaß gestritten.",
)
ISSUE = "bridge-safe"


def sentences_frame(texts: tuple[str, ...] = TEXTS) -> pd.DataFrame:
    return pd.DataFrame({
        "sentence_id": [f"doc/s{number}" for number in range(1, 5)], "document_id": "doc",
        "position": range(1, 5), "text": list(texts),
    })  # fmt: skip


def claims_frame() -> pd.DataFrame:
    claims = pd.DataFrame({
        "claim_id": ["c1", "c2", "c3", "c4"], "document_id": "doc",
        "sentence_id": ["doc/s1", "doc/s2", "doc/s3", "doc/s4"], "content_text": list(TEXTS),
        "voice": ["narrator", "attributed", "attributed", "narrator"],
        "claimant_ids": [[], ["mayor"], ["inspector"], []], "chain": [[], [], [], []],
        "modality": ["CT+", "CT+", "PS-", "UU"], "evidence": "unstated",
        "alignment": ["na", "neutral", "neutral", "na"], "stance": [0, 1, -1, 0],
        "target_id": [None, "council", "mayor", None], "addressee_id": None,
        "issue_id": [None, ISSUE, ISSUE, None], "agreement": [pd.NA, 1, -1, pd.NA],
        "source_text": None, "cue_text": None,
    })  # fmt: skip
    return claims.astype({"agreement": "Int8"})


def actors_frame(**labels: str) -> pd.DataFrame:
    names = {"mayor": "the mayor", "inspector": "the inspector", "council": "the council"} | labels
    return pd.DataFrame({
        "actor_id": list(names), "label": list(names.values()),
        "label_de": ["die Bürgermeisterin", None, "der Rat"], "actor_type": "person",
        "parent_id": None, "country": None,
    })  # fmt: skip


def mentions_frame() -> pd.DataFrame:
    return pd.DataFrame({
        "mention_id": ["m1", "m2", "m3"], "document_id": "doc", "sentence_id": ["doc/s2", "doc/s1", "doc/s4"],
        "kind": ["actor", "location", "location"], "text": ["Bürgermeisterin", "Neudorf", "Rathaus"],
        "actor_id": ["council", None, None], "location_id": [None, "neudorf", "town-hall"],
        "claim_ids": [["c2"], ["c1"], ["c4"]], "role": [None, "theatre", "venue"],
    })  # fmt: skip


def locations_frame() -> pd.DataFrame:
    return pd.DataFrame({
        "location_id": ["neudorf", "town-hall"], "label": ["Neudorf", "Town hall"],
        "location_type": ["settlement", "building"],
        "latitude": [50.0, 50.2], "longitude": [10.0, 10.5], "precision": ["region", "exact"],
        "coordinates_status": "recalled", "sovereignty": None, "parent_id": None,
    })  # fmt: skip


def frames(**given: pd.DataFrame) -> dict[str, pd.DataFrame]:
    relations = pd.DataFrame({"source_claim_id": [], "target_claim_id": [], "relation": []}, dtype="str")
    issues = pd.DataFrame({
        "issue_id": [ISSUE], "label": ["The bridge is safe."], "label_de": ["Die Brücke ist sicher."],
        "frame": ["safety"],
    })  # fmt: skip
    made = {
        "claims": claims_frame(), "sentences": sentences_frame(), "actors": actors_frame(),
        "mentions": mentions_frame(),
        "locations": locations_frame(), "issues": issues, "relations": relations,
    }  # fmt: skip
    return made | given


def without_rows() -> dict[str, pd.DataFrame]:
    return {name: frame.head(0) for name, frame in frames().items()}


def values_of(specification: object) -> list[dict[str, object]]:
    """All rows of data in a chart."""
    if isinstance(specification, dict):
        own = [row for rows in specification.get("datasets", {}).values() if isinstance(rows, list) for row in rows]
        return own + [row for part in specification.values() for row in values_of(part)]
    if isinstance(specification, list):
        return [row for part in specification for row in values_of(part)]
    return []
