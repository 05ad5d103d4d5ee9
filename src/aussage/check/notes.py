"""What is no mistake and yet worth knowing: gaps in coverage, repetitions, unverified rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from aussage.check.rule import Failing, Group
from aussage.check.tables import Tables
from aussage.diagnostics import Severity

coverage = Group("coverage", level=Severity.NOTE)
plausibility = Group("plausibility", level=Severity.WARNING)
rights = Group("rights", level=Severity.NOTE)


@coverage.rule(
    "sentence-unclaimed",
    "A sentence has no claim.",
    "Headings and questions have none; a statement that was passed over has none either.",
    "sentences",
    "n_claims",
)
def sentence_unclaimed(tables: Tables) -> Iterator[Failing]:
    """No gold claim lies in the sentence."""
    sentences = tables.frame("sentences")
    yield Failing("sentences", sentences.loc[sentences["n_claims"] == 0, "sentence_id"])


@plausibility.rule(
    "undecided-difference",
    "Coders differ and nobody has decided.",
    "Until then gold says what the base layer says, as if there were no other.",
    "adjudications",
    "is_decided",
)
def undecided_difference(tables: Tables) -> Iterator[Failing]:
    """Every difference of an adjudication has a decision."""
    frame = tables.frame("adjudications")
    yield Failing("adjudications", frame.loc[~frame["is_decided"].astype(bool), "adjudication_id"])


@plausibility.rule(
    "differences-unlisted",
    "A document has several coders and no adjudication.",
    "Gold says what the first coder says, and nobody has looked at where the others differ.",
    "documents",
    "layers is_adjudicated",
)
def differences_unlisted(tables: Tables) -> Iterator[Failing]:
    """Every document with gold and more than one coder's layer is adjudicated."""
    documents = tables.frame("documents")
    layers = tables.items("documents", "layers")["row"].value_counts().reindex(documents.index, fill_value=0)
    wrong = (layers > 2) & ~documents["is_adjudicated"].astype(bool)
    yield Failing("documents", documents.loc[wrong, "document_id"], "is_adjudicated")


@coverage.rule(
    "actor-unused",
    "An actor is never mentioned and never a claimant.",
    "It may be left over, or its mentions were missed.",
    "actors claims mentions",
    scope="corpus",
)
def actor_unused(tables: Tables) -> Iterator[Failing]:
    """Neither the actor nor anyone that belongs to it."""
    used = [tables.frame("mentions")["actor_id"], tables.items("claims", "claimant_ids")["value"]]
    yield Failing("actors", _unused(tables, "actors", pd.concat(used).dropna()))


@coverage.rule(
    "location-unused",
    "A location is never mentioned.",
    "It may be left over, or its mentions were missed.",
    "locations mentions",
    scope="corpus",
)
def location_unused(tables: Tables) -> Iterator[Failing]:
    """Neither the location nor a place within it."""
    yield Failing("locations", _unused(tables, "locations", tables.frame("mentions")["location_id"].dropna()))


def _unused(tables: Tables, name: str, used: Iterable[str]) -> list[str]:
    parents = {str(key): str(parent) for key, parent in tables.lookup(name, "parent_id").dropna().items()}
    found: set[str] = set()
    for entry in set(used):
        current: str | None = entry
        while current is not None and current not in found:
            found.add(current)
            current = parents.get(current)
    return [key for key in tables.key(name) if key not in found]


@coverage.rule(
    "issue-unused",
    "No claim takes a position on an issue.",
    "It may be left over, or its claims were coded without it.",
    "issues claims",
    scope="corpus",
)
def issue_unused(tables: Tables) -> Iterator[Failing]:
    """The issue is named by no claim."""
    key = tables.key("issues")
    yield Failing("issues", key[~key.isin(tables.frame("claims")["issue_id"])])


@plausibility.rule(
    "sentence-repeated",
    "The text of a sentence stands in the document before.",
    "A caption or teaser may have slipped into the article; its claims are counted twice.",
    "sentences",
    "text",
)
def sentence_repeated(tables: Tables) -> Iterator[Failing]:
    """The same text twice in one document."""
    sentences = tables.frame("sentences")
    yield Failing("sentences", sentences.loc[sentences.duplicated(["document_id", "text"]), "sentence_id"])


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
    documents = tables.frame("documents")
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
    documents = tables.frame("documents")
    yield Failing("documents", documents.loc[documents["rights_status"] == "unverified", "document_id"])
