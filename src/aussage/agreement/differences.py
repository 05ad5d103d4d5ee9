"""What two coders did differently, one row a difference: the input of an adjudication."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from aussage.agreement.alignment import align_claims, align_mentions
from aussage.agreement.coding import MASI, NOMINAL, ORDINAL
from aussage.agreement.layers import Frames
from aussage.tables.of_documents import CLAIMS

EXISTS, YES, NO = "exists", "yes", "no"
COLUMNS = ["document_id", "sentence_id", "subject", "id_a", "id_b", "variable", "value_a", "value_b", "text"]
SPANS = {"content_spans": "content_text", "source_spans": "source_text", "cue_spans": "cue_text"} | {
    "condition_spans": "condition_text"
}
CLAIM_VARIABLES: dict[str, str] = {
    "voice": NOMINAL,
    "claimant_ids": MASI,
    "form": NOMINAL,
    "alignment": NOMINAL,
    "claim_type": NOMINAL,
    "modality": NOMINAL,
    "causal": NOMINAL,
    "is_main_clause": NOMINAL,
    "time": NOMINAL,
    "evidence": NOMINAL,
    "stance": ORDINAL,
    "target_id": NOMINAL,
    "issue_id": NOMINAL,
    "agreement": ORDINAL,
}
NOT_COMPARED = {
    *("claim_id", "document_id", "sentence_id", "sentence_ids", "layer", "coder_id", "claimant_labels", "target_label"),
    *("issue_label", "frame", "event_manual", "doubt", "note"),
    *SPANS.values(),
}
OF_CLAIM = tuple(column.name for column in CLAIMS.columns if column.name not in NOT_COMPARED)
ORDERED = ("chain", "figures", *SPANS, "span")


def differences(frames: Frames, coder_a: str, coder_b: str) -> pd.DataFrame:
    """Every difference between two coders on the documents that both coded.

    Claims and mentions are paired by `align_claims` and `align_mentions`. What only one coder has is one row with the
    variable "exists" ("yes" and "no"); of a pair each variable with unequal values is a row. Spans differ if their
    offsets do; their values are their words.

    Args:
        frames: The tables of all layers.
        coder_a: The first layer.
        coder_b: The second layer.

    Returns:
        Columns document_id, sentence_id, subject (claim, actor mention, location mention), id_a, id_b (missing if
        there is none), variable (the column of the table), value_a, value_b (as text, empty if there is none), text
        (the words of the claim or mention), in the order of the article.

    Raises:
        AgreementError: scipy is not installed.
    """
    documents = frames.documents
    common = documents.loc[[{coder_a, coder_b} <= set(found) for found in documents["layers"]], "document_id"]
    claims = frames.claims[frames.claims["document_id"].isin(common)]
    mentions = frames.mentions[frames.mentions["document_id"].isin(common)]
    parts = [_of(align_claims(claims, coder_a, coder_b), claims.set_index("claim_id"), "claim", OF_CLAIM)]
    for kind in ("actor", "location"):
        variables = ("span", f"{kind}_id", *(("role",) if kind == "location" else ()))
        spans = [list(pair) for pair in zip(mentions["char_start"], mentions["char_end"], strict=True)]
        rows = mentions.assign(span=pd.Series(spans, index=mentions.index, dtype=object), content_text=mentions["text"])
        aligned = align_mentions(mentions, coder_a, coder_b, kind)
        parts.append(_of(aligned, rows.set_index("mention_id"), f"{kind} mention", variables))
    return _in_order(pd.concat(parts, ignore_index=True), frames)


def as_text(value: Any) -> str:
    """A value of a table as a person writes it: empty if missing, lists joined by '; '."""
    if isinstance(value, (list, tuple, frozenset, set)):
        return "; ".join(sorted(map(as_text, value)) if isinstance(value, (frozenset, set)) else map(as_text, value))
    if isinstance(value, dict):
        if "effect" in value:
            return f"{value['effect']}:{value.get('actor_id') or value.get('location_id')}"
        return str(value.get("text", value))
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return YES if value else NO
    return "" if pd.isna(value) else str(value)


def _of(aligned: pd.DataFrame, rows: pd.DataFrame, subject: str, variables: tuple[str, ...]) -> pd.DataFrame:
    name = aligned.columns[1].removesuffix("_a")
    pairs = aligned[aligned["overlap"] > 0]
    one, other = (rows.loc[pairs[f"{name}_{side}"]] for side in "ab")
    found = [row for variable in variables for row in _unequal(one, other, variable)]
    for side, exists in (("a", (YES, NO)), ("b", (NO, YES))):
        ids = aligned.loc[aligned["overlap"] == 0, f"{name}_{side}"].dropna()
        for id_, row in zip(ids, _records(rows.loc[ids]), strict=True):
            both = (id_, None) if side == "a" else (None, id_)
            found.append((row["document_id"], row["sentence_id"], *both, EXISTS, *exists, row["content_text"]))
    columns = [column for column in COLUMNS if column != "subject"]
    frame = pd.DataFrame(found, columns=columns).astype(object)
    frame.insert(2, "subject", subject)
    return frame


def _unequal(one: pd.DataFrame, other: pd.DataFrame, variable: str) -> Iterator[tuple[Any, ...]]:
    """The rows of the pairs that differ in one variable."""
    keys = [[_comparable(value, variable) for value in side[variable]] for side in (one, other)]
    places = [place for place, (a, b) in enumerate(zip(*keys, strict=True)) if a != b]
    shown = "content_text" if variable == "span" else SPANS.get(variable, variable)
    columns = list(dict.fromkeys(["document_id", "sentence_id", "content_text", shown]))
    rows = [_records(side[columns].iloc[places]) for side in (one, other)]
    for place, a, b in zip(places, *rows, strict=True):
        ids = (str(one.index[place]), str(other.index[place]))
        values = (as_text(a[shown]), as_text(b[shown]))
        yield (a["document_id"], a["sentence_id"], *ids, variable, *values, a["content_text"])


def _comparable(value: Any, variable: str) -> Any:
    if isinstance(value, list):
        return value if variable in ORDERED else sorted(as_text(item) for item in value)
    return as_text(value)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _in_order(found: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    """Sorted by document, sentence, subject and item; the variables of an item keep their order."""
    places = {str(name): place for place, name in enumerate(frames.sentences["sentence_id"])}
    item = found["id_a"].fillna(found["id_b"]).astype(str)
    order = pd.DataFrame({"place": found["sentence_id"].map(places), "subject": found["subject"], "item": item})
    text = pd.StringDtype(na_value=np.nan)
    sorted_ = found.loc[order.sort_values(["place", "subject", "item"], kind="stable").index, COLUMNS]
    return sorted_.astype(dict.fromkeys(COLUMNS, text)).reset_index(drop=True)
