"""A small corpus written by hand, sentence view and all: two articles, one coder, gold as the coder has it."""

import copy
import hashlib
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from aussage.tables import TABLES
from aussage.tables.writer import CorpusWriter

Row = dict[str, Any]
Rows = dict[str, list[Row]]

FAHRT = (
    "Der Rat sperrt die Brücke in Neudorf.\n"
    "Die Brücke sei alt, sagte Anna Beck. Der Rat bestritt, dass die Brücke alt ist, falls sie hält.\n"
    "\n"
    "12 Züge fahren dort. Sie fahren auch nach Altstadt, wie jeder weiß. Warum?\n"
)
NACHSATZ = "Alles ist gut. Es bleibt so."
SENTENCES = {
    "s01": (1, "Der Rat sperrt die Brücke in Neudorf."),
    "s02": (2, "Die Brücke sei alt, sagte Anna Beck."),
    "s03": (2, "Der Rat bestritt, dass die Brücke alt ist, falls sie hält."),
    "s04": (3, "12 Züge fahren dort."),
    "s05": (3, "Sie fahren auch nach Altstadt, wie jeder weiß."),
    "s06": (3, "Warum?"),
}
VALUES: dict[str, tuple[Any, ...]] = {
    "date_status": ("known", "inferred", "unknown"),
    "rights_status": ("licensed", "unverified"),
    "voice": ("narrator", "attributed"),
    "form": ("direct", "indirect", "none"),
    "alignment": ("endorse", "neutral", "na"),
    "type": ("DENIAL", "COMMIT", "ASSESS", "REPORT"),
    "modality": ("CT+", "PS+", "CT-"),
    "stance": (-1, 0, 1),
    "agreement": (-1, 0, 1),
    "time": ("past", "present", "future"),
    "evidence": ("cited", "unstated"),
    "effect": ("harm", "benefit"),
    "frame": ("security", "cost"),
    "role": ("theatre", "destination", "venue"),
    "event_type": ("MOBILIZE", "PROTEST"),
    "event_mode": ("troops", "march"),
    "event_context": ("military", "legal"),
    "doubt": ("low", "high"),
    "relation": ("supports", "elaborates"),
    "actor_type": ("person", "gov_body"),
    "location_type": ("settlement", "region"),
    "precision": ("settlement", "region"),
    "id_status": ("verified", "recalled", "empty"),
    "coder_kind": ("person", "program"),
    "withdrawal_reason": ("mistake",),
}
MODES = {"troops": ["MOBILIZE"], "march": ["PROTEST"]}
ABOUT = {"name": "small", "version": "1.0.0", "codebook": {"name": "small", "version": "1.0.0"}}
CODEBOOK: dict[str, Any] = {
    "name": "small",
    "title": "Small",
    "version": "1.0.0",
    "unit": {"definition": "One proposition advanced by one voice."},
    "variables": [
        {
            "name": name,
            "of": "claim",
            "kind": "category",
            "label": {"en": name},
            "definition": name,
            "values": [
                {"value": value, "label": {"en": "Value"}, "definition": "A value.", "of_type": MODES.get(value, [])}
                for value in values
            ],
        }
        for name, values in VALUES.items()
    ],
    "issues": [
        {
            "id": "bridge-old",
            "proposition": {"de": "Die Brücke ist alt.", "en": "The bridge is old."},
            "frame": "security",
            "agreement": {"plus": "it is old", "minus": "it is not"},
        }
    ],
}
ENUMERATIONS = {name: tuple(map(str, values)) for name, values in VALUES.items()}
LABELS = {"anna-beck": "Anna Beck", "council": "Council", "altstadt": "Altstadt", "neudorf": "Neudorf"}
LABELS["bridge-old"] = "The bridge is old."
LISTS = {"texts", "categories", "spans", "effects", "figures", "labels", "outside_ids"}


def blank(table: str, /, **cells: Any) -> Row:
    """A row with these cells; the others are empty."""
    row = {column.name: [] if column.kind in LISTS else None for column in TABLES[table].columns}
    assert cells.keys() <= row.keys(), cells.keys() - row.keys()
    return row | cells


def spans(*words: str, text: str = FAHRT) -> list[dict[str, int]]:
    """Where each of the words first stands."""
    return [{"start": text.index(word), "end": text.index(word) + len(word)} for word in words]


def claim(id_: str, sentences: str, content: list[str], **cells: Any) -> Row:
    """A claim of coder-a in »fahrt«, a narrator's report unless the cells say other."""
    parts: Row = {}
    for part in ("source", "cue", "condition"):
        if word := cells.pop(part, None):
            parts |= {f"{part}_text": word, f"{part}_spans": spans(word)}
    actors = cells.pop("claimants", [])
    issue = {"issue_id": "bridge-old", "issue_label": LABELS["bridge-old"], "frame": "security"}
    voice = {"voice": "attributed", "form": "indirect", "alignment": "neutral"}
    narrator = {"voice": "narrator", "form": "none", "alignment": "na"}
    usual = {
        "claim_type": "REPORT",
        "modality": "CT+",
        "causal": False,
        "is_main_clause": True,
        "time": "present",
        "evidence": "unstated",
        "stance": 0,
    }
    return blank("claims", **usual) | (voice if actors else narrator) | (issue if "agreement" in cells else {}) | {
        "claim_id": f"fahrt/coder-a/{id_}",
        "document_id": "fahrt",
        "sentence_id": f"fahrt/{id_.split('.')[0]}",
        "sentence_ids": [f"fahrt/{name}" for name in sentences.split()],
        "layer": "coder-a",
        "coder_id": "coder-a",
        "content_text": " ".join(content),
        "content_spans": spans(*content),
        "claimant_ids": actors,
        "claimant_labels": [LABELS[actor] for actor in actors],
    } | parts | cells  # fmt: skip


def mention(id_: str, word: str, entity: str, *claims: str, role: str | None = None, nth: int = 1) -> Row:
    """A mention of coder-a in »fahrt«: a location if it has a role."""
    start = -1
    for _ in range(nth):
        start = FAHRT.index(word, start + 1)
    return blank(
        "mentions",
        mention_id=f"fahrt/coder-a/{id_}",
        document_id="fahrt",
        sentence_id=f"fahrt/{id_.split('.')[0]}",
        layer="coder-a",
        coder_id="coder-a",
        kind="location" if role else "actor",
        text=word,
        char_start=start,
        char_end=start + len(word),
        actor_id=None if role else entity,
        location_id=entity if role else None,
        label=LABELS[entity],
        role=role,
        claim_ids=[f"fahrt/coder-a/{claim}" for claim in claims],
    )


def claims_of_coder() -> list[Row]:
    """The claims of coder-a."""
    event = {"event_type": "MOBILIZE", "event_mode": "troops", "event_contexts": ["military"], "event_manual": "0.8"}
    return [
        claim("s01.c1", "s01", ["Der Rat sperrt die Brücke in Neudorf"]),
        claim("s02.c1", "s02", ["Die Brücke sei alt"], claimants=["anna-beck"], agreement=1, cue="sagte",
              source="Anna Beck", claim_type="ASSESS"),
        claim("s03.c1", "s03", ["dass die Brücke", "alt ist"], claimants=["council"], agreement=-1, cue="bestritt",
              source="Der Rat", condition="falls sie hält", claim_type="DENIAL", modality="CT-", stance=-1,
              target_id="anna-beck", target_label="Anna Beck", is_main_clause=False),
        claim("s04.c1", "s04 s05", ["12 Züge fahren dort. Sie fahren auch nach Altstadt"], **event,
              figures=[{"text": "12", **spans("12")[0]}],
              affected=[{"effect": "benefit", "actor_id": None, "location_id": "altstadt"}]),
        claim("s05.c1", "s05", ["wie jeder weiß"], is_main_clause=False, time="past", doubt="low"),
    ]  # fmt: skip


def mentions_of_coder() -> list[Row]:
    """The mentions of coder-a."""
    return [
        mention("s01.a1", "Rat", "council", "s01.c1"),
        mention("s01.l1", "Neudorf", "neudorf", "s01.c1", role="venue"),
        mention("s02.a1", "Anna Beck", "anna-beck"),
        mention("s03.a1", "Rat", "council", nth=2),
        mention("s05.l1", "Altstadt", "altstadt", "s04.c1", role="destination"),
    ]


def relation(id_: str, layer: str, source: str, target: str, **cells: Any) -> Row:
    """A relation between two claims of a layer of »fahrt«."""
    ends = {"source_claim_id": f"fahrt/{layer}/{source}", "target_claim_id": f"fahrt/{layer}/{target}"}
    row = blank("relations", relation_id=f"fahrt/{layer}/{id_}", document_id="fahrt", layer=layer, coder_id="coder-a")
    return row | ends | {"relation": "elaborates", "is_derived": False} | cells


def decision(id_: str, claim: str, variable: str, said: str, **cells: Any) -> Row:
    """A decision about a claim of »fahrt« for what coder-a said."""
    row = blank("adjudications", adjudication_id=f"fahrt/{id_}", document_id="fahrt", adjudicator_id="coder-a")
    row |= {"sentence_id": f"fahrt/{claim.split('.')[0]}", "subject": "claim", "variable": variable, "gold_id": claim}
    row |= {"coders": ["coder-a"], "ids": [claim], "said": [said], "decision": said, "taken_from": "coder-a"}
    return row | {"is_decided": True, "ruling": "R01", "reason": "The verb says so."} | cells


def as_gold(rows: list[Row]) -> list[Row]:
    """The rows of the coder as rows of gold."""

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [renamed(item) for item in value]
        return value.replace("/coder-a/", "/gold/") if isinstance(value, str) else value

    return [{name: renamed(value) for name, value in row.items()} | {"layer": "gold"} for row in copy.deepcopy(rows)]


def sentences() -> list[Row]:
    """The sentences of both articles; what is derived was worked out by hand."""
    council = {"actor_ids": ["council"], "actor_labels": ["Council"]}
    report = {"voice": "narrator", "n_claims": 1, "claim_type": "REPORT", "modality": "CT+", "claim_types": ["REPORT"]}
    issue = {"issue_id": "bridge-old", "issue_label": LABELS["bridge-old"], "frame": "security"}
    views: dict[str, Row] = {
        "s01": report | council | place("neudorf", "venue") | {"primary_claim_id": "fahrt/gold/s01.c1"},
        "s02": report | issue | {
            "voice": "attributed", "primary_claim_id": "fahrt/gold/s02.c1", "claimant_id": "anna-beck",
            "claimant_label": "Anna Beck", "claim_type": "ASSESS", "claim_types": ["ASSESS"], "agreement": 1,
            "claimant_ids": ["anna-beck"], "actor_ids": ["anna-beck"], "actor_labels": ["Anna Beck"],
        },
        "s03": report | issue | council | {
            "voice": "attributed", "primary_claim_id": "fahrt/gold/s03.c1", "claimant_id": "council",
            "claimant_label": "Council", "claim_type": "DENIAL", "claim_types": ["DENIAL"], "modality": "CT-",
            "stance": -1, "target_id": "anna-beck", "target_label": "Anna Beck", "agreement": -1,
            "claimant_ids": ["council"],
        },
        "s04": report | {"primary_claim_id": "fahrt/gold/s04.c1"},
        "s05": report | place("altstadt", "destination") | {"primary_claim_id": "fahrt/gold/s04.c1", "n_claims": 2},
        "s06": {"n_claims": 0},
    }  # fmt: skip
    found = []
    for position, (name, (paragraph, words)) in enumerate(SENTENCES.items(), start=1):
        found.append(sentence("fahrt", name, paragraph, position, words, FAHRT) | views[name])
    first, second = "Alles ist gut.", "Es bleibt so."
    found += [sentence("nachsatz", "s01", 1, 1, first, NACHSATZ), sentence("nachsatz", "s02", 1, 2, second, NACHSATZ)]
    return found


def sentence(document: str, name: str, paragraph: int, position: int, words: str, text: str) -> Row:
    """A sentence without claims."""
    place_ = spans(words, text=text)[0]
    return blank(
        "sentences", sentence_id=f"{document}/{name}", document_id=document, paragraph=paragraph, position=position,
        char_start=place_["start"], char_end=place_["end"], text=words, n_claims=0, stance=0,
    )  # fmt: skip


def place(location: str, role: str) -> Row:
    """The columns of a sentence or flat claim that has one location."""
    label = LABELS[location]
    main = {"main_location_id": location, "main_location_label": label, "main_location_role": role}
    return main | {"location_ids": [location], "location_labels": [label]}


def document(name: str, text: str, /, **cells: Any) -> Row:
    """A document."""
    return blank(
        "documents", document_id=name, language="de", date_status="unknown", rights_status="licensed",
        sha256=hashlib.sha256(text.encode()).hexdigest(), n_characters=len(text), text=text, is_adjudicated=False,
    ) | cells  # fmt: skip


def names(english: str | None, german: str) -> Row:
    """The columns with the names of an entry."""
    labels = [{"language": "de", "label": german}]
    labels += [{"language": "en", "label": english}] if english else []
    return {"label": english or german, "label_de": german, "label_en": english, "labels": labels}


def registries() -> Rows:
    """The tables that belong to no document."""
    wikidata = {"wikidata_id": "Q1", "wikidata_status": "verified", "wikidata_against": "a package 1.0"}
    point = {"latitude": 50.5, "longitude": 8.0, "precision": "settlement", "coordinates_status": "recalled"}
    iso = {"iso_3166_1_id": "DE", "iso_3166_1_status": "recalled", "geonames_status": "empty"}
    other = {"vocabulary": "gnd", "id": "1-1", "status": "recalled", "against": None}
    region = blank("locations", location_id="region", location_type="region", **names("Region", "Gegend"))
    old = blank("locations", location_id="altstadt", location_type="settlement", parent_id="region")
    new = blank("locations", location_id="neudorf", location_type="settlement", parent_id="region")
    return {
        "actors": [
            blank("actors", actor_id="anna-beck", actor_type="person", **names(None, "Anna Beck"), parent_id="council"),
            blank("actors", actor_id="council", actor_type="gov_body", country="DE", **wikidata, other_ids=[other])
            | names("Council", "Rat"),
        ],
        "locations": [old | names(None, "Altstadt"), new | names(None, "Neudorf") | iso | point, region],
        "issues": [
            blank("issues", issue_id="bridge-old", frame="security", plus="it is old", minus="it is not")
            | names("The bridge is old.", "Die Brücke ist alt.")
        ],
        "coders": [blank("coders", coder_id="coder-a", kind="program", name="Coder A", saw=["the article"])],
        "withdrawn": [withdrawn("actors", "old-actor"), withdrawn("locations", "old-actor")],
    }


def withdrawn(table: str, id_: str) -> Row:
    """A row that was taken out."""
    return blank("withdrawn", withdrawn_id=id_, table=table, reason="mistake", version="0.9.0")


def flat(claims: list[Row], rows: Rows) -> list[Row]:
    """The flat rows of gold claims; places and actors by hand."""
    found = []
    inside: dict[str, Row] = {
        "s01.c1": place("neudorf", "venue") | {"actor_ids": ["council"]},
        "s04.c1": place("altstadt", "destination"),
    }
    by_id = {row["sentence_id"]: row for row in rows["sentences"]}
    actors = {row["actor_id"]: row for row in rows["actors"]}
    for row in claims:
        about = inside.get(row["claim_id"].split("/")[-1], {})
        own = by_id[row["sentence_id"]]
        claimant = actors.get((row["claimant_ids"] or [None])[0], {})
        cells = {name: spelled(value) for name, value in row.items()}
        cells |= {"document_language": "de", "document_date_status": "unknown", "document_rights_status": "licensed"}
        cells |= {f"sentence_{name}": own[name] for name in ("paragraph", "position", "char_start", "char_end", "text")}
        cells |= {f"claimant_{name}": claimant.get(name) for name in ("actor_type", "country", "wikidata_id")}
        cells |= {"target_actor_type": "person" if row["target_id"] else None}
        for name in ("actor_ids", "location_ids", "location_labels"):
            cells[name] = "; ".join(about.get(name, []))
        cells["location_roles"] = about.get("main_location_role", "")
        cells |= {name: about.get(name) for name in ("main_location_id", "main_location_label")}
        if about.get("main_location_id") == "neudorf":
            cells |= {"main_location_latitude": 50.5, "main_location_longitude": 8.0}
            cells |= {"main_location_iso_3166_1_id": "DE"}
        found.append(blank("flat") | cells)
    return found


def spelled(value: Any) -> Any:
    """A list as one text."""
    return value if not isinstance(value, list) else "; ".join(
        item if isinstance(item, str)
        else f"{item['effect']}:{item['actor_id'] or item['location_id']}" if "effect" in item
        else item.get("text", f"{item['start']}-{item['end']}")
        for item in value
    )  # fmt: skip


def small_rows() -> Rows:
    """All rows of the corpus by table."""
    claims, mentions = claims_of_coder(), mentions_of_coder()
    gold = as_gold(claims)
    derived = {"relation": "contradicts", "is_derived": True, "coder_id": None}
    rows: Rows = registries() | {
        "documents": [
            document("fahrt", FAHRT, n_paragraphs=3, n_sentences=6, n_claims=5, layers=["gold", "coder-a"]),
            document("nachsatz", NACHSATZ, n_paragraphs=1, n_sentences=2, n_claims=0, rights_status="unverified"),
        ],
        "sentences": sentences(),
        "claims": gold + claims,
        "mentions": as_gold(mentions) + mentions,
        "relations": [
            relation("r01", "gold", "s03.c1", "s02.c1"),
            relation("s02.c1-contradicts-s03.c1", "gold", "s02.c1", "s03.c1", **derived),
            relation("r01", "coder-a", "s03.c1", "s02.c1"),
        ],
        "adjudications": [
            decision("d001", "s02.c1", "type", "ASSESS"),
            decision("d002", "s03.c1", "main_clause", "false", ruling=None, codebook_change="1.1.0 adds R02"),
            decision("d003", "s05.c1", "exists", "wie jeder weiß", decision="kept"),
        ],
    }
    rows["flat"] = flat(gold, rows)
    return rows


class LaxWriter(CorpusWriter):
    """Writes values that the codebook does not have, which a real writer refuses."""

    def let(self, rows: Rows) -> None:
        """Take every value of the rows for a category; what the files say of their columns stays."""
        known = dict(self.enumerations)
        for name, table in TABLES.items():
            for column in table.columns:
                if column.kind == "category" and column.variable:
                    given = [row[column.name] for row in rows[name] if row[column.name] is not None]
                    values = (*known[column.variable], *(value for value in given if value not in column.more))
                    known[column.variable] = tuple(dict.fromkeys(values))
        self.enumerations = known


def write(
    folder: Path, rows: Rows, codebook: dict[str, Any] | None = None, about: dict[str, Any] | None = None
) -> Path:
    """Write rows as a corpus whose manifest, digests and content hash fit them."""
    folder.mkdir(parents=True)
    writer = LaxWriter(folder, ENUMERATIONS, about or ABOUT)
    writer.let(rows)
    writer.add("", {name: rows[name] for name, table in TABLES.items() if not table.local})
    local = [name for name, table in TABLES.items() if table.local]
    for document_id in dict.fromkeys(row["document_id"] for name in local for row in rows[name]):
        writer.add(document_id, {name: [r for r in rows[name] if r["document_id"] == document_id] for name in local})
    text = json.dumps(codebook or CODEBOOK, ensure_ascii=False)
    writer.finish({"codebook.json": text.encode()})
    return folder


@cache
def clean_files() -> dict[str, bytes]:
    """The files of the unspoiled corpus."""
    with tempfile.TemporaryDirectory() as folder:
        return {path.name: path.read_bytes() for path in write(Path(folder) / "corpus", small_rows()).iterdir()}


def clean(folder: Path) -> Path:
    """The unspoiled corpus in a new folder."""
    folder.mkdir()
    for name, data in clean_files().items():
        (folder / name).write_bytes(data)
    return folder
