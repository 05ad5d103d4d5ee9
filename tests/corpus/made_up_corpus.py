"""A small made-up corpus: two articles, two coders, one of them a language model."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aussage.tables import TABLES
from aussage.tables.writer import CorpusWriter

Row = dict[str, Any]

TEXTS = {
    "bridge": "Der Stadtrat teilte mit, die Brücke in Neudorf bleibe zu. 😀 <script>alert(1)</script> gilt.",
    "hall": "Die Halle wird gebaut.",
}
BORDERS = {"bridge": [(0, 57), (58, 91)], "hall": [(0, 22)]}
ENUMERATIONS = {
    "date_status": ("known", "unknown"),
    "rights_status": ("unverified", "licensed"),
    "voice": ("narrator", "attributed"),
    "form": ("direct", "indirect", "none"),
    "alignment": ("endorse", "neutral", "na"),
    "type": ("DENIAL", "REPORT", "ASSESS"),  # not in the order of the alphabet
    "modality": ("CT+", "PS+", "CT-"),
    "stance": ("-1", "0", "1"),
    "agreement": ("-1", "0", "1"),
    "time": ("past", "present", "future"),
    "evidence": ("cited", "unstated"),
    "effect": ("harm", "benefit"),
    "frame": ("security", "cost"),
    "role": ("theatre", "venue"),
    "event_type": ("MOBILIZE",),
    "event_mode": ("troops",),
    "event_context": ("military", "legal"),
    "doubt": ("low", "high"),
    "relation": ("supports", "repeats"),
    "actor_type": ("person", "gov_body"),
    "location_type": ("settlement", "region"),
    "precision": ("settlement", "region"),
    "id_status": ("verified", "recalled", "empty"),
    "coder_kind": ("person", "language-model", "program"),
    "withdrawal_reason": ("mistake",),
}
CODEBOOK = {
    "name": "made-up",
    "title": "Made up",
    "version": "1.0.0",
    "variables": [
        {
            "name": "type",
            "column": "claim_type",
            "of": "claim",
            "kind": "category",
            "label": {"en": "Type", "de": "Art"},
            "definition": "What kind of claim it is.",
            "decided_by": "First yes wins.",
            "values": [
                {"value": "DENIAL", "label": {"en": "Denial"}, "definition": "Rejects.", "include": ["bestreiten"]},
                {"value": "REPORT", "label": {"de": "Bericht"}, "definition": "An observer could check it."},
            ],
        },
        {"name": "stance", "label": {"en": "Stance"}, "definition": "Evaluation.", "values": [
            {"value": -1, "label": {"en": "against"}, "definition": "Against the target."}]},
        {"name": "cue", "label": {"en": "Cue"}, "definition": "The word that attributes."},
    ],
}  # fmt: skip
ABOUT = {
    "name": "made-up",
    "title": "Bridges & <halls>",
    "version": "1.2.3",
    "languages": ["de"],
    "licences": {"annotations": "CC-BY-4.0", "code": None, "texts": "none"},
    "creators": [{"name": "A Project", "kind": "organisation"}],
}


def blank(table: str, **values: Any) -> Row:
    """A row with every column: what is not given is empty, zero or the first category."""
    row: Row = {}
    for column in TABLES[table].columns:
        lists = column.kind not in {"text", "category", "integer", "scale", "number", "flag"}
        zero = {"text": "", "integer": 0, "scale": 0, "number": 0.0, "flag": False}.get(column.kind)
        if column.kind == "category":
            zero = (*ENUMERATIONS.get(column.variable, ()), *column.more)[0]
        row[column.name] = [] if lists else zero if column.required else None
    assert not values.keys() - row.keys()
    return row | values


def claim(document: str, layer: str, name: str, spans: list[tuple[int, int]], **values: Any) -> Row:
    text = TEXTS[document]
    inside = [n for n, (s, e) in enumerate(BORDERS[document], 1) if any(a < e and s < b for a, b in spans)]
    return blank("claims", **({
        "claim_id": f"{document}/{layer}/{name}",
        "document_id": document,
        "sentence_id": f"{document}/s{inside[0]:02}",
        "sentence_ids": [f"{document}/s{n:02}" for n in inside],
        "layer": layer,
        "coder_id": "coder-a" if layer == "gold" else layer,
        "content_text": " ".join(text[a:b] for a, b in spans),
        "content_spans": [{"start": a, "end": b} for a, b in spans],
        "claim_type": "REPORT",
    } | values))  # fmt: skip


def document_tables(
    document: str, layers: dict[str, list[Row]], mentions: list[Row], relations: list[Row]
) -> dict[str, list[Row]]:
    text = TEXTS[document]
    sentences = [
        blank("sentences", sentence_id=f"{document}/s{n:02}", document_id=document, paragraph=1, position=n,
              char_start=a, char_end=b, text=text[a:b])
        for n, (a, b) in enumerate(BORDERS[document], 1)
    ]  # fmt: skip
    about = blank("documents", document_id=document, language="de", text=text, n_characters=len(text))
    return {
        "documents": [about | {"layers": list(layers), "is_adjudicated": False}],
        "sentences": sentences,
        "claims": [row for rows in layers.values() for row in rows],
        "mentions": mentions,
        "relations": relations,
        "flat": [blank("flat", claim_id=row["claim_id"], document_id=document) for row in layers["gold"]],
    }  # fmt: skip


def bridge() -> dict[str, list[Row]]:
    both = {"claimant_ids": ["council", "mayor"], "claimant_labels": ["Council", "Mayor <b>"], "voice": "attributed"}
    first = [
        ("s01.c1", [(25, 56)], both | {"stance": -1, "target_id": "mayor", "target_label": "Mayor <b>", "agreement": 1,
                                       "issue_id": "open", "issue_label": "It is open.", "frame": "cost"}),
        ("s01.c2", [(29, 35), (46, 60)], {"claim_type": "DENIAL"}),
        ("s02.c1", [(60, 91)], {"figures": [{"text": "1", "start": 74, "end": 75}],
                                "affected": [{"effect": "harm", "actor_id": "mayor", "location_id": None}]}),
    ]  # fmt: skip
    layers = {
        layer: [claim("bridge", layer, name, spans, **values) for name, spans, values in first]
        for layer in ("gold", "coder-a")
    }
    layers["coder-b"] = [claim("bridge", "coder-b", "s01.c1", [(29, 35)])]
    words = [("s01.a1", 4, 12, "actor"), ("s01.l1", 39, 46, "location")]
    mentions = [
        blank("mentions", mention_id=f"bridge/{layer}/{name}", document_id="bridge", sentence_id="bridge/s01",
              layer=layer, coder_id="coder-a" if layer == "gold" else layer, kind=kind, text=TEXTS["bridge"][a:b],
              char_start=a, char_end=b, label=TEXTS["bridge"][a:b], **{f"{kind}_id": kind},
              role="venue" if kind == "location" else None)
        for layer in layers for name, a, b, kind in words
    ]  # fmt: skip
    relations = [
        blank("relations", relation_id=f"bridge/{layer}/r01", document_id="bridge", layer=layer, coder_id="coder-a",
              source_claim_id=f"bridge/{layer}/s01.c1", target_claim_id=f"bridge/{layer}/s02.c1")
        for layer in ("gold", "coder-a")
    ]  # fmt: skip
    return document_tables("bridge", layers, mentions, relations)


def hall() -> dict[str, list[Row]]:
    return document_tables(
        "hall",
        {"gold": [claim("hall", "gold", "s01.c1", [(0, 21)], coder_id="coder-b", issue_id="open", agreement=0)]},
        [],
        [],
    )


def entities() -> dict[str, list[Row]]:
    return {
        "actors": [
            blank("actors", actor_id=name, label=name.title(), labels=[{"language": "de", "label": name}])
            for name in ("council", "mayor")
        ],
        "locations": [
            blank("locations", location_id="neudorf", label="Neudorf", latitude=50.5, longitude=-7.25),
            blank("locations", location_id="ostdorf", label="Ostdorf"),
        ],
        "issues": [blank("issues", issue_id="open", label="It is open.")],
        "coders": [
            blank("coders", coder_id="coder-a", kind="language-model", name="A model"),
            blank("coders", coder_id="coder-b", kind="person", name="A person"),
        ],
        "withdrawn": [],
    }


def write_corpus(folder: Path, documents: Sequence[dict[str, list[Row]]] | None = None) -> Path:
    """Write the made-up corpus, or one of other documents, into a new folder."""
    folder.mkdir(parents=True)
    writer = CorpusWriter(folder, ENUMERATIONS, ABOUT)
    documents = [bridge(), hall()] if documents is None else documents
    writer.add("", entities())
    for rows in documents:
        writer.add(rows["documents"][0]["document_id"], rows)
    writer.finish({"codebook.json": json.dumps(CODEBOOK).encode()})
    return folder
