"""Small corpora made from articles given as sentences: claims, mentions, figures, and notes that quote."""

import hashlib
import re
from pathlib import Path
from typing import Any

from aussage.tables import TABLES, writer
from aussage.tables.writer import CorpusWriter

Row = dict[str, Any]
Pieces = list[str]
"""An article: sentences at odd places, what stands between them at even ones."""

EMPTY = {"text": "", "integer": 0, "scale": 0, "flag": False, "number": 0.0}
FAHRT: Pieces = [
    "",
    "Der Rat sperrt die „neue“ Brücke in Neudorf – ab Montag.",
    "\n",
    "»Sie ist alt«, sagte Anna Beck‑Müller; 12 Züge fahren dort…",
    " ",
    "Warum?",
    "\n\n",
    "Der Rat bestritt, dass die Brücke 🌉 alt ist, falls sie bis 2031 hält.",
    " ",
    "Warum?",
    "\n",
]
ALTSTADT: Pieces = [
    "",
    "Nach Altstadt fährt am Dienstag nur noch ein einziger Bus.",
    " ",
    "Alles ist gut.",
    " * * * ",
    "Es bleibt dabei, wie der Rat der Stadt am Abend ohne weitere Gründe mitteilte.",
    "\n",
]
THIRD: Pieces = ["", "Im Norden blieb es ruhig, und im Süden regnete es bis zum Morgen stark.", ""]
ARTICLES = {"altstadt": ALTSTADT, "fahrt": FAHRT, "norden": THIRD}


def text_of(pieces: Pieces) -> str:
    """The article."""
    return "".join(pieces)


def row(table: str, /, **cells: Any) -> Row:
    """A row with these cells; others are empty, or the first value that may stand there."""
    found: Row = {}
    for column in TABLES[table].columns:
        lists = column.kind in {"texts", "categories", "spans", "effects", "figures", "labels", "outside_ids"}
        known = column.more[:1] or ("one",)
        default = known[0] if column.kind == "category" else EMPTY.get(column.kind)
        found[column.name] = [] if lists else default if column.required else None
    assert cells.keys() <= found.keys(), cells.keys() - found.keys()
    return found | cells


def enumerations() -> dict[str, tuple[str, ...]]:
    """Categories »one« and »two« for every variable."""
    return {column.variable: ("one", "two") for table in TABLES.values() for column in table.columns if column.variable}


def rows_of(document: str, pieces: Pieces, note: str | None) -> dict[str, list[Row]]:
    """All rows of one document: for each sentence a claim of two pieces, a mention and what repeats them."""
    text, place = text_of(pieces), 0
    rows: dict[str, list[Row]] = {name: [] for name, table in TABLES.items() if table.local}
    digest = hashlib.sha256(text.encode()).hexdigest()
    rows["documents"] = [row("documents", document_id=document, sha256=digest, text=text, title=note, language="de")]
    for number, piece in enumerate(pieces):
        if number % 2:
            _add_sentence(rows, document, f"s{number // 2 + 1:02}", text, place, place + len(piece), note)
        place += len(piece)
    return rows


def _add_sentence(
    rows: dict[str, list[Row]], document: str, name: str, text: str, start: int, end: int, note: str | None
) -> None:
    words = [(start + found.start(), start + found.end()) for found in re.finditer(r"\S+", text[start:end])]
    content = [words[0], words[-1]] if len(words) > 1 else words
    figures = [(start + found.start(), start + found.end()) for found in re.finditer(r"\d+", text[start:end])]
    sentence = f"{document}/{name}"
    own = {"document_id": document, "sentence_id": sentence}
    rows["sentences"].append(row("sentences", **own, char_start=start, char_end=end, text=text[start:end], note=note))
    claim = row(
        "claims",
        **own,
        claim_id=f"{sentence}.c1",
        layer="gold",
        content_text=" ".join(text[a:b] for a, b in content),
        content_spans=[{"start": a, "end": b} for a, b in content],
        source_text=text[slice(*words[0])] if len(words) > 1 else None,
        source_spans=[{"start": words[0][0], "end": words[0][1]}] if len(words) > 1 else [],
        figures=[{"text": text[a:b], "start": a, "end": b} for a, b in figures],
        note=note,
    )
    rows["claims"].append(claim)
    a, b = words[-1]
    rows["mentions"].append(
        row("mentions", **own, mention_id=f"{sentence}.a1", layer="gold", text=text[a:b], char_start=a, char_end=b)
    )
    flat = {name: cell for name, cell in claim.items() if not isinstance(cell, list)}
    flat |= {"figures": "; ".join(text[a:b] for a, b in figures), "sentence_text": text[start:end]}
    rows["flat"].append(row("flat") | flat)
    said = [note or "none", f"{name}: {note}"]
    rows["adjudications"].append(row("adjudications", **own, adjudication_id=f"{sentence}.d1", said=said, reason=note))


def write_corpus(
    folder: Path,
    articles: dict[str, Pieces] | None = None,
    notes: dict[str, str] | None = None,
    label: str = "Der Rat",
    rows_per_group: int = 5,
) -> Path:
    """Write a corpus of these articles, with a note in many cells of a document, in small row groups."""
    folder.mkdir(parents=True)
    about = {"name": "made-up", "title": "Made up", "version": "1.0.0"}
    before, writer.ROWS_PER_GROUP = writer.ROWS_PER_GROUP, rows_per_group
    made = CorpusWriter(folder, enumerations(), about)
    try:
        labels = [{"language": "de", "label": label}]
        actor = row("actors", actor_id="council", label=label, labels=labels, also=[label, "Rat"], note=label)
        registries: dict[str, list[Row]] = {name: [] for name, table in TABLES.items() if not table.local}
        made.add("", registries | {"actors": [actor]})
        for document, pieces in (articles or ARTICLES).items():
            made.add(document, rows_of(document, pieces, (notes or {}).get(document)))
        made.finish({"codebook.json": b'{"name": "made-up"}\n'})
    finally:
        made.abandon()
        writer.ROWS_PER_GROUP = before
    return folder


def write_copies(folder: Path, articles: dict[str, Pieces] | None = None) -> Path:
    """Write the articles as files of their own."""
    folder.mkdir(parents=True)
    for document, pieces in (articles or ARTICLES).items():
        (folder / f"{document}.txt").write_bytes(text_of(pieces).encode())
    return folder
