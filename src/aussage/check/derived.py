"""Rules on what is derived: the view of sentences and the contradictions, worked out anew from the gold rows.

This is written from the definitions of the columns, apart from the compiler and in another way: by sorting and
joining whole tables, with rows as numbers. Where two claims are equal in all that the definition names, the smaller
id comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aussage.check.row_numbers import (
    differing,
    distinct,
    first_items,
    firsts,
    followed,
    items_of,
    numbered,
    ordered,
)
from aussage.check.rule import Failing, Group
from aussage.check.tables import (
    SEPARATOR,
    Mask,
    Numbers,
    Tables,
    equal_to,
    joined_texts,
    mask_of,
    taken,
)

derived = Group("derived")
COPIED = (
    "claim_type", "modality", "stance", "target_id", "target_label", "issue_id", "issue_label", "agreement", "frame",
)  # fmt: skip
AFTER_ALL = np.iinfo(np.int64).max


def lying(tables: Tables) -> tuple[Numbers, Numbers]:
    """The gold claims and the sentences in which they lie, as rows of both tables, in the order of claims."""
    claim, sentence = tables.lists("claims", "sentence_ids").rows, tables.places("claims", "sentence_ids", "sentences")
    chosen = (sentence >= 0) & tables.is_gold("claims")[claim]
    return claim[chosen], sentence[chosen]


def of_sentences(tables: Tables, kind: str) -> tuple[Numbers, Numbers]:
    """The gold mentions of one kind and their sentences, as rows of both tables, in the order of mentions."""
    sentence = tables.places("mentions", "sentence_id", "sentences")
    chosen = tables.is_gold("mentions") & equal_to(tables.values("mentions", "kind"), kind) & (sentence >= 0)
    return np.flatnonzero(chosen), sentence[chosen]


def main_places(tables: Tables, mention: Numbers, row: Numbers, count: int) -> Numbers:
    """Of the location mentions of each of so many rows the one with the finest role, then the leftmost."""
    role = tables.codes("mentions", "role")[mention]
    rank = np.where(role < 0, AFTER_ALL, role)
    order = ordered((row, rank, *_offsets(tables, mention)), tables.texts("mentions", "mention_id"), mention)
    return firsts(row[order], mention[order], count)


def _offsets(tables: Tables, mention: Numbers) -> tuple[Numbers, Numbers]:
    return tables.numbers("mentions", "char_start")[mention], tables.numbers("mentions", "char_end")[mention]


def _unlike_list(tables: Tables, column: str, rows: Numbers, texts: Any) -> Mask:
    """Which sentences have another list than these texts, whose rows must not fall; lists are compared as one text."""
    given, count = tables.lists("sentences", column), tables.count("sentences")
    if np.array_equal(given.rows, rows) and given.items.equals(texts):
        return np.zeros(count, bool)
    own = joined_texts(given.items, given.rows, count, SEPARATOR)
    return differing(own, joined_texts(texts, rows, count, SEPARATOR))


@derived.rule(
    "view-claims",
    "Number or voices of the claims in a sentence are wrong.",
    "The sentence view is derived from the gold claims; whoever counts sentences by voice relies on it.",
    "sentences claims",
    "n_claims voice",
)
def view_claims(tables: Tables) -> Iterator[Failing]:
    """Gold claims that lie in the sentence wholly or in part; `both` for narrator and others."""
    claim, sentence = lying(tables)
    count = tables.count("sentences")
    n_claims = np.bincount(sentence, minlength=count)
    yield tables.failing("sentences", tables.numbers("sentences", "n_claims") != n_claims, "n_claims")
    voices = tables.values("claims", "voice")
    voice, first = numbered(voices), firsts(sentence, claim, count)
    is_mixed = np.zeros(count, bool)
    is_mixed[sentence[voice[claim] != voice[first[sentence]]]] = True
    expected = pc.if_else(pa.array(is_mixed), "both", taken(voices, first).cast(pa.string()))
    yield tables.failing("sentences", differing(tables.values("sentences", "voice"), expected), "voice")


@derived.rule(
    "view-primary",
    "The primary claim of a sentence is another one.",
    "Type, stance, modality and issue of the sentence are those of its primary claim.",
    "sentences claims",
    "primary_claim_id",
)
def view_primary(tables: Tables) -> Iterator[Failing]:
    """Attributed before narrator, main clause before subordinate, leftmost, longest."""
    claim, sentence = lying(tables)
    narrator = ~equal_to(tables.values("claims", "voice"), "attributed")
    subordinate = tables.numbers("claims", "is_main_clause") == 0
    keys = (narrator.astype(np.int64), subordinate.astype(np.int64), *_extent(tables))
    ids = tables.texts("claims", "claim_id")
    order = ordered((sentence, *(key[claim] for key in keys)), ids, claim)
    primary = firsts(sentence[order], claim[order], tables.count("sentences"))
    wrong = differing(tables.values("sentences", "primary_claim_id"), taken(ids, primary))
    yield tables.failing("sentences", wrong, "primary_claim_id")


def _extent(tables: Tables) -> tuple[Numbers, Numbers]:
    """Where each claim begins, and its length as a negative number; claims without words come after all."""
    spans, count = tables.lists("claims", "content_spans"), tables.count("claims")
    starts, shortness = np.full(count, AFTER_ALL), np.zeros(count, np.int64)
    start = spans.number("start")
    np.minimum.at(starts, spans.rows, start)
    np.add.at(shortness, spans.rows, start - spans.number("end"))
    return starts, shortness


@derived.rule(
    "view-copied",
    "What a sentence says of its primary claim is not what the claim says.",
    "These columns repeat the primary claim, so that simple tables need no join.",
    "sentences claims actors",
    "claim_type modality stance target_id target_label issue_id issue_label agreement frame claimant_id claimant_label",
)
def view_copied(tables: Tables) -> Iterator[Failing]:
    """The columns of the claim that is given as primary, and its first claimant; without one empty, stance 0."""
    primary = tables.places("sentences", "primary_claim_id", "claims")
    for column in COPIED:
        expected = taken(tables.values("claims", column), primary)
        expected = expected.fill_null(0) if column == "stance" else expected
        yield tables.failing("sentences", differing(tables.values("sentences", column), expected), column)
    claimants = tables.lists("claims", "claimant_ids")
    claimant = taken(claimants.items, followed(first_items(claimants), primary))
    yield tables.failing("sentences", differing(tables.values("sentences", "claimant_id"), claimant), "claimant_id")
    yield _unlike_label(tables, "claimant", "actors")


def _unlike_label(tables: Tables, name: str, registry: str) -> Failing:
    """Sentences in which the label beside an id is not that of the registry."""
    label = taken(tables.values(registry, "label"), tables.places("sentences", f"{name}_id", registry))
    wrong = differing(tables.values("sentences", f"{name}_label"), label)
    return tables.failing("sentences", wrong, f"{name}_label")


@derived.rule(
    "view-sets",
    "The claimants or types of the claims in a sentence are wrong.",
    "Sets over all claims of the sentence; the primary claim alone would hide the others.",
    "sentences claims",
    "claimant_ids claim_types",
)
def view_sets(tables: Tables) -> Iterator[Failing]:
    """Claimants in the order of claims, types in the codebook's order, each once."""
    claim, sentence = lying(tables)
    order = np.argsort(sentence, kind="stable")
    claim, sentence = claim[order], sentence[order]
    claimants = tables.lists("claims", "claimant_ids")
    place, item = items_of(claimants, claim)
    yield _unlike_set(tables, "claimant_ids", sentence[place], claimants.items.take(pa.array(item)))
    rank = tables.codes("claims", "claim_type")[claim]
    order = np.lexsort((np.where(rank < 0, AFTER_ALL, rank), sentence))
    types = tables.values("claims", "claim_type").take(pa.array(claim[order]))
    yield _unlike_set(tables, "claim_types", sentence[order], types)


def _unlike_set(tables: Tables, column: str, rows: Numbers, values: Any) -> Failing:
    """Sentences whose list is not these values, each once; the rows of the values must not fall."""
    once = distinct(rows, numbered(values))
    texts = values.take(pa.array(once)).cast(pa.string())
    return tables.failing("sentences", _unlike_list(tables, column, rows[once], texts), column)


@derived.rule(
    "view-mentions",
    "The actors or locations of a sentence are not those mentioned in it.",
    "Co-occurrence is counted from these lists.",
    "sentences mentions actors locations",
    "actor_ids actor_labels location_ids location_labels",
)
def view_mentions(tables: Tables) -> Iterator[Failing]:
    """Each once, in the order of first mention in gold, with the registry's names."""
    for kind in ("actor", "location"):
        mention, sentence = of_sentences(tables, kind)
        named = tables.given("mentions", f"{kind}_id")[mention]
        mention, sentence = mention[named], sentence[named]
        ids = tables.texts("mentions", "mention_id")
        order = ordered((sentence, *_offsets(tables, mention)), ids, mention)
        values = tables.values("mentions", f"{kind}_id").take(pa.array(mention[order]))
        yield _unlike_set(tables, f"{kind}_ids", sentence[order], values)
        rows = tables.lists("sentences", f"{kind}_ids").rows
        labels = taken(tables.texts(f"{kind}s", "label"), tables.places("sentences", f"{kind}_ids", f"{kind}s"))
        column = f"{kind}_labels"
        yield tables.failing("sentences", _unlike_list(tables, column, rows, labels), column)


@derived.rule(
    "view-place",
    "The main location of a sentence is another one.",
    "Maps show one place a sentence: that with the finest role, then the leftmost.",
    "sentences mentions locations",
    "main_location_id main_location_label main_location_role",
)
def view_place(tables: Tables) -> Iterator[Failing]:
    """Over the gold location mentions of the sentence, roles in the codebook's order."""
    mention, sentence = of_sentences(tables, "location")
    main = main_places(tables, mention, sentence, tables.count("sentences"))
    for column, of_mention in (("main_location_id", "location_id"), ("main_location_role", "role")):
        expected = taken(tables.values("mentions", of_mention), main)
        yield tables.failing("sentences", differing(tables.values("sentences", column), expected), column)
    yield _unlike_label(tables, "main_location", "locations")


@derived.rule(
    "contradictions",
    "The derived contradictions are not those that the gold claims give.",
    "An article's contradictions are kept and made visible; none may be missing or invented.",
    "claims relations",
    "source_claim_id target_claim_id",
)
def contradictions(tables: Tables) -> Iterator[Failing]:
    """All pairs of gold claims of a document on one issue with opposite agreement, the earlier one as source."""
    source, target = (tables.texts("claims", "claim_id").take(pa.array(claims)) for claims in _opposed(tables))
    expected = pc.binary_join_element_wise(source, target, SEPARATOR)
    is_derived = tables.values("relations", "is_derived")
    ends = (tables.values("relations", f"{end}_claim_id").filter(is_derived) for end in ("source", "target"))
    found = pc.binary_join_element_wise(*(end.cast(pa.string()) for end in ends), SEPARATOR)
    invented = pc.invert(pc.is_in(found, expected))
    yield Failing("relations", tables.texts("relations", "relation_id").filter(is_derived).filter(invented))
    missing = pc.invert(pc.is_in(expected, found))
    yield Failing("relations", _names(source.filter(missing), target.filter(missing)))


def _opposed(tables: Tables) -> tuple[Numbers, Numbers]:
    """The earlier and the later claim of each pair that must contradict each other."""
    agreement = tables.numbers("claims", "agreement")
    chosen = np.flatnonzero((abs(agreement) == 1) & tables.given("claims", "issue_id") & tables.is_gold("claims"))
    document, issue = (
        numbered(tables.values("claims", column).take(pa.array(chosen))) for column in ("document_id", "issue_id")
    )
    topic = document * (issue.max(initial=0) + 1) + issue
    order = np.argsort(topic, kind="stable")
    chosen, topic = chosen[order], topic[order]
    is_for = agreement[chosen] == 1
    contra, of_contra = chosen[~is_for], topic[~is_for]
    first, end = (np.searchsorted(of_contra, topic[is_for], side=side) for side in ("left", "right"))
    pros = np.repeat(chosen[is_for], end - first)
    before = (end - first).cumsum() - (end - first)
    contras = contra[np.arange(len(pros)) + np.repeat(first - before, end - first)]
    return np.minimum(pros, contras), np.maximum(pros, contras)


def _names(source: Any, target: Any) -> Any:
    """The ids that contradictions between these claims have."""
    local = pc.replace_substring_regex(target, ".*/", "")
    return pc.binary_join_element_wise(source, local, "-contradicts-")


@derived.rule(
    "contradiction-derived",
    "A relation is marked as derived and is no contradiction of gold, or the reverse.",
    "Coders never code `contradicts`, and only gold has it.",
    "relations",
    "relation is_derived layer relation_id",
)
def contradiction_derived(tables: Tables) -> Iterator[Failing]:
    """`contradicts` if and only if derived; derived only in gold; the id names both claims."""
    is_derived = mask_of(tables.values("relations", "is_derived"))
    contradicts = equal_to(tables.values("relations", "relation"), "contradicts")
    wrong = (contradicts != is_derived) | (is_derived & ~tables.is_gold("relations"))
    columns = ("relation_id", "source_claim_id", "target_claim_id")
    rows = pa.array(np.flatnonzero(is_derived))
    given, source, target = (tables.values("relations", column).take(rows).cast(pa.string()) for column in columns)
    wrong[is_derived] |= differing(given, _names(source, target))
    yield tables.failing("relations", wrong)
