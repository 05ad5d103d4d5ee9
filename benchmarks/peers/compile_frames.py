"""Records and annotations of some documents as frames: nested JSON taken apart in Arrow, a row a thing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from datasets import Features, List, Value

TEXT, WHOLE, FLAG = Value("string"), Value("int32"), Value("bool")
QUOTATION = {"text": TEXT, "occurrence": WHOLE, "sentence": TEXT}
CLAIM = {
    **dict.fromkeys(
        "id type modality time voice form alignment evidence target addressee issue doubt note".split(), TEXT
    ),
    **dict.fromkeys(("stance", "agreement"), WHOLE),
    **dict.fromkeys(("causal", "main_clause"), FLAG),
    **dict.fromkeys(("source", "cue", "condition"), QUOTATION),
    **dict.fromkeys(("content", "claimant", "chain", "figures"), List(TEXT)),
    "affected": List({"effect": TEXT, "actor": TEXT, "location": TEXT}),
    "event": {
        **dict.fromkeys(("type", "manual", "mode", "actor", "recipient"), TEXT),
        "context": List(TEXT),
    },
}
MENTION = {"id": TEXT, "text": TEXT, "occurrence": WHOLE, "doubt": TEXT, "note": TEXT}
SENTENCE = {
    "id": TEXT,
    "text": TEXT,
    "note": TEXT,
    "claims": List(CLAIM),
    "actors": List({**MENTION, "actor": TEXT}),
    "locations": List({**MENTION, "location": TEXT, "role": TEXT}),
}
ANNOTATIONS = Features(
    {
        **dict.fromkeys(("document", "coder", "codebook", "note"), TEXT),
        "sentences": List(SENTENCE),
        "relations": List(dict.fromkeys(("id", "from", "to", "relation", "note"), TEXT)),
    }
)
RECORDS = Features(
    {
        **dict.fromkeys(("id", "language", "text", "sha256", "title", "note"), TEXT),
        "date": dict.fromkeys(("status", "value", "note"), TEXT),
        "origin": dict.fromkeys(("publisher", "author", "url", "note"), TEXT),
        "rights": dict.fromkeys(("status", "holder", "licence", "basis", "evidence", "embargo", "note"), TEXT),
        "sentences": List({"id": TEXT, "start": WHOLE, "end": WHOLE}),
    }
)
PIECES = ("content", "source", "cue", "condition", "figures")
LISTS = ("claimant", "chain")


@dataclass
class Given:
    """Frames of some documents. Columns `doc`, `layer`, `sentence` and `claim` are row numbers in other frames."""

    documents: pd.DataFrame
    frozen: pd.DataFrame
    layers: pd.DataFrame
    sentences: pd.DataFrame
    claims: pd.DataFrame
    pieces: pd.DataFrame
    lists: dict[str, pd.DataFrame]
    effects: pd.DataFrame
    mentions: pd.DataFrame
    relations: pd.DataFrame


def given(records: pa.Table, annotations: pa.Table) -> Given:
    """Take apart the records of some documents, and the annotations of the same documents."""
    documents = frame_of(records.drop_columns(["sentences"]).flatten())
    # pyarrow takes a day for a point of time, and datasets makes a text of that again
    documents["date.value"] = documents["date.value"].str.removesuffix(" 00:00:00")
    frozen = exploded(records["sentences"], "doc")
    layers = frame_of(annotations.select(["document", "coder", "codebook"]))
    layers["doc"] = pd.Index(documents["id"]).get_indexer(layers["document"])
    inner, parents = items(annotations["sentences"])
    sentences = frame_of(inner.drop_columns(["claims", "actors", "locations"]))
    sentences["layer"] = parents
    nested, claim_parents = items(inner["claims"])
    claims, pieces, lists, effects = _claims(nested)
    claims["sentence"] = claim_parents
    mentions = [exploded(inner[kind], "sentence").assign(kind=kind[:-1]) for kind in ("actors", "locations")]
    relations = exploded(annotations["relations"], "layer")
    both = pd.concat(mentions, ignore_index=True)
    return Given(documents, frozen, layers, sentences, claims, pieces, lists, effects, both, relations)


def _claims(nested: pa.Table) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, pd.DataFrame], pd.DataFrame]:
    """The claims, the pieces of their quotations, their lists and their effects."""
    event = pa.Table.from_arrays(
        nested["event"].combine_chunks().flatten(),
        [f"event_{field.name}" for field in nested.schema.field("event").type],
    )
    plain = nested.drop_columns([*PIECES, *LISTS, "affected", "event"])
    claims = pd.concat([frame_of(plain), frame_of(event.drop_columns(["event_context"]))], axis=1)
    lists = {name: exploded(nested[name], "claim") for name in LISTS}
    lists["contexts"] = exploded(event["event_context"], "claim")
    pieces = []
    for field in PIECES:
        if pa.types.is_struct(nested.schema.field(field).type):
            quotation = nested[field].combine_chunks()
            piece = frame_of(pa.Table.from_arrays(quotation.flatten(), [part.name for part in quotation.type]))
            piece["claim"] = np.arange(len(piece))
            piece = piece[piece["text"].notna()]
        else:
            piece = exploded(nested[field], "claim").rename(columns={"value": "text"})
        pieces.append(piece.assign(field=field))
    return claims, pd.concat(pieces, ignore_index=True), lists, exploded(nested["affected"], "claim")


def items(lists: pa.ChunkedArray) -> tuple[pa.Table, np.ndarray]:
    """The items of all lists one after another, and of each the number of its list; no list is an empty one."""
    values = lists.combine_chunks()
    inner = pc.list_flatten(values)
    if pa.types.is_struct(inner.type):
        table = pa.Table.from_arrays(inner.flatten(), [field.name for field in inner.type])
    else:
        table = pa.table({"value": inner})
    return table, pc.list_parent_indices(values).to_numpy()


def exploded(lists: pa.ChunkedArray, parent: str) -> pd.DataFrame:
    """The items of all lists as a frame; the column `parent` has the number of the list."""
    table, parents = items(lists)
    frame = frame_of(table)
    frame[parent] = parents
    return frame


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A table as a frame that keeps the types of Arrow."""
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def as_lists(parents: pd.Series, values: pd.Series | pd.DataFrame, length: int) -> pd.Series:
    """Values as lists by the number of their list, which must ascend; a frame gives lists of structs."""
    offsets = np.concatenate([[0], np.bincount(np.asarray(parents, dtype=np.int64), minlength=length).cumsum()])
    if isinstance(values, pd.DataFrame):
        inner = pa.Table.from_pandas(values, preserve_index=False).combine_chunks().to_struct_array().combine_chunks()
    else:
        inner = pa.array(values, from_pandas=True)
    inner = inner.combine_chunks() if isinstance(inner, pa.ChunkedArray) else inner
    array = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), inner)
    return pd.Series(array, dtype=pd.ArrowDtype(array.type))


def joined(parents: pd.Series, values: pd.Series, length: int, separator: str) -> pd.Series:
    """Texts joined by the number of their list; an empty text where there are none."""
    texts = values.astype(pd.ArrowDtype(pa.string()))
    array = pc.binary_join(as_lists(parents, texts, length).array._pa_array.combine_chunks(), separator)
    return pd.Series(array, dtype=pd.ArrowDtype(array.type))
