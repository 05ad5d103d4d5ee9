"""Rules on ids as the corpus composes them, and on the order of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from aussage.check.rule import Failing, Group
from aussage.check.tables import GOLD, SEPARATOR, Tables, at
from aussage.tables import TABLES

keys = Group("keys")
references = Group("references")

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
CLAIM = r"s[0-9]+\.c[0-9]+"
FORMS = {
    **dict.fromkeys(("documents", "actors", "locations", "issues", "coders"), SLUG),
    "sentences": rf"{SLUG}/s[0-9]+",
    "claims": rf"{SLUG}/{SLUG}/{CLAIM}",
    "mentions": rf"{SLUG}/{SLUG}/s[0-9]+\.[al][0-9]+",
    "adjudications": rf"{SLUG}/d[0-9]+",
    "relations": rf"{SLUG}/{SLUG}/(r[0-9]+|{CLAIM}-contradicts-{CLAIM})",
}
LAYERED = ("claims", "mentions", "relations")


@keys.rule(
    "id-form",
    "An id does not have the form of its table.",
    "Ids are taken apart by those who cite them: document/layer/s01.c1.",
)
def id_form(tables: Tables) -> Iterator[Failing]:
    """Slugs for documents and registries, `document/s01`, `document/layer/s01.c1`, `.a1`, `.l1`, `r01`."""
    for name, form in FORMS.items():
        if name in tables:
            key = tables.key(name)
            yield Failing(name, key[~key.str.fullmatch(form)], TABLES[name].key)


@keys.rule(
    "id-parts",
    "An id says another document, layer, sentence or kind than the row.",
    "The id is a path; a row must lie where its id says.",
    "sentences claims mentions relations",
)
def id_parts(tables: Tables) -> Iterator[Failing]:
    """Each id is composed of what stands in the row beside it."""
    sentences = tables.frame("sentences")
    outside = sentences["sentence_id"] != sentences["document_id"] + "/" + _local(sentences["sentence_id"])
    yield Failing("sentences", sentences.loc[outside, "sentence_id"], "sentence_id")
    for name in LAYERED:
        frame, key = tables.frame(name), tables.key(name)
        local = _local(key)
        wrong = key != frame["document_id"] + "/" + frame["layer"] + "/" + local
        if name != "relations":
            sentence = frame["document_id"] + "/" + local.str.replace(r"\..*", "", regex=True)
            wrong |= frame["sentence_id"] != sentence
        if name == "mentions":
            wrong |= frame["kind"].str.slice(0, 1) != local.str.replace(r".*\.", "", regex=True).str.slice(0, 1)
        yield Failing(name, key[wrong], TABLES[name].key)


def _local(ids: pd.Series[Any]) -> pd.Series[Any]:
    return ids.str.replace(r".*/", "", regex=True)


@keys.rule(
    "row-order",
    "A row stands before one that should come first.",
    "Rows are in the order of documents, sentences, layers and text, so that equal corpora have equal files.",
    "documents",
    scope="corpus",
)
def row_order(tables: Tables) -> Iterator[Failing]:
    """Documents and registries by id; sentences by position; gold, then coders; claims and mentions in text order."""
    for name in tables.arrow:
        keys_ = _sort_keys(tables, name)
        place = keys_.sort_values(list(keys_.columns), kind="stable").index
        rank = pd.Series(range(len(keys_)), index=place).sort_index()
        late = rank < rank.shift(fill_value=-1)
        yield Failing(name, tables.key(name)[late])


def _sort_keys(tables: Tables, name: str) -> pd.DataFrame:
    frame, key = tables.frame(name), TABLES[name].key
    if not TABLES[name].local or name == "documents":
        return frame[["table", key] if name == "withdrawn" else [key]]
    documents = tables.key("documents").drop_duplicates()
    order = pd.DataFrame({"document": at(frame["document_id"], pd.Series(documents.index, index=documents))})
    if name == "sentences":
        return order.assign(position=frame["position"])
    if name == "adjudications":
        return order
    order["layer"] = frame["layer"].where(frame["layer"] != GOLD, "")
    if name == "relations":
        return order.assign(derived=frame["is_derived"])
    if name == "claims":
        spans = tables.items(name, "content_spans").groupby("row")
        order["start"] = spans["start"].first().reindex(frame.index)
        order["end"] = -spans["end"].last().reindex(frame.index)
    if name == "mentions":
        order["start"], order["end"] = frame["char_start"], frame["char_end"]
    return order if name == "flat" else order.assign(id=frame[key])


@references.rule(
    "layers-of-document",
    "The layers of a document are not gold and then known coders in order.",
    "`layers` tells which passes a document has; agreement is computed between them.",
    "documents coders",
    "layers",
)
def layers_of_document(tables: Tables) -> Iterator[Failing]:
    """Gold first, then ids of coders, sorted, each once; a document without annotation has none."""
    items = tables.items("documents", "layers")
    before = items.groupby("row")["value"].shift()
    first, coder = before.isna(), items["value"].isin(tables.key("coders"))
    right = (first & (items["value"] == GOLD)) | (~first & coder & ((before == GOLD) | (before < items["value"])))
    yield Failing("documents", tables.key("documents")[items.loc[~right, "row"]], "layers")


@references.rule(
    "unknown-layer",
    "A row belongs to a layer that its document does not have.",
    "Whoever goes through the layers of the document never sees the row.",
    "documents claims mentions relations",
    "layer",
)
def unknown_layer(tables: Tables) -> Iterator[Failing]:
    """The layer of each row is among the layers of its document."""
    items = tables.items("documents", "layers")
    known = tables.key("documents")[items["row"]].set_axis(items.index) + SEPARATOR + items["value"]
    for name in LAYERED:
        frame = tables.frame(name)
        pair = frame["document_id"] + SEPARATOR + frame["layer"]
        yield Failing(name, tables.key(name)[~pair.isin(known)], "layer")


@references.rule(
    "layer-coder",
    "The coder of a row does not fit its layer.",
    "Every decision is somebody's; only what is derived is nobody's.",
    "claims mentions relations",
    "coder_id",
)
def layer_coder(tables: Tables) -> Iterator[Failing]:
    """In a coder's layer it is that coder, in gold some coder; a derived row has none."""
    for name in LAYERED:
        frame = tables.frame(name)
        derived = frame["is_derived"] if name == "relations" else pd.Series(False, index=frame.index)
        coder, gold = frame["coder_id"], frame["layer"] == GOLD
        right = (derived & coder.isna()) | (~derived & coder.notna() & (gold | (coder == frame["layer"])))
        yield Failing(name, tables.key(name)[~right], "coder_id")
