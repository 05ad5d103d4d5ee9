"""Rules on ids as the corpus composes them, and on the order of rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.rule import Failing, Group
from aussage.check.slices import TextBytes, bytes_of, unequal
from aussage.check.tables import GOLD, NOTHING, Mask, Numbers, Tables, equal_to, mask_of, positions_in, taken, unlike
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
SLASH, DOT = b"/."
LAYERED = ("claims", "mentions", "relations")


@keys.rule(
    "id-form",
    "An id does not have the form of its table.",
    "Ids are taken apart by those who cite them: document/layer/s01.c1.",
)
def id_form(tables: Tables) -> Iterator[Failing]:
    """Slugs for documents and registries, `document/s01`, `document/layer/s01.c1`, `.a1`, `.l1`, `r01`."""
    for name, form in FORMS.items():
        if name in tables.own:
            right = pc.match_substring_regex(tables.texts(name, TABLES[name].key), rf"\A(?:{form})\z")
            yield tables.failing(name, ~mask_of(right), TABLES[name].key)


@keys.rule(
    "id-parts",
    "An id says another document, layer, sentence or kind than the row.",
    "The id is a path; a row must lie where its id says.",
    "sentences claims mentions relations",
)
def id_parts(tables: Tables) -> Iterator[Failing]:
    """Each id is composed of what stands in the row beside it."""
    sentences, document = (bytes_of(tables.texts("sentences", name)) for name in ("sentence_id", "document_id"))
    yield tables.failing("sentences", _after(sentences, document)[0], "sentence_id")
    for name in LAYERED:
        texts = (tables.texts(name, column) for column in (TABLES[name].key, "document_id", "layer"))
        key, document, layer = map(bytes_of, texts)
        wrong, begins = _after(key, document, layer)
        if name != "relations":
            wrong |= ~_lies_in(key, begins, document, bytes_of(tables.texts(name, "sentence_id")))
        if name == "mentions":
            kind, sign = bytes_of(tables.texts(name, "kind")), _last(key, DOT, begins) + 1
            wrong |= (kind.lengths == 0) | (key.data[sign] != kind.data[kind.offsets[:-1]])
        yield tables.failing(name, wrong, TABLES[name].key)


def _after(ids: TextBytes, *parts: TextBytes) -> tuple[Mask, Numbers]:
    """Which ids are not these parts, each with a slash behind it, and a rest without one; and where the rest begins."""
    begins, wrong = ids.offsets[:-1], np.zeros(len(ids.lengths), bool)
    for part in parts:
        wrong |= ids.offsets[1:] - begins <= part.lengths
        lengths = np.where(wrong, 0, part.lengths)
        wrong |= unequal(ids.data, begins, part.data, part.offsets[:-1], lengths)
        begins = begins + lengths
        wrong |= ids.data[begins] != SLASH
        begins = np.where(wrong, ids.offsets[:-1], begins + 1)
    return wrong | (_last(ids, SLASH, begins) >= begins), begins


def _last(ids: TextBytes, sign: int, begins: Numbers) -> Numbers:
    """Where a sign last stands in each id, behind where it begins; one before the begin if it does not."""
    places = np.append(np.flatnonzero(ids.data[: ids.offsets[-1]] == sign), -1)
    last = places[np.searchsorted(places[:-1], ids.offsets[1:]) - 1]
    return np.where(last >= begins, last, begins - 1)


def _lies_in(ids: TextBytes, begins: Numbers, document: TextBytes, sentences: TextBytes) -> Mask:
    """Which ids say the sentence: that of the document with the name that the id has up to the first dot."""
    wrong, names = _after(sentences, document)
    dots = np.append(np.flatnonzero(ids.data[: ids.offsets[-1]] == DOT), ids.offsets[-1])
    ends = np.minimum(dots[np.searchsorted(dots[:-1], begins)], ids.offsets[1:])
    lengths = ends - begins
    wrong |= sentences.offsets[1:] - names != lengths
    return ~wrong & ~unequal(ids.data, begins, sentences.data, names, np.where(wrong, 0, lengths))


@keys.rule(
    "row-order",
    "A row stands before one that should come first.",
    "Rows are in the order of documents, sentences, layers and text, so that equal corpora have equal files.",
)
def row_order(tables: Tables) -> Iterator[Failing]:
    """Documents and registries by id; sentences by position; gold, then coders; claims and mentions in text order."""
    for name in tables.own:
        if TABLES[name].local and name != "documents":
            if "documents" not in tables:
                continue
            is_told_by_id = name not in {"sentences", "adjudications", "flat"}
            ids = tables.texts(name, TABLES[name].key) if is_told_by_id else None
            yield tables.failing(name, _late(_sort_keys(tables, name), ids))
        else:
            yield tables.failing(name, _late(_registry_keys(tables, name)))


def _late(keys_: list[Numbers], ids: pa.Array | None = None) -> Mask:
    """Which rows come after one that they should precede: by the first key, among equals by the next, last by id."""
    count = len(keys_[0])
    late, equal = np.zeros(count, bool), np.ones(count, bool)
    equal[:1] = False
    for key in keys_:
        late[1:] |= equal[1:] & (key[1:] < key[:-1])
        equal[1:] &= key[1:] == key[:-1]
    if ids is not None and equal.any():
        late[1:] |= equal[1:] & mask_of(pc.less(ids.slice(1), ids.slice(0, count - 1)))
    return late


def _ranks(texts: pa.Array) -> Numbers:
    """The place of each text in the order of code points; nothing comes last."""
    known = texts.dictionary if pa.types.is_dictionary(texts.type) else texts
    values = pc.unique(known).drop_null().sort()
    places = positions_in(texts, values)
    return np.where(places == NOTHING, len(values), places)


def _registry_keys(tables: Tables, name: str) -> list[Numbers]:
    key = _ranks(tables.texts(name, TABLES[name].key))
    return [_ranks(tables.texts(name, "table")), key] if name == "withdrawn" else [key]


def _sort_keys(tables: Tables, name: str) -> list[Numbers]:
    document = tables.places(name, "document_id", "documents")
    keys_ = [np.where(document < 0, tables.count("documents"), document)]
    if name == "sentences":
        return [*keys_, tables.numbers(name, "position")]
    if name == "adjudications":
        return keys_
    keys_.append(np.where(tables.is_gold(name), -1, _ranks(tables.values(name, "layer"))))
    if name == "relations":
        keys_.append(tables.numbers(name, "is_derived"))
    if name == "claims":
        spans = tables.lists(name, "content_spans")
        first, last = spans.offsets[:-1], spans.offsets[1:] - 1
        filled = spans.lengths > 0
        for numbers, ends in ((spans.number("start"), first), (-spans.number("end"), last)):
            key = np.full(len(filled), np.iinfo(np.int64).max)
            key[filled] = numbers[ends[filled]]
            keys_.append(key)
    if name == "mentions":
        keys_ += [tables.numbers(name, "char_start"), tables.numbers(name, "char_end")]
    return keys_


@keys.at_end("row-order")
def document_order(tables: Tables) -> Iterator[Failing]:
    """Documents by id over the whole corpus."""
    if tables.documents is not None:
        ids = tables.documents["document_id"]
        yield Failing("documents", ids[ids < ids.shift(fill_value="")], "document_id")


@references.rule(
    "layers-of-document",
    "The layers of a document are not gold and then known coders in order.",
    "`layers` tells which passes a document has; agreement is computed between them.",
    "documents coders",
    "layers",
)
def layers_of_document(tables: Tables) -> Iterator[Failing]:
    """Gold first, then ids of coders, sorted, each once; a document without annotation has none."""
    layers = tables.lists("documents", "layers")
    count = len(layers.items)
    is_first = np.isin(np.arange(count), layers.offsets[:-1])
    gold, coder = equal_to(layers.items, GOLD), tables.place(layers.items, "coders") >= 0
    before = np.arange(count) - 1
    rises = mask_of(pc.less(taken(layers.items, before), layers.items))
    follows = np.concatenate([[False], gold[:-1]]) | rises if count else rises
    yield tables.failing("documents", layers.any(~np.where(is_first, gold, coder & follows)), "layers")


@references.rule(
    "unknown-layer",
    "A row belongs to a layer that its document does not have.",
    "Whoever goes through the layers of the document never sees the row.",
    "documents claims mentions relations",
    "layer",
)
def unknown_layer(tables: Tables) -> Iterator[Failing]:
    """The layer of each row is among the layers of its document."""
    layers = tables.lists("documents", "layers")
    known = pc.unique(layers.items)
    pairs = layers.rows * len(known) + positions_in(layers.items, known)
    for name in LAYERED:
        document = tables.places(name, "document_id", "documents")
        layer = positions_in(tables.values(name, "layer"), known)
        wrong = (layer < 0) | ~np.isin(document * len(known) + layer, pairs)
        yield tables.failing(name, wrong, "layer")


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
        given = tables.given(name, "coder_id")
        derived = tables.numbers(name, "is_derived") > 0 if name == "relations" else np.zeros(len(given), bool)
        own = ~unlike(tables.texts(name, "coder_id"), tables.texts(name, "layer"))
        right = np.where(derived, ~given, given & (tables.is_gold(name) | own))
        yield tables.failing(name, ~right, "coder_id")
