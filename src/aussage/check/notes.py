"""What is no mistake and yet worth knowing: gaps in coverage, repetitions, unverified rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np
import pyarrow as pa

from aussage.check.layer_ends import half_done
from aussage.check.row_numbers import numbered
from aussage.check.rule import Failing, Group
from aussage.check.tables import Tables, equal_to, positions_in
from aussage.diagnostics import Severity
from aussage.tables import TABLES

coverage = Group("coverage", level=Severity.NOTE)
plausibility = Group("plausibility", level=Severity.WARNING)
rights = Group("rights", level=Severity.NOTE)
rights_record = Group("rights", level=Severity.WARNING)

MOST_LAYERS_OF_ONE_CODER = 2  # gold and his own
MOST_SENTENCES = 2


@coverage.rule(
    "sentence-unclaimed",
    "A sentence has no claim.",
    "Headings and questions have none; a statement that was passed over has none either.",
    "sentences",
    "n_claims",
)
def sentence_unclaimed(tables: Tables) -> Iterator[Failing]:
    """No gold claim lies in the sentence."""
    yield tables.failing("sentences", tables.numbers("sentences", "n_claims") == 0)


@plausibility.rule(
    "undecided-difference",
    "Coders differ and nobody has decided.",
    "Until then gold says what the base layer says, as if there were no other.",
    "adjudications",
    "is_decided",
)
def undecided_difference(tables: Tables) -> Iterator[Failing]:
    """Every difference of an adjudication has a decision."""
    yield tables.failing("adjudications", tables.numbers("adjudications", "is_decided") == 0)


@plausibility.rule(
    "differences-unlisted",
    "A document has several coders and no adjudication.",
    "Gold says what the first coder says, and nobody has looked at where the others differ.",
    "documents",
    "layers is_adjudicated",
)
def differences_unlisted(tables: Tables) -> Iterator[Failing]:
    """Every document with gold and more than one coder's layer is adjudicated."""
    coded = tables.lists("documents", "layers").lengths > MOST_LAYERS_OF_ONE_CODER
    yield tables.failing("documents", coded & (tables.numbers("documents", "is_adjudicated") == 0), "is_adjudicated")


@coverage.rule(
    "actor-unused",
    "An actor is never mentioned and never a claimant.",
    "It may be left over, or its mentions were missed.",
    "actors claims mentions",
    "claimant_ids actor_id",
    scope="corpus",
)
def actor_unused(tables: Tables) -> Iterator[Failing]:
    """Neither the actor nor anyone that belongs to it."""
    used = tables.counts("mentions", "actor_id").index.union(tables.counts("claims", "claimant_ids").index)
    yield Failing("actors", _unused(tables, "actors", used))


@coverage.rule(
    "location-unused",
    "A location is never mentioned.",
    "It may be left over, or its mentions were missed.",
    "locations mentions",
    "location_id",
    scope="corpus",
)
def location_unused(tables: Tables) -> Iterator[Failing]:
    """Neither the location nor a place within it."""
    yield Failing("locations", _unused(tables, "locations", tables.counts("mentions", "location_id").index))


def _unused(tables: Tables, name: str, used: Iterable[str]) -> list[str]:
    keys, parents = tables.texts(name, TABLES[name].key).to_pylist(), dict[str, str | None]()
    for key, parent in zip(keys, tables.texts(name, "parent_id").to_pylist(), strict=True):
        parents.setdefault(key, parent)  # of a key that stands twice the first
    found: set[str] = set()
    for entry in set(used):
        current: str | None = entry
        while current is not None and current not in found:
            found.add(current)
            current = parents.get(current)
    return [key for key in keys if key not in found]


@coverage.rule(
    "issue-unused",
    "No claim takes a position on an issue.",
    "It may be left over, or its claims were coded without it.",
    "issues claims",
    "issue_id",
    scope="corpus",
)
def issue_unused(tables: Tables) -> Iterator[Failing]:
    """The issue is named by no claim."""
    used = pa.array(tables.counts("claims", "issue_id").index, pa.string())
    yield tables.failing("issues", positions_in(tables.texts("issues", "issue_id"), used) < 0)


@coverage.rule(
    "layer-half-done",
    "A coder's layer stops long before another one of the same document.",
    "The coder may not have come to the end; agreement would count what he has not seen as denied.",
    "documents sentences claims",
    "layers",
)
def layer_half_done(tables: Tables) -> Iterator[Failing]:
    """After its last claim another coder has a third of his sentences with claims, and three at least.

    Sentences are those under which claims are filed. A layer of the document without any claim has stopped before
    the first; gold is nobody's layer.
    """
    for layer, documents in half_done(tables):
        yield tables.failing("documents", documents, "layers", f"layer {layer}")


@plausibility.rule(
    "claim-over-sentences",
    "A claim lies in three sentences or more.",
    "A claim is one proposition; so long a span most often joins several, or ends in the wrong place.",
    "claims",
    "sentence_ids",
)
def claim_over_sentences(tables: Tables) -> Iterator[Failing]:
    """More than two sentences; a claim longer than all its sentences is found by `claim-sentences`."""
    wrong = tables.lists("claims", "sentence_ids").lengths > MOST_SENTENCES
    yield tables.failing("claims", wrong, "sentence_ids")


@plausibility.rule(
    "sentence-repeated",
    "The text of a sentence stands in the document before.",
    "A caption or teaser may have slipped into the article; its claims are counted twice.",
    "sentences",
    "text",
)
def sentence_repeated(tables: Tables) -> Iterator[Failing]:
    """The same text twice in one document."""
    texts = numbered(tables.values("sentences", "text"))
    pairs = numbered(tables.values("sentences", "document_id")) * (texts.max(initial=0) + 1) + texts
    wrong = np.ones(len(pairs), bool)
    wrong[np.unique(pairs, return_index=True)[1]] = False
    yield tables.failing("sentences", wrong)


@plausibility.rule(
    "article-repeated",
    "The article is in the corpus already.",
    "One article under two ids is counted twice.",
    "documents",
    "sha256",
    scope="corpus",
)
def article_repeated(tables: Tables) -> Iterator[Failing]:
    """The same SHA-256 in two documents."""
    documents = tables.documents
    if documents is not None:
        yield Failing("documents", documents.loc[documents.duplicated("sha256"), "document_id"])


@rights.rule(
    "rights-unverified",
    "The rights in the text of a document are unverified.",
    "The licence of the annotations says nothing about the text; publishing it may need a permission.",
    "documents",
    "rights_status",
)
def rights_unverified(tables: Tables) -> Iterator[Failing]:
    """Rights status `unverified`."""
    yield tables.failing("documents", equal_to(tables.values("documents", "rights_status"), "unverified"))


@rights_record.rule(
    "rights-incomplete",
    "The rights record of a document does not say what its status rests on.",
    "Cleared without licence, basis or note cannot be proved; restricted without holder or note says nobody to ask.",
    "documents",
    "rights_status rights_licence rights_basis rights_holder rights_note",
)
def rights_incomplete(tables: Tables) -> Iterator[Failing]:
    """Cleared needs a licence, a legal basis or a note (a permission), restricted a holder or a note."""
    given = partial(tables.given, "documents")
    for status, column in (("cleared", "rights_licence"), ("restricted", "rights_holder")):
        unfounded = equal_to(tables.values("documents", "rights_status"), status) & ~given("rights_note")
        if status == "cleared":
            unfounded &= ~given("rights_basis")
        yield tables.failing("documents", unfounded & ~given(column), column)
