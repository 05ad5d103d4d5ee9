"""The data of the page: each article with its claims of all layers, and what all articles share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aussage.tables.of_documents import SENTENCES
from aussage.view.reader.matching import groups_of
from aussage.view.reader.offsets import browser_offsets
from aussage.view.reader.record import PLACES, SPANS, compared_columns, record_sections

if TYPE_CHECKING:
    from aussage.corpus import Corpus

Row = dict[str, Any]
FIRST_WORDS = 160
OF_CLAIM = frozenset(("document_id", "layer", "claimant_labels", "target_label", "issue_label"))
OF_ROW = frozenset(("document_id", "layer"))
OF_SENTENCE = frozenset(("document_id", "text", "char_start", "char_end"))
ABOUT_SENTENCE = ("voice", "claim_type", "modality", "stance")
LISTS = ("content_spans", "sentence_ids")


def articles(corpus: Corpus) -> Iterator[Row]:
    """Every article of the corpus, in its order.

    Each has `document` (the row of the table), `text`, `sentences`, `layers` (name, claims, mentions, relations),
    `groups` (claims of different layers that state the same, see `matching`) and `decisions` (adjudications). Offsets
    are in UTF-16 units; values that are missing and empty lists are left out.

    Raises:
        CorpusError: a table cannot be used.
    """
    whole = corpus.layer("all")
    tables = {
        name: _by_document(whole.table(name).to_pylist())
        for name in ("sentences", "claims", "mentions", "relations", "adjudications")
    }
    for document in whole.table("documents").to_pylist():
        yield article(document, {name: rows.get(document["document_id"], []) for name, rows in tables.items()})


def article(document: Row, rows: Mapping[str, Sequence[Row]]) -> Row:
    """The data of one article, from its row of `documents` and its rows of the other local tables."""
    place = browser_offsets(document["text"])
    layers = [
        {
            "name": layer,
            "claims": [_claim(row, place) for row in rows["claims"] if row["layer"] == layer],
            "mentions": [_placed(row, place) for row in rows["mentions"] if row["layer"] == layer],
            "relations": [_filled(row, OF_ROW) for row in rows["relations"] if row["layer"] == layer],
        }
        for layer in document["layers"]
    ]
    decisions = [_filled(row, OF_ROW) for row in rows["adjudications"]]
    return {
        "document": _filled(document, {"text"}),
        "text": document["text"],
        "sentences": [_placed(row, place, OF_SENTENCE) for row in rows["sentences"]],
        "layers": layers,
        "groups": _groups({layer["name"]: layer["claims"] for layer in layers}, decisions),
        "decisions": decisions,
    }


def index_row(article: Row) -> Row:
    """What the index says of an article: id, title, date, publisher, first words, counts, layers, differences."""
    document = article["document"]
    names = ("document_id", "title", "date", "publisher", "language", "n_sentences", "n_claims", "layers")
    return {name: document[name] for name in names if name in document} | {
        "beginning": _beginning(article["text"]),
        "differences": sum(bool(group.get("differs") or group.get("missing")) for group in article["groups"]),
    }


def shared(corpus: Corpus) -> Row:
    """What all articles share: the corpus's own words, the codebook, the registries, the order of the record.

    Raises:
        CorpusError: a table or the codebook cannot be used.
    """
    keys = {"actors": "actor_id", "locations": "location_id", "issues": "issue_id", "coders": "coder_id"}
    return {
        "corpus": {
            "name": corpus.name,
            "title": corpus.title,
            "version": corpus.version,
            "content_hash": corpus.content_hash,
            "citation": corpus.citation,
            "licences": corpus.licences,
        },
        "codebook": _codebook(corpus.codebook),
        "sections": record_sections(),
        "sentence": [{"name": name, "variable": SENTENCES.column(name).variable or name} for name in ABOUT_SENTENCE],
        **{
            table: {row[key]: _filled(row, set()) for row in corpus.table(table).to_pylist()}
            for table, key in keys.items()
        },
    }


def _beginning(text: str) -> str:
    words = " ".join(text[: FIRST_WORDS * 2].split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"


def _codebook(codebook: Mapping[str, Any]) -> Row:
    """Variables and rulings by name; categories by their value as text."""
    variables = {}
    for variable in codebook.get("variables", ()):
        values = {str(entry["value"]): entry for entry in variable.get("values") or ()}
        variables[variable["name"]] = {**variable, "values": values, "order": list(values)}
    rulings = {entry["id"]: entry for entry in codebook.get("rulings") or ()}
    return {"version": codebook.get("version", ""), "variables": variables, "rulings": rulings}


def _by_document(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["document_id"]].append(row)
    return found


def _filled(row: Mapping[str, Any], without: set[str] | frozenset[str]) -> Row:
    """The row without columns that the page does not need, and without what is empty."""
    return {name: value for name, value in row.items() if name not in without and value is not None and value != []}


def _placed(row: Row, place: Callable[[int], int], without: frozenset[str] = OF_ROW) -> Row:
    kept = _filled(row, without | {"char_start", "char_end"})
    return kept | {"start": place(row["char_start"]), "end": place(row["char_end"])}


def _claim(row: Row, place: Callable[[int], int]) -> Row:
    kept = _filled(row, OF_CLAIM) | {name: row[name] for name in LISTS}
    for name in SPANS:
        if name in kept:
            kept[name] = [[place(span["start"]), place(span["end"])] for span in kept[name]]
    if "figures" in kept:
        kept["figures"] = [
            {"text": figure["text"], "start": place(figure["start"]), "end": place(figure["end"])}
            for figure in kept["figures"]
        ]
    return kept


def _groups(layers: Mapping[str, Sequence[Row]], decisions: Sequence[Row]) -> list[Row]:
    """The groups of claims, each with the columns that differ, the layers without it, and what was decided."""
    found = []
    for group in groups_of(layers):
        claims = {layer: layers[layer][position] for layer, position in group.items()}
        known = {_local(claim["claim_id"]) + "@" + layer for layer, claim in claims.items()}
        about = {
            "differs": [name for name in compared_columns() if _differ(name, list(claims.values()))],
            "missing": [layer for layer in layers if layer not in group],
            "decisions": [number for number, row in enumerate(decisions) if _is_about(row, known)],
        }
        found.append({"claims": group} | {name: value for name, value in about.items() if value})
    return found


def _differ(column: str, claims: Sequence[Row]) -> bool:
    values = [_comparable(column, claim.get(PLACES.get(column, column))) for claim in claims]
    return any(value != values[0] for value in values)


def _comparable(column: str, value: Any) -> Any:
    """A value to compare: the order of a list matters only in a chain, in places and in figures."""
    if isinstance(value, list) and column not in ("chain", "content_spans", "figures", *PLACES):
        return sorted(map(str, value))
    return value


def _is_about(decision: Row, known: set[str]) -> bool:
    if decision["subject"] != "claim":
        return False
    coded = zip(decision.get("coders", ()), decision.get("ids", ()), strict=False)
    return any(f"{_local(id_)}@{coder}" in known for coder, id_ in coded)


def _local(id_: str) -> str:
    return id_.rsplit("/", 1)[-1]
