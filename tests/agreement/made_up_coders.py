"""Small made-up tables of two or three coders, as `aussage.load().layer("all")` gives them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from aussage.agreement import Frames

TEXT = "Der Rat sagt A. Die Halle <b> bleibt. Es regnet."
BORDERS = [(0, 15), (16, 37), (38, 48)]
CLAIM = {
    "voice": "attributed", "claimant_ids": ["council"], "chain": [], "form": "indirect", "alignment": "neutral",
    "claim_type": "REPORT", "modality": "CT+", "causal": False, "is_main_clause": True, "time": "past",
    "evidence": "unstated", "stance": 0, "target_id": None, "affected": [], "addressee_id": None, "issue_id": None,
    "agreement": None, "figures": [], "event_type": None, "event_mode": None, "event_contexts": [],
    "event_actor_ids": [], "event_recipient_ids": [], "source_spans": [], "source_text": None, "cue_spans": [],
    "cue_text": None, "condition_spans": [], "condition_text": None,
}  # fmt: skip
MENTION = {"actor_id": None, "location_id": None, "role": None, "kind": "actor"}


def claim(coder: str, name: str, *spans: tuple[int, int], document: str = "d", **values: Any) -> dict[str, Any]:
    inside = [n for n, (s, e) in enumerate(BORDERS, 1) if any(a < e and s < b for a, b in spans)] or [1]
    return CLAIM | {
        "claim_id": f"{document}/{coder}/{name}", "document_id": document, "layer": coder, "coder_id": coder,
        "sentence_id": f"{document}/s{inside[0]:02}", "sentence_ids": [f"{document}/s{n:02}" for n in inside],
        "content_spans": [{"start": a, "end": b} for a, b in spans],
        "content_text": " ".join(TEXT[a:b] for a, b in spans),
    } | values  # fmt: skip


def mention(coder: str, name: str, start: int, end: int, document: str = "d", **values: Any) -> dict[str, Any]:
    inside = next(n for n, (s, e) in enumerate(BORDERS, 1) if s <= start < e)
    return MENTION | {
        "mention_id": f"{document}/{coder}/{name}", "document_id": document, "layer": coder, "coder_id": coder,
        "sentence_id": f"{document}/s{inside:02}", "char_start": start, "char_end": end, "text": TEXT[start:end],
    } | values  # fmt: skip


def frames(
    claims: Sequence[dict[str, Any]] = (),
    mentions: Sequence[dict[str, Any]] = (),
    layers: Mapping[str, Sequence[str]] = {"d": ("gold", "a", "b")},
    kinds: Mapping[str, str] = {"a": "language-model", "b": "language-model", "c": "person"},
    adjudications: pd.DataFrame | None = None,
) -> Frames:
    documents = [{"document_id": name, "layers": list(found), "text": TEXT} for name, found in layers.items()]
    sentences = [
        {"sentence_id": f"{name}/s{n:02}", "document_id": name, "position": n, "char_start": s, "char_end": e,
         "text": TEXT[s:e]}
        for name in layers for n, (s, e) in enumerate(BORDERS, 1)
    ]  # fmt: skip
    return Frames(
        pd.DataFrame(documents), pd.DataFrame(sentences),
        pd.DataFrame(claims, columns=list(claim("a", "s01.c1", (0, 3)))),
        pd.DataFrame(mentions, columns=list(mention("a", "s01.a1", 0, 3))),
        pd.DataFrame([{"coder_id": name, "kind": kind, "name": name} for name, kind in kinds.items()]), adjudications,
    )  # fmt: skip


def two_coders() -> Frames:
    """Sentence 1: the same claim, another type. Sentence 2: only a sees a claim. Sentence 3: the narrator's, equal."""
    claims = [
        claim("a", "s01.c1", (13, 14), claim_type="COMMIT"),
        claim("b", "s01.c1", (13, 15)),
        claim("gold", "s01.c1", (13, 14)),
        claim("a", "s02.c1", (16, 36), stance=-1, target_id="council"),
        *(claim(c, "s03.c1", (38, 47), voice="narrator", claimant_ids=[], form="none") for c in "ab"),
    ]
    mentions = [
        mention("a", "s01.a1", 4, 7, actor_id="council"),
        mention("b", "s01.a1", 0, 7, actor_id="mayor"),
        mention("a", "s02.l1", 20, 25, kind="location", location_id="hall", role="venue"),
        mention("b", "s02.l1", 20, 25, kind="location", location_id="hall", role="theatre"),
    ]
    return frames(claims, mentions)
