"""Made-up articles for the reader, as rows of the tables."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aussage.view.reader.charts import Chart
from aussage.view.reader.data import article
from aussage.view.reader.page import assembled
from aussage.view.reader.record import record_sections

Row = dict[str, Any]
Spans = Sequence[tuple[int, int]]
STORY = (
    "Der Stadtrat von Neudorf teilte mit, die Brücke bleibe zu. 😀 Anna Beispiel "
    "widersprach: Die Sperrung sei unnötig.\nIn Altdorf wird gebaut, sagte sie; und das sei gut so."
)
SENTENCES = ((0, 58), (59, 113), (114, 168))
VALUES = {
    "type": {"REPORT": "Bericht", "DENIAL": "Zurückweisung", "FORECAST": "Vorhersage"},
    "modality": {"CT+": "sicher", "CT-": "sicher nicht", "PR+": "wahrscheinlich", "PS+": "möglich", "UU": "offen"},
    "voice": {"narrator": "Erzählstimme", "attributed": "zugeschrieben"},
    "stance": {"-1": "dagegen", "0": "neutral", "1": "dafür"},
}


def variable(name: str, values: Mapping[str, str]) -> Row:
    found = {
        value: {"label": {"de": label, "en": f"{label} (en)"}, "definition": f"What {value} means.", "include": ["x"]}
        for value, label in values.items()
    }
    label = {"de": f"{name} auf Deutsch", "en": name.title()}
    return {"name": name, "label": label, "definition": f"On {name}.", "values": found, "order": list(values)}


def named(label: str) -> Row:
    return {
        "label": label,
        "labels": [{"language": "de", "label": label}, {"language": "en", "label": f"{label} (en)"}],
    }


def common(**more: Any) -> Row:
    """What all articles share, as `data.shared` gives it."""
    about = {
        "name": "made-up",
        "title": "Neudorf",
        "version": "1.0.0",
        "citation": "Made up.",
        "licences": {"code": "MIT"},
    }
    return {
        "corpus": about | {"content_hash": "0" * 64},
        "codebook": {"version": "1", "variables": {k: variable(k, v) for k, v in VALUES.items()}, "rulings": {}},
        "sections": record_sections(),
        "sentence": [{"name": "voice", "variable": "voice"}],
        "actors": {"council": named("Stadtrat"), "mayor": named("Anna Beispiel")},
        "locations": {"neudorf": named("Neudorf"), "altdorf": named("Altdorf")},
        "issues": {},
        "coders": {"coder-a": {"name": "A", "kind": "person"}, "coder-b": {"name": "B", "kind": "person"}},
    } | more


def claim(document: str, text: str, name: str, spans: Spans, layer: str = "gold", **values: Any) -> Row:
    lists = ("claimant_ids", "chain", "source_spans", "cue_spans", "condition_spans", "affected", "figures")
    row: Row = {name: [] for name in (*lists, "event_contexts", "event_actor_ids", "event_recipient_ids")}
    return (
        row
        | {
            "claim_id": f"{document}/{layer}/{name}",
            "document_id": document,
            "sentence_id": f"{document}/s01",
            "sentence_ids": [f"{document}/s01"],
            "layer": layer,
            "coder_id": "coder-a",
            "content_text": " ".join(text[a:b] for a, b in spans),
            "content_spans": [{"start": a, "end": b} for a, b in spans],
            "voice": "narrator",
            "claim_type": "REPORT",
            "modality": "CT+",
            "stance": 0,
        }
        | values
    )


def mention(document: str, text: str, name: str, span: tuple[int, int], layer: str = "gold", **values: Any) -> Row:
    place = {"char_start": span[0], "char_end": span[1], "text": text[slice(*span)], "sentence_id": f"{document}/s01"}
    about = {"mention_id": f"{document}/{layer}/{name}", "document_id": document, "layer": layer, "claim_ids": []}
    return about | place | {"kind": "actor", "actor_id": "mayor"} | values


def made_up(
    document: str,
    text: str,
    claims: Sequence[Row] = (),
    mentions: Sequence[Row] = (),
    sentences: Spans = (),
    layers: Sequence[str] = ("gold",),
    **about: Any,
) -> Row:
    """An article as `data.articles` gives it."""
    rows = [
        {"sentence_id": f"{document}/s{n:02}", "document_id": document, "paragraph": 1, "position": n, "char_start": a,
         "char_end": b, "text": text[a:b], "voice": "narrator"}
        for n, (a, b) in enumerate(sentences, 1)
    ]  # fmt: skip
    found = {"document_id": document, "language": "de", "text": text, "n_sentences": len(rows), "layers": list(layers)}
    tables = {"sentences": rows, "claims": claims, "mentions": mentions, "relations": [], "adjudications": []}
    return article(found | {"n_claims": len(claims)} | about, tables)


def story(document: str = "bridge") -> Row:
    """An article with two layers, claims that nest and cross, one in two pieces, and a character outside the BMP."""
    spoken = {"voice": "attributed", "claimant_ids": ["mayor"], "modality": "CT-", "claim_type": "DENIAL", "stance": -1}
    told = {
        "voice": "attributed",
        "claimant_ids": ["council"],
        "cue_spans": [{"start": 25, "end": 35}],
        "cue_text": "x",
    }
    claims = [
        claim(document, STORY, "s01.c1", [(37, 57)], **told),
        claim(document, STORY, "s02.c1", [(89, 112)], sentence_ids=[f"{document}/s02"], **spoken),
        claim(document, STORY, "s02.c2", [(61, 74), (89, 101)], modality="PS+", claim_type="FORECAST"),
        claim(document, STORY, "s01.c1", [(37, 57)], "coder-a", **(told | {"claim_type": "FORECAST"})),
        claim(document, STORY, "s03.c1", [(114, 137)], "coder-a", sentence_ids=[f"{document}/s03"]),
    ]
    gold = f"{document}/gold"
    mentions = [
        mention(document, STORY, "s01.a1", (4, 12), actor_id="council"),
        mention(document, STORY, "s01.l1", (17, 24), kind="location", actor_id=None, location_id="neudorf"),
        mention(document, STORY, "s02.a1", (61, 74), claim_ids=[f"{gold}/s02.c2"]),
    ]
    return made_up(
        document, STORY, claims, mentions, SENTENCES, ("gold", "coder-a"), title="Die Brücke", date="2024-05"
    )


def write_page(file: Path, articles: Iterable[Row], charts: Sequence[Chart] = (), **more: Any) -> Path:
    file.write_text(assembled(common(**more), articles, charts), encoding="utf-8")
    return file


def unpacked(page: str, name: str) -> Any:
    """The data of a block of the page."""
    found = re.search(rf'<script type="application/octet-stream" id="{name}">([A-Za-z0-9+/=]+)</script>', page)
    assert found, name
    return json.loads(zlib.decompress(b64decode(found[1])))
