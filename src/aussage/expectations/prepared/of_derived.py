"""Prepared columns of what is derived: the view of sentences, worked out sentence by sentence, and contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aussage.expectations.prepared.columns import OfRow, PreparedColumns
from aussage.expectations.prepared.rows import GOLD, NO_ROW, Row, Rows, listed, some

columns = PreparedColumns()
COPIED = ("claim_type", "modality", "target_id", "target_label", "issue_id", "issue_label", "frame")
NUMBERS = ("stance", "agreement")


def _add_all() -> None:
    name, needs = "sentences", "claims"
    columns.add(name, "claims.count", "gold claims that lie in it", _count, needs, is_number=True)
    columns.add(name, "claims.voice", "their voice, or both", _voice, needs)
    columns.add(name, "claims.primary", "the primary one of them", _primary, needs)
    for column in (*COPIED, *NUMBERS):
        is_number = column in NUMBERS
        columns.add(
            name, f"primary.{column}", "what the primary claim has", _copied(column), needs, is_number=is_number
        )
    columns.add(name, "primary.claimant_id", "the first claimant of the primary claim", _claimant, needs)
    columns.add(name, "claims.claimant_ids", "claimants of its gold claims, each once", _claimants, needs)
    columns.add(name, "claims.claim_types", "types of its gold claims, in the codebook's order", _types, needs)
    columns.add(name, "claimant_id.label", "the claimant's name", _label("claimant_id", "actors"), "actors")
    for kind in ("actor", "location"):
        column, table = f"{kind}_ids", f"{kind}s"
        columns.add(name, f"mentions.{column}", f"{table} mentioned in gold, each once", _mentioned(kind), "mentions")
        columns.add(name, f"{column}.labels", "their names", _labels(column, table), table)
    for column, cell in (("main_location_id", "location_id"), ("main_location_role", "role")):
        columns.add(name, f"mentions.{column}", "what the main mention of a location has", _main(cell), "mentions")
    label = _label("main_location_id", "locations")
    columns.add(name, "main_location_id.label", "the location's name", label, "locations")
    columns.add("relations", "claims.contradict", "whether both gold claims contradict", _is_contradiction, "claims")
    columns.add("relations", "relation_id.expected", "the id of a contradiction of both claims", _expected_id)
    columns.add("claims", "contradictions.missing", "later claims that contradict, unrelated", _missing, "relations")


def lying(rows: Rows, sentence: Row) -> list[Row]:
    """The gold claims that lie in a sentence, in their order."""

    def make() -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for claim in rows["claims"]:
            for id_ in claim["sentence_ids"] if claim["layer"] == GOLD else ():
                found.setdefault(id_, []).append(claim)
        return found

    return rows.once("lying", make).get(sentence["sentence_id"], [])


def _count(rows: Rows, row: Row) -> int:
    return len(lying(rows, row))


def _voice(rows: Rows, row: Row) -> str | None:
    voices = {claim["voice"] for claim in lying(rows, row)}
    return "both" if len(voices) > 1 else next(iter(voices), None)


def _primary(rows: Rows, row: Row) -> str | None:
    primary: str | None = min(map(_rank, lying(rows, row)), default=(None,))[-1]
    return primary


def _rank(claim: Row) -> tuple[Any, ...]:
    """Attributed before narrator, main clause before subordinate, leftmost, longest, smallest id."""
    spans = claim["content_spans"]
    start = min((span["start"] for span in spans), default=float("inf"))
    length = sum(span["end"] - span["start"] for span in spans)
    return claim["voice"] != "attributed", not claim["is_main_clause"], start, -length, claim["claim_id"]


def _copied(column: str) -> OfRow:
    nothing = 0 if column == "stance" else None
    return lambda rows, row: rows.find("claims", row["primary_claim_id"]).get(column, nothing)


def _claimant(rows: Rows, row: Row) -> str | None:
    return next(iter(rows.find("claims", row["primary_claim_id"]).get("claimant_ids", ())), None)


def _label(column: str, table: str) -> OfRow:
    return lambda rows, row: rows.find(table, row[column]).get("label")


def _labels(column: str, table: str) -> OfRow:
    return lambda rows, row: listed(rows.find(table, id_).get("label", "") for id_ in row[column])


def _claimants(rows: Rows, row: Row) -> str:
    return listed(dict.fromkeys(id_ for claim in lying(rows, row) for id_ in claim["claimant_ids"]))


def _types(rows: Rows, row: Row) -> str:
    types = dict.fromkeys(claim["claim_type"] for claim in lying(rows, row))
    return listed(sorted(types, key=lambda type_: rows.rank("type", type_)))


def _mentions(rows: Rows, row: Row, kind: str) -> Iterator[Row]:
    for mention in rows.grouped("mentions", "sentence_id").get(row["sentence_id"], []):
        if mention["layer"] == GOLD and mention["kind"] == kind:
            yield mention


def _leftmost(mention: Row) -> tuple[Any, ...]:
    return mention["char_start"], mention["char_end"], mention["mention_id"]


def _mentioned(kind: str) -> OfRow:
    def make(rows: Rows, row: Row) -> str:
        ids = (mention[f"{kind}_id"] for mention in sorted(_mentions(rows, row, kind), key=_leftmost))
        return listed(dict.fromkeys(id_ for id_ in ids if id_ is not None))

    return make


def main_mention(rows: Rows, mentions: Iterable[Row]) -> Row:
    """Of mentions of locations the one with the finest role, then the leftmost; a row without cells if none."""
    return min(mentions, key=lambda one: (rows.rank("role", one["role"]), *_leftmost(one)), default=NO_ROW)


def _main(column: str) -> OfRow:
    return lambda rows, row: main_mention(rows, _mentions(rows, row, "location")).get(column)


def _later(rows: Rows, claim: Row) -> list[Row]:
    """The gold claims after this one in the document that hold the opposite on its issue."""
    if claim["layer"] != GOLD or claim["issue_id"] is None or claim["agreement"] not in (-1, 1):
        return []
    own = rows.grouped("claims", "document_id")[claim["document_id"]]
    place = next(place for place, one in enumerate(own) if one is claim)
    return [
        one
        for one in own[place + 1 :]
        if (one["layer"], one["issue_id"], one["agreement"]) == (GOLD, claim["issue_id"], -claim["agreement"])
    ]


def _is_contradiction(rows: Rows, row: Row) -> bool:
    source = rows.find("claims", row["source_claim_id"])
    return bool(source) and row["target_claim_id"] in [claim["claim_id"] for claim in _later(rows, source)]


def _missing(rows: Rows, row: Row) -> str | None:
    def related() -> set[tuple[str, str]]:
        return {(one["source_claim_id"], one["target_claim_id"]) for one in rows["relations"] if one["is_derived"]}

    pairs = rows.once("derived relations", related)
    return some(one["claim_id"] for one in _later(rows, row) if (row["claim_id"], one["claim_id"]) not in pairs)


def _expected_id(_: Rows, row: Row) -> str:
    return f"{row['source_claim_id']}-contradicts-{row['target_claim_id'].rpartition('/')[2]}"


_add_all()
