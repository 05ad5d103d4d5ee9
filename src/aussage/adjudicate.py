"""The differences between coders, listed in `adjudication.yaml` so that somebody decides them; decisions are kept."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd

from aussage.agreement import AgreementError, align_claims, align_mentions
from aussage.compile.adjudication import examine_base
from aussage.compile.build import Sources
from aussage.compile.context import LayerContext
from aussage.compile.gold_text import yaml_text
from aussage.compile.layer import LayerRows, compile_layer
from aussage.compile.layers import ADJUDICATION, FOLDER, DocumentLayers
from aussage.compile.said import EXISTS, SUBJECTS, id_of, summary_of
from aussage.diagnostics import Diagnostics
from aussage.records.adjudication import Decision
from aussage.source import Project

Row = dict[str, Any]
Entry = dict[str, Any]
HEADER = """\
# Every difference between the coders, and what holds in gold. `aussage adjudicate` lists the differences and keeps
# what was decided: `take` names the coder who is followed, or `value` says what holds instead; `ruling` and `reason`
# say why.
"""
CLAIM_COLUMNS = ("claim_id", "layer", "document_id", "content_spans")
MENTION_COLUMNS = ("mention_id", "layer", "kind", "document_id", "char_start", "char_end")
LETTERS = {"claim": "c", "actor-mention": "a", "location-mention": "l"}
SPANS = {"content": "content_spans", "source": "source_spans", "cue": "cue_spans", "condition": "condition_spans"}


def adjudication_files(
    project: Project, sources: Sources, adjudicator: str | None, diagnostics: Diagnostics
) -> dict[Path, str]:
    """Path and text of adjudication.yaml for every document with several layers in YAML.

    Args:
        project: The project.
        sources: Its sources, read without errors.
        adjudicator: The coder who decides, for files that do not name one yet.
        diagnostics: Takes what is wrong with a layer.

    Raises:
        AgreementError: A file is new, and nobody is named who decides; or scipy is not installed.
    """
    files = {}
    for given in sources.documents:
        layers = sources.layers.of(given.record.id)
        if len(layers.coders) < 2:
            continue
        if not all(read.source.name.endswith(".yaml") for read in layers.coders.values()):
            message = f"the layers of »{given.record.id}« are in JSON Lines, which is not adjudicated"
            mend = "write the layers as dataset/annotations/<document>/<coder>.yaml"
            given.entry.report(diagnostics, "unadjudicated-layers", ("id",), message, mend=mend)
            continue
        compiled = {
            coder: compile_layer(LayerContext(given.article, read, sources.codebook, sources.registry, diagnostics))
            for coder, read in layers.coders.items()
        }
        if layers.adjudication:
            examine_base(layers.adjudication, compiled, diagnostics)
        elif not adjudicator:
            raise AgreementError(f"nobody is named who decides about {given.record.id}: use --adjudicator")
        elif adjudicator not in sources.registry.coders:
            known = ", ".join(sources.registry.coders)
            raise AgreementError(
                f"there is no coder {adjudicator!r} in dataset/registry/coders.yaml; there are {known}"
            )
        if diagnostics.has_errors:
            continue
        entries = _with_decisions(_merged(differences(layers.base, compiled), layers.base), compiled, layers)
        old = layers.adjudication.record if layers.adjudication else None
        record = {
            "document": given.record.id,
            "adjudicator": old.adjudicator if old else adjudicator or "",
            "base": layers.base,
            "codebook": old.codebook if old else sources.codebook.version,
            **({"note": old.note} if old and old.note else {}),
            "decisions": entries,
        }
        files[project.root / FOLDER / given.record.id / ADJUDICATION] = HEADER + yaml_text(record)
    return files


def differences(base: str, compiled: Mapping[str, LayerRows]) -> Iterator[Entry]:
    """Every difference of each other coder from the base, as decisions without a decision, in the base's order.

    What the base does not have is given with the stem of its future id in `gold`.
    """
    for other in sorted(set(compiled) - {base}):
        ours, theirs = compiled[base], compiled[other]
        claims = _frame([*ours.claims, *theirs.claims], CLAIM_COLUMNS)
        mentions = _frame([*ours.mentions, *theirs.mentions], MENTION_COLUMNS)
        pairs = _pairs(align_claims(claims, base, other), "claim_id")
        yield from _of_pairs("claim", pairs, base, other, ours.claims, theirs.claims)
        for kind in ("actor", "location"):
            aligned = _pairs(align_mentions(mentions, base, other, kind), "mention_id")
            yield from _of_pairs(f"{kind}-mention", aligned, base, other, ours.mentions, theirs.mentions)
        yield from _of_relations({b: a for a, b in pairs if a and b}, base, other, ours, theirs)


def _frame(rows: list[Row], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame([{name: row[name] for name in columns} for row in rows], columns=list(columns))


def _pairs(aligned: pd.DataFrame, key: str) -> list[tuple[str | None, str | None]]:
    def local(value: Any) -> str | None:
        return None if pd.isna(value) else str(value).rsplit("/", 1)[-1]

    return [(local(a), local(b)) for a, b in zip(aligned[f"{key}_a"], aligned[f"{key}_b"], strict=True)]


def _of_pairs(
    subject: str,
    pairs: list[tuple[str | None, str | None]],
    base: str,
    other: str,
    ours: list[Row],
    theirs: list[Row],
) -> Iterator[Entry]:
    rows_a, rows_b = {id_of(row): row for row in ours}, {id_of(row): row for row in theirs}
    for id_a, id_b in pairs:
        if id_a and id_b:
            a, b = rows_a[id_a], rows_b[id_b]
            for variable, said in SUBJECTS[subject].items():
                place = SPANS.get(variable)
                moved = place is not None and a[place] != b[place]
                if said(a) != said(b) or moved:
                    yield _entry(a, subject, variable, {base: id_a, other: id_b}, {base: said(a), other: said(b)})
        elif id_a:
            a = rows_a[id_a]
            yield _entry(a, subject, EXISTS, {base: id_a}, {base: summary_of(a)})
        elif id_b:
            b = rows_b[id_b]
            entry = _entry(b, subject, EXISTS, {other: id_b}, {other: summary_of(b)})
            yield entry | {"gold": f"{id_b.split('.')[0]}.{LETTERS[subject]}"}


def _of_relations(
    partner: Mapping[str, str], base: str, other: str, ours: LayerRows, theirs: LayerRows
) -> Iterator[Entry]:
    """Relations are the same if they relate paired claims; one whose claims have no partner is left out."""
    known = {(*_ends(row), row["relation"]): row for row in ours.relations}
    left = []
    for row in theirs.relations:
        source, target = (partner.get(end) for end in _ends(row))
        if source and target and known.pop((source, target, row["relation"]), None) is None:
            left.append((source, target, row))
    for source, target, row in left:
        ids = {other: id_of(row)}
        same = next((known.pop(key) for key in list(known) if key[:2] == (source, target)), None)
        if same is None:
            entry = _entry(row, "relation", EXISTS, ids, {other: summary_of(row)})
            yield entry | {"value": {"from": source, "to": target}, "gold": "r"}
        else:
            ids = {base: id_of(same), **ids}
            yield _entry(same, "relation", "relation", ids, {base: same["relation"], other: row["relation"]})
    paired = set(partner.values())
    for (source, target, _), row in known.items():
        if {source, target} <= paired:
            yield _entry(row, "relation", EXISTS, {base: id_of(row)}, {base: summary_of(row)})


def _ends(row: Row) -> tuple[str, str]:
    source, target = (str(row[key]).rsplit("/", 1)[-1] for key in ("source_claim_id", "target_claim_id"))
    return source, target


def _entry(row: Row, subject: str, variable: str, ids: dict[str, str], said: dict[str, Any]) -> Entry:
    sentence = row["sentence_id"] if "sentence_id" in row else row["source_claim_id"].split(".")[0]
    local = str(sentence).rsplit("/", 1)[-1]
    return {"sentence": local, "subject": subject, "variable": variable, "ids": ids, "said": said}


def _free(stem: str, used: set[str]) -> str:
    """The next id with that stem that nothing has, and takes it; numbers of relations have two digits."""
    digits = 2 if stem == "r" else 1
    number = 1
    while f"{stem}{number:0{digits}d}" in used:
        number += 1
    used.add(f"{stem}{number:0{digits}d}")
    return f"{stem}{number:0{digits}d}"


def _key(entry: Mapping[str, Any], base: str) -> tuple[Any, ...]:
    """What a decision is about: something of the base, else something of other coders."""
    ids = entry["ids"]
    about = ids[base] if base in ids else tuple(sorted(ids.items()))
    return entry["subject"], entry["variable"], about


def _merged(entries: Iterable[Entry], base: str) -> list[Entry]:
    """One entry for all coders who differ from the base in the same thing."""
    merged: dict[Any, Entry] = {}
    for entry in entries:
        first = merged.setdefault(_key(entry, base), entry)
        first["ids"] |= entry["ids"]
        first["said"] |= entry["said"]
    return list(merged.values())


def _with_decisions(entries: list[Entry], compiled: Mapping[str, LayerRows], layers: DocumentLayers) -> list[Entry]:
    """The entries with what was decided before; where a coder now says otherwise it is undecided again."""
    base = compiled[layers.base]
    decisions = layers.adjudication.record.decisions if layers.adjudication else []
    old: dict[Any, Decision] = {_key(msgspec.to_builtins(d), layers.base): d for d in decisions}
    used = {id_of(row) for row in (*base.claims, *base.mentions, *base.relations)}
    used |= {decision.gold for decision in decisions if decision.gold}
    last = max((int(decision.id[1:]) for decision in decisions), default=0)
    result = []
    for entry in entries:
        decision = old.get(_key(entry, layers.base))
        if decision and (decision.said, decision.ids) == (entry["said"], entry["ids"]):
            result.append(msgspec.to_builtins(decision))
            continue
        if "gold" in entry:
            entry["gold"] = decision.gold if decision and decision.gold else _free(entry["gold"], used)
        last += decision is None
        result.append({"id": decision.id if decision else f"d{last:03d}", **entry})
    return result
