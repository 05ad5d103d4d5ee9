"""Gold from several layers: the base layer, changed by the decisions of its adjudication."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from aussage.codebook import Codebook
from aussage.compile.layer import LayerRows
from aussage.compile.said import EXISTS, SUBJECTS, id_of, subject_of, summary_of
from aussage.diagnostics import Diagnostics, nearest
from aussage.records import Read
from aussage.records.adjudication import Adjudication, Decision
from aussage.records.annotation import Annotation
from aussage.registry import Registry
from aussage.text.article import Article

Record = dict[str, Any]
Row = dict[str, Any]
NOTHING = "none"
FOLLOWING_VOICE = ("voice", "form", "alignment")  # their defaults depend on other fields of the claim
LISTS = {"claim": "claims", "actor-mention": "actors", "location-mention": "locations"}


@dataclass(slots=True)
class GoldRecord:
    """The gold annotation as a plain record, and by id in gold the coder whose decision each of its items is."""

    record: Record
    origin: dict[str, str] = field(default_factory=dict)
    adjudicator: str = ""


def gold_record(layers: Mapping[str, Read[Annotation]], adjudication: Adjudication | None, base: str) -> GoldRecord:
    """The gold annotation of a document: the layer of `base`, changed by what was decided."""
    records = {coder: msgspec.to_builtins(read.record) for coder, read in layers.items()}
    gold = GoldRecord(copy.deepcopy(records[base]), adjudicator=adjudication.adjudicator if adjudication else "")
    for sentence in gold.record["sentences"]:
        for key in LISTS.values():
            gold.origin.update({item["id"]: base for item in sentence.get(key, [])})
    gold.origin.update({relation["id"]: base for relation in gold.record.get("relations", [])})
    decisions = [decision for decision in adjudication.decisions if is_decided(decision)] if adjudication else []
    for decision in sorted(decisions, key=lambda decision: decision.variable != EXISTS):
        _apply(gold, decision, records, base)
    _drop_loose_relations(gold.record)
    return gold


def is_decided(decision: Decision) -> bool:
    """Whether somebody is followed or another value is set; whether a thing exists at all is only a coder's to say."""
    return decision.take is not None or (decision.variable != EXISTS and decision.value is not None)


def _apply(gold: GoldRecord, decision: Decision, records: Mapping[str, Record], base: str) -> None:
    if decision.variable == EXISTS:
        _apply_existence(gold, decision, records, base)
        return
    item_id = decision.ids.get(base, decision.gold or "")
    item = _find(gold.record, decision.subject, item_id)
    if item is None:
        return
    if decision.take != gold.origin.get(item_id):
        # The row now is the adjudicator's decision. The note and the doubt argue for what was overruled; they stay
        # in the layer, and the reason is in adjudications.
        gold.origin[item_id] = gold.adjudicator
        item.pop("note", None)
        item.pop("doubt", None)
    if decision.take is None:
        item[decision.variable] = decision.value
        return
    theirs = _find(records.get(decision.take, {}), decision.subject, decision.ids.get(decision.take, ""))
    names = ("text", "occurrence") if decision.variable == "text" else (decision.variable,)
    for name in names:
        if theirs is not None and theirs.get(name) is not None:
            item[name] = copy.deepcopy(theirs[name])
        else:
            item.pop(name, None)
    if decision.variable in FOLLOWING_VOICE and decision.variable not in item:
        item[decision.variable] = decision.said.get(decision.take)


def _apply_existence(gold: GoldRecord, decision: Decision, records: Mapping[str, Record], base: str) -> None:
    taken = decision.take
    if taken is None:
        return
    if base in decision.ids and taken not in decision.ids:
        _remove(gold.record, decision.subject, decision.ids[base])
    elif base not in decision.ids and taken in decision.ids and decision.gold:
        theirs = _find(records.get(taken, {}), decision.subject, decision.ids[taken])
        if theirs is not None:
            adopted = {**copy.deepcopy(theirs), "id": decision.gold}
            adopted |= decision.value if isinstance(decision.value, dict) else {}
            _list_of(gold.record, decision.subject, decision.sentence).append(adopted)
            gold.origin[decision.gold] = taken


def _list_of(record: Record, subject: str, sentence_id: str) -> list[Record]:
    if subject == "relation":
        relations: list[Record] = record.setdefault("relations", [])
        return relations
    found = (sentence for sentence in record["sentences"] if sentence["id"] == sentence_id)
    sentence: Record = next(found, {})
    items: list[Record] = sentence.setdefault(LISTS[subject], [])
    return items


def _find(record: Record, subject: str, item_id: str) -> Record | None:
    return next((item for items in _lists(record, subject) for item in items if item["id"] == item_id), None)


def _lists(record: Record, subject: str) -> list[list[Record]]:
    if subject == "relation":
        return [record.get("relations", [])]
    return [sentence.get(LISTS[subject], []) for sentence in record.get("sentences", [])]


def _remove(record: Record, subject: str, item_id: str) -> None:
    for items in _lists(record, subject):
        items[:] = [item for item in items if item["id"] != item_id]


def _drop_loose_relations(record: Record) -> None:
    """A relation whose claim is not in gold is not in gold either."""
    claims = {claim["id"] for sentence in record["sentences"] for claim in sentence.get("claims", [])}
    if "relations" in record:
        record["relations"] = [r for r in record["relations"] if r["from"] in claims and r["to"] in claims]


def examine_adjudication(
    read: Read[Adjudication],
    compiled: Mapping[str, LayerRows],
    codebook: Codebook,
    registry: Registry,
    article: Article,
    diagnostics: Diagnostics,
) -> None:
    """Report decisions that do not fit the layers they are about, or name what does not exist."""
    record = read.record
    if not registry.may_hold("coders", record.adjudicator):
        near = nearest(record.adjudicator, registry.coders)
        message = f"there is no coder »{record.adjudicator}«"
        read.source.report(diagnostics, "unknown-coder", ("adjudicator",), message, nearest=near)
    examine_base(read, compiled, diagnostics)
    rows = {coder: _rows_by_id(layer) for coder, layer in compiled.items()}
    rulings = [ruling.id for ruling in codebook.record.rulings]
    seen: set[str] = set()
    for number, decision in enumerate(record.decisions):
        path = ("decisions", number)
        if decision.id in seen:
            read.source.report(diagnostics, "duplicate-id", (*path, "id"), f"»{decision.id}« is given twice")
        seen.add(decision.id)
        if decision.sentence not in article.sentences:
            message = f"the document has no sentence »{decision.sentence}«"
            near = nearest(decision.sentence, article.sentences)
            read.source.report(diagnostics, "unknown-sentence", (*path, "sentence"), message, nearest=near)
        if decision.ruling and decision.ruling not in rulings:
            message = f"the codebook has no ruling »{decision.ruling}«"
            near = nearest(decision.ruling, rulings)
            read.source.report(diagnostics, "codebook-reference", (*path, "ruling"), message, nearest=near)
        _examine_decision(read, number, decision, rows, diagnostics)


def examine_base(read: Read[Adjudication], layers: Mapping[str, object], diagnostics: Diagnostics) -> None:
    """Report a base that is no layer of the document."""
    base = read.record.base
    if base not in layers:
        message = f"there is no layer »{base}«"
        read.source.report(diagnostics, "unknown-coder", ("base",), message, nearest=nearest(base, layers))


def _rows_by_id(layer: LayerRows) -> dict[tuple[str, str], Row]:
    every = (*layer.claims, *layer.mentions, *layer.relations)
    return {(subject_of(row), id_of(row)): row for row in every}


def _examine_decision(
    read: Read[Adjudication],
    number: int,
    decision: Decision,
    rows: Mapping[str, Mapping[tuple[str, str], Row]],
    diagnostics: Diagnostics,
) -> None:
    path = ("decisions", number)
    variables = SUBJECTS[decision.subject]
    if decision.variable != EXISTS and decision.variable not in variables:
        read.source.report(
            diagnostics,
            "wrong-value",
            (*path, "variable"),
            f"»{decision.variable}« is no variable that can differ",
            expected=", ".join((EXISTS, *variables)),
            nearest=nearest(decision.variable, variables),
        )
        return
    _examine_outcome(read, number, decision, rows, diagnostics)
    for coder, item in decision.ids.items():
        row = rows.get(coder, {}).get((decision.subject, item))
        if row is None:
            message = f"the layer »{coder}« has no {decision.subject} »{item}«"
            read.source.report(diagnostics, "stale-adjudication", (*path, "ids", coder), message)
            continue
        says = summary_of(row) if decision.variable == EXISTS else variables[decision.variable](row)
        if decision.said.get(coder) != says:
            message = f"the layer »{coder}« now says »{_text(says)}« of {item}"
            place = (*path, "said", coder)
            read.source.report(diagnostics, "stale-adjudication", place, message, expected=_text(says))


def _examine_outcome(
    read: Read[Adjudication],
    number: int,
    decision: Decision,
    rows: Mapping[str, object],
    diagnostics: Diagnostics,
) -> None:
    """Report a decision for somebody or something that it cannot be for."""
    path = ("decisions", number)
    if decision.take is not None and decision.take not in rows:
        message = f"there is no layer »{decision.take}«"
        read.source.report(diagnostics, "unknown-coder", (*path, "take"), message, nearest=nearest(decision.take, rows))
    elif decision.variable != EXISTS and decision.take is not None:
        if decision.take not in decision.ids:
            message, expected = f"»{decision.take}« is not among those who differ here", ", ".join(decision.ids)
            read.source.report(diagnostics, "wrong-value", (*path, "take"), message, expected=expected)
        elif decision.value is not None:
            message = "there is a coder who is followed and a value too"
            read.source.report(diagnostics, "wrong-value", (*path, "value"), message, expected="one of the two")
    adopts = decision.variable == EXISTS and decision.take in decision.ids and read.record.base not in decision.ids
    if adopts and not decision.gold:
        read.source.report(diagnostics, "missing-field", path, "what gold adopts needs an id in gold: the field »gold«")


def adjudication_rows(document_id: str, read: Read[Adjudication]) -> list[Row]:
    """The decisions as rows of `adjudications`, in the order of the file."""
    rows = []
    for decision in read.record.decisions:
        coders = sorted({*decision.ids, *decision.said})
        rows.append(
            {
                "adjudication_id": f"{document_id}/{decision.id}",
                "document_id": document_id,
                "sentence_id": f"{document_id}/{decision.sentence}",
                "subject": decision.subject,
                "variable": decision.variable,
                "coders": coders,
                "ids": [decision.ids.get(coder, NOTHING) for coder in coders],
                "said": [_text(decision.said.get(coder)) for coder in coders],
                "decision": _decision_text(decision),
                "taken_from": decision.take,
                "gold_id": _gold_id(decision, read.record.base),
                "is_decided": is_decided(decision),
                "ruling": decision.ruling,
                "codebook_change": decision.codebook_change,
                "reason": decision.reason,
                "adjudicator_id": read.record.adjudicator,
            }
        )
    return rows


def _gold_id(decision: Decision, base: str) -> str | None:
    """The id in gold of what the decision is about; nothing if gold does not have it."""
    in_gold = base in decision.ids
    if decision.variable == EXISTS and is_decided(decision):
        in_gold = decision.take in decision.ids
    if decision.variable != EXISTS or in_gold:
        return decision.ids.get(base) or decision.gold
    return None


def _decision_text(decision: Decision) -> str | None:
    """What holds in gold, as a text; nothing if it is undecided."""
    if not is_decided(decision):
        return None
    if decision.take is None:
        return _text(decision.value)
    if decision.variable == EXISTS:
        return "kept" if decision.take in decision.ids else "left out"
    return _text(decision.said.get(decision.take))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(part)}" for key, part in value.items())
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
