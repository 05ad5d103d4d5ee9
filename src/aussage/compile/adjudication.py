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

Record = dict[str, Any]
Row = dict[str, Any]
LISTS = {"claim": "claims", "actor-mention": "actors", "location-mention": "locations"}


@dataclass(slots=True)
class GoldRecord:
    """The gold annotation as a plain record, and the coder from whom each of its items is taken, by id in gold."""

    record: Record
    origin: dict[str, str] = field(default_factory=dict)


def gold_record(layers: Mapping[str, Read[Annotation]], adjudication: Adjudication | None, base: str) -> GoldRecord:
    """The gold annotation of a document: the layer of `base`, changed by what was decided."""
    records = {coder: msgspec.to_builtins(read.record) for coder, read in layers.items()}
    gold = GoldRecord(copy.deepcopy(records[base]))
    for sentence in gold.record["sentences"]:
        for key in LISTS.values():
            gold.origin.update({item["id"]: base for item in sentence.get(key, [])})
    gold.origin.update({relation["id"]: base for relation in gold.record.get("relations", [])})
    decisions = [d for d in adjudication.decisions if d.take or d.value is not None] if adjudication else []
    for decision in sorted(decisions, key=lambda decision: decision.variable != EXISTS):
        _apply(gold, decision, records, base)
    _drop_loose_relations(gold.record)
    return gold


def _apply(gold: GoldRecord, decision: Decision, records: Mapping[str, Record], base: str) -> None:
    if decision.variable == EXISTS:
        _apply_existence(gold, decision, records, base)
        return
    item_id = decision.ids.get(base, decision.gold or "")
    item = _find(gold.record, decision.subject, item_id)
    if item is None:
        return
    if decision.take is None:
        item[decision.variable] = decision.value
        return
    theirs = _find(records[decision.take], decision.subject, decision.ids.get(decision.take, ""))
    names = ("text", "occurrence") if decision.variable == "text" else (decision.variable,)
    for name in names:
        if theirs is not None and theirs.get(name) is not None:
            item[name] = copy.deepcopy(theirs[name])
        else:
            item.pop(name, None)


def _apply_existence(gold: GoldRecord, decision: Decision, records: Mapping[str, Record], base: str) -> None:
    taken = decision.take
    if taken is None:
        return
    if base in decision.ids and taken not in decision.ids:
        _remove(gold.record, decision.subject, decision.ids[base])
    elif base not in decision.ids and taken in decision.ids and decision.gold:
        theirs = _find(records[taken], decision.subject, decision.ids[taken])
        if theirs is not None:
            adopted = {**copy.deepcopy(theirs), "id": decision.gold}
            adopted |= decision.value if isinstance(decision.value, dict) else {}
            _list_of(gold.record, decision.subject, decision.sentence).append(adopted)
            gold.origin[decision.gold] = taken


def _list_of(record: Record, subject: str, sentence_id: str) -> list[Record]:
    if subject == "relation":
        relations: list[Record] = record.setdefault("relations", [])
        return relations
    sentence = next(sentence for sentence in record["sentences"] if sentence["id"] == sentence_id)
    items: list[Record] = sentence.setdefault(LISTS[subject], [])
    return items


def _find(record: Record, subject: str, item_id: str) -> Record | None:
    return next((item for items in _lists(record, subject) for item in items if item["id"] == item_id), None)


def _lists(record: Record, subject: str) -> list[list[Record]]:
    if subject == "relation":
        return [record.get("relations", [])]
    return [sentence.get(LISTS[subject], []) for sentence in record["sentences"]]


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
    diagnostics: Diagnostics,
) -> None:
    """Report decisions that do not fit the layers they are about, or name what does not exist."""
    record = read.record
    for key, coder in (("adjudicator", record.adjudicator), ("base", record.base)):
        known = registry.coders if key == "adjudicator" else compiled
        if coder not in known:
            message = f"there is no {'coder' if key == 'adjudicator' else 'layer'} »{coder}«"
            read.source.report(diagnostics, "unknown-coder", (key,), message, nearest=nearest(coder, known))
    rows = {coder: _rows_by_id(layer) for coder, layer in compiled.items()}
    rulings = [ruling.id for ruling in codebook.record.rulings]
    seen: set[str] = set()
    for number, decision in enumerate(record.decisions):
        path = ("decisions", number)
        if decision.id in seen:
            read.source.report(diagnostics, "duplicate-id", (*path, "id"), f"»{decision.id}« is given twice")
        seen.add(decision.id)
        if decision.ruling and decision.ruling not in rulings:
            message = f"the codebook has no ruling »{decision.ruling}«"
            near = nearest(decision.ruling, rulings)
            read.source.report(diagnostics, "codebook-reference", (*path, "ruling"), message, nearest=near)
        _examine_decision(read, number, decision, rows, diagnostics)


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
    if decision.take is not None and decision.take not in rows:
        message = f"there is no layer »{decision.take}«"
        read.source.report(diagnostics, "unknown-coder", (*path, "take"), message, nearest=nearest(decision.take, rows))
    adopts = decision.variable == EXISTS and decision.take in decision.ids and read.record.base not in decision.ids
    if adopts and not decision.gold:
        read.source.report(diagnostics, "missing-field", path, "what gold adopts needs an id in gold: the field »gold«")
    for coder, item in decision.ids.items():
        row = rows.get(coder, {}).get((decision.subject, item))
        if row is None:
            message = f"the layer »{coder}« has no {decision.subject} »{item}«"
            read.source.report(diagnostics, "stale-adjudication", (*path, "ids", coder), message)
            continue
        says = summary_of(row) if decision.variable == EXISTS else variables[decision.variable](row)
        if decision.said.get(coder) != says:
            message = f"the layer »{coder}« now says {says!r} of {item}"
            read.source.report(diagnostics, "stale-adjudication", (*path, "said"), message, expected=repr(says))


def adjudication_rows(document_id: str, read: Read[Adjudication]) -> list[Row]:
    """The decisions as rows of `adjudications`, in the order of the file."""
    rows = []
    for decision in read.record.decisions:
        coders = sorted({*decision.ids, *decision.said})
        decided = decision.take or (None if decision.value is None else _text(decision.value))
        rows.append(
            {
                "adjudication_id": f"{document_id}/{decision.id}",
                "document_id": document_id,
                "sentence_id": f"{document_id}/{decision.sentence}",
                "subject": decision.subject,
                "variable": decision.variable,
                "coders": coders,
                "ids": [decision.ids.get(coder, "") for coder in coders],
                "said": [_text(decision.said.get(coder)) for coder in coders],
                "decision": _decision_text(decision),
                "taken_from": decision.take,
                "gold_id": decision.gold or decision.ids.get(read.record.base),
                "is_decided": decided is not None,
                "ruling": decision.ruling,
                "codebook_change": decision.codebook_change,
                "reason": decision.reason,
                "adjudicator_id": read.record.adjudicator,
            }
        )
    return rows


def _decision_text(decision: Decision) -> str | None:
    """What holds in gold, as a text; nothing if it is undecided."""
    if decision.take is None:
        return None if decision.value is None else _text(decision.value)
    if decision.variable == EXISTS:
        return "kept" if decision.take in decision.ids else "left out"
    return _text(decision.said.get(decision.take))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(part)}" for key, part in value.items())
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
