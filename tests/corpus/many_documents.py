"""A made-up corpus of many short articles, whose ids are not sorted, in many row groups."""

from pathlib import Path
from unittest.mock import patch

import made_up_corpus as made_up
from made_up_corpus import Row, blank

COUNT = 40
TEXT = "Die Brücke bleibe zu. Die Halle wird gebaut."
BORDERS = ((0, 21), (22, 44))
DATES = ("2024-01-05", "2024-02", "2024", "2023-12-31?", "2024-06-01/2024-06-03", None)
LANGUAGES = ("de", "en", "de", "fr")
PUBLISHERS = ("Bote", "Kurier", None)


def name_of(number: int) -> str:
    """The id of a document; neither sorted nor in the order of its number."""
    return f"art{number * 17 % COUNT:02}"


def document(number: int) -> dict[str, list[Row]]:
    """Every fourth has claims and mentions, so that a table lacks row groups that others have."""
    name, coded = name_of(number), number % 4 == 0
    layers = ("gold", "coder-a") if coded else ("gold",)
    about = blank(
        "documents", document_id=name, language=LANGUAGES[number % 4], date=DATES[number % 6], text=f"{TEXT} {number}",
        publisher=PUBLISHERS[number % 3], n_characters=len(TEXT), layers=list(layers), n_sentences=number,
        rights_status="licensed" if number % 5 == 0 else "unverified",
    )  # fmt: skip
    sentences = [
        blank("sentences", sentence_id=f"{name}/s{n:02}", document_id=name, paragraph=1, position=n, char_start=a,
              char_end=b, text=TEXT[a:b])
        for n, (a, b) in enumerate(BORDERS, 1)
    ]  # fmt: skip
    return {
        "documents": [about],
        "sentences": sentences,
        "claims": [claim(name, layer, number) for layer in layers if coded],
        "mentions": [mention(name, layer) for layer in layers if coded],
        "relations": [],
        "flat": [blank("flat", claim_id=f"{name}/gold/c1", document_id=name)] if coded else [],
    }


def claim(name: str, layer: str, number: int) -> Row:
    mayor = number % 8 == 0 and layer == "gold"
    return blank(
        "claims", claim_id=f"{name}/{layer}/c1", document_id=name, sentence_id=f"{name}/s01", layer=layer,
        sentence_ids=[f"{name}/s01"], coder_id="coder-a", content_text=TEXT[:20],
        claim_type="DENIAL" if mayor else "REPORT", content_spans=[{"start": 0, "end": 20}],
        claimant_ids=["council", "mayor"] if mayor else ["council"],
        claimant_labels=["Council", "Mayor"] if mayor else ["Council"], issue_id="open" if number == 12 else None,
    )  # fmt: skip


def mention(name: str, layer: str) -> Row:
    return blank(
        "mentions", mention_id=f"{name}/{layer}/l1", document_id=name, sentence_id=f"{name}/s02", layer=layer,
        coder_id="coder-a", kind="location", text="Halle", char_start=26, char_end=31, location_id="neudorf",
        label="Neudorf",
    )  # fmt: skip


def write_many(folder: Path, rows_per_group: int = 6) -> Path:
    """Write the corpus with so many rows a row group."""
    with patch("aussage.tables.writer.ROWS_PER_GROUP", rows_per_group):
        return made_up.write_corpus(folder, [document(number) for number in range(COUNT)])
